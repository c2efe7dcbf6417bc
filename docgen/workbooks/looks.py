"""How cells look: one font, headings, rows as tall as what stands in them."""

import math
from collections.abc import Iterable

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
"""Named, because a bold cell without a name gets a program's own serif font."""

HEADER = PatternFill("solid", fgColor="1F4E5F")
LINK_HEADER = PatternFill("solid", fgColor="5B6770")
HEADER_FONT = Font(name=FONT, bold=True, color="FFFFFF")
BOLD = Font(name=FONT, bold=True)
TITLE = Font(name=FONT, bold=True, size=14)
WRAPPED = Alignment(wrap_text=True, vertical="top")
HEADER_WRAPPED = Alignment(wrap_text=True, vertical="center")

LINE_POINTS, MOST_POINTS = 15.0, 405.0


def fit_row(worksheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
    """Make the row as tall as its texts need, each with its column's width in characters.

    Not every program does so by itself on opening a file; one line needs nothing.
    """
    lines = max((_lines(text, width) for text, width in cells), default=1)
    if lines > 1:
        worksheet.row_dimensions[row].height = min(MOST_POINTS, lines * LINE_POINTS + 2)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(line) / (width - 1))) for line in text.split("\n"))


def print_wide(worksheet: Worksheet, *, in_one: bool) -> None:
    """Print it across, its headings on every page; with `in_one` no wider than a page."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    if in_one:
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.page_setup.fitToHeight = 0
