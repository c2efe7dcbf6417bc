"""Another paper, font or size: what changes of a template, and what stays as it is."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, Twips

from docgen.rendering import InvalidTemplate, PageSetup
from docgen.rendering.loading import load_bytes
from docgen.rendering.xml import parse, q

A4_TEXT = 9_638
"""The width between margins of 20 mm on A4, in twips."""


def a4():
    """A document on A4 with margins of 20 mm, in Arial 11."""
    made = docx.Document()
    _onto(made.sections[0], 210, 297)
    made.styles["Normal"].font.name = "Arial"
    made.styles["Normal"].font.size = Pt(11)
    return made


def _onto(section, width, height):
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(20)


def table(made, *widths):
    added = made.add_table(2, len(widths))
    for column, width in zip(added.columns, widths, strict=True):
        column.width = Twips(width)
    for row in added.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Twips(width)
    return added


def with_setup(made, setup):
    stream = BytesIO()
    made.save(stream)
    return docx.Document(BytesIO(load_bytes(stream.getvalue(), setup).fill({}).content))


def millimetres(section):
    return round(section.page_width.mm), round(section.page_height.mm)


def widths(table):
    grid = [column.w.twips for column in table._tbl.tblGrid.gridCol_lst]
    rows = [[cell.width.twips for cell in row.cells] for row in table.rows]
    assert rows == [grid] * len(rows)
    return grid


def test_nothing_asked_for_changes_nothing():
    made = a4()
    table(made, 4_000, 5_638)
    stream = BytesIO()
    made.save(stream)
    content = load_bytes(stream.getvalue()).fill({}).content
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(BytesIO(content)) as new:
        for name in ("word/document.xml", "word/styles.xml", "word/theme/theme1.xml"):
            assert new.read(name) == old.read(name)


def test_every_section_gets_the_paper_and_keeps_its_orientation_and_margins():
    made = a4()
    second = made.add_section(WD_SECTION.NEW_PAGE)
    second.orientation = WD_ORIENT.LANDSCAPE
    _onto(second, 297, 210)
    first, second = with_setup(made, PageSetup("F4")).sections
    assert (millimetres(first), millimetres(second)) == ((215, 330), (330, 215))
    assert {round(one.left_margin.mm) for one in (first, second)} == {20}
    back = with_setup(made, PageSetup("A4"))
    assert [millimetres(one) for one in back.sections] == [(210, 297), (297, 210)]


def test_a_full_table_is_refitted_by_its_widest_column_and_others_are_left():
    made = a4()
    table(made, 2_000, A4_TEXT - 3_000, 1_000)
    table(made, 2_000, 3_000)
    full, other = with_setup(made, PageSetup("F4")).tables
    assert widths(full) == [2_000, A4_TEXT - 3_000 + 283, 1_000]
    assert widths(other) == [2_000, 3_000]


def test_a_table_is_fitted_to_its_own_section():
    made = a4()
    table(made, 4_000, A4_TEXT - 4_000)
    second = made.add_section(WD_SECTION.NEW_PAGE)
    second.orientation = WD_ORIENT.LANDSCAPE
    _onto(second, 297, 210)
    landscape_text = 16_838 - 2 * 1_134
    table(made, 4_000, landscape_text - 4_000)
    portrait, landscape = with_setup(made, PageSetup("F4")).tables
    assert sum(widths(portrait)) == A4_TEXT + 283
    assert sum(widths(landscape)) == landscape_text + 18_709 - 16_838


def test_a_merged_cell_over_the_widest_column_grows_too():
    made = a4()
    added = table(made, 2_000, A4_TEXT - 3_000, 1_000)
    added.cell(0, 0).merge(added.cell(0, 1)).width = Twips(A4_TEXT - 1_000)
    cells = with_setup(made, PageSetup("F4")).tables[0]._tbl.tr_lst[0].tc_lst
    assert [cell.width.twips for cell in cells] == [A4_TEXT - 1_000 + 283, 1_000]


def test_a_block_at_one_end_of_the_line_keeps_its_distance_from_that_end():
    made = a4()
    closing, copy, item = (
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).paragraph_format
        for name in ("Penutup", "Salinan", "Butir")
    )
    closing.left_indent, copy.right_indent, item.left_indent = Mm(85), Mm(80), Mm(9)
    closing.tab_stops.add_tab_stop(Mm(112))
    styles = with_setup(made, PageSetup("F4")).styles
    closing, copy, item = (
        styles[name].paragraph_format for name in ("Penutup", "Salinan", "Butir")
    )
    assert [round(closing.left_indent.mm), round(closing.tab_stops[0].position.mm)] == [90, 117]
    assert (round(copy.right_indent.mm), round(item.left_indent.mm)) == (85, 9)


def test_a_table_in_a_header_is_refitted():
    made = a4()
    added = made.sections[0].header.add_table(1, 1, Twips(A4_TEXT))
    added.columns[0].width = Twips(A4_TEXT)
    (header,) = with_setup(made, PageSetup("F4")).sections[0].header.tables
    assert header._tbl.tblGrid.gridCol_lst[0].w.twips == A4_TEXT + 283


def test_the_base_font_is_replaced_wherever_it_is_named_and_others_stay():
    made = a4()
    made.add_paragraph().add_run("langsung").font.name = "Arial"
    made.add_paragraph().add_run("lain").font.name = "Courier New"
    changed = with_setup(made, PageSetup(huruf="Cambria"))
    assert changed.styles["Normal"].font.name == "Cambria"
    assert [one.runs[0].font.name for one in changed.paragraphs] == ["Cambria", "Courier New"]


def test_a_base_font_that_the_theme_names_is_replaced_there():
    made = docx.Document()
    # The theme's font must win over what an earlier program left beside it.
    fonts = made.styles.element.find(f".//{q('w:rPrDefault')}/{q('w:rPr')}/{q('w:rFonts')}")
    assert fonts.get(q("w:asciiTheme")) == "minorHAnsi"
    for style in made.styles.element.iter(q("w:style")):
        if style.get(q("w:default")) == "1":
            for named in list(style.iter(q("w:rFonts"))):
                named.getparent().remove(named)
    stream = BytesIO()
    made.save(stream)
    content = load_bytes(stream.getvalue(), PageSetup(huruf="Cambria")).fill({}).content
    with zipfile.ZipFile(BytesIO(content)) as package:
        theme = parse(package.read("word/theme/theme1.xml"))
    assert theme.find(f".//{q('a:minorFont')}/{q('a:latin')}").get("typeface") == "Cambria"


@pytest.mark.parametrize(("points", "heading"), [(11, 14), (12, 15.5), (5.5, 7)])
def test_all_sizes_follow_the_base_in_whole_half_points(points, heading):
    made = a4()
    made.styles["Heading 1"].font.size = Pt(14)
    made.styles["Subtitle"].font.size = Pt(2)
    styles = with_setup(made, PageSetup(ukuran_huruf=points)).styles
    assert styles["Normal"].font.size.pt == points
    assert styles["Heading 1"].font.size.pt == heading
    assert styles["Subtitle"].font.size.pt == 2


def test_a_size_without_a_base_is_refused():
    made = docx.Document()
    for size in list(made.styles.element.iter(q("w:sz"))):
        size.getparent().remove(size)
    with pytest.raises(InvalidTemplate) as caught:
        with_setup(made, PageSetup(ukuran_huruf=12))
    assert "ukuran huruf dasar" in str(caught.value)
