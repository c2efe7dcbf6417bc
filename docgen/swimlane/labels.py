"""Where an answer stands beside its arrow: near its start, touching nothing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from docgen.swimlane.grid import Port
from docgen.swimlane.model import Box, Point, Row
from docgen.swimlane.scene import Scene
from docgen.swimlane.symbols import HEAD_HALF_WIDTH, HEAD_LENGTH

GAP = 16  # between a label and its own line
STEP = 70  # between the places that are tried along a line
BORDER_GAP = 12  # a label's white ground would hide a row's border
SYMBOL_GAP = 10
LANE_BORDER_PRICE = 90  # it hides a lane's border too, which the eye forgives
FAR_SEGMENT_PRICE = 400
LEFT_PRICE = 30


class LabelPlacer:
    """Finds places for the labels of one page."""

    def __init__(self, scene: Scene, ports: Iterable[Port]) -> None:
        self._scene = scene
        self._width = scene.lane_edges[-1]
        # An arrow may yet have to begin or end at any port, so a label never stands before one.
        self._solid = [_grown(symbol.box, SYMBOL_GAP) for symbol in scene.symbols]
        self._solid += [_stub_box(port) for port in ports if port.middle]

    def place(
        self,
        points: Sequence[Point],
        size: tuple[int, int],
        home: Row,
        lines: Iterable[Sequence[Point]],
        labels: Iterable[Box],
    ) -> Box | None:
        """The best free place for a label of this size beside this line, or None.

        It is in `home`, the row of the step that asks: an answer below another question would
        mislead. `lines` are all lines drawn, its own among them, `labels` the other labels.
        """
        drawn = list(lines)
        segments = [_segment_box(a, b) for line in drawn for a, b in pairwise(line)]
        heads = [_head_box(line[-2], line[-1]) for line in drawn]
        obstacles = [
            other
            for other in (*self._solid, *segments, *heads, *labels)
            if other.y < home.bottom and other.bottom > home.top
        ]
        candidates = self._candidates(points, size, home)
        for _, box in sorted(candidates, key=lambda found: found[0]):
            if not any(_overlap(box, other) for other in obstacles):
                return box
        return None

    def _candidates(
        self, points: Sequence[Point], size: tuple[int, int], home: Row
    ) -> Iterator[tuple[int, Box]]:
        for index, (start, end) in enumerate(pairwise(points)):
            beside = _beside_flat if start[1] == end[1] else _beside_steep
            for price, box in beside(start, end, size):
                if _holds(home, box) and box.x >= 0 and box.right <= self._width:
                    hidden = LANE_BORDER_PRICE * self._lane_borders(box)
                    yield price + hidden + FAR_SEGMENT_PRICE * index, box

    def _lane_borders(self, box: Box) -> int:
        return sum(box.x < edge < box.right for edge in self._scene.lane_edges)


def _stub_box(port: Port) -> Box:
    """The way from a port to the first node outside."""
    x, y = port.point
    dx, dy = ((1, 0), (0, 1), (-1, 0), (0, -1))[port.side]
    return _segment_box((x, y), (x + dx * port.stub, y + dy * port.stub))


def _holds(row: Row, box: Box) -> bool:
    return row.top + BORDER_GAP <= box.y and box.bottom <= row.bottom - BORDER_GAP


def _grown(box: Box, by: int) -> Box:
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _segment_box(start: Point, end: Point) -> Box:
    """A segment with the half of its stroke and a hair's breadth around it."""
    (x0, y0), (x1, y1) = start, end
    box = Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
    return _grown(box, GAP - 2)


def _head_box(before: Point, end: Point) -> Box:
    """The arrow head at the end of a line."""
    (x0, y0), (x1, y1) = before, end
    if y0 == y1:
        left = x1 - HEAD_LENGTH if x1 > x0 else x1
        return Box(left, y1 - HEAD_HALF_WIDTH, HEAD_LENGTH, 2 * HEAD_HALF_WIDTH)
    top = y1 - HEAD_LENGTH if y1 > y0 else y1
    return Box(x1 - HEAD_HALF_WIDTH, top, 2 * HEAD_HALF_WIDTH, HEAD_LENGTH)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def _beside_flat(start: Point, end: Point, size: tuple[int, int]) -> Iterator[tuple[int, Box]]:
    """Places above and below a horizontal segment, from its start on."""
    width, height = size
    sign = 1 if end[0] > start[0] else -1
    for way in range(GAP, abs(end[0] - start[0]) + GAP, STEP):
        x = start[0] + way if sign > 0 else start[0] - way - width
        yield way, Box(x, start[1] - GAP - height, width, height)
        yield way + LEFT_PRICE, Box(x, start[1] + GAP, width, height)


def _beside_steep(start: Point, end: Point, size: tuple[int, int]) -> Iterator[tuple[int, Box]]:
    """Places to the right and to the left of a vertical segment, from its start on."""
    width, height = size
    sign = 1 if end[1] > start[1] else -1
    for way in range(GAP, abs(end[1] - start[1]) + GAP, STEP // 2):
        y = start[1] + way if sign > 0 else start[1] - way - height
        yield way, Box(start[0] + GAP, y, width, height)
        yield way + LEFT_PRICE, Box(start[0] - GAP - width, y, width, height)
