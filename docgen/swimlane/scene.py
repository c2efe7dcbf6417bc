"""A page before its arrows are drawn: rows, symbols, and the nets that are to be routed."""

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.swimlane.model import Answer, Box, Chart, Exit, Row, Symbol
from docgen.swimlane.pagination import PagePlan, RowPlan, Slot
from docgen.swimlane.symbols import CONNECTOR_BAND, Sizes, even


@dataclass(frozen=True, slots=True)
class Net:
    """An arrow to be routed between two of the page's symbols (indices).

    `text` is to stand beside it, for this `answer`. A `straight` one joins neighbours in one row.
    """

    name: str
    source: int
    target: int
    answer: Answer = ""
    text: str = ""
    label_name: str = ""
    straight: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What the router gets: lane borders, rows, symbols, nets."""

    lane_edges: tuple[int, ...]
    rows: tuple[Row, ...]
    symbols: tuple[Symbol, ...]
    nets: tuple[Net, ...]


def letter(index: int) -> str:
    """The name of the index-th connector: A to Z, then AA.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def letters(pages: Sequence[PagePlan]) -> dict[int, str]:
    """The letter of every step that is entered across a page break, in reading order."""
    found: dict[int, str] = {}
    for page in pages:
        for slot in sorted(page.slots, key=lambda slot: (slot.step, slot.level)):
            target = slot.step if slot.other is None else slot.other
            found.setdefault(target, letter(len(found)))
    return found


def build_scene(
    chart: Chart,
    rows: Sequence[RowPlan],
    page: PagePlan,
    sizes: Sizes,
    lane_edges: tuple[int, ...],
    names: dict[int, str],
) -> Scene:
    """Everything on one page but its lines."""
    builder = _SceneBuilder(chart, sizes, lane_edges, names)
    for step in range(page.first, page.end):
        builder.add_row(step, rows[step], page)
    builder.add_nets(page)
    return builder.build()


class _SceneBuilder:
    """Places one page's symbols row by row, then names its nets."""

    def __init__(
        self, chart: Chart, sizes: Sizes, lane_edges: tuple[int, ...], names: dict[int, str]
    ) -> None:
        self._chart = chart
        self._sizes = sizes
        self._edges = lane_edges
        self._names = names
        self._rows: list[Row] = []
        self._symbols: list[Symbol] = []
        self._nets: list[Net] = []
        self._entry: dict[int, int] = {}
        self._leaving: dict[int, int] = {}
        self._slots: dict[tuple[int, int | None], int] = {}

    def add_row(self, step: int, plan: RowPlan, page: PagePlan) -> None:
        above, below = page.bands(step)
        top = self._rows[-1].bottom if self._rows else 0
        height = plan.height(above, below)
        spare = height - plan.drawn(above, below)
        centre = top + above * CONNECTOR_BAND + plan.above + even(spare // 2)
        self._rows.append(Row(step, top, height))
        self._add_cast(step, plan, centre)
        for slot in page.slots:
            if slot.step == step:
                self._add_connector(slot, plan, centre)

    def _add_cast(self, step: int, plan: RowPlan, centre: int) -> None:
        first = len(self._symbols)
        row = len(self._rows) - 1
        for placed in plan.cast.symbols:
            box = placed.box(self._lane_centre(placed.lane), centre)
            self._symbols.append(Symbol(placed.name, placed.shape, row, placed.lane, box))
        self._entry[step] = first + plan.cast.entry
        self._leaving[step] = first + plan.cast.leaving
        for source, target, name in plan.cast.links:
            self._nets.append(Net(name, first + source, first + target, straight=True))

    def _add_connector(self, slot: Slot, plan: RowPlan, centre: int) -> None:
        width, height = self._sizes.connector
        y = centre
        if slot.level < 0:
            y -= plan.above + height // 2 + (-slot.level - 1) * CONNECTOR_BAND
        elif slot.level > 0:
            y += plan.below + plan.answer_room + height // 2
            y += (slot.level - 1) * CONNECTOR_BAND
        x = self._lane_centre(slot.lane)
        box = Box(x - width // 2, y - height // 2, width, height)
        name = self._names[slot.step if slot.other is None else slot.other]
        self._slots[slot.step, slot.other] = len(self._symbols)
        self._symbols.append(
            Symbol(f"Sambungan {name}", "sambungan", len(self._rows) - 1, slot.lane, box, name)
        )

    def _lane_centre(self, lane: int) -> int:
        return even((self._edges[lane] + self._edges[lane + 1]) // 2)

    def add_nets(self, page: PagePlan) -> None:
        for step in range(page.first, page.end):
            entering = self._slots.get((step, None))
            if entering is not None:
                name = f"Panah {self._names[step]}-{step + 1}"
                self._nets.append(Net(name, entering, self._entry[step]))
            for exit_ in self._chart.steps[step].exits:
                self._add_exit(step, exit_)

    def _add_exit(self, step: int, exit_: Exit) -> None:
        target = self._entry.get(exit_.target)
        if target is None:
            target = self._slots[step, exit_.target]
        between = f"{step + 1}-{exit_.target + 1}"
        texts = {"": "", "ya": self._chart.label_ya, "tidak": self._chart.label_tidak}
        self._nets.append(
            Net(
                f"Panah {between}",
                self._leaving[step],
                target,
                exit_.answer,
                texts[exit_.answer].strip(),
                f"Label {between}",
            )
        )

    def build(self) -> Scene:
        return Scene(self._edges, tuple(self._rows), tuple(self._symbols), tuple(self._nets))
