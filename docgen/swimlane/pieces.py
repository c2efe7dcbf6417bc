"""The part of an arrow that lies in one row of the table.

Every row has a drawing of its own, so an arrow is cut at row borders. A piece that leaves through
the lower border is drawn on into the next row: that hides the seam of the border between them,
and bridges the gap when somebody lengthens a text in Word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.swimlane.model import Arrow, Page, Point, Row
from docgen.swimlane.symbols import HEAD_LENGTH

BLEED = 240  # at most so far into the next row, never under an arrow head
SEAM = 12  # at least so far


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an arrow within a row, in the page's coordinates; `headed` where it ends it."""

    arrow: Arrow
    points: tuple[Point, ...]
    headed: bool


def row_pieces(page: Page, row_index: int) -> list[Piece]:
    """The pieces in a row, arrow by arrow, each in the arrow's direction."""
    return [piece for arrow in page.arrows for piece in _arrow_pieces(arrow, page.rows[row_index])]


def _arrow_pieces(arrow: Arrow, row: Row) -> Iterator[Piece]:
    segments = list(pairwise(arrow.points))
    stretch: list[Point] = []
    for index, segment in enumerate(segments):
        part = _part_in_row(segments, index, row)
        if part is None:
            yield from _finished(arrow, stretch)
            stretch = []
        elif stretch and stretch[-1] == part[0]:
            stretch.append(part[1])
        else:
            yield from _finished(arrow, stretch)
            stretch = list(part)
        if part is not None and part[1] != segment[1]:
            yield from _finished(arrow, stretch)
            stretch = []
    yield from _finished(arrow, stretch)


def _finished(arrow: Arrow, stretch: Sequence[Point]) -> Iterator[Piece]:
    if len(stretch) > 1:
        yield Piece(arrow, tuple(stretch), headed=stretch[-1] == arrow.points[-1])


def _part_in_row(
    segments: Sequence[tuple[Point, Point]], index: int, row: Row
) -> tuple[Point, Point] | None:
    """What of a segment belongs to the row's drawing; bleed included."""
    (x0, y0), (x1, y1) = segments[index]
    if y0 == y1:
        return segments[index] if row.top <= y0 < row.bottom else None
    top, bottom = sorted((y0, y1))
    if bottom <= row.top or top >= row.bottom:
        return None
    high = max(top, row.top)
    low = bottom if bottom <= row.bottom else _bled(segments, index, row.bottom)
    return ((x0, high), (x1, low)) if y1 > y0 else ((x0, low), (x1, high))


def _bled(segments: Sequence[tuple[Point, Point]], index: int, border: int) -> int:
    """How far down a segment that crosses a row's lower border is drawn in the row's drawing."""
    (_, y0), (_, y1) = segments[index]
    headed = index == len(segments) - 1 and y1 > y0
    room = max(y0, y1) - border - (HEAD_LENGTH if headed else SEAM)
    return border + max(min(SEAM, max(y0, y1) - border), min(BLEED, room))
