"""What a document says of itself, and what of it was changed since: every sort of change is seen."""

import zipfile
from io import BytesIO

import docx
import pytest

from docgen.errors import AlteredDocument
from docgen.rendering import Picture, read_provenance
from docgen.rendering.loading import load_bytes

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ff"
    "ff3f0005fe02fe0def46b80000000049454e44ae426082"
)
PROPERTIES = {
    "docgen.kind": "uji",
    "docgen.satker": "13.71",
    "docgen.input": "0" * 64,
    "docgen.template": "1" * 64,
    "docgen.version": "1",
}
CUSTOM = "docProps/custom.xml"


@pytest.fixture
def content(word):
    picture = Picture(PNG, 360_000, 360_000, "Foto")
    template = load_bytes(word("{{ a }}", "{{r foto }}", header="{{ a }}"))
    return template.fill({"a": "x", "foto": picture}, PROPERTIES).content


def repacked(content, change=lambda _, part: part, drop="", add=None, method=zipfile.ZIP_DEFLATED):
    """The document with each part changed, one dropped, some added."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", method) as new,
    ):
        for name in old.namelist():
            if name != drop:
                new.writestr(name, change(name, old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def in_part(wanted, old, new):
    def change(name, part):
        if name != wanted:
            return part
        assert old in part
        return part.replace(old, new)

    return change


def picture_name(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return next(name for name in package.namelist() if name.startswith("word/media/"))


def test_an_untouched_document_says_where_it_comes_from(content):
    provenance = read_provenance(content)
    assert (provenance.properties, provenance.altered) == (PROPERTIES, ())


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_packing_anew_is_no_change(content, method):
    assert read_provenance(repacked(content, method=method)).altered == ()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", b">x<", b">y<"),
        ("word/header1.xml", b">x<", b">y<"),
        ("word/styles.xml", b"w:styles", b"w:styles "),
        ("[Content_Types].xml", b"<Types", b"<Types "),
        ("docProps/core.xml", b"<cp:", b"<cp: "),
        ("word/_rels/document.xml.rels", b"<Relationships", b"<Relationships "),
        (CUSTOM, b">13.71<", b">11<"),
        (CUSTOM, b'"docgen.satker"', b'"docgen.kantor"'),
    ],
)
def test_a_changed_part_is_named(content, part, old, new):
    changed = repacked(content, in_part(part, old, new))
    assert read_provenance(changed).altered == (part,)


def test_a_changed_picture_is_named(content):
    name = picture_name(content)
    assert read_provenance(repacked(content, in_part(name, PNG[-4:], b"abcd"))).altered == (name,)


def test_a_part_that_is_gone_is_named(content):
    assert read_provenance(repacked(content, drop="word/theme/theme1.xml")).altered == (
        "word/theme/theme1.xml",
    )


def test_a_part_that_was_added_is_named(content):
    changed = repacked(content, add={"word/vbaProject.bin": b"x"})
    assert read_provenance(changed).altered == ("word/vbaProject.bin",)


def test_a_document_saved_again_by_another_program_is_altered(content):
    stream = BytesIO()
    document = docx.Document(BytesIO(content))
    document.paragraphs[0].text = "lain"
    document.save(stream)
    assert "word/document.xml" in read_provenance(stream.getvalue()).altered


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: repacked(content, drop=CUSTOM),
        lambda content: repacked(content, in_part(CUSTOM, b"docgen.parts", b"lain")),
        lambda content: content[: len(content) // 2],
        lambda _: b"",
        lambda _: b"%PDF-1.7",
    ],
)
def test_what_has_lost_its_marks_is_refused(content, broken):
    with pytest.raises(AlteredDocument):
        read_provenance(broken(content))


def test_a_second_part_of_the_same_name_is_refused(content):
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = repacked(content, add={"word/document.xml": b"<w:document/>"})
    with pytest.raises(AlteredDocument):
        read_provenance(doubled)


@pytest.mark.parametrize("digest", [b"", b"x", b";;", b"a b c;d e", "é \u2603 1".encode()])
def test_marks_that_make_no_sense_are_an_alteration_and_not_a_crash(content, digest):
    def spoil(name, part):
        if name != CUSTOM:
            return part
        head, _, rest = part.rpartition(b"<vt:lpwstr>")
        return head + b"<vt:lpwstr>" + digest + b"</vt:lpwstr>" + rest.partition(b"</vt:lpwstr>")[2]

    assert "word/document.xml" in read_provenance(repacked(content, spoil)).altered
