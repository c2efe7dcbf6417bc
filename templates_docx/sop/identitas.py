"""How large the identity table's lists are written, so that the table fills one page and no more."""

from collections.abc import Iterator

from docgen.swimlane.metrics import wrap
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
TAIL = 60
"""The paragraph that leads to the steps, and what rounding may cost."""

SMALLER_BY = (1.0, 0.95, 0.9)
"""10, 9.5 and 9 pt: the text gives way before a row goes to a second page."""

PITCH = 1.15
"""Line spacing in sizes. It is written as an exact one, so that no font is taller than counted."""

TWIPS_PER_POINT = 20


def list_points(sop: Sop) -> float:
    """The largest size in which the table fits the page; the smallest where it fits in none."""
    room = sheet(sop.opsi).height - HEAD_ROWS - _title_height(sop) - BORDERS - TAIL
    base = sop.opsi.ukuran_huruf or BASE_POINTS
    sizes = [round(2 * base * share) / 2 for share in SMALLER_BY]
    return next((size for size in sizes if _lists_height(sop, size) <= room), sizes[-1])


def list_pitch(points: float) -> int:
    """The exact line spacing of the lists, in twips.

    >>> list_pitch(10)
    230
    """
    return round(points * PITCH * TWIPS_PER_POINT)


def _title_height(sop: Sop) -> int:
    points = TITLE_POINTS * (sop.opsi.ukuran_huruf or BASE_POINTS) / BASE_POINTS
    room = TITLE_WIDTH - CELL_SIDES
    lines = len(wrap(sop.judul.upper(), room, sheet(sop.opsi).font, points, bold=True))
    # Not an exact spacing: the tallest of our fonts takes 1.25 of its size.
    return max(LEAST_TITLE_ROW, round(lines * points * 1.25 * TWIPS_PER_POINT) + CELL_ENDS)


def _lists_height(sop: Sop, points: float) -> int:
    return sum(max(LEAST_LIST_ROW, *_cell_heights(sop, pair, points)) for pair in _pairs(sop))


def _pairs(sop: Sop) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lists as they stand side by side."""
    yield sop.dasar_hukum, sop.kualifikasi_pelaksana
    yield sop.keterkaitan, sop.peralatan
    yield sop.peringatan, sop.pencatatan


def _cell_heights(sop: Sop, pair: tuple[tuple[str, ...], ...], points: float) -> Iterator[int]:
    paper = sheet(sop.opsi)
    for items, width in zip(pair, (paper.width - RIGHT_HALF, RIGHT_HALF), strict=True):
        room = width - CELL_SIDES - (HANGING if len(items) > 1 else 0)
        lines = 1 + sum(len(wrap(item, room, paper.font, points)) for item in items)
        yield lines * list_pitch(points) + LABEL_AFTER + CELL_ENDS
