"""A Word file with nothing but a swim-lane in it: what the SOP's template does, at its barest."""

from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Twips

from docgen.swimlane import Chart, Layout, Page, Sheet, row_drawing

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
MARGIN = 850


def save(chart: Chart, sheet: Sheet, layout: Layout, path: Path) -> None:
    """Write the layout's tables, with their texts and drawings, to a DOCX."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width = Twips(sheet.width + 2 * MARGIN)
    section.page_height = Twips(sheet.height + 2 * MARGIN)
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin = section.bottom_margin = Twips(MARGIN)
    section.header_distance = section.footer_distance = Twips(300)
    body = document.element.body
    for number, page in enumerate(layout.pages):
        body.insert(2 * number, parse_xml(_gap(number, sheet)))
        body.insert(2 * number + 1, parse_xml(_table(chart, sheet, layout, page, number)))
    body.insert(2 * len(layout.pages), parse_xml(_gap(0, None)))
    document.save(str(path))


def _gap(number: int, sheet: Sheet | None) -> str:
    """The paragraph before a table: a new page, or the space that a title would take."""
    line = sheet.used_on_first_page if sheet and not number else 20
    page_break = "<w:pageBreakBefore/>" if number else ""
    return (
        f"<w:p {DECLARATIONS}><w:pPr>{page_break}"
        f'<w:spacing w:before="0" w:after="0" w:line="{max(line, 20)}" w:lineRule="exact"/>'
        '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


def _table(chart: Chart, sheet: Sheet, layout: Layout, page: Page, number: int) -> str:
    rows = "".join(
        _body_row(chart, layout, number, index, row.step, row.height)
        for index, row in enumerate(page.rows)
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in layout.column_widths)
    return (
        f'<w:tbl {DECLARATIONS}><w:tblPr><w:tblW w:w="{sheet.width}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_head(sheet, layout)}{rows}</w:tbl>"
    )


def _head(sheet: Sheet, layout: Layout) -> str:
    widths = layout.column_widths
    lanes = layout.lane_columns
    labels = [*(c.label for c in sheet.before), "", *(c.label for c in sheet.after)]
    first = [
        _cell(widths[index], _paragraphs(layout, labels[index], bold=True), merge="restart")
        for index in range(lanes.start)
    ]
    first.append(
        _cell(sum(layout.lane_edges[-1:]), _paragraphs(layout, "Pelaksana", bold=True), len(lanes))
    )
    first += [
        _cell(
            widths[lanes.stop + index], _paragraphs(layout, text.label, bold=True), merge="restart"
        )
        for index, text in enumerate(sheet.after)
    ]
    second = [_cell(widths[index], "<w:p/>", merge="continue") for index in range(lanes.start)]
    second += [
        _cell(
            widths[column],
            _paragraphs(layout, label, bold=True, size=layout.head.lane_size),
            upright=layout.head.lanes_vertical,
        )
        for column, label in zip(lanes, layout.lane_labels, strict=True)
    ]
    second += [
        _cell(widths[index], "<w:p/>", merge="continue") for index in range(lanes.stop, len(widths))
    ]
    heights = layout.head.heights
    return _row(heights[0], "".join(first), head=True) + _row(
        heights[1], "".join(second), head=True
    )


def _body_row(chart: Chart, layout: Layout, page: int, index: int, step: int, height: int) -> str:
    texts = list(chart.steps[step].texts)
    cells = []
    for column, width in enumerate(layout.column_widths):
        if column in layout.lane_columns:
            first = column == layout.lane_columns.start
            drawing = row_drawing(layout, page, index, f"Langkah {step + 1}") if first else ""
            cells.append(_cell(width, _lane_paragraph(drawing), lane=True))
        else:
            text = texts.pop(0) if texts else ""
            cells.append(_cell(width, _paragraphs(layout, text)))
    return _row(height, "".join(cells))


def _row(height: int, cells: str, *, head: bool = False) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{repeat}</w:trPr>{cells}</w:tr>"
    )


def _cell(
    width: int,
    body: str,
    span: int = 1,
    *,
    merge: str = "",
    lane: bool = False,
    upright: bool = False,
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    ends = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("top", "bottom"))
    turned = f'<w:tcMar>{ends}</w:tcMar><w:textDirection w:val="btLr"/>' if upright else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}'
        f"{f'<w:tcMar>{margins}</w:tcMar>' if lane else ''}{turned}"
        f'<w:vAlign w:val="{"top" if lane else "center" if merge or upright else "top"}"/>'
        f"</w:tcPr>{body}</w:tc>"
    )


def _lane_paragraph(drawing: str) -> str:
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"</w:pPr>{drawing}</w:p>"
    )


def _paragraphs(layout: Layout, text: str, *, bold: bool = False, size: int = 0) -> str:
    lines = text.split("\n")
    half_points = size or (layout.head.size if bold else layout.text_size)
    pitch = half_points * 12 if bold else layout.line_pitch
    font = escape(layout.font)
    style = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{half_points}"/></w:rPr>'
    )
    return "".join(
        f'<w:p><w:pPr><w:spacing w:before="{40 if not index else 0}" '
        f'w:after="{40 if index == len(lines) - 1 else 0}" w:line="{pitch}" w:lineRule="exact"/>'
        f'<w:jc w:val="{"center" if bold else "left"}"/></w:pPr>'
        f'<w:r>{style}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for index, line in enumerate(lines)
    )
