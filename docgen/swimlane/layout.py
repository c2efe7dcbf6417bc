"""From a chart and a sheet to a layout: columns, sizes, pages, lines, in that order.

Only the measuring of texts depends on their words. What comes after it is kept by its signature,
so the same procedure for another office, whose name changes no line break, costs next to nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from docgen.swimlane.columns import (
    BORDER,
    PARAGRAPH_SPACE,
    Columns,
    cell_lines,
    cell_room,
    choose_columns,
    choose_head,
    line_pitch,
)
from docgen.swimlane.metrics import longest_word_width
from docgen.swimlane.model import Chart, Head, Layout, Notice, Page, Sheet
from docgen.swimlane.page_lines import PageLines, draw_lines
from docgen.swimlane.pagination import PAGE_BREAK_PARAGRAPH, PagePlan, Paginator, RowPlan
from docgen.swimlane.scene import build_scene, letters
from docgen.swimlane.symbols import (
    Sizes,
    answer_reach,
    answer_room,
    cast,
    choose_sizes,
    even,
    row_margin,
)

# Where lines find no room, their rows are made taller by so much above and below their symbols.
WIDENING = 120
ATTEMPTS = 4
MENDABLE = 6  # lines without a place; with more, taller rows are no cure
LONGEST_ORDINARY_WORD = 20  # letters; a longer one is an address or a code, and may be split


def lay_out(chart: Chart, sheet: Sheet) -> Layout:
    """The layout of a chart on a sheet; the same object for charts that differ only in words.

    Every chart gets one: what could not be drawn well is told in `Layout.notices`.
    """
    return _lay_out(chart, sheet)


@lru_cache(maxsize=256)
def _lay_out(chart: Chart, sheet: Sheet) -> Layout:
    columns = choose_columns(chart, sheet)
    head, head_notices = choose_head(chart.lanes, sheet, columns)
    points, heights = _choose_size(chart, sheet, columns, head)
    notices = (*_size_notices(points, sheet), *head_notices)
    frame = _Frame(
        columns, head, points, heights, _first_capacity(sheet, head), _capacity(sheet, head)
    )
    bare = replace(chart, steps=tuple(replace(step, texts=()) for step in chart.steps))
    return _arrange(bare, sheet.font, frame, notices)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the words and the sheet decide before anything is drawn; heights in twips."""

    columns: Columns
    head: Head
    points: float
    text_heights: tuple[int, ...]
    first_capacity: int
    capacity: int


def _capacity(sheet: Sheet, head: Head) -> int:
    heads = sum(head.heights) + 3 * BORDER
    return sheet.height - sheet.reserve - heads - PAGE_BREAK_PARAGRAPH


def _first_capacity(sheet: Sheet, head: Head) -> int:
    return _capacity(sheet, head) - sheet.used_on_first_page


def _choose_size(
    chart: Chart, sheet: Sheet, columns: Columns, head: Head
) -> tuple[float, tuple[int, ...]]:
    """The largest size at which no ordinary word is split and no row fills half a page.

    With it come the heights of the rows' texts. Where no size is small enough, it is the smallest.
    """
    tallest = _capacity(sheet, head) // 2
    points = sheet.size
    measures = _measures(chart, sheet, columns, points)
    while points > sheet.smallest and not all(
        height <= tallest and words_fit for height, words_fit in measures
    ):
        points = max(sheet.smallest, points - 0.5)
        measures = _measures(chart, sheet, columns, points)
    return points, tuple(height for height, _ in measures)


def _measures(
    chart: Chart, sheet: Sheet, columns: Columns, points: float
) -> list[tuple[int, bool]]:
    widths = columns.text_widths
    return [_measure(step.texts, widths, sheet.font, points) for step in chart.steps]


@lru_cache(maxsize=20_000)
def _measure(
    texts: tuple[str, ...], widths: tuple[int, ...], font: str, points: float
) -> tuple[int, bool]:
    """How tall a row's texts are, and whether no ordinary word of them is split."""
    cells = list(zip(texts, widths, strict=False))
    lines = max((cell_lines(text, width, font, points) for text, width in cells), default=1)
    height = lines * line_pitch(points) + 2 * PARAGRAPH_SPACE + BORDER
    return height, all(_words_fit(text, width, font, points) for text, width in cells)


def _words_fit(text: str, width: int, font: str, points: float) -> bool:
    words = (word for word in text.split() if len(word) <= LONGEST_ORDINARY_WORD)
    room = cell_room(width)
    return all(longest_word_width(word, font, points) <= room for word in words)


def _size_notices(points: float, sheet: Sheet) -> Iterator[Notice]:
    if points < sheet.size:
        yield Notice("huruf_diperkecil", points)


@lru_cache(maxsize=256)
def _arrange(chart: Chart, font: str, frame: _Frame, notices: tuple[Notice, ...]) -> Layout:
    """Pages and lines, with rows made taller until every line has its place."""
    draughts = []
    widenings = [0] * len(chart.steps)
    for _ in range(ATTEMPTS):
        draughts.append(_draught(chart, font, frame, widenings))
        if not 0 < draughts[-1].unclean <= MENDABLE:
            break
        for step in draughts[-1].troubled:
            widenings[step] += WIDENING
    best = min(draughts, key=lambda draught: draught.unclean)
    return Layout(
        column_widths=frame.columns.widths,
        lane_columns=frame.columns.lanes,
        lane_labels=chart.lanes,
        font=font,
        text_size=round(frame.points * 2),
        line_pitch=line_pitch(frame.points),
        head=frame.head,
        pages=best.pages,
        notices=(*notices, *best.notices),
    )


@dataclass(frozen=True, slots=True)
class _Draught:
    pages: tuple[Page, ...]
    unclean: int
    troubled: frozenset[int]
    notices: tuple[Notice, ...]


def _draught(chart: Chart, font: str, frame: _Frame, widenings: Sequence[int]) -> _Draught:
    lane_width = min(frame.columns.lane_widths)
    sizes = choose_sizes(lane_width)
    rows = [
        _row_plan(chart, position, font, frame, sizes, widening)
        for position, widening in enumerate(widenings)
    ]
    edges = [
        (position, exit_.target)
        for position, step in enumerate(chart.steps)
        for exit_ in step.exits
    ]
    paginator = Paginator(rows, edges, len(chart.lanes))
    plans = paginator.pages(frame.first_capacity, frame.capacity)
    lane_edges = tuple(accumulate(frame.columns.lane_widths, initial=0))
    names = letters(plans)
    scenes = [build_scene(chart, rows, plan, sizes, lane_edges, names) for plan in plans]
    drawn = [draw_lines(scene, font) for scene in scenes]
    pages = tuple(
        Page(scene.rows, scene.symbols, lines.arrows)
        for scene, lines in zip(scenes, drawn, strict=True)
    )
    notices = (*_tall_rows(paginator, plans, frame), *_tight_pages(drawn))
    unclean = sum(lines.unclean for lines in drawn)
    troubled = frozenset[int]().union(*(lines.troubled for lines in drawn))
    return _Draught(pages, unclean, troubled, notices)


def _row_plan(
    chart: Chart, position: int, font: str, frame: _Frame, sizes: Sizes, widening: int
) -> RowPlan:
    step = chart.steps[position]
    actors = cast(chart, position, sizes)
    reach_above, reach_below = actors.extent
    lane_width = min(frame.columns.lane_widths)
    margin = even(row_margin(step, chart, font, lane_width) + widening)
    return RowPlan(
        actors,
        reach_above + margin,
        reach_below + margin,
        frame.text_heights[position],
        answer_reach(step, chart, font, lane_width, sizes),
        even(answer_room(step, chart, font, lane_width)),
    )


def _tall_rows(paginator: Paginator, plans: Sequence[PagePlan], frame: _Frame) -> Iterator[Notice]:
    for number, plan in enumerate(plans):
        capacity = frame.capacity if number else frame.first_capacity
        height = paginator.height(plan)
        if height > capacity:
            yield Notice("baris_tinggi", round(height / capacity, 2), plan.first)


def _tight_pages(drawn: Sequence[PageLines]) -> Iterator[Notice]:
    for number, lines in enumerate(drawn, 1):
        if lines.unclean:
            yield Notice("garis_rapat", number)
