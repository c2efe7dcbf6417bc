"""The lines along which arrows may run on a page, and what stands in their way.

A page has vertical tracks (`xs`) and horizontal ones (`ys`); a node is where two of them cross,
numbered row by row. Directions are 0 right, 1 down, 2 left, 3 up: the opposite of d is `d ^ 2`, and
`d & 1` says whether it is vertical.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from docgen.swimlane.model import Box, Point, Row, Symbol
from docgen.swimlane.scene import Scene
from docgen.swimlane.symbols import even

RIGHT, DOWN, LEFT, UP = range(4)
SYMBOL_CLEARANCE = 45  # no line comes nearer to a symbol that it does not belong to
LABEL_CLEARANCE = 20
APART = 40  # between parallel tracks that nothing but density asks for

ALWAYS_EXTRA_PORTS = 3  # from so many exits on, the middles of the sides do not suffice


@dataclass(frozen=True, slots=True)
class Density:
    """How close tracks may lie: to a border, to a symbol, to each other; how many to a gap."""

    border: int
    symbol: int
    pitch: int
    most: int
    over_symbols: bool


SPARSE = Density(border=40, symbol=100, pitch=100, most=3, over_symbols=False)
DENSE = Density(border=30, symbol=50, pitch=50, most=12, over_symbols=True)


@dataclass(frozen=True, slots=True)
class Port:
    """A place on a symbol's border where an arrow may touch it.

    `side` is the outward direction, `node` the first node outside, `stub` the distance to it.
    `middle` is false for the additional ports of a symbol with many exits.
    """

    side: int
    point: Point
    node: int
    stub: int
    middle: bool


class Grid:
    """The tracks of one page, and which steps between neighbouring nodes are barred.

    `right_barred[n]` and `down_barred[n]` bar the step from node n to the next one; the last
    column and row are barred too, so that a walk needs no look at its coordinates.
    """

    def __init__(self, scene: Scene, density: Density) -> None:
        self._scene = scene
        gutter = min(b - a for a, b in pairwise(scene.lane_edges)) - _widest(scene)
        self._beside = _side_clearance(gutter // 2)
        exits = _exit_counts(scene)
        self._busy = {s for s, count in exits.items() if count >= ALWAYS_EXTRA_PORTS}
        self.xs = _vertical_tracks(scene, density, self._busy)
        self.ys = _horizontal_tracks(scene, density, self._busy)
        self.width, self.height = len(self.xs), len(self.ys)
        size = self.width * self.height
        self.right_barred = bytearray(size)
        self.down_barred = bytearray(size)
        self._inside = bytearray(size)
        self._bar_outside()
        for symbol in scene.symbols:
            self._bar_symbol(symbol.box)
        self.ports = [self._ports(index) for index in range(len(scene.symbols))]

    def node(self, column: int, row: int) -> int:
        return row * self.width + column

    def point(self, node: int) -> Point:
        row, column = divmod(node, self.width)
        return self.xs[column], self.ys[row]

    def neighbour(self, node: int, direction: int) -> int:
        return node + (1, self.width, -1, -self.width)[direction]

    def between(self, start: int, end: int) -> range:
        """The nodes from one to another on the same track, both ends included."""
        step = self.width if (end - start) % self.width == 0 else 1
        return range(start, end + 1, step) if end >= start else range(start, end - 1, -step)

    def node_at(self, point: Point) -> int:
        """The node at a point where two tracks cross."""
        return self.node(bisect_left(self.xs, point[0]), bisect_left(self.ys, point[1]))

    def steps_through(self, box: Box) -> tuple[list[int], list[int]]:
        """The steps to the right and downwards that touch a box, by the node they start from."""
        left, right = box.x - LABEL_CLEARANCE, box.right + LABEL_CLEARANCE
        top, bottom = box.y - LABEL_CLEARANCE, box.bottom + LABEL_CLEARANCE
        columns = range(bisect_left(self.xs, left), bisect_right(self.xs, right))
        rows = range(bisect_left(self.ys, top), bisect_right(self.ys, bottom))
        wide = range(max(0, columns.start - 1), columns.stop)
        tall = range(max(0, rows.start - 1), rows.stop)
        return (
            [self.node(column, row) for row in rows for column in wide],
            [self.node(column, row) for row in tall for column in columns],
        )

    def _bar_outside(self) -> None:
        for row in range(self.height):
            self.right_barred[self.node(self.width - 1, row)] = 1
        for column in range(self.width):
            self.down_barred[self.node(column, self.height - 1)] = 1

    def _bar_symbol(self, box: Box) -> None:
        # A symbol's middle lies on two tracks, so a line through it meets a node inside it.
        columns = _inner(self.xs, box.x - self._beside, box.right + self._beside)
        rows = _inner(self.ys, box.y - SYMBOL_CLEARANCE, box.bottom + SYMBOL_CLEARANCE)
        for row in rows:
            for column in columns:
                self._bar_node(self.node(column, row))

    def _bar_node(self, node: int) -> None:
        self._inside[node] = 1
        self.right_barred[node] = self.down_barred[node] = 1
        if node % self.width:
            self.right_barred[node - 1] = 1
        if node >= self.width:
            self.down_barred[node - self.width] = 1

    def _ports(self, index: int) -> list[Port]:
        symbol = self._scene.symbols[index]
        found = []
        for side, point, middle in _border_points(symbol, index in self._busy):
            node = self._first_outside(side, point)
            if node is not None:
                x, y = self.point(node)
                stub = abs(x - point[0]) + abs(y - point[1])
                found.append(Port(side, point, node, stub, middle))
        return found

    def _first_outside(self, side: int, point: Point) -> int | None:
        column, row = bisect_left(self.xs, point[0]), bisect_left(self.ys, point[1])
        x, y = point
        if side == RIGHT:
            column = bisect_left(self.xs, x + self._beside)
        elif side == LEFT:
            column = bisect_right(self.xs, x - self._beside) - 1
        elif side == DOWN:
            row = bisect_left(self.ys, y + SYMBOL_CLEARANCE)
        else:
            row = bisect_right(self.ys, y - SYMBOL_CLEARANCE) - 1
        if not (0 <= column < self.width and 0 <= row < self.height):
            return None
        node = self.node(column, row)
        return None if self._inside[node] else node


def _exit_counts(scene: Scene) -> dict[int, int]:
    counts: dict[int, int] = {}
    for net in scene.nets:
        counts[net.source] = counts.get(net.source, 0) + 1
    return counts


def _inner(tracks: Sequence[int], low: int, high: int) -> range:
    """The indices of the tracks strictly between two coordinates."""
    return range(bisect_right(tracks, low), bisect_left(tracks, high))


def _border_points(symbol: Symbol, busy: bool) -> Iterable[tuple[int, Point, bool]]:
    """Side, point and whether it is the side's middle, for every port of a symbol."""
    box = symbol.box
    x, y = box.centre
    yield DOWN, (x, box.bottom), True
    yield RIGHT, (box.right, y), True
    yield LEFT, (box.x, y), True
    yield UP, (x, box.y), True
    if not busy:
        return
    across, along = _extra_offsets(symbol)
    slope = box.height // 4 if symbol.shape == "keputusan" else 0
    for offset in (-across, across):
        yield DOWN, (x + offset, box.bottom - slope), False
        yield UP, (x + offset, box.y + slope), False
    if symbol.shape == "proses":
        for offset in (-along, along):
            yield RIGHT, (box.right, y + offset), False
            yield LEFT, (box.x, y + offset), False


def _extra_offsets(symbol: Symbol) -> tuple[int, int]:
    """How far the additional ports lie from the middle of horizontal and vertical sides."""
    part = 8 if symbol.shape == "kapsul" else 4
    return even(symbol.box.width // part), even(symbol.box.height // 4)


class _Tracks:
    """Coordinates that are kept apart: wanted ones always, offered ones where there is room."""

    def __init__(self, wanted: Iterable[int]) -> None:
        self.values = sorted({even(value) for value in wanted})

    def offer(self, value: int) -> None:
        value = even(value)
        place = bisect_left(self.values, value)
        around = self.values[max(0, place - 1) : place + 1]
        if all(abs(value - other) >= APART for other in around):
            self.values.insert(place, value)


def _vertical_tracks(scene: Scene, density: Density, busy: set[int]) -> list[int]:
    wanted = [symbol.box.centre[0] for symbol in scene.symbols]
    edges = scene.lane_edges
    wanted += [even((left + right) // 2) for left, right in pairwise(edges)]
    for index in busy:
        symbol = scene.symbols[index]
        across = _extra_offsets(symbol)[0]
        wanted += [symbol.box.centre[0] - across, symbol.box.centre[0] + across]
    widest = _widest(scene)
    for left, right in pairwise(edges):
        offsets = _gutter_offsets((right - left - widest) // 2, density)
        wanted += [left + offset for offset in offsets]
        wanted += [right - offset for offset in offsets]
    tracks = _Tracks(wanted)
    if density.over_symbols:
        for x in range(density.border, edges[-1], density.pitch):
            tracks.offer(x)
    return tracks.values


def _widest(scene: Scene) -> int:
    return max(symbol.box.width for symbol in scene.symbols)


def _gutter_offsets(gutter: int, density: Density) -> list[int]:
    """Distances from a lane's border at which lines may run beside its symbols."""
    most = gutter - _side_clearance(gutter)
    offsets = list(range(density.border, most + 1, density.pitch))
    return offsets[: density.most] or [most]


def _side_clearance(gutter: int) -> int:
    """How near lines come to the sides of symbols: nearer where lanes are very narrow."""
    return min(SYMBOL_CLEARANCE, gutter // 2)


def _horizontal_tracks(scene: Scene, density: Density, busy: set[int]) -> list[int]:
    wanted = [symbol.box.centre[1] for symbol in scene.symbols]
    for index in busy:
        symbol = scene.symbols[index]
        if symbol.shape == "proses":
            along = _extra_offsets(symbol)[1]
            wanted += [symbol.box.centre[1] - along, symbol.box.centre[1] + along]
    tracks = _Tracks(wanted)
    for row, spans in zip(scene.rows, _spans_by_row(scene), strict=True):
        for y in _free_tracks(row, spans, density):
            tracks.offer(y)
    return tracks.values


def _spans_by_row(scene: Scene) -> list[list[tuple[int, int]]]:
    """For each row the stretches of y that its symbols take, merged, top to bottom."""
    spans: list[list[tuple[int, int]]] = [[] for _ in scene.rows]
    for symbol in sorted(scene.symbols, key=lambda symbol: symbol.box.y):
        row = spans[symbol.row]
        if row and symbol.box.y <= row[-1][1]:
            row[-1] = row[-1][0], max(row[-1][1], symbol.box.bottom)
        else:
            row.append((symbol.box.y, symbol.box.bottom))
    return spans


def _free_tracks(row: Row, spans: list[tuple[int, int]], density: Density) -> Iterable[int]:
    """Tracks above, between and below a row's symbols; where dense, beside them too."""
    first, last = spans[0][0], spans[-1][1]
    upper = range(row.top + density.border, first - density.symbol + 1, density.pitch)
    lower = range(row.bottom - density.border, last + density.symbol - 1, -density.pitch)
    yield from upper[: density.most]
    yield from lower[: density.most]
    for (_, above), (below, _) in pairwise(spans):
        yield (above + below) // 2
        yield from range(above + density.symbol, below - density.symbol + 1, density.pitch)
    if density.over_symbols:
        for top, bottom in spans:
            yield from range(top, bottom, density.pitch)
