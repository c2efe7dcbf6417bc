"""A template filled: every character arrives, what is missing is named with its place."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import AlteredDocument
from docgen.rendering import (
    ForbiddenCharacter,
    InvalidTemplate,
    MissingValue,
    Picture,
    UnsuitableValue,
    Xml,
    read_provenance,
)
from docgen.rendering.loading import load_bytes
from docgen.rendering.text import read_text
from docgen.rendering.xml import q


def said(template, **context):
    return read_text(load_bytes(template).fill(context).content)


def document(template, **context):
    return docx.Document(BytesIO(load_bytes(template).fill(context).content))


def problems(template):
    with pytest.raises(InvalidTemplate) as caught:
        load_bytes(template)
    return [str(problem) for problem in caught.value.problems]


def test_a_value_stands_where_its_name_stood(word):
    assert said(word("Nama: {{ nama }}."), nama="Rina") == "Nama: Rina."


@pytest.mark.parametrize(
    "text", ["a & b", "<b>", "{{ x }}", "{% if %}", '"a" ‘b’', "a\nb", "a\tb", "]]>", "&amp;"]
)
def test_every_character_arrives_in_body_and_header(word, text):
    template = word("{{ a }}", [["{{ a }}"]], header="{{ a }}")
    assert said(template, a=text) == f"{text}\n{text}\n| {text} |"


def test_a_carriage_return_counts_as_a_newline(word):
    assert said(word("{{ a }}"), a="x\r\ny\rz") == "x\ny\nz"


def test_rows_cells_and_paragraphs_repeat(word):
    template = word(
        "{%p for p in daftar %}",
        "- {{ p }}",
        "{%p endfor %}",
        [["{%tr for b in baris %}", ""], ["{{ b.no }}", "{{ b.isi }}"], ["{%tr endfor %}", ""]],
    )
    context = {"daftar": ["x", "y"], "baris": [{"no": 1, "isi": "a"}, {"no": 2, "isi": "b"}]}
    assert said(template, **context) == "- x\n- y\n| 1 | a |\n| 2 | b |"


def test_a_condition_takes_or_leaves_a_paragraph(word):
    template = word("{%p if ada %}", "ada", "{%p else %}", "tidak", "{%p endif %}")
    assert (said(template, ada="x"), said(template, ada="")) == ("ada", "tidak")


def test_a_filter_writes_a_value_the_indonesian_way(word):
    assert said(word("{{ n | romawi }} {{ nip | nip }}"), n=4, nip="197203141998031002") == (
        "IV 19720314 199803 1 002"
    )


def test_a_loop_knows_its_place(word):
    template = word(
        "{% for x in xs %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% endfor %}"
    )
    assert said(template, xs=["a", "b", "c"]) == "1a,2b,3c"


def test_a_tag_that_word_cut_into_pieces_is_still_a_tag(word):
    made = docx.Document(BytesIO(word("")))
    paragraph = made.paragraphs[0]
    for piece in ("{", "{ na", "ma }", "}"):
        paragraph.add_run(piece).bold = piece == "{ na"
    stream = BytesIO()
    made.save(stream)
    assert said(stream.getvalue(), nama="Rina") == "Rina"


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        (("x", "y {{ salah }}"), "word/document.xml, paragraf 2"),
        (([["a", "b"], ["c", "{{ salah }}"]],), "word/document.xml, tabel 1, baris 2, sel 2"),
    ],
)
def test_a_missing_value_is_an_error_that_names_it_and_its_place(word, blocks, place):
    with pytest.raises(MissingValue) as caught:
        said(word(*blocks), benar="x")
    assert str(caught.value) == f"{place}: tidak ada nilai untuk {{{{ salah }}}}."


@pytest.mark.parametrize("context", [{"a": {}}, {"a": {"b": None}}, {"a": "teks"}, {}])
def test_a_missing_part_of_a_value_is_an_error_too(word, context):
    with pytest.raises(MissingValue) as caught:
        said(word("{{ a.b }}"), **context)
    assert caught.value.expression == "a.b"


def test_a_missing_name_in_a_condition_or_a_loop_is_an_error(word):
    for template in ("{% if salah %}x{% endif %}", "{% for x in salah %}x{% endfor %}"):
        with pytest.raises(MissingValue):
            said(word(template))


def test_a_forbidden_character_names_the_field(word):
    with pytest.raises(ForbiddenCharacter) as caught:
        said(word("{{ a.b }}"), a={"b": "x\x01"})
    assert (caught.value.expression, caught.value.character) == ("a.b", "\x01")


@pytest.mark.parametrize(
    "tag",
    [
        "{{ a() }}",
        "{{ a._b }}",
        "{{ _a }}",
        "{{ a + b }}",
        "{% set a = 1 %}",
        "{% include 'a' %}",
        "{{ a | tidak_ada }}",
        "{{ loop.index }}",
        "{{ ''.join(a) }}",
        "{{ a['__class__'] }}",
    ],
)
def test_a_template_is_data_and_not_a_program(word, tag):
    (problem,) = problems(word("baik", tag))
    assert problem.startswith("word/document.xml, paragraf 2: ")


def test_every_problem_of_a_template_is_told_at_once(word):
    assert len(problems(word("{{ a() }}", "{{ b() }}", header="{{ c() }}"))) == 3


def test_an_unclosed_loop_is_a_problem_with_its_place(word):
    (problem,) = problems(word("x", "{% for a in b %}"))
    assert "for/endfor" in problem


@pytest.mark.parametrize("content", [b"", b"PK\3\4 rusak", b"%PDF-1.7"])
def test_what_is_not_a_word_file_is_refused(content):
    (problem,) = problems(content)
    assert "bukan berkas Word" in problem


def test_a_picture_stands_in_the_file_once_and_has_its_own_number(word):
    picture = Picture(PNG, 360_000, 360_000, 'Foto "a" & b')
    made = load_bytes(word("{{r a }}", "{{r a }}", header="{{r a }}")).fill({"a": picture})
    with zipfile.ZipFile(BytesIO(made.content)) as package:
        assert sum(name.startswith("word/media/") for name in package.namelist()) == 1
    body = docx.Document(BytesIO(made.content))
    assert [shape.width for shape in body.inline_shapes] == [360_000, 360_000]
    numbers = [shape._inline.docPr.id for shape in body.inline_shapes]
    assert len(set(numbers)) == 2
    assert (
        body.part.related_parts[
            body.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
        ].blob
        == PNG
    )


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ff"
    "ff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def test_a_measuring_tag_becomes_the_measure(word):
    template = word(
        [
            ["{% kisi xs %}{% tinggi 500 %}{% lebar 1234 %}{% arah 'btLr' %}{{ a }}"],
            ["{% ukuran 13 %}{% jarak 150 %}{{ a }}"],
        ]
    )
    made = document(template, xs=[1000, 2000], a="x")
    table = made.tables[0]._tbl
    assert [column.w.twips for column in table.tblGrid.gridCol_lst] == [1000, 2000]
    assert table.tr_lst[0].trHeight_val.twips == 500
    assert table.tr_lst[0].tc_lst[0].width.twips == 1234
    assert 'w:textDirection w:val="btLr"' in table.xml
    run = made.tables[0].rows[1].cells[0].paragraphs[0].runs[0]
    assert run.font.size.pt == 6.5
    assert made.tables[0].rows[1].cells[0].text == "x"


@pytest.mark.parametrize(
    ("is_kept", "whole", "with_next"), [(True, "on", "1"), (False, "off", "0")]
)
def test_a_row_stays_whole_and_with_the_next_one_where_the_template_says(
    word, is_kept, whole, with_next
):
    made = document(word([["{% utuh x %}{% lekat x %}{{ a }}"]]), x=is_kept, a="x")
    row = made.tables[0].rows[0]
    assert f'w:cantSplit w:val="{whole}"' in row._tr.xml
    assert f'w:keepNext w:val="{with_next}"' in row._tr.xml
    assert row.cells[0].text == "x"


FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=30)


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_any_text_arrives_whole_or_is_refused_by_name(text):
    template = load_bytes(_TEMPLATE)
    if found := FORBIDDEN.search(text.replace("\r", "\n")):
        with pytest.raises(ForbiddenCharacter) as caught:
            template.fill({"a": text})
        assert (caught.value.character, caught.value.expression) == (found[0], "a")
        return
    content = template.fill({"a": text}).content
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    made = docx.Document(BytesIO(content))
    arrived = {
        made.paragraphs[0].text,
        made.paragraphs[1].text,
        made.tables[0].rows[0].cells[0].text,
        made.sections[0].header.paragraphs[0].text,
        made.sections[0].footer.paragraphs[0].text,
        made.core_properties.title,
        made.element.body.find(f".//{q('w:tblCaption')}").get(q("w:val")),
    }
    assert arrived == {f"[{expected}]"}


def _build():
    made = docx.Document()
    made.add_paragraph("[{{ a }}]")
    made.add_paragraph("[{{r a }}]")
    made.sections[0].header.paragraphs[0].text = "[{{ a }}]"
    made.sections[0].footer.paragraphs[0].text = "[{{ a }}]"
    made.core_properties.title = "[{{ a }}]"
    made.add_table(1, 1).rows[0].cells[0].text = "[{{ a }}]"
    caption = OxmlElement("w:tblCaption")
    caption.set(q("w:val"), "[{{ a }}]")
    made.tables[0]._tbl.tblPr.append(caption)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


_TEMPLATE = _build()


def test_the_same_input_makes_the_same_bytes_anywhere(tmp_path):
    path = tmp_path / "t.docx"
    path.write_bytes(_TEMPLATE)
    program = (
        "import hashlib,sys;from pathlib import Path;from docgen.rendering import load;"
        "print(hashlib.sha256(load(Path(sys.argv[1])).fill({'a':'x'},{'k':'v'}).content).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program, path],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone, seed in (("Asia/Jakarta", "1"), ("America/New_York", "2"))
    }
    here = load_bytes(_TEMPLATE).fill({"a": "x"}, {"k": "v"}).content
    assert sums == {hashlib.sha256(here).hexdigest() + "\n"}


def test_a_document_says_where_it_comes_from_and_what_was_changed(word):
    content = load_bytes(word("{{ a }}")).fill({"a": "x"}, {"docgen.kind": "uji & <x>"}).content
    assert read_provenance(content).properties == {"docgen.kind": "uji & <x>"}
    assert read_provenance(content).altered == ()
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, part.replace(b">x<", b">y<"))
        new.writestr("word/tambahan.xml", "<a/>")
    assert read_provenance(stream.getvalue()).altered == ("word/document.xml", "word/tambahan.xml")


def test_a_fragment_of_ours_goes_in_as_it_is(word):
    made = said(word("a{{r x }}b"), x=Xml("<w:r><w:t>tebal</w:t></w:r>"))
    assert made == "atebalb"


def test_a_fragment_ends_the_run_that_it_is_put_into(word):
    made = document(word("a{{ x }}b"), x=Xml("<w:r><w:t>tebal</w:t></w:r>"))
    assert [run.text for run in made.paragraphs[0].runs] == ["a", "tebal", "b"]


@pytest.mark.parametrize("tag", ["{{r a }}", "{{p a }}"])
def test_text_where_a_fragment_was_meant_is_not_lost(word, tag):
    assert said(word("x", tag), a="y & z") == "x\ny & z"


def test_a_paragraph_of_ours_takes_the_place_of_the_tag_s(word):
    made = document(word("a", "{{p x }}", "b"), x=Xml("<w:p/><w:p/>"))
    assert [paragraph.text for paragraph in made.paragraphs] == ["a", "", "", "b"]


@pytest.mark.parametrize("value", [["x"], {"b": 1}, True, b"x", 1j])
def test_a_value_that_is_no_text_is_an_error_that_says_so(word, value):
    with pytest.raises(UnsuitableValue) as caught:
        said(word("x", "{{ a }}"), a=value)
    assert str(caught.value).startswith(
        "word/document.xml, paragraf 2: nilai {{ a }} tidak cocok di sini: "
    )


def test_a_loop_over_text_is_an_error(word):
    with pytest.raises(UnsuitableValue) as caught:
        said(word("{% for x in a %}{{ x }}{% endfor %}"), a="teks")
    assert "teks bukan daftar" in str(caught.value)


@pytest.mark.parametrize("tag", ["{{ a | romawi }}", "{{ a | tanggal }}"])
def test_a_value_that_a_filter_refuses_is_an_error_with_its_place(word, tag):
    with pytest.raises(UnsuitableValue) as caught:
        said(word(tag), a=0)
    assert caught.value.expression == tag.strip("{} ")


@pytest.mark.parametrize("items", [[], ["x"]])
def test_a_cell_keeps_a_paragraph_when_a_loop_leaves_none(word, items):
    template = word([["{%p for x in xs %}"], [""]])
    made = docx.Document(BytesIO(template))
    cell = made.tables[0].rows[0].cells[0]
    cell.add_paragraph("{{ x }}")
    cell.add_paragraph("{%p endfor %}")
    stream = BytesIO()
    made.save(stream)
    filled = document(stream.getvalue(), xs=items).tables[0].rows[0].cells[0]
    assert [paragraph.text for paragraph in filled.paragraphs] == (items or [""])


def test_a_loop_has_words_for_an_empty_list(word):
    template = word("{% for x in xs %}{{ x }}{% else %}tidak ada{% endfor %}")
    assert (said(template, xs=["a"]), said(template, xs=[])) == ("a", "tidak ada")


def test_comparisons_and_choices_may_be_written(word):
    template = word("{{ 'besar' if 1 < n <= 9 and n != 5 else 'lain' }}")
    assert [said(template, n=n) for n in (0, 2, 5, 9)] == ["lain", "besar", "lain", "besar"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("{% for x in xs %}", [["{%tr endfor %}"]]),
        ("a {% if xs %} b", [["{% endif %}"]]),
        ([["{%tr for x in xs %}"], ["{{ x }}"]], "{%p endfor %}"),
    ],
)
def test_a_loop_that_ends_in_another_kind_of_place_is_refused(word, blocks):
    assert "tidak setingkat" in problems(word(*blocks))[0]


def test_a_place_is_right_behind_a_row_that_is_only_a_tag(word):
    template = word(
        [["{%tr for b in xs %}", "{{ hilang }}"], ["{{ b }}", ""], ["{%tr endfor %}", ""]],
        "{{ salah }}",
    )
    with pytest.raises(MissingValue) as caught:
        said(template, xs=["x"])
    assert str(caught.value.place) == "word/document.xml, paragraf 1"


def test_deep_loops_are_refused_and_not_a_crash(word):
    deep = "".join(f"{{% for x{n} in xs %}}" for n in range(30)) + "{% endfor %}" * 30
    (problem,) = problems(word(deep))
    assert "terlalu dalam" in problem


def test_title_and_author_of_the_file_are_filled_too(word):
    made = docx.Document(BytesIO(word("{{ a }}")))
    made.core_properties.title = "SOP {{ a }}"
    stream = BytesIO()
    made.save(stream)
    assert document(stream.getvalue(), a="A & <B>").core_properties.title == "SOP A & <B>"


def test_what_a_document_says_of_itself_cannot_be_changed_unseen(word):
    content = load_bytes(word("{{ a }}")).fill({"a": "x"}, {"docgen.kind": "sop"}).content
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry).replace(b">sop<", b">notulen<"))
    assert read_provenance(stream.getvalue()).altered == ("docProps/custom.xml",)


def test_a_file_of_others_is_not_ours(word):
    with pytest.raises(AlteredDocument):
        read_provenance(word("x"))


def test_a_dash_joins_what_is_in_one_paragraph(word):
    template = word("a {%- if x -%} b {%- endif -%} c")
    assert (said(template, x="ya"), said(template, x="")) == ("abc", "ac")


def test_a_dash_that_would_join_a_cell_with_what_follows_the_table_is_refused(word):
    (problem,) = problems(word([["x", "{% if a -%} y {% endif -%}"]], "z"))
    assert "-%}" in problem
