"""All arrows and labels of one page: the order in which they are drawn, and second thoughts."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from docgen.swimlane.grid import DENSE, SPARSE, Density, Grid
from docgen.swimlane.labels import LabelPlacer
from docgen.swimlane.model import Arrow, Box, Label, Point, Row, Symbol
from docgen.swimlane.routes import CROSSING, Route, Router
from docgen.swimlane.scene import Net, Scene
from docgen.swimlane.symbols import label_lines, label_size

MENDABLE = 8  # lines without a place; where there are more, a finer grid only costs time
ATTEMPTS_PER_NET = 4
PORTS_TRIED = 3
SQUEEZED_GAP = 20
# Of the router: beyond the first nothing is reconsidered, beyond the second nothing is sought. No
# chart that can be read comes near them.
ENOUGH_EFFORT = 150_000
MOST_EFFORT = 400_000


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's arrows, and the steps between which one found no clean way or place for its answer."""

    arrows: tuple[Arrow, ...]
    unclean: int
    troubled: frozenset[int]


@lru_cache(maxsize=128)
def draw_lines(scene: Scene, font: str) -> PageLines:
    """Route and label everything; on a finer grid where the coarse one does not suffice."""
    lines = _draw(scene, font, SPARSE)
    if 0 < lines.unclean <= MENDABLE:
        finer = _draw(scene, font, DENSE)
        lines = min(lines, finer, key=lambda drawn: drawn.unclean)
    return lines


def _draw(scene: Scene, font: str, density: Density) -> PageLines:
    draughtsman = _Draughtsman(scene, font, Grid(scene, density))
    draughtsman.draw()
    return draughtsman.lines()


class _Draughtsman:
    """Draws one page on one grid."""

    def __init__(self, scene: Scene, font: str, grid: Grid) -> None:
        self._scene = scene
        self._grid = grid
        self._router = Router(scene, grid)
        self._placer = LabelPlacer(scene, (port for ports in grid.ports for port in ports))
        lane_width = min(b - a for a, b in pairwise(scene.lane_edges))
        self._texts = {
            index: label_lines(net.text, font, lane_width)
            for index, net in enumerate(scene.nets)
            if net.text
        }
        self._sizes = {index: label_size(lines, font) for index, lines in self._texts.items()}
        self._labels: dict[int, Box] = {}
        self._failed: set[int] = set()
        self._squeezed: set[int] = set()

    def draw(self) -> None:
        free = self._draw_links()
        for index in sorted(free, key=self._order):
            if self._router.effort > MOST_EFFORT:
                self._failed.add(index)
            else:
                self._draw_net(index)
        self._reconsider()
        self._settle_failures()
        self._place_missing_labels()

    def lines(self) -> PageLines:
        arrows = []
        unclean = self._failed | self._squeezed
        for index, net in enumerate(self._scene.nets):
            label = self._label(index, net)
            arrows.append(Arrow(net.name, net.source, net.target, self._points(index), label))
        troubled = frozenset(step for index in unclean for step in self._ends(index))
        return PageLines(tuple(arrows), len(unclean), troubled)

    def _ends(self, index: int) -> set[int]:
        """The steps that an arrow joins; only the first where no more than its answer is amiss."""
        net = self._scene.nets[index]
        ends = (net.source, net.target) if index in self._failed else (net.source,)
        rows = self._scene.rows
        return {rows[self._scene.symbols[end].row].step for end in ends}

    def _points(self, index: int) -> tuple[Point, ...]:
        route = self._router.routes.get(index)
        if route:
            return route.points
        net = self._scene.nets[index]
        return _crude_line(self._scene.symbols[net.source], self._scene.symbols[net.target])

    def _label(self, index: int, net: Net) -> Label | None:
        box = self._labels.get(index)
        return Label(net.label_name, box, net.text, self._texts[index]) if box else None

    def _draw_links(self) -> list[int]:
        """Draw the lines within rows, which have only one way; the other nets are left."""
        free = []
        for index, net in enumerate(self._scene.nets):
            route = self._router.straight(index) if net.straight else None
            if route is None:
                free.append(index)
            else:
                self._router.commit(index, route)
        return free

    def _order(self, index: int) -> tuple[bool, int, int]:
        """Short ways forward first, ways back last."""
        net = self._scene.nets[index]
        source, target = self._scene.symbols[net.source], self._scene.symbols[net.target]
        back = target.box.centre[1] < source.box.centre[1]
        return back, abs(source.row - target.row), abs(source.lane - target.lane)

    def _draw_net(self, index: int) -> bool:
        """Draw an arrow with its answer; from another port where the first leaves no room for it."""
        first: Route | None = None
        avoided: set[Point] = set()
        for _ in range(PORTS_TRIED if self._router.effort < ENOUGH_EFFORT else 1):
            route = self._router.search(index, avoided=avoided)
            if route is None:
                break
            first = first or route
            self._keep(index, route)
            if index in self._labels or index not in self._texts:
                return True
            self._take_away(index)
            avoided.add(route.source_port.point)
        if first is None:
            self._failed.add(index)
            return False
        self._keep(index, first)
        return True

    def _keep(self, index: int, route: Route) -> None:
        self._failed.discard(index)
        self._router.commit(index, route)
        if index in self._texts:
            self._place_label(index)

    def _take_away(self, index: int) -> tuple[Route, Box | None]:
        route = self._router.remove(index)
        label = self._labels.pop(index, None)
        if label:
            self._bar_labels()
        return route, label

    def _put_back(self, index: int, route: Route, label: Box | None) -> None:
        self._router.commit(index, route)
        if label:
            self._labels[index] = label
            self._bar_labels()

    def _reconsider(self) -> None:
        """Look again for arrows that cross others, now that all are drawn."""
        if self._router.effort > ENOUGH_EFFORT:
            return
        costly = [i for i, route in self._router.routes.items() if route.cost >= CROSSING]
        for index in sorted(costly, key=lambda i: -self._router.routes[i].cost):
            route, label = self._take_away(index)
            better = self._router.search(index)
            if better is not None and better.cost < route.cost:
                self._keep(index, better)
                if index in self._texts and index not in self._labels:
                    self._take_away(index)
                    self._put_back(index, route, label)
            else:
                self._put_back(index, route, label)

    def _settle_failures(self) -> None:
        """Let an arrow without a way push others aside, which then look for theirs anew."""
        waiting = sorted(self._failed)
        attempts = ATTEMPTS_PER_NET * len(self._scene.nets)
        while waiting and attempts and self._router.effort < ENOUGH_EFFORT:
            attempts -= 1
            index = waiting.pop(0)
            if not self._draw_net(index):
                waiting += self._push_through(index)
        for index in waiting:
            if self._router.effort > MOST_EFFORT:
                self._failed.add(index)
            elif not self._draw_net(index):
                self._draw_over_others(index)

    def _push_through(self, index: int) -> list[int]:
        """Draw an arrow over others; those are taken away and handed back."""
        route = self._router.search(index, touching=True)
        if route is None:
            self._failed.add(index)
            return []
        self._keep(index, route)
        pushed = self._router.touched_by(index)
        for other in pushed:
            self._take_away(other)
        return pushed

    def _draw_over_others(self, index: int) -> None:
        route = self._router.search(index, touching=True)
        if route is not None:
            self._router.commit(index, route)

    def _place_missing_labels(self) -> None:
        for index in self._texts:
            if index not in self._labels:
                self._place_label(index)
            if index not in self._labels:
                self._squeeze_in(index)

    def _squeeze_in(self, index: int) -> None:
        """Put an answer where it may touch a line, for want of anything better."""
        self._squeezed.add(index)
        points = self._points(index)
        home = self._home(index)
        box = self._placer.place(points, self._sizes[index], home, [], self._labels.values())
        if box is None:
            width, height = self._sizes[index]
            box = Box(points[0][0] + SQUEEZED_GAP, points[0][1] + SQUEEZED_GAP, width, height)
        self._labels[index] = box

    def _home(self, index: int) -> Row:
        """The row of the step that a net leaves."""
        return self._scene.rows[self._scene.symbols[self._scene.nets[index].source].row]

    def _place_label(self, index: int) -> None:
        if index not in self._router.routes:
            return
        routes = self._router.routes
        box = self._placer.place(
            routes[index].points,
            self._sizes[index],
            self._home(index),
            [route.points for route in routes.values()],
            [other for key, other in self._labels.items() if key != index],
        )
        if box:
            self._labels[index] = box
            self._bar_labels()

    def _bar_labels(self) -> None:
        self._router.bar(self._grid.steps_through(box) for box in self._labels.values())


def _crude_line(source: Symbol, target: Symbol) -> tuple[Point, ...]:
    """An elbow through whatever is there: what remains where lanes leave no room for lines."""
    x0, y0 = source.box.centre[0], source.box.bottom
    x1, y1 = target.box.centre[0], target.box.y
    if x0 == x1:
        return (x0, y0), (x1, y1)
    middle = (y0 + y1) // 2
    return (x0, y0), (x0, middle), (x1, middle), (x1, y1)
