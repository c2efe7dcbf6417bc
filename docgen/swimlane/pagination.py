"""Where the table is cut into pages, and where the pentagons of the cut arrows stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docgen.swimlane.columns import BORDER
from docgen.swimlane.symbols import CONNECTOR_BAND, Cast, even

PAGE_BREAK_PARAGRAPH = 20
# Prices in pentagons; what is left empty counts by its square, so that pages come out even.
EMPTY_PAGE = 16
LONELY_ROW = 16


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row before its page is known: what stands in it and how tall it must be.

    `above` and `below` are the least distances from the borders to the symbols' centre line.
    `answer_reach` is how many lanes off a pentagon leaves room for an answer on the way,
    `answer_room` how much further below the symbols it must stand for the same reason.
    """

    cast: Cast
    above: int
    below: int
    text_height: int
    answer_reach: int = 1
    answer_room: int = 0

    def height(self, above: int = 0, below: int = 0) -> int:
        """The row's height with so many bands of pentagons above and below its symbols."""
        return even(max(self.text_height, self.drawn(above, below)) + 1)

    def drawn(self, above: int, below: int) -> int:
        """How tall its symbols are with these bands and all margins."""
        bands = (above + below) * CONNECTOR_BAND
        return self.above + self.below + bands + (self.answer_room if below else 0)


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


@dataclass(frozen=True, slots=True)
class _Division:
    """A way to cut the rows from some row on: how many pages, at what price, the first of them."""

    pages: int
    price: float
    first: PagePlan | None


class Paginator:
    """Cuts the rows of one chart into pages."""

    def __init__(
        self, rows: Sequence[RowPlan], edges: Sequence[tuple[int, int]], lane_count: int
    ) -> None:
        self._rows = rows
        self._edges = edges
        self._lanes = range(lane_count)

    def pages(self, first: int, others: int) -> list[PagePlan]:
        """As few pages as the capacities of the first and the other pages allow.

        Of the ways to cut so many, the cheapest: the pages evenly filled, which leaves room on
        each for what somebody adds in Word, few arrows cut, and no row alone on a page.
        """
        count = len(self._rows)
        cheapest: list[_Division] = [_Division(0, 0.0, None)] * (count + 1)
        for start in range(count - 1, -1, -1):
            capacity = others if start else first
            cheapest[start] = min(
                (
                    _Division(
                        cheapest[page.end].pages + 1,
                        cheapest[page.end].price + self._price(page, capacity),
                        page,
                    )
                    for page in self._fitting(start, capacity)
                ),
                key=lambda division: (division.pages, division.price),
            )
        pages: list[PagePlan] = []
        page = cheapest[0].first
        while page is not None:
            pages.append(page)
            page = cheapest[page.end].first
        return pages

    def _fitting(self, start: int, capacity: int) -> Iterator[PagePlan]:
        """Every page from this row on that is not too tall; one of a single row in any case."""
        bare = 0
        for end in range(start + 1, len(self._rows) + 1):
            bare += self._rows[end - 1].height() + BORDER
            if bare > capacity and end > start + 1:
                return
            page = self._plan(start, end)
            if end == start + 1 or self.height(page) <= capacity:
                yield page

    def _price(self, page: PagePlan, capacity: int) -> float:
        empty = max(0.0, 1 - self.height(page) / capacity)
        alone = LONELY_ROW if page.end - page.first == 1 else 0
        return EMPTY_PAGE * empty**2 + len(page.slots) + alone

    def height(self, page: PagePlan) -> int:
        """How tall the page's rows are, bands and borders included."""
        return sum(
            self._rows[step].height(*page.bands(step)) + BORDER
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
