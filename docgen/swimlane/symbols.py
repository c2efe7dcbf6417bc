"""Which symbols stand in a step's row, how large they are, and where in the row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from docgen.swimlane.metrics import longest_word_width, text_width, wrap
from docgen.swimlane.model import Box, Chart, Kind, Shape, StartStyle, Step

LABEL_POINTS = 6.5
LABEL_PITCH = 160
CONNECTOR_BAND = 540  # what a pentagon above or below a row's symbols adds to the row
MARGIN = 190  # between a row's symbols and its borders: room for a line and an arrow head
WIDEST_SYMBOL = 840
HEAD_LENGTH = 140  # of an arrow, as Word and LibreOffice draw it
HEAD_HALF_WIDTH = 70
CAPSULE_GAP = 240  # between an added capsule and its step

_SHAPES: dict[Kind, Shape] = {
    "mulai": "kapsul",
    "proses": "proses",
    "keputusan": "keputusan",
    "selesai": "kapsul",
}


def even(twips: int) -> int:
    """The nearest even length below. What lines start from is even, so no half EMU is ever lost."""
    return twips & ~1


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths and heights of the symbols that lanes of one width take; all divisible by eight."""

    symbol: tuple[int, int]
    decision: tuple[int, int]
    capsule: tuple[int, int]
    connector: tuple[int, int]

    def of(self, shape: Shape) -> tuple[int, int]:
        if shape == "keputusan":
            return self.decision
        return self.connector if shape == "sambungan" else self.symbol


def choose_sizes(lane_width: int) -> Sizes:
    """Sizes that leave free channels between neighbouring lanes."""
    width = min(lane_width * 0.62, WIDEST_SYMBOL)
    decision = min(lane_width * 0.66, WIDEST_SYMBOL)
    return Sizes(
        symbol=(_snapped(width), _snapped(_within(width * 0.52, 300, 400))),
        decision=(_snapped(decision), _snapped(_within(decision * 0.68, 400, 560))),
        capsule=(_snapped(width), _snapped(_within(width * 0.4, 240, 300))),
        connector=(_snapped(min(400, lane_width * 0.62)), 340),
    )


def _snapped(value: float) -> int:
    """The nearest multiple of eight: the halves and quarters of a symbol's sides stay even."""
    return 8 * round(value / 8)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))


@dataclass(frozen=True, slots=True)
class Placed:
    """A symbol relative to its row: its lane, and how far its centre lies below the row's."""

    name: str
    shape: Shape
    lane: int
    size: tuple[int, int]
    below: int = 0

    def box(self, lane_centre: int, row_centre: int) -> Box:
        """The symbol's box on the page."""
        width, height = self.size
        return Box(lane_centre - width // 2, row_centre + self.below - height // 2, width, height)


@dataclass(frozen=True, slots=True)
class Cast:
    """The symbols of one row, the arrows among them, and where the flow enters and leaves.

    `entry`, `leaving` and the ends of `links` index `symbols`.
    """

    symbols: tuple[Placed, ...]
    entry: int
    leaving: int
    links: tuple[tuple[int, int, str], ...]

    @property
    def extent(self) -> tuple[int, int]:
        """How far the symbols reach above and below the row's centre line, as they are placed."""
        above = max(symbol.size[1] // 2 - symbol.below for symbol in self.symbols)
        below = max(symbol.size[1] // 2 + symbol.below for symbol in self.symbols)
        return above, below

    @property
    def taken_lanes(self) -> set[int]:
        """Lanes in which nothing else can stand: those of the symbols and all between them."""
        lanes = [symbol.lane for symbol in self.symbols]
        return set(range(min(lanes), max(lanes) + 1))


def cast(chart: Chart, position: int, sizes: Sizes) -> Cast:
    """The symbols of a step's row."""
    step = chart.steps[position]
    builder = _CastBuilder(position + 1, sizes)
    added = chart.gaya_mulai != "langkah"
    builder.add_actors(step, list(_shapes(step, capsules=not added)))
    if added and (position == 0 or step.kind == "mulai"):
        builder.add_capsule("Mulai", chart.gaya_mulai)
    if added and step.kind == "selesai":
        builder.add_capsule("Selesai", chart.gaya_mulai)
    return builder.build()


def _shapes(step: Step, *, capsules: bool) -> Iterator[Shape]:
    """A row's shapes: its kind shows where the flow leaves, a start where it enters."""
    shape: Shape = _SHAPES[step.kind]
    if shape == "kapsul" and not capsules:
        shape = "proses"
    last = len(step.lanes) - 1
    shown = 0 if step.kind == "mulai" else last
    for index in range(last + 1):
        yield shape if index == shown else "proses"


class _CastBuilder:
    """Collects the symbols of one row."""

    def __init__(self, number: int, sizes: Sizes) -> None:
        self._number = number
        self._sizes = sizes
        self._symbols: list[Placed] = []
        self._links: list[tuple[int, int, str]] = []
        self._actors = 0

    def add_actors(self, step: Step, shapes: list[Shape]) -> None:
        number = self._number
        several = len(step.lanes) > 1
        for lane, shape in zip(step.lanes, shapes, strict=True):
            name = f"Simbol {number}/{lane + 1}" if several else f"Simbol {number}"
            self._symbols.append(Placed(name, shape, lane, self._sizes.of(shape)))
        for index, (left, right) in enumerate(zip(step.lanes, step.lanes[1:], strict=False)):
            name = f"Panah {number}/{left + 1}-{number}/{right + 1}"
            self._links.append((index, index + 1, name))
        self._actors = len(step.lanes)

    def add_capsule(self, word: str, style: StartStyle) -> None:
        starts = word == "Mulai"
        beside = 0 if starts else self._actors - 1
        neighbour = self._symbols[beside]
        capsule = len(self._symbols)
        left = neighbour.lane - 1
        if style == "terpisah" and left >= 0 and (starts or self._actors == 1):
            placed = Placed(f"Simbol {word}", "kapsul", left, self._sizes.capsule)
        else:
            distance = CAPSULE_GAP + (neighbour.size[1] + self._sizes.capsule[1]) // 2
            below = -distance if starts else distance
            placed = Placed(f"Simbol {word}", "kapsul", neighbour.lane, self._sizes.capsule, below)
        self._symbols.append(placed)
        if starts:
            self._links.append((capsule, beside, f"Panah Mulai-{self._number}"))
        else:
            self._links.append((beside, capsule, f"Panah {self._number}-Selesai"))

    def build(self) -> Cast:
        return Cast(tuple(self._symbols), 0, self._actors - 1, tuple(self._links))


@lru_cache(maxsize=256)
def label_lines(text: str, font: str, lane_width: int) -> tuple[str, ...]:
    """An answer in the lines it is drawn in: as wide as its longest word, or nearly half a lane."""
    widest = max(longest_word_width(text, font, LABEL_POINTS), lane_width * 0.42)
    return wrap(text, widest / 0.95, font, LABEL_POINTS)


def label_size(lines: Iterable[str], font: str) -> tuple[int, int]:
    """Width and height of the box around these lines."""
    rows = list(lines)
    width = max(text_width(line, font, LABEL_POINTS) for line in rows)
    return round(width * 1.06) + 30, len(rows) * LABEL_PITCH + 10


def row_margin(step: Step, chart: Chart, font: str, lane_width: int) -> int:
    """Room kept above and below a row's symbols: more where an answer may stand there."""
    return max(MARGIN, _answer_size(step, chart, font, lane_width)[1] + 80)


def answer_reach(step: Step, chart: Chart, font: str, lane_width: int, sizes: Sizes) -> int:
    """How many lanes away a pentagon must stand for an answer to fit between it and the symbol."""
    width = _answer_size(step, chart, font, lane_width)[0]
    if not width:
        return 1
    symbols = (sizes.decision[0] + sizes.connector[0]) // 2
    return -(-(width + symbols + 60) // lane_width)


def answer_room(step: Step, chart: Chart, font: str, lane_width: int) -> int:
    """What a pentagon below the symbols stands off further, for an answer above its arrow head."""
    height = _answer_size(step, chart, font, lane_width)[1]
    needed = height + HEAD_LENGTH + 40
    return max(0, needed - row_margin(step, chart, font, lane_width)) if height else 0


def _answer_size(step: Step, chart: Chart, font: str, lane_width: int) -> tuple[int, int]:
    """The width and height that hold either answer of a step; nothing where it has none."""
    if not any(exit_.answer for exit_ in step.exits):
        return 0, 0
    sizes = [
        label_size(label_lines(text, font, lane_width), font)
        for text in (chart.label_ya, chart.label_tidak)
    ]
    return max(width for width, _ in sizes), max(height for _, height in sizes)
