"""How wide each column is, how large the texts and heads are, which heads stand upright."""

from dataclasses import dataclass
from functools import lru_cache

from docgen.swimlane.metrics import SAFETY, longest_word_width, text_width, wrap
from docgen.swimlane.model import TWIPS_PER_POINT, Chart, Head, Notice, Sheet, TextColumn

CELL_PADDING = 60  # left and right in every text cell
HEAD_PADDING = 40  # above and below in the head of a lane: at the ends of a label that stands
PARAGRAPH_SPACE = 40  # before the first and after the last line of a cell
BORDER = 10  # half a point between rows

COMFORTABLE_LANE = 1247  # 22 mm: a label of two words and a symbol with free channels beside it
WIDEST_LANE = 1700  # 30 mm: beyond it, a lane only adds way for the arrows
NARROW_LANE = 510  # 9 mm: below it a symbol can hardly be told from a line
MOST_WIDENING = 1.4  # of a text column, for the sake of a long word
LEAST_HEAD = 6.5
LEAST_UPRIGHT_HEAD = 6.0
LARGEST_HEAD_LINES = 4
TWIPS_PER_MM = 56.7
GROUP_HEADS = ("Pelaksana", "Mutu Baku")


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of all columns in table order, and the part of them that are lanes."""

    widths: tuple[int, ...]
    lanes: range

    @property
    def text_widths(self) -> tuple[int, ...]:
        return tuple(w for index, w in enumerate(self.widths) if index not in self.lanes)

    @property
    def lane_widths(self) -> tuple[int, ...]:
        return tuple(self.widths[index] for index in self.lanes)


def line_pitch(points: float) -> int:
    """The exact line spacing for a size, in twips.

    >>> line_pitch(8)
    192
    """
    return round(points * 1.2 * TWIPS_PER_POINT)


def choose_columns(chart: Chart, sheet: Sheet) -> Columns:
    """Widths that sum to the sheet's: texts give way to the lanes, then take what those leave."""
    lane_count = len(chart.lanes)
    columns = (*sheet.before, *sheet.after)
    rows = (_widest_words(step.texts, sheet.font, sheet.size) for step in chart.steps if step.texts)
    words = tuple(map(max, zip(*rows, strict=True))) or (0,) * len(columns)
    texts = tuple(map(_with_room_for_word, columns, words))
    widths = _text_widths(texts, sheet.width, lane_count)
    lanes = _share(sheet.width - sum(widths), [1] * lane_count)
    before = len(sheet.before)
    return Columns((*widths[:before], *lanes, *widths[before:]), range(before, before + lane_count))


def _with_room_for_word(column: TextColumn, word: int) -> TextColumn:
    """The column, wider where a long word of its own would be split; within reason."""
    return TextColumn(
        column.label,
        max(column.preferred, min(word, round(column.preferred * MOST_WIDENING))),
        max(column.minimum, min(word, round(column.minimum * MOST_WIDENING))),
        column.grows,
    )


@lru_cache(maxsize=20_000)
def _widest_words(texts: tuple[str, ...], font: str, points: float) -> tuple[int, ...]:
    """For each text of a row the column width that its longest word takes."""
    return tuple(
        round(longest_word_width(text, font, points) / SAFETY) + 2 * CELL_PADDING + 1
        for text in texts
    )


def _text_widths(texts: tuple[TextColumn, ...], total: int, lane_count: int) -> list[int]:
    preferred = [text.preferred for text in texts]
    spare = total - sum(preferred) - lane_count * COMFORTABLE_LANE
    if spare < 0:
        slack = [text.preferred - text.minimum for text in texts]
        given = _share(min(-spare, sum(slack)), slack)
        return [wanted - less for wanted, less in zip(preferred, given, strict=True)]
    beyond = max(0, spare - lane_count * (WIDEST_LANE - COMFORTABLE_LANE))
    growing = [text.preferred if text.grows else 0 for text in texts]
    given = _share(beyond if any(growing) else 0, growing)
    return [wanted + more for wanted, more in zip(preferred, given, strict=True)]


def _share(total: int, weights: list[int]) -> list[int]:
    """Whole parts of a total in proportion to the weights; they sum to it exactly."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = []
    for weight in weights:
        parts.append(total * weight // whole if whole else 0)
        total -= parts[-1]
        whole -= weight
    return parts


def cell_room(width: int) -> int:
    """How wide a text may be in a column of this width."""
    return width - 2 * CELL_PADDING


def cell_lines(text: str, width: int, font: str, points: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column of this width."""
    return len(wrap(text, cell_room(width), font, points, bold=bold))


@lru_cache(maxsize=256)
def choose_head(
    lanes: tuple[str, ...], sheet: Sheet, columns: Columns
) -> tuple[Head, tuple[Notice, ...]]:
    """The header rows: sizes, heights, and what had to be done to make the labels fit."""
    texts = (*sheet.before, *sheet.after)
    text_heads = [
        (text.label, width) for text, width in zip(texts, columns.text_widths, strict=True)
    ]
    lane_heads = list(zip(lanes, columns.lane_widths, strict=True))
    size = _fitting_size(text_heads, sheet, LEAST_HEAD) or LEAST_HEAD
    lane_size = _fitting_size(lane_heads, sheet, LEAST_HEAD, LARGEST_HEAD_LINES)
    vertical = lane_size is None
    lane_points = min(lane_size or _upright_size(lane_heads, sheet), size)
    heights = _head_heights(lane_heads, text_heads, sheet, (size, lane_points), vertical)
    head = Head(heights, round(size * 2), round(lane_points * 2), vertical)
    return head, tuple(_head_notices(head, sheet, columns))


def _sizes(sheet: Sheet, least: float) -> list[float]:
    steps = max(0, round((sheet.size - least) * 2))
    return [sheet.size - step / 2 for step in range(steps + 1)]


def _fitting_size(
    heads: list[tuple[str, int]], sheet: Sheet, least: float, most_lines: int = 99
) -> float | None:
    """The largest size at which no word is split and no label takes too many lines."""
    for points in _sizes(sheet, least):
        if all(
            longest_word_width(label, sheet.font, points, bold=True) <= cell_room(width) - 8
            and cell_lines(label, width, sheet.font, points, bold=True) <= most_lines
            for label, width in heads
        ):
            return points
    return None


def _upright_size(heads: list[tuple[str, int]], sheet: Sheet) -> float:
    """The largest size at which every label, standing, has its lines side by side in its lane."""
    for points in _sizes(sheet, LEAST_UPRIGHT_HEAD):
        if all(
            len(_upright_lines(label, sheet, points)) * line_pitch(points) <= width - 20
            for label, width in heads
        ):
            return points
    return LEAST_UPRIGHT_HEAD


def _upright_lines(label: str, sheet: Sheet, points: float) -> tuple[str, ...]:
    return wrap(label, _upright_reach(label, sheet, points), sheet.font, points, bold=True)


def _upright_reach(label: str, sheet: Sheet, points: float) -> float:
    """The height given to a standing label: a fifth of the page at most, never less than a word."""
    whole = text_width(label, sheet.font, points, bold=True) / 0.95
    word = longest_word_width(label, sheet.font, points, bold=True) / 0.95
    return max(word, min(whole, sheet.height / 7))


def _head_heights(
    lane_heads: list[tuple[str, int]],
    text_heads: list[tuple[str, int]],
    sheet: Sheet,
    sizes: tuple[float, float],
    vertical: bool,
) -> tuple[int, int]:
    size, lane_size = sizes
    lines = [cell_lines(label, width, sheet.font, size, bold=True) for label, width in text_heads]
    second = max(lines, default=1) * line_pitch(size)
    if vertical:
        reach = max(_upright_reach(label, sheet, lane_size) for label, _ in lane_heads)
        second = max(second, round(min(reach, sheet.height / 4)))
    else:
        second = max(
            second,
            max(
                cell_lines(label, width, sheet.font, lane_size, bold=True)
                for label, width in lane_heads
            )
            * line_pitch(lane_size),
        )
    first = line_pitch(size) + 2 * PARAGRAPH_SPACE + BORDER
    return first, second + 2 * (PARAGRAPH_SPACE + HEAD_PADDING) + BORDER


def _head_notices(head: Head, sheet: Sheet, columns: Columns) -> list[Notice]:
    narrowest = min(columns.lane_widths)
    millimetres = round(narrowest / TWIPS_PER_MM, 1)
    found = []
    if head.lanes_vertical:
        found.append(Notice("kepala_tegak", millimetres))
    if min(head.size, head.lane_size) < round(sheet.size * 2):
        found.append(Notice("kepala_diperkecil", min(head.size, head.lane_size) / 2))
    if narrowest < NARROW_LANE:
        found.append(Notice("lajur_sempit", millimetres))
    return found
