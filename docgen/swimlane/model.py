"""What is asked of the swim-lane, and what comes back: plain values, all lengths in twips.

A `Chart` says what flows where, a `Sheet` what paper it is drawn on, a `Layout` where everything
is. On a page, x counts from the left edge of the first lane and y from the top of the first body
row, right below the table's head.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["mulai", "proses", "keputusan", "selesai"]
Answer = Literal["", "ya", "tidak"]
StartStyle = Literal["langkah", "tambahan", "terpisah"]
Shape = Literal["kapsul", "proses", "keputusan", "sambungan"]
Point = tuple[int, int]

TWIPS_PER_POINT = 20


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on: the 0-based step that it leads to, and the answer that takes it."""

    target: int
    answer: Answer = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One kegiatan: a row of the table.

    `lanes` are 0-based and ascending; the flow enters the first and leaves the last. `texts` has
    one entry per text column of the sheet, in the table's order; they only give the row its
    height.
    """

    kind: Kind
    lanes: tuple[int, ...]
    exits: tuple[Exit, ...]
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole procedure: its lanes by label, left to right, and its steps, top to bottom.

    `gaya_mulai` is the contract's: `langkah` draws the first and last step themselves as
    capsules, `tambahan` adds a capsule in their cells, `terpisah` in the lane left of them.
    """

    lanes: tuple[str, ...]
    steps: tuple[Step, ...]
    label_ya: str = "Ya"
    label_tidak: str = "Tidak"
    gaya_mulai: StartStyle = "langkah"


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column beside the lanes: the label of its head and the widths it wants and bears.

    A column that does not grow keeps its preferred width where there is room to spare.
    """

    label: str
    preferred: int
    minimum: int
    grows: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper: the body's size, what stands above the first table, the font, the columns.

    `size` is the text's size in points, `smallest` the least it may shrink to. `reserve` is kept
    free at the foot of every page.
    """

    width: int
    height: int
    before: tuple[TextColumn, ...]
    after: tuple[TextColumn, ...]
    font: str = "Arial"
    size: float = 8.0
    smallest: float = 6.5
    used_on_first_page: int = 0
    reserve: int = 60


NoticeCode = Literal[
    "huruf_diperkecil",  # texts are smaller than asked; value: points
    "kepala_diperkecil",  # heads are smaller than the texts were to be; value: points
    "kepala_tegak",  # lane labels stand upright; value: lane width in millimetres
    "lajur_sempit",  # lanes are too narrow to be read well; value: lane width in millimetres
    "baris_tinggi",  # a row is taller than its page; value: how often it would fill the page
    "garis_rapat",  # an arrow or a label found no clean place; value: the page, from 1
]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the drawing that the reader of it should know.

    `step` is the 0-based step that it concerns, None where it concerns the whole.
    """

    code: NoticeCode
    value: float
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with whole twips."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def centre(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a page's table: its step (0-based), where it begins, how tall it is."""

    step: int
    top: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in its row (index on the page) and lane; `text` is a connector's letter."""

    name: str
    shape: Shape
    row: int
    lane: int
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """An answer beside an arrow, in a box that touches nothing else: as typed, and in lines."""

    name: str
    box: Box
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from border to border; `source` and `target` index the page's symbols.

    `points` are the corners of its line, the first on the source's border, the last, where the
    head is, on the target's. Neighbouring points differ in x or in y, never in both.
    """

    name: str
    source: int
    target: int
    points: tuple[Point, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One table: its rows, and everything drawn over its lanes."""

    rows: tuple[Row, ...]
    symbols: tuple[Symbol, ...]
    arrows: tuple[Arrow, ...]

    @property
    def height(self) -> int:
        return self.rows[-1].bottom

    @property
    def connectors(self) -> tuple[Symbol, ...]:
        """The pentagons that lead to another page or come from one."""
        return tuple(symbol for symbol in self.symbols if symbol.shape == "sambungan")


@dataclass(frozen=True, slots=True)
class Head:
    """The table's two header rows.

    `size` is in half-points and holds for the text columns and `Pelaksana`; `lane_size` for the
    lane labels, whose cells have margins of 40 twips at top and bottom, which `heights` allow for.
    Where `lanes_vertical`, the labels stand upright (`btLr`).
    """

    heights: tuple[int, int]
    size: int
    lane_size: int
    lanes_vertical: bool


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything is. Two charts that differ only in words share one layout.

    `column_widths` are in table order and sum to the sheet's width; `lane_columns` is the range of
    the lanes among them. `text_size` is in half-points, `line_pitch` the exact line spacing that
    goes with it. It compares by identity, so that whatever is made from it can be kept with it.
    """

    column_widths: tuple[int, ...]
    lane_columns: range
    lane_labels: tuple[str, ...]
    font: str
    text_size: int
    line_pitch: int
    head: Head
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...]

    @property
    def lane_edges(self) -> tuple[int, ...]:
        """The x of every lane border, from 0 to the width of all lanes."""
        edges = [0]
        for column in self.lane_columns:
            edges.append(edges[-1] + self.column_widths[column])
        return tuple(edges)
