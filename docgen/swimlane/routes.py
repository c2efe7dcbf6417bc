"""Finding ways for arrows: an A* search over a page's grid that knows what is already drawn.

Lines to different targets may cross, never touch or share a stretch; lines to one target may
join. So each node remembers the target of the line that passes it horizontally, of the one that
passes vertically, and of the one that turns there.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from docgen.swimlane.grid import DOWN, LEFT, RIGHT, UP, Grid, Port
from docgen.swimlane.model import Point, Symbol
from docgen.swimlane.scene import Net, Scene
from docgen.swimlane.symbols import HEAD_LENGTH

# Prices in twips of way.
BEND = 280
CROSSING = 1200
SHORT_HEAD = 240
TOUCHING = 6000  # where the search is allowed to, what it costs to touch another arrow's line
HEAD_ROOM = 160
CUT_HEAD = 1400  # where the last stretch is shorter than the head, which is then drawn askew

OUT_PRICES = {DOWN: 0, RIGHT: 60, LEFT: 80, UP: 900}
IN_PRICES = {UP: 0, RIGHT: 120, LEFT: 120, DOWN: 900}
OFF_MIDDLE = 250
NO_BY_THE_BOTTOM = 500
YES_BY_THE_SIDE = 400
BACK_BY_THE_BOTTOM = 500
BACK_INTO_THE_TOP = 200
BACK_INTO_THE_BOTTOM = 80
SECOND_WAY_IN = 160


@dataclass(frozen=True, slots=True)
class Route:
    """A way from border to border: the ports, the nodes where it starts, turns and ends."""

    source_port: Port
    target_port: Port
    nodes: tuple[int, ...]
    points: tuple[Point, ...]
    cost: int


class Router:
    """Routes the nets of one page; `routes` holds what is drawn, by net.

    `effort` counts the states that all searches have looked at: time, but the same on any machine.
    """

    def __init__(self, scene: Scene, grid: Grid) -> None:
        self._symbols = scene.symbols
        self._nets = scene.nets
        self._grid = grid
        self.routes: dict[int, Route] = {}
        self.effort = 0
        self._right_barred = grid.right_barred
        self._down_barred = grid.down_barred
        size = grid.width * grid.height
        self._horizontal = [0] * size
        self._vertical = [0] * size
        self._corner = [0] * size
        self._exits = _count(net.source for net in scene.nets)

    def commit(self, index: int, route: Route) -> None:
        """Draw a route."""
        self.routes[index] = route
        self._mark(index, route)

    def remove(self, index: int) -> Route:
        """Take a route away, and hand it back."""
        route = self.routes.pop(index)
        for marks in (self._horizontal, self._vertical, self._corner):
            marks[:] = [0] * len(marks)
        for other, drawn in self.routes.items():
            self._mark(other, drawn)
        return route

    def bar(self, boxes: Iterable[tuple[list[int], list[int]]]) -> None:
        """Close the steps through these places (`Grid.steps_through`), and no others."""
        self._right_barred = bytearray(self._grid.right_barred)
        self._down_barred = bytearray(self._grid.down_barred)
        for rights, downs in boxes:
            for node in rights:
                self._right_barred[node] = 1
            for node in downs:
                self._down_barred[node] = 1

    def _mark(self, index: int, route: Route) -> None:
        owner = self._nets[index].target + 1
        nodes = route.nodes
        width = self._grid.width
        for start, end in pairwise(nodes):
            marks = self._vertical if (end - start) % width == 0 else self._horizontal
            for node in self._grid.between(start, end):
                marks[node] = owner
        for node in nodes[1:-1]:
            self._corner[node] = owner
        self._mark_end(nodes, route.source_port, owner)
        self._mark_end(nodes[::-1], route.target_port, owner)

    def _mark_end(self, nodes: Sequence[int], port: Port, owner: int) -> None:
        """Mark the node next to a port: passed straight, or turned at."""
        node = nodes[0]
        (self._vertical if port.side & 1 else self._horizontal)[node] = owner
        if len(nodes) > 1:
            vertical = (nodes[1] - node) % self._grid.width == 0
            if vertical != bool(port.side & 1):
                self._corner[node] = owner

    def touched_by(self, index: int) -> list[int]:
        """The drawn nets to other targets whose lines this net's route touches."""
        mine = self._occupied(index)
        target = self._nets[index].target
        return [
            other
            for other in self.routes
            if other != index
            and self._nets[other].target != target
            and _touch(mine, self._occupied(other))
        ]

    def _occupied(self, index: int) -> tuple[set[int], set[int], set[int]]:
        """The nodes that a route passes horizontally, vertically, and turns at."""
        route = self.routes[index]
        nodes = route.nodes
        width = self._grid.width
        passed: tuple[set[int], set[int], set[int]] = (set(), set(), set(nodes[1:-1]))
        for start, end in pairwise(nodes):
            passed[(end - start) % width == 0].update(self._grid.between(start, end))
        for port, ends in ((route.source_port, nodes), (route.target_port, nodes[::-1])):
            passed[port.side & 1].add(ends[0])
            if len(ends) > 1 and ((ends[1] - ends[0]) % width == 0) != bool(port.side & 1):
                passed[2].add(ends[0])
        return passed

    def _used(self, symbol: int, *, as_source: bool) -> set[Point]:
        """The points on a symbol's border where drawn arrows leave, or arrive."""
        return {
            (route.source_port if as_source else route.target_port).point
            for index, route in self.routes.items()
            if (self._nets[index].source if as_source else self._nets[index].target) == symbol
        }

    def _ways_out(self, net: Net, avoided: Collection[Point]) -> list[tuple[int, Port]]:
        taken = self._used(net.source, as_source=True) | self._used(net.source, as_source=False)
        source, target = self._symbols[net.source], self._symbols[net.target]
        return [
            (_out_price(net, port, source, target), port)
            for port in self._grid.ports[net.source]
            if port.point not in taken and port.point not in avoided
        ]

    def _ways_in(self, net: Net) -> list[tuple[int, Port]]:
        leaving = self._used(net.target, as_source=True)
        entered = self._used(net.target, as_source=False)
        ports = self._grid.ports[net.target]
        spare = len(ports) - self._exits.get(net.target, 0)
        source, target = self._symbols[net.source], self._symbols[net.target]
        found = []
        for port in ports:
            if port.point in leaving:
                continue
            if port.point not in entered and len(entered) >= max(1, spare):
                continue  # the exits that are still to come need the other ports
            price = _in_price(port, source, target)
            if entered and port.point not in entered:
                price += SECOND_WAY_IN
            found.append((price, port))
        return found

    def straight(self, index: int) -> Route | None:
        """The direct line between two symbols that face each other, if both have such a port."""
        net = self._nets[index]
        for source in self._grid.ports[net.source]:
            for target in self._grid.ports[net.target]:
                if _face(source, target):
                    nodes = tuple(dict.fromkeys((source.node, target.node)))
                    return Route(source, target, nodes, (source.point, target.point), 0)
        return None

    def search(
        self, index: int, *, touching: bool = False, avoided: Collection[Point] = ()
    ) -> Route | None:
        """The cheapest way for a net; None if there is none.

        With `touching`, lines of other arrows may be touched, at a price. It does not start from
        the `avoided` points.
        """
        net = self._nets[index]
        goals: dict[int, list[tuple[int, int, Port]]] = {}
        for price, port in self._ways_in(net):
            goals.setdefault(port.node, []).append((port.side ^ 2, price + port.stub, port))
        starts = self._ways_out(net, avoided)
        if not goals or not starts:
            return None
        return self._walk(net.target + 1, starts, goals, TOUCHING if touching else 0)

    def _walk(
        self,
        me: int,
        starts: list[tuple[int, Port]],
        goals: dict[int, list[tuple[int, int, Port]]],
        touching: int,
    ) -> Route | None:
        # One long loop and no calls in it: it runs some thousand times per page.
        grid = self._grid
        xs, ys, width = grid.xs, grid.ys, grid.width
        horizontal, vertical, corner = self._horizontal, self._vertical, self._corner
        barred = (self._right_barred, self._down_barred)
        moves = (1, width, -1, -width)
        far_x = _distances(xs, [grid.point(node)[0] for node in goals])
        far_y = _distances(ys, [grid.point(node)[1] for node in goals])
        best: dict[int, int] = {}
        came: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        for price, port in starts:
            state = port.node * 4 + port.side
            cost = price + port.stub
            if cost < best.get(state, cost + 1):
                best[state] = cost
                came[state] = -1
                row, column = divmod(port.node, width)
                heappush(heap, (cost + far_x[column] + far_y[row], state))
        done: set[int] = set()
        finish_base = grid.width * grid.height * 4
        finishes: list[tuple[Port, int]] = []
        while heap:
            _, state = heappop(heap)
            if state >= finish_base:
                self.effort += len(done)
                port, last = finishes[state - finish_base]
                return self._route(port, last, came, starts, best[state])
            if state in done:
                continue
            done.add(state)
            node, heading = state >> 2, state & 3
            cost = best[state]
            row, column = divmod(node, width)
            flat, steep, turned = horizontal[node], vertical[node], corner[node]
            alien_flat = flat != 0 and flat != me
            alien_steep = steep != 0 and steep != me
            alien_turn = turned != 0 and turned != me
            along, across = (alien_steep, alien_flat) if heading & 1 else (alien_flat, alien_steep)
            pass_price = CROSSING if across else 0
            if along or alien_turn:
                pass_price = touching or -1
            turn_price = BEND
            if alien_flat or alien_steep or alien_turn:
                turn_price = BEND + touching if touching else -1
            if node in goals:
                for inward, price, port in goals[node]:
                    if inward == heading ^ 2:
                        continue
                    extra = pass_price if inward == heading else turn_price
                    if extra < 0:
                        continue
                    if inward != heading and port.stub < HEAD_ROOM:
                        extra += SHORT_HEAD if port.stub >= HEAD_LENGTH else CUT_HEAD
                    finish = finish_base + len(finishes)
                    finishes.append((port, state))
                    best[finish] = cost + extra + price
                    heappush(heap, (best[finish], finish))
            for direction in (heading, heading ^ 1, heading ^ 3):
                extra = pass_price if direction == heading else turn_price
                if extra < 0:
                    continue
                after = node + moves[direction]
                if barred[direction & 1][min(node, after) if direction < 2 else after]:
                    continue
                if direction & 1:
                    next_row = row + 2 - direction
                    price = cost + extra + abs(ys[next_row] - ys[row])
                    ahead = far_x[column] + far_y[next_row]
                else:
                    next_column = column + 1 - direction
                    price = cost + extra + abs(xs[next_column] - xs[column])
                    ahead = far_x[next_column] + far_y[row]
                following = after * 4 + direction
                known = best.get(following)
                if known is None or price < known:
                    best[following] = price
                    came[following] = state
                    heappush(heap, (price + ahead, following))
        self.effort += len(done)
        return None

    def _route(
        self,
        target_port: Port,
        last: int,
        came: dict[int, int],
        starts: list[tuple[int, Port]],
        cost: int,
    ) -> Route:
        states = [last]
        while came[states[-1]] >= 0:
            states.append(came[states[-1]])
        states.reverse()
        first = states[0]
        source_port = next(p for _, p in starts if p.node * 4 + p.side == first)
        nodes = [states[0] >> 2]
        nodes += [here >> 2 for here, after in pairwise(states) if here & 3 != after & 3]
        nodes.append(states[-1] >> 2)
        kept = tuple(
            node for place, node in enumerate(nodes) if not place or node != nodes[place - 1]
        )
        points = _corners([source_port.point, *map(self._grid.point, kept), target_port.point])
        return Route(source_port, target_port, kept, points, cost)


def _count(values: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _touch(
    mine: tuple[set[int], set[int], set[int]], other: tuple[set[int], set[int], set[int]]
) -> bool:
    """Whether two routes do more than cross: share a stretch, or meet where one of them turns."""
    return bool(
        mine[0] & other[0]
        or mine[1] & other[1]
        or mine[2] & (other[0] | other[1])
        or other[2] & (mine[0] | mine[1])
    )


def _face(source: Port, target: Port) -> bool:
    """Whether a straight line leads from one port to the other."""
    if source.side != target.side ^ 2 or not (source.middle and target.middle):
        return False
    (x0, y0), (x1, y1) = source.point, target.point
    if source.side & 1:
        return x0 == x1 and (y1 > y0) == (source.side == DOWN)
    return y0 == y1 and (x1 > x0) == (source.side == RIGHT)


def _out_price(net: Net, port: Port, source: Symbol, target: Symbol) -> int:
    price = OUT_PRICES[port.side] + (0 if port.middle else OFF_MIDDLE)
    back = _leads_back(source, target)
    if back and port.side == DOWN:
        price += BACK_BY_THE_BOTTOM
    if net.answer == "tidak" and port.side == DOWN:
        price += NO_BY_THE_BOTTOM
    if net.answer == "ya" and port.side != DOWN and source.lane == target.lane and not back:
        price += YES_BY_THE_SIDE
    return price


def _in_price(port: Port, source: Symbol, target: Symbol) -> int:
    price = IN_PRICES[port.side] + (0 if port.middle else OFF_MIDDLE)
    if _leads_back(source, target):
        if port.side == UP:
            return price + BACK_INTO_THE_TOP
        if port.side == DOWN:
            return BACK_INTO_THE_BOTTOM
    return price


def _leads_back(source: Symbol, target: Symbol) -> bool:
    return target.box.centre[1] < source.box.centre[1]


def _distances(tracks: Sequence[int], goals: list[int]) -> list[int]:
    """For each track how far it lies from the stretch that holds all goals."""
    low, high = min(goals), max(goals)
    return [max(low - track, track - high, 0) for track in tracks]


def _corners(points: list[Point]) -> tuple[Point, ...]:
    """The same line without doubled points and points on the way."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)
