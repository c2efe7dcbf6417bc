"""How large the identity table's lists are written, so that the table fills one page and no more."""

import functools
from collections.abc import Iterator
from typing import Any

from docgen.swimlane.metrics import SAFETY, wrap
from docgen.swimlane.model import TWIPS_PER_POINT
from templates_docx.sop.drawing import BASE_POINTS, sheet
from templates_docx.sop.schema import Sop

# The template's measures, in twips.
RIGHT_HALF = 7569
CELL_SIDES = 2 * 108
CELL_ENDS = 2 * 57
HANGING = 397
LABEL_AFTER = 20
LEAST_LIST_ROW = 850
HEAD_ROWS = 4 * 425 + 2041
LEAST_TITLE_ROW = 624
TITLE_WIDTH = 5018
TITLE_POINTS = 11.0
BORDERS = 10 * 15
RESERVE = 240
"""The paragraph that leads to the steps, and a line more than was counted."""

SMALLER_BY = (1.0, 0.95, 0.9, 0.85, 0.8)
"""10 to 8 pt, as small as the steps: the text gives way before a row goes to a second page."""

PITCH = 1.15
"""Line spacing in sizes. It is written as an exact one, so that no font is taller than counted."""

TALLEST = 1.25
"""Line spacing, in sizes, of the tallest of our fonts where the template leaves it to the font."""

ROWS = ("satu", "dua", "tiga")
MOST_KEPT_WHOLE = 0.5
"""Of the page: a taller row may break, since moving it would leave too much of a page blank."""


def identity(sop: Sop) -> dict[str, Any]:
    """What the template asks of the lists: size in half points, spacing, which rows stay whole."""
    points = list_points(sop)
    most = sheet(sop.opsi).height * MOST_KEPT_WHOLE
    whole = [height <= most for height in _row_heights(sop, points)]
    return {
        "ukuran": round(2 * points),
        "jarak": round(points * PITCH * TWIPS_PER_POINT),
        **{f"utuh_{name}": is_whole for name, is_whole in zip(ROWS, whole, strict=True)},
    }


def list_points(sop: Sop) -> float:
    """The largest size in which the table fits the page, in points.

    Where it fits in none, the lists run on to a second page, and smaller letters gain nothing.
    """
    room = sheet(sop.opsi).height - HEAD_ROWS - _title_height(sop) - BORDERS - RESERVE
    base = sop.opsi.ukuran_huruf or BASE_POINTS
    sizes = [round(2 * base * share) / 2 for share in SMALLER_BY]
    return next((size for size in sizes if sum(_row_heights(sop, size)) <= room), sizes[0])


def _title_height(sop: Sop) -> int:
    points = TITLE_POINTS * (sop.opsi.ukuran_huruf or BASE_POINTS) / BASE_POINTS
    room = (TITLE_WIDTH - CELL_SIDES) / SAFETY
    lines = len(wrap(sop.judul.upper(), room, sheet(sop.opsi).font, points, bold=True))
    return max(LEAST_TITLE_ROW, round(lines * points * TALLEST * TWIPS_PER_POINT) + CELL_ENDS)


def _row_heights(sop: Sop, points: float) -> list[int]:
    return [max(LEAST_LIST_ROW, *_cell_heights(sop, pair, points)) for pair in _pairs(sop)]


def _pairs(sop: Sop) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lists as they stand side by side."""
    yield sop.dasar_hukum, sop.kualifikasi_pelaksana
    yield sop.keterkaitan, sop.peralatan
    yield sop.peringatan, sop.pencatatan


def _cell_heights(sop: Sop, pair: tuple[tuple[str, ...], ...], points: float) -> Iterator[int]:
    paper = sheet(sop.opsi)
    pitch = round(points * PITCH * TWIPS_PER_POINT)
    for items, width in zip(pair, (paper.width - RIGHT_HALF, RIGHT_HALF), strict=True):
        # The true width, unlike the steps': one line more is in the reserve.
        room = (width - CELL_SIDES - (HANGING if len(items) > 1 else 0)) / SAFETY
        lines = 1 + _lines(items, room, paper.font, points)
        yield lines * pitch + LABEL_AFTER + CELL_ENDS


# Offices that took over the same master have most of its lists in common.
@functools.lru_cache(maxsize=4096)
def _lines(items: tuple[str, ...], room: float, font: str, points: float) -> int:
    return sum(len(wrap(item, room, font, points)) for item in items)
