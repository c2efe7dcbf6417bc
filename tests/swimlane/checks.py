"""What must hold of every drawing, whatever the chart: the rules by which a swim-lane is judged.

A chain is one arrow's pieces on one page, joined; a piece may run on into the next row. All sums
are done in EMU.
"""

import re
from collections import defaultdict
from itertools import combinations

from docgen.swimlane import Chart, Layout
from tests.swimlane.geometry import (
    EMU_PER_TWIP,
    Drawing,
    Line,
    Point,
    Rectangle,
    Shape,
    read_page,
    segments,
)

EMU_PER_POINT = 12_700
NEAR = EMU_PER_TWIP  # what rounding a connector's bend may cost


def check_layout(chart: Chart, layout: Layout) -> None:
    """Assert everything of a layout without notices about tightness."""
    drawings = [read_page(layout, index) for index in range(len(layout.pages))]
    check_symbols(chart, layout, drawings)
    check_flow(chart, layout, drawings)
    for index, drawing in enumerate(drawings):
        check_lines_avoid_symbols(drawing)
        check_lines_stay_apart(drawing)
        check_labels(chart, layout, index, drawing)
    ids = [one for drawing in drawings for one in drawing.ids]
    assert len(ids) == len(set(ids))


def check_symbols(chart: Chart, layout: Layout, drawings: list[Drawing]) -> None:
    """Every step has a symbol in each of its lanes, in its own row, and within its cell."""
    edges = [edge * EMU_PER_TWIP for edge in layout.lane_edges]
    for page, drawing in zip(layout.pages, drawings, strict=True):
        for index, row in enumerate(page.rows):
            step = chart.steps[row.step]
            here = [s for s in drawing.symbols if s.row == index and "Sambungan" not in s.name]
            number = row.step + 1
            several = len(step.lanes) > 1
            for lane in step.lanes:
                name = f"Simbol {number}/{lane + 1}" if several else f"Simbol {number}"
                (symbol,) = [s for s in here if s.name == name]
                assert edges[lane] < symbol.box[0] < symbol.box[2] < edges[lane + 1]
            for symbol in here:
                assert row.top * EMU_PER_TWIP < symbol.box[1]
                assert symbol.box[3] < row.bottom * EMU_PER_TWIP
            assert {s.name for s in here} == _expected_names(chart, row.step)
            check_presets(chart, row.step, here)


def _expected_names(chart: Chart, position: int) -> set[str]:
    step = chart.steps[position]
    number = position + 1
    names = {f"Simbol {number}/{lane + 1}" for lane in step.lanes}
    if len(step.lanes) == 1:
        names = {f"Simbol {number}"}
    if chart.gaya_mulai != "langkah":
        names |= {"Simbol Mulai"} if position == 0 or step.kind == "mulai" else set()
        names |= {"Simbol Selesai"} if step.kind == "selesai" else set()
    return names


def check_presets(chart: Chart, position: int, symbols: list[Shape]) -> None:
    """The kind of a step shows in one symbol: a start in its first, else in its last."""
    step = chart.steps[position]
    actors = sorted((s for s in symbols if s.name[7].isdigit()), key=lambda s: s.box[0])
    expected = ["flowChartProcess"] * len(actors)
    if step.kind == "keputusan":
        expected[-1] = "flowChartDecision"
    elif step.kind != "proses" and chart.gaya_mulai == "langkah":
        expected[0 if step.kind == "mulai" else -1] = "roundRect"
    assert [s.preset for s in actors] == expected
    assert all(s.preset == "roundRect" for s in symbols if s not in actors)


def check_flow(chart: Chart, layout: Layout, drawings: list[Drawing]) -> None:
    """Every exit is drawn as a chain to its target, over connectors where a page lies between."""
    page_of = {row.step: n for n, page in enumerate(layout.pages) for row in page.rows}
    for drawing in drawings:
        check_chains(drawing)
    expected = {
        f"Panah {position + 1}-{exit_.target + 1}"
        for position, step in enumerate(chart.steps)
        for exit_ in step.exits
    }
    drawn = {line.name for drawing in drawings for line in drawing.lines}
    plain = {name for name in drawn if re.fullmatch(r"Panah \d+-\d+", name)}
    assert plain == expected
    _check_letters(chart, drawings, page_of)


def check_chains(drawing: Drawing) -> None:
    """Each arrow is one chain with one head, from border to border of the symbols it names."""
    by_name: dict[str, list[Line]] = defaultdict(list)
    for line in drawing.lines:
        by_name[line.name].append(line)
    for name, lines in by_name.items():
        (head,) = [line for line in lines if line.headed]
        start, end = _follow(head, lines)
        source, target = name.removeprefix("Panah ").split("-")
        connectors = [s for s in drawing.symbols if s.name.startswith("Sambungan")]
        goals = _named(drawing, target, last=False) or connectors
        assert any(_on_border(start, s) for s in _named(drawing, source, last=True)), name
        assert any(_on_border(end, s) for s in goals), name
        assert _outside(end, head.points[-2], drawing.symbols), name


def _named(drawing: Drawing, end: str, *, last: bool) -> list[Shape]:
    if end.isalpha() and end.isupper():
        return [s for s in drawing.symbols if s.name == f"Sambungan {end}"]
    exact = [s for s in drawing.symbols if s.name == f"Simbol {end}"]
    if exact or "/" in end:
        return exact
    row = [s for s in drawing.symbols if s.name.startswith(f"Simbol {end}/")]
    row.sort(key=lambda s: s.box[0])
    return row[-1:] if last else row[:1]


def _follow(head: Line, lines: list[Line]) -> tuple[Point, Point]:
    """From the head back to where the chain begins; every piece must be used."""
    rest = [line for line in lines if line is not head]
    start = head.points[0]
    heading = (head.points[0], head.points[1])
    while True:
        before = [line for line in rest if _joins(line.points[-2:], start, heading)]
        if not before:
            break
        (piece,) = before[:1]
        rest.remove(piece)
        start = piece.points[0]
        heading = (piece.points[0], piece.points[1])
    assert not rest, (head.name, rest)
    return start, head.points[-1]


def _joins(last: tuple[Point, ...], start: Point, heading: tuple[Point, Point]) -> bool:
    """Whether a piece ends where the next begins, or in line with it, overlapping a little."""
    (x0, y0), (x1, y1) = last
    if (x1, y1) == start:
        return True
    (hx0, hy0), (hx1, hy1) = heading
    if not x0 == x1 == hx0 == hx1 == start[0]:
        return False
    same_way = (y1 > y0) == (hy1 > hy0)
    low, high = min(y0, y1), max(y0, y1)
    return same_way and low <= hy0 <= high


def _on_border(point: Point, shape: Shape) -> bool:
    x, y = point
    left, top, right, bottom = shape.box
    if not (left - NEAR <= x <= right + NEAR and top - NEAR <= y <= bottom + NEAR):
        return False
    if shape.preset == "flowChartDecision":
        share = abs(2 * x - left - right) / (right - left) + abs(2 * y - top - bottom) / (
            bottom - top
        )
        return abs(share - 1) < 0.02
    on_side = min(abs(x - left), abs(x - right)) <= NEAR
    return on_side or min(abs(y - top), abs(y - bottom)) <= NEAR


def _outside(end: Point, before: Point, symbols: list[Shape]) -> bool:
    """Whether an arrow's last stretch comes from outside all symbols."""
    middle = ((end[0] + before[0]) // 2, (end[1] + before[1]) // 2)
    return not any(
        s.box[0] < middle[0] < s.box[2] and s.box[1] < middle[1] < s.box[3] for s in symbols
    )


def _check_letters(chart: Chart, drawings: list[Drawing], page_of: dict[int, int]) -> None:
    """Each cut exit ends in a letter that leads on, on its target's page, to its target."""
    if len(drawings) == 1:
        assert not [s for s in drawings[0].symbols if s.name.startswith("Sambungan")]
    leads: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for page, drawing in enumerate(drawings):
        for line in drawing.lines:
            match = re.fullmatch(r"Panah ([A-Z]+)-(\d+)", line.name)
            if match:
                leads[match[1]].add((page, int(match[2]) - 1))
    for position, step in enumerate(chart.steps):
        for exit_ in step.exits:
            if page_of[position] == page_of[exit_.target]:
                continue
            drawing = drawings[page_of[position]]
            name = f"Panah {position + 1}-{exit_.target + 1}"
            (head,) = [line for line in drawing.lines if line.name == name and line.headed]
            (connector,) = [
                s
                for s in drawing.symbols
                if s.name.startswith("Sambungan") and _on_border(head.points[-1], s)
            ]
            assert connector.text == connector.name.removeprefix("Sambungan ")
            assert leads[connector.text] == {(page_of[exit_.target], exit_.target)}
    used = {s.text for d in drawings for s in d.symbols if s.name.startswith("Sambungan")}
    assert used == set(leads)


def check_lines_avoid_symbols(drawing: Drawing) -> None:
    """No line has a part inside a symbol; only its ends touch one."""
    for line in drawing.lines:
        for segment in segments(line):
            for symbol in drawing.symbols:
                assert not _crosses_inside(segment, symbol), (line.name, symbol.name)


def _crosses_inside(segment: Rectangle, symbol: Shape) -> bool:
    left, top, right, bottom = (
        symbol.box[0] + NEAR,
        symbol.box[1] + NEAR,
        symbol.box[2] - NEAR,
        symbol.box[3] - NEAR,
    )
    inside = segment[0] < right and segment[2] > left and segment[1] < bottom and segment[3] > top
    if not inside or symbol.preset != "flowChartDecision":
        return inside
    return _nearest_share(segment, symbol.box) < 0.98


def _nearest_share(segment: Rectangle, box: Rectangle) -> float:
    """How deep a segment reaches into a diamond: 0 at its centre, 1 at its border."""
    cx, cy = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    dx = max(segment[0] - cx, cx - segment[2], 0) / ((box[2] - box[0]) / 2)
    dy = max(segment[1] - cy, cy - segment[3], 0) / ((box[3] - box[1]) / 2)
    return dx + dy


def check_lines_stay_apart(drawing: Drawing) -> None:
    """Arrows to different targets cross at most: they share no stretch and no corner."""
    target_of = _targets(drawing)
    for one, other in combinations(drawing.lines, 2):
        if (
            target_of[one.name, one.headed, one.points]
            == target_of[other.name, other.headed, other.points]
        ):
            continue
        for a in segments(one):
            for b in segments(other):
                assert not _share_a_stretch(a, b), (one, other)
        for corner in one.points[1:-1]:
            assert not any(_holds(s, corner) for s in segments(other)), (one, other)
        for corner in other.points[1:-1]:
            assert not any(_holds(s, corner) for s in segments(one)), (one, other)


def _targets(drawing: Drawing) -> dict[tuple[str, bool, tuple[Point, ...]], str]:
    """For each piece the symbol that its arrow ends at; arrows of one name have one end."""
    ends = {line.name: line.points[-1] for line in drawing.lines if line.headed}
    symbol_at = {
        name: next((f"{s.name} {s.box}" for s in drawing.symbols if _on_border(end, s)), "")
        for name, end in ends.items()
    }
    return {(line.name, line.headed, line.points): symbol_at[line.name] for line in drawing.lines}


def _share_a_stretch(a: Rectangle, b: Rectangle) -> bool:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    flat = a[1] == a[3] == b[1] == b[3] and width > 0
    steep = a[0] == a[2] == b[0] == b[2] and height > 0
    return flat or steep


def _holds(segment: Rectangle, point: Point) -> bool:
    return segment[0] <= point[0] <= segment[2] and segment[1] <= point[1] <= segment[3]


def check_labels(chart: Chart, layout: Layout, page_index: int, drawing: Drawing) -> None:
    """Every answer stands once, in its step's row, and touches no line, symbol or other answer."""
    page = layout.pages[page_index]
    expected = {
        f"Label {row.step + 1}-{exit_.target + 1}": text
        for row in page.rows
        for exit_ in chart.steps[row.step].exits
        for answer, text in (("ya", chart.label_ya), ("tidak", chart.label_tidak))
        if exit_.answer == answer
    }
    assert {label.name: label.text.replace("\n", " ") for label in drawing.labels} == expected
    for label in drawing.labels:
        assert page.rows[label.row].step + 1 == int(label.name.split()[1].split("-")[0])
        for symbol in drawing.symbols:
            assert not _overlap(label.box, symbol.box), (label, symbol)
        for line in drawing.lines:
            assert not any(_overlap(label.box, s) for s in segments(line)), (label, line)
            if line.headed:
                assert not _overlap(label.box, _head(line)), (label, line)
    for one, other in combinations(drawing.labels, 2):
        assert not _overlap(one.box, other.box)


def _head(line: Line) -> Rectangle:
    """The head at a line's end: 6 points long, 5 wide."""
    (x0, y0), (x1, y1) = line.points[-2:]
    back, half = 6 * EMU_PER_POINT, 5 * EMU_PER_POINT // 2
    if y0 == y1:
        x0 = x1 - back if x1 > x0 else x1 + back
        return min(x0, x1), y1 - half, max(x0, x1), y1 + half
    y0 = y1 - back if y1 > y0 else y1 + back
    return x1 - half, min(y0, y1), x1 + half, max(y0, y1)


def _overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
