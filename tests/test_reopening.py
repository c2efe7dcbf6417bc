"""A document opened again: DOCX to input to DOCX is equal, and an edited file says where it differs."""

import contextlib
import copy
import json
import subprocess
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from docgen.cli import app
from docgen.errors import AlteredDocument, DocgenError
from docgen.generate import SEMUA, generate, prepare
from docgen.input_yaml import as_yaml
from docgen.inputs import parse_input
from docgen.masters import load_masters
from docgen.pdf import office_program
from docgen.registry import kinds
from docgen.rendering import read_provenance
from docgen.rendering.input_part import read_input_words
from docgen.rendering.package import read_package
from docgen.reopening import MOST_COMPARED, compare, reopen
from docgen.satker import registry
from tests.conftest import EXAMPLE_OFFICE, examples

PADANG = registry().get(EXAMPLE_OFFICE)
KIND = next(kind for kind in kinds().values() if kind.masters)
# Any text that a person can type: XML carries no controls, lone surrogates and two others.
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t&<>\"'{}%#:-\u0085\u2028\ufeff"),
    min_size=1,
    max_size=60,
).filter(str.strip)


def make(kind, data, satker=PADANG, **options):
    return generate(kind, prepare(kind, data, satker).valid_payload(), satker, **options)


def again(content, satker):
    """The document made from what it carries, by way of YAML as a person would keep it."""
    opened = reopen(content)
    data = parse_input(as_yaml(opened.data).encode())
    options = {"naskah": opened.naskah, "srikandi": opened.srikandi, "assets": opened.pictures}
    (file,) = make(opened.kind, data, satker, **options)
    return file.content


def example_file(number=0, **options):
    example = examples()[number]
    return make(example.kind, example.data, example.satker, assets=example.assets, **options)[0]


def edited(content, change):
    """The document as another program saves it after a change."""
    stream = BytesIO()
    document = docx.Document(BytesIO(content))
    change(document)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("srikandi", [False, True])
def test_an_example_opened_again_makes_the_same_bytes(example, srikandi):
    options = {"naskah": SEMUA, "srikandi": srikandi, "assets": example.assets}
    for file in make(example.kind, example.data, example.satker, **options):
        opened = reopen(file.content)
        if not opened.missing:
            assert again(file.content, example.satker) == file.content
        assert {*opened.pictures, *opened.missing} == set(example.assets)


def test_every_master_opened_again_makes_the_same_bytes(kind):
    for master in load_masters(kind).values():
        (file,) = make(kind, master.data)
        assert again(file.content, PADANG) == file.content


def smallest():
    example = next(one for one in examples() if one.kind is KIND)
    return example.data


@settings(max_examples=40)
@given(words=WORDS)
def test_any_text_arrives(words):
    data = {**smallest(), "judul": words}
    (file,) = make(KIND, data)
    assert reopen(file.content).data["judul"] == words
    assert again(file.content, PADANG) == file.content


def test_numbers_are_written_without_an_exponent():
    data = {"a": 0.00001, "b": 1e17, "c": True, "d": "null", "e": "ya", "f": "13.10"}
    assert parse_input(as_yaml(data).encode()) == {
        "a": "0.00001",
        "b": "100000000000000000",
        "c": "true",
        "d": "null",
        "e": "ya",
        "f": "13.10",
    }


def test_what_travels_can_be_switched_off():
    file = example_file(embed_input=False)
    with zipfile.ZipFile(BytesIO(file.content)) as package:
        assert [name for name in package.namelist() if name.startswith("customXml")] == []
    assert read_provenance(file.content).altered == ()
    with pytest.raises(AlteredDocument, match="tidak membawa isiannya"):
        reopen(file.content)


def test_a_document_that_was_only_saved_again_differs_nowhere():
    file = example_file()
    saved = edited(file.content, lambda _: None)
    opened = reopen(saved)
    assert opened.altered
    assert compare(opened, saved, examples()[0].satker).differences == ()


def test_an_edited_document_says_which_cell_and_paragraph():
    file = example_file()

    def edit(document):
        cell = document.tables[0].rows[0].cells[0]
        cell.paragraphs[0].text = "Diganti di Word"
        document.add_paragraph("Ditambahkan di Word")

    changed = edited(file.content, edit)
    comparison = compare(reopen(changed), changed, examples()[0].satker)
    said = [str(one) for one in comparison.differences]
    assert len(said) == 2
    assert "abel 1, baris 1, kolom 1: " in said[0]
    assert "Diganti di Word" in said[0]
    assert said[1].startswith("Paragraf ")
    assert said[1].endswith("ditambahkan “Ditambahkan di Word”.")
    assert comparison.doubts == ()


def test_a_file_of_very_many_passages_is_compared_in_their_order():
    def grow(document):
        paragraph = document.add_paragraph("sama")._p
        document.element.body[:0] = [copy.deepcopy(paragraph) for _ in range(MOST_COMPARED // 50)]

    changed = edited(example_file().content, grow)
    comparison = compare(reopen(changed), changed, examples()[0].satker)
    assert len(comparison.differences) > MOST_COMPARED // 50


def test_a_difference_that_may_come_from_the_office_says_so():
    example = examples()[0]
    file = example_file()
    other = registry().get("11")
    opened = reopen(file.content)
    assert example.satker != other
    assert "Data satker" in compare(opened, file.content, other).doubts[0]


def test_a_document_of_ours_made_into_a_template_carries_only_the_new_input():
    from docgen.rendering import PageSetup
    from docgen.rendering.input_part import read_input_words
    from docgen.rendering.loading import load_bytes
    from docgen.rendering.package import read_package

    template = load_bytes(example_file().content, PageSetup(carries_input=True))
    parts = read_package(template.fill({}, input_words="baru").content)
    assert read_input_words(parts) == "baru"
    assert len([name for name in parts if name.startswith("customXml/item")]) == 2


def test_open_writes_the_input_and_the_pictures_beside_it(tmp_path):
    example = next(one for one in examples() if one.assets)
    files = make(example.kind, example.data, example.satker, naskah=SEMUA, assets=example.assets)
    file = next(one for one in files if not reopen(one.content).missing)
    path = tmp_path / "dokumen.docx"
    path.write_bytes(file.content)
    result = CliRunner().invoke(app, ["open", str(path), "-o", str(tmp_path / "isian.json")])
    assert result.exit_code == 0
    data = json.loads((tmp_path / "isian.json").read_text(encoding="utf-8"))
    assert data["satker"] == example.satker.kode
    assert all((tmp_path / name).read_bytes() for name in example.assets)
    assert f"--naskah {file.naskah}" in result.stderr


def test_open_says_where_an_edited_file_differs(tmp_path):
    path = tmp_path / "dokumen.docx"
    path.write_bytes(edited(example_file().content, lambda d: d.add_paragraph("Titipan")))
    result = CliRunner().invoke(app, ["open", str(path)])
    assert result.exit_code == 0
    assert "ditambahkan “Titipan”" in result.stderr
    assert parse_input(result.stdout.encode())["satker"] == examples()[0].satker.kode


@pytest.mark.parametrize("words", ["", "{", "[]", "{}", '{"isian": 1}'])
def test_what_is_carried_and_makes_no_sense_is_refused(words):
    with pytest.raises(DocgenError):
        reopen(carrying(words))


def carrying(words):
    """A document that carries these words instead of its input."""
    file = make(KIND, smallest())[0]
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(file.content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("customXml/item1"):
                part = part.partition(b">{")[0] + b">" + escape(words).encode() + b"</isian>"
            new.writestr(name, part)
    return stream.getvalue()


@pytest.mark.office
@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_a_document_saved_by_libreoffice_still_carries_its_input(tmp_path):
    content = example_file().content
    (tmp_path / "a.docx").write_bytes(content)
    command = [
        office_program(),
        f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}",
        *("--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "b")),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "b" / "a.docx").read_bytes()
    assert reopen(saved).altered
    assert reopen(saved).data == reopen(content).data


def test_the_command_line_leaves_the_input_out_where_it_is_switched_off(tmp_path, monkeypatch):
    example = examples()[0]
    monkeypatch.setenv("DOCGEN_EMBED_INPUT", "0")
    path = tmp_path / "a.docx"
    CliRunner().invoke(
        app,
        ["render", example.kind.name, str(example.path), "--satker", "13.71", "-o", str(path)],
    )
    with pytest.raises(AlteredDocument, match="tidak membawa isiannya"):
        reopen(path.read_bytes())


def test_a_batch_makes_again_what_was_made_with_the_other_setting(tmp_path, monkeypatch):
    example = examples()[0]
    command = ["batch", example.kind.name, str(example.path), "--satker", "13.71"]
    for setting, said in (("1", "dibuat"), ("1", "tidak berubah"), ("0", "dibuat")):
        monkeypatch.setenv("DOCGEN_EMBED_INPUT", setting)
        result = CliRunner().invoke(app, [*command, "-d", str(tmp_path)])
        assert result.exit_code == 0
        assert said in result.output
    (path,) = tmp_path.glob("13.71/*.docx")
    with pytest.raises(AlteredDocument, match="tidak membawa isiannya"):
        reopen(path.read_bytes())


def test_a_naskah_without_its_packets_pictures_is_compared_all_the_same(example):
    for file in make(
        example.kind, example.data, example.satker, naskah=SEMUA, assets=example.assets
    ):
        content = edited(file.content, lambda document: document.add_paragraph("Ditambah tangan"))
        comparison = compare(reopen(content), content, example.satker)
        assert [one.now for one in comparison.differences] == ["Ditambah tangan"]
        assert comparison.doubts == ()


@settings(max_examples=150, deadline=None)
@given(at=st.floats(0, 0.999), change=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_in_words_or_opened(at, change, cut):
    content = bytearray(example_file().content)
    position = int(at * len(content))
    content[position] ^= change
    damaged = bytes(content[: position + 1] if cut else content)
    with contextlib.suppress(DocgenError):
        opened = reopen(damaged)
        compare(opened, damaged, registry().get(opened.satker))


@pytest.mark.parametrize(
    "change",
    [
        lambda carried: carried.update(gambar={"a": [1]}),
        lambda carried: carried.update(gambar={"a": "zz"}),
        lambda carried: carried["isian"].update(langkah="x"),
        lambda carried: carried["isian"].update(langkah=[["a"], None, 3]),
    ],
)
def test_what_is_carried_in_another_shape_is_refused(change):
    data = smallest()
    words = json.loads(read_input_words(read_package(make(KIND, data)[0].content)))
    change(words)
    with pytest.raises(AlteredDocument, match="rusak"):
        reopen(carrying(json.dumps(words)))
