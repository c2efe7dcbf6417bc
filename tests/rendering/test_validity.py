"""What comes out is a Word file by the schema's rules, ids and all, whatever was put in."""

import zipfile
from collections import Counter
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from docgen.rendering import Picture
from docgen.rendering.loading import load_bytes
from docgen.rendering.text import read_text
from docgen.rendering.xml import parse, q
from tests.rendering.valid import cleaned, errors

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ff"
    "ff3f0005fe02fe0def46b80000000049454e44ae426082"
)
FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:id="1"><w:p><w:r><w:t>Catatan {{ a }}</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
DRAWING = (
    f'<w:r {nsdecls("w", "wp", "a", "pic", "r")}><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
    '<wp:docPr name="Kotak" id="1" descr="{{ a }}"/><a:graphic><a:graphicData uri="x"/></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
BOOKMARK = (
    f'<w:p {nsdecls("w")}><w:bookmarkStart w:name="butir" w:id="7"/><w:r><w:t>{{{{ x }}}}</w:t></w:r>'
    '<w:bookmarkEnd w:id="7"/><w:bookmarkStart w:id="8" w:name="_GoBack"/><w:bookmarkEnd w:id="8"/>'
    "</w:p>"
)
REFERENCE = (
    f'<w:p {nsdecls("w")}><w:fldSimple w:instr=" PAGEREF butir \\h "><w:r><w:t>1</w:t></w:r>'
    "</w:fldSimple></w:p>"
)


@pytest.fixture
def made():
    """A document without what the validator refuses of python-docx's own."""
    return cleaned(docx.Document())


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def body(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return parse(package.read("word/document.xml"))


def without_ids(content):
    """The document broken, to see that the validator looks."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<wp:docPr id=", b"<wp:docPr nomor="))
    return stream.getvalue()


def loop(document, *xmls):
    document.add_paragraph("{%p for x in xs %}")
    for xml in xmls:
        document._body._body.insert_element_before(parse_xml(xml), "w:sectPr")
    document.add_paragraph("{%p endfor %}")


def test_what_loops_repeat_has_ids_of_its_own(made):
    loop(made, f"<w:p {nsdecls('w')}>{DRAWING}</w:p>", BOOKMARK)
    made.element.body.insert_element_before(parse_xml(REFERENCE), "w:sectPr")
    root = body(load_bytes(saved(made)).fill({"xs": ["1", "2", "3"], "a": "x"}).content)
    drawings = [one.get("id") for one in root.iter(q("wp:docPr"))]
    starts = [one.get(q("w:id")) for one in root.iter(q("w:bookmarkStart"))]
    ends = [one.get(q("w:id")) for one in root.iter(q("w:bookmarkEnd"))]
    names = [one.get(q("w:name")) for one in root.iter(q("w:bookmarkStart"))]
    assert len(set(drawings)) == len(set(starts)) == len(set(names)) == 3
    assert starts == ends
    assert names[0] == "butir"


def test_ids_outside_loops_are_fixed_and_distinct(made):
    for _ in range(3):
        made.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{DRAWING}</w:p>"), "w:sectPr"
        )
    root = body(load_bytes(saved(made)).fill({"a": "x"}).content)
    assert [one.get("id") for one in root.iter(q("wp:docPr"))] == ["1", "2", "3"]


def test_a_value_stands_in_an_alternative_text(made):
    loop(made, f"<w:p {nsdecls('w')}>{DRAWING}</w:p>")
    text = 'a "b" <c> & \n\td'
    root = body(load_bytes(saved(made)).fill({"xs": [1], "a": text}).content)
    assert [one.get("descr") for one in root.iter(q("wp:docPr"))] == [text]


def test_footnotes_are_filled(made):
    name = PackURI("/word/footnotes.xml")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    made.part.relate_to(Part(name, kind, FOOTNOTES.encode(), made.part.package), RT.FOOTNOTES)
    content = load_bytes(saved(made)).fill({"a": "A & B"}).content
    with zipfile.ZipFile(BytesIO(content)) as package:
        words = parse(package.read("word/footnotes.xml")).itertext()
    assert "".join(words) == "Catatan A & B"


def test_the_schema_is_kept_by_every_construction(made, tmp_path):
    made.sections[0].header.paragraphs[0].text = "{{ a }} {{r foto }}"
    made.add_paragraph("{{ a }}{{ foto }}{{r foto }}")
    made.add_paragraph("{{p foto }}")
    loop(made, BOOKMARK)
    made.element.body.insert_element_before(parse_xml(REFERENCE), "w:sectPr")
    table = made.add_table(3, 3)
    table.rows[0].cells[
        0
    ].text = "{% kisi lebar %}{% tinggi 300 %}{% lebar 900 %}{% arah 'btLr' %}a"
    table.rows[0].cells[1].text = "{% cellbg 'D9D9D9' %}{% ukuran 17 %}{% jarak 240 %}{{ a }}"
    table.rows[1].cells[0].text = "{%tc for x in xs %}"
    table.rows[1].cells[1].text = "{{ x }}"
    table.rows[1].cells[2].text = "{%tc endfor %}"
    cell = table.rows[2].cells[0]
    cell.text = "{%p for x in kosong %}"
    cell.add_paragraph("{{ x }}")
    cell.add_paragraph("{%p endfor %}")
    table.rows[2].cells[1].text = "{% colspan 2 %}{{ a }}"
    table.rows[2].cells[2]._tc.getparent().remove(table.rows[2].cells[2]._tc)
    foto = Picture(PNG, 360_000, 360_000, 'Foto "x" & <y>')
    context = {"a": "x\ny\tz & <b>", "xs": ["1", "2", "3"], "kosong": [], "foto": foto}
    filled = load_bytes(saved(made)).fill({**context, "lebar": [900, 900, 900]}, {"k": "v"})
    assert errors(filled.content, tmp_path) == []
    assert errors(without_ids(filled.content), tmp_path) != []
    assert read_text(filled.content).count("x\ny\tz & <b>") == 4
    with zipfile.ZipFile(BytesIO(filled.content)) as package:
        assert max(Counter(package.namelist()).values()) == 1
        assert package.testzip() is None
    numbers = [one.get("id") for one in body(filled.content).iter(q("wp:docPr"))]
    assert len(set(numbers)) == len(numbers) == 3


def test_cells_of_a_loop_become_one(made, tmp_path):
    table = made.add_table(4, 3)
    table.rows[0].cells[0].text = "{%tr for x in xs %}"
    table.rows[1].cells[0].text = "{% vm %}{% cellbg 'D9D9D9' %}{{ a }}"
    table.rows[1].cells[1].text = "{{ x }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    row = table.rows[3].cells
    row[0].text, row[1].text, row[2].text = (
        "{%tc for x in xs %}",
        "{% hm %}{{ a }}",
        "{%tc endfor %}",
    )
    content = load_bytes(saved(made)).fill({"xs": ["1", "2", "3"], "a": "sama"}).content
    assert read_text(content) == "| sama | 1 |  |\n|  | 2 |  |\n|  | 3 |  |\n| sama |"
    root = body(content)
    assert [one.get(q("w:val")) for one in root.iter(q("w:vMerge"))] == [
        "restart",
        "continue",
        "continue",
    ]
    assert [one.get(q("w:val")) for one in root.iter(q("w:gridSpan"))] == ["3"]
    assert errors(content, tmp_path) == []


def test_what_loops_leave_empty_keeps_what_word_wants(made, tmp_path):
    rows = made.add_table(3, 1).rows
    rows[0].cells[0].text, rows[2].cells[0].text = "{%tr for x in xs %}", "{%tr endfor %}"
    cells = made.add_table(1, 3).rows[0].cells
    cells[0].text, cells[2].text = "{%tc for x in xs %}", "{%tc endfor %}"
    header = made.sections[0].header
    header.paragraphs[0].text = "{%p if xs %}"
    header.add_paragraph("kop")
    header.add_paragraph("{%p endif %}")
    template = load_bytes(saved(made))
    assert errors(template.fill({"xs": []}).content, tmp_path) == []
    made = docx.Document(BytesIO(template.fill({"xs": []}).content))
    assert [len(table.rows[0].cells) for table in made.tables] == [1, 1]
    assert [one.text for one in made.sections[0].header.paragraphs] == [""]
    made = docx.Document(BytesIO(template.fill({"xs": [1, 2]}).content))
    assert [len(table.rows) for table in made.tables] == [2, 1]
    assert [one.text for one in made.sections[0].header.paragraphs] == ["kop"]
