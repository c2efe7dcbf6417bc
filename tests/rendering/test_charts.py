"""Charts, properties and every other part with tags: filled as the body is."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from docgen.rendering import InvalidTemplate, MissingValue, UnsuitableValue
from docgen.rendering.checking import check_template
from docgen.rendering.loading import load_bytes
from docgen.rendering.xml import parse, q
from tests.rendering.valid import cleaned, errors

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
CHART_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
SAMPLE = {"judul": "Realisasi", "baris": [{"area": "Area 1", "persen": 50}]}


def points(value):
    return (
        '<c:ptCount val="{{ baris | banyak }}"/>'
        '<c:pt idx="0"><c:v>{%pt for b in baris %}</c:v></c:pt>'
        f'<c:pt idx="{{{{ loop.index0 }}}}"><c:v>{value}</c:v></c:pt>'
        '<c:pt idx="2"><c:v>{%pt endfor %}</c:v></c:pt>'
    )


def chart(title="{{ judul }}", category="{{ b.area }}", value="{{ b.persen }}"):
    runs = "".join(f"<a:r><a:t>{piece}</a:t></a:r>" for piece in title.split("|"))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {CHART_NAMESPACES}>'
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p>{runs}</a:p></c:rich></c:tx></c:title>"
        '<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"<c:cat><c:strRef><c:f>Lembar!$A$2</c:f><c:strCache>{points(category)}</c:strCache>"
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Lembar!$B$2</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{points(value)}</c:numCache></c:numRef></c:val>"
        '</c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:axPos val="l"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:axPos val="b"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )


def with_chart(xml):
    """A template whose only drawing is this chart."""
    made = cleaned(docx.Document())
    part = Part(PackURI("/word/charts/chart1.xml"), CHART_TYPE, xml.encode(), made.part.package)
    relation = made.part.relate_to(part, CHART_RELATION)
    made.element.body.insert_element_before(
        parse_xml(
            f"<w:p {nsdecls('w', 'wp', 'a', 'r')}><w:r><w:drawing><wp:inline>"
            '<wp:extent cx="5000000" cy="3000000"/><wp:docPr id="1" name="Grafik"/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
            f'{CHART_NAMESPACES} r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
            "</w:drawing></w:r></w:p>"
        ),
        "w:sectPr",
    )
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def chart_of(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return parse(package.read("word/charts/chart1.xml"))


def test_a_chart_s_points_repeat_with_their_numbers(tmp_path):
    rows = [{"area": "A & B", "persen": 12.5}, {"area": "<C>", "persen": 100}]
    content = load_bytes(with_chart(chart())).fill({"judul": "X", "baris": rows}).content
    root = chart_of(content)
    assert [one.text for one in root.iter(q("c:v"))] == ["A & B", "<C>", "12.5", "100"]
    assert [one.get("idx") for one in root.iter(q("c:pt"))] == ["0", "1", "0", "1"]
    assert [one.get("val") for one in root.iter(q("c:ptCount"))] == ["2", "2"]
    assert errors(content, tmp_path) == []


def test_a_tag_cut_into_pieces_in_a_chart_s_title_is_still_a_tag():
    template = load_bytes(with_chart(chart(title="Grafik {|{ ju|dul }}|!")))
    root = chart_of(template.fill({"judul": "A & B", "baris": []}).content)
    assert "".join(one.text or "" for one in root.iter(q("a:t"))) == "Grafik A & B!"


def test_a_series_repeats():
    series = "<c:ser><c:idx val='0'/><c:tx><c:v>{}</c:v></c:tx></c:ser>"
    pieces = "".join(
        map(series.format, ("{%ser for b in baris %}", "{{ b.area }}", "{%ser endfor %}"))
    )
    xml = f"<c:chartSpace {CHART_NAMESPACES}><c:barChart>{pieces}</c:barChart></c:chartSpace>"
    content = load_bytes(with_chart(xml)).fill({"baris": [{"area": "1"}, {"area": "2"}]}).content
    assert [one.text for one in chart_of(content).iter(q("c:v"))] == ["1", "2"]


def test_a_missing_value_in_a_chart_is_named_with_its_point():
    template = load_bytes(with_chart(chart(value="{{ b.nilai }}")))
    with pytest.raises(MissingValue) as caught:
        template.fill(SAMPLE)
    assert (caught.value.expression, str(caught.value.place)) == (
        "b.nilai",
        "word/charts/chart1.xml, seri 1, titik 2",
    )


def test_a_list_where_a_chart_wants_a_number_is_an_error():
    with pytest.raises(UnsuitableValue):
        load_bytes(with_chart(chart(value="{{ baris }}"))).fill(SAMPLE)


def test_a_chart_is_checked_like_the_body():
    found = check_template(
        with_chart(chart(category="{{ b.areaa }}", title="{{ jdul }}")), [SAMPLE], ()
    )
    assert [str(one) for one in found if one.level == "error"] == [
        "word/charts/chart1.xml, paragraf 1: nama “jdul” tidak dikenal. Mungkin “judul”?",
        "word/charts/chart1.xml, seri 1, titik 2: “b” tidak punya “areaa”. Mungkin “area”?",
    ]


def test_a_loop_in_a_chart_that_is_not_closed_is_refused():
    with pytest.raises(InvalidTemplate) as caught:
        load_bytes(with_chart(chart().replace("{%pt endfor %}", "x")))
    assert "word/charts/chart1.xml" in str(caught.value)
