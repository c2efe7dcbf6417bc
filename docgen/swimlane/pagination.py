"""Where the table is cut into pages, and where the pentagons of the cut arrows stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.swimlane.columns import BORDER
from docgen.swimlane.symbols import CONNECTOR_BAND, Cast, even

PAGE_BREAK_PARAGRAPH = 20


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before its page is known: what stands in it and how tall it must be.

    `above` and `below` are the least distances from the borders to the symbols' centre line.
    `answer_reach` is how many lanes off a pentagon leaves room for an answer on the way.
    """

    cast: Cast
    above: int
    below: int
    text_height: int
    answer_reach: int = 1

    def height(self, bands: int = 0) -> int:
        """The row's height with so many bands of pentagons in it."""
        height = max(self.text_height, self.above + self.below + bands * CONNECTOR_BAND)
        return even(height + 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a pentagon stands: in its row beside the symbols (level 0), or in a band.

    Bands count away from the symbols: -1, -2 above, 1, 2 below. `step` is the row; `other` is the
    step on the other page, or None for the pentagon by which a page's `step` is entered.
    """

    step: int
    other: int | None
    lane: int
    level: int


@dataclass(slots=True)
class PagePlan:
    """Rows `first` up to but not including `end`, with the pentagons of their cut arrows."""

    first: int
    end: int
    slots: list[Slot] = field(default_factory=list)

    def bands(self, step: int) -> tuple[int, int]:
        """How many bands the row of this step needs above and below its symbols."""
        levels = [slot.level for slot in self.slots if slot.step == step]
        return max(0, -min(levels, default=0)), max(0, max(levels, default=0))


class Paginator:
    """Cuts the rows of one chart into pages."""

    def __init__(
        self, rows: Sequence[RowPlan], edges: Sequence[tuple[int, int]], lane_count: int
    ) -> None:
        self._rows = rows
        self._edges = edges
        self._lanes = range(lane_count)

    def pages(self, capacities: Iterator[int]) -> list[PagePlan]:
        """As many rows on each page as fit; never a single row on the last if it can be helped."""
        pages: list[PagePlan] = []
        first = 0
        while first < len(self._rows):
            page = self._longest_page(first, next(capacities))
            pages.append(page)
            first = page.end
        if len(pages) > 1 and pages[-1].end - pages[-1].first == 1:
            self._move_a_row(pages)
        return pages

    def _longest_page(self, first: int, capacity: int) -> PagePlan:
        best = self._plan(first, first + 1)
        bare = self._rows[first].height() + BORDER
        for end in range(first + 2, len(self._rows) + 1):
            bare += self._rows[end - 1].height() + BORDER
            if bare > capacity:
                break
            page = self._plan(first, end)
            if self.height(page) <= capacity:
                best = page
        return best

    def _move_a_row(self, pages: list[PagePlan]) -> None:
        before, last = pages[-2:]
        if before.end - before.first < 3:
            return
        pages[-2:] = [
            self._plan(before.first, before.end - 1),
            self._plan(last.first - 1, last.end),
        ]

    def height(self, page: PagePlan) -> int:
        """How tall the page's rows are, bands and borders included."""
        return sum(
            self._rows[step].height(sum(page.bands(step))) + BORDER
            for step in range(page.first, page.end)
        )

    def _plan(self, first: int, end: int) -> PagePlan:
        page = PagePlan(first, end)
        inside = range(first, end)
        entered = {
            target for source, target in self._edges if target in inside and source not in inside
        }
        forward = {target for source, target in self._edges if source < first <= target}
        for step in sorted(entered):
            self._place(page, step, None, -1 if step == first and step in forward else 0)
        for source, target in self._edges:
            if source in inside and target not in inside:
                last = source == end - 1 and target >= end
                self._place(page, source, target, 1 if last else 0)
        return page

    def _place(self, page: PagePlan, step: int, other: int | None, level: int) -> None:
        """Take the free place nearest to the symbol: at the wished level, else in a band."""
        cast = self._rows[step].cast
        home = cast.symbols[cast.entry if other is None else cast.leaving].lane
        outward = -1 if other is None else 1
        taken = {(slot.lane, slot.level) for slot in page.slots if slot.step == step}
        taken |= {(lane, 0) for lane in cast.taken_lanes}
        reach = 0 if other is None or level else self._rows[step].answer_reach
        nearest = sorted(
            self._lanes,
            key=lambda lane: (abs(lane - home) < reach, abs(lane - home), lane * outward),
        )
        while True:
            for lane in nearest:
                if (lane, level) not in taken:
                    page.slots.append(Slot(step, other, lane, level))
                    return
            level += outward
