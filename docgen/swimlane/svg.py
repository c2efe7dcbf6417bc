"""A page of the swim-lane as SVG, for the form beside which it stands.

Text columns are not drawn, save a narrow one for the step's number. Everything has a class for the
page's style sheet to use, and presentation attributes enough to be legible without one; there are
no `style` attributes, no ids and no scripts, so it may stand inline under a strict policy, and more
than once.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from docgen.swimlane.columns import CELL_PADDING
from docgen.swimlane.metrics import wrap
from docgen.swimlane.model import Arrow, Box, Label, Layout, Page, Point, Symbol
from docgen.swimlane.symbols import LABEL_PITCH, LABEL_POINTS

NUMBER_WIDTH = 460
EDGE = 15  # around everything, so that the outermost lines are not cut in half
HEAD_LENGTH = 110
HEAD_HALF_WIDTH = 45
NUMBER_POINTS = 8
CONNECTOR_POINTS = 7


def page_svg(layout: Layout, page_index: int) -> str:
    """The page's lanes as one `<svg>`; lengths are twips, its shown size is the page's to choose.

    Each row is a `<g class="alir-baris" data-langkah="n">`, n from 1, whose first child is a
    rectangle over the whole row.
    """
    page = layout.pages[page_index]
    return "".join(_SvgWriter(layout, page, page_index).write())


class _SvgWriter:
    """Writes one page. The origin is the upper left corner of the first body row's lanes."""

    def __init__(self, layout: Layout, page: Page, page_index: int) -> None:
        self._layout = layout
        self._page = page
        self._number = page_index + 1
        self._width = layout.lane_edges[-1]
        self._head = layout.head.heights

    def write(self) -> Iterator[str]:
        top = -sum(self._head)
        view = (
            -NUMBER_WIDTH - EDGE,
            top - EDGE,
            self._width + NUMBER_WIDTH + 2 * EDGE,
            self._page.height - top + 2 * EDGE,
        )
        title, description = self._words()
        yield (
            '<svg xmlns="http://www.w3.org/2000/svg" class="alir" role="img" '
            f'viewBox="{" ".join(map(str, view))}" fill="none" stroke="currentColor" '
            f'stroke-width="12" font-family={quoteattr(self._layout.font + ", sans-serif")}>'
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        )
        yield from self._table_head(top)
        for index in range(len(self._page.rows)):
            yield from self._row(index)
        yield from map(_arrow, self._page.arrows)
        yield from (_label(arrow.label) for arrow in self._page.arrows if arrow.label)
        yield "</svg>"

    def _words(self) -> tuple[str, str]:
        pages = len(self._layout.pages)
        first, last = self._page.rows[0].step + 1, self._page.rows[-1].step + 1
        title = f"Diagram alir, halaman {self._number} dari {pages}: langkah {first} sampai {last}"
        arrows = (
            f"{arrow.name} ({' '.join(arrow.label.lines)})" if arrow.label else arrow.name
            for arrow in self._page.arrows
        )
        return title, "; ".join(arrows)

    def _table_head(self, top: int) -> Iterator[str]:
        first, second = self._head
        size = self._layout.head.size
        yield '<g class="alir-kepala">'
        yield _cell(Box(-NUMBER_WIDTH, top, NUMBER_WIDTH, first + second))
        yield _text(("No",), Box(-NUMBER_WIDTH, top, NUMBER_WIDTH, first + second), size / 2)
        yield _cell(Box(0, top, self._width, first))
        yield _text(("Pelaksana",), Box(0, top, self._width, first), size / 2)
        edges = self._layout.lane_edges
        for lane, label in enumerate(self._layout.lane_labels):
            box = Box(edges[lane], top + first, edges[lane + 1] - edges[lane], second)
            yield _cell(box) + self._lane_label(label, box)
        yield "</g>"

    def _lane_label(self, label: str, box: Box) -> str:
        points = self._layout.head.lane_size / 2
        upright = self._layout.head.lanes_vertical
        room = (box.height if upright else box.width) - 2 * CELL_PADDING
        lines = wrap(label, room, self._layout.font, points, bold=True)
        return _text(lines, box, points, upright=upright)

    def _row(self, index: int) -> Iterator[str]:
        row = self._page.rows[index]
        height = row.height
        yield f'<g class="alir-baris" data-langkah="{row.step + 1}">'
        whole = Box(-NUMBER_WIDTH, row.top, self._width + NUMBER_WIDTH, height)
        yield _cell(whole, "alir-latar")
        number = Box(-NUMBER_WIDTH, row.top, NUMBER_WIDTH, height)
        yield _cell(number) + _text((str(row.step + 1),), number, NUMBER_POINTS)
        edges = self._layout.lane_edges
        for left, right in pairwise(edges):
            yield _cell(Box(left, row.top, right - left, height))
        yield from (_symbol(symbol) for symbol in self._page.symbols if symbol.row == index)
        yield "</g>"


def _cell(box: Box, name: str = "alir-sel") -> str:
    return f'<rect class="{name}" {_place(box)}/>'


def _place(box: Box) -> str:
    return f'x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'


def _text(
    lines: Sequence[str], box: Box, points: float, *, upright: bool = False, pitch: int = 0
) -> str:
    """Lines of text in the middle of a box; `upright` ones read from below."""
    x, y = box.centre
    pitch = pitch or round(points * 24)
    turn = f' transform="rotate(-90 {x} {y})"' if upright else ""
    # Letters stand on their base line, about a third of their size below their middle.
    first = y - (len(lines) - 1) * pitch // 2 + round(points * 7)
    spans = "".join(
        f'<tspan x="{x}" y="{first + index * pitch}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    return (
        f'<text font-size="{round(points * 20)}" text-anchor="middle" fill="currentColor" '
        f'stroke="none"{turn}>{spans}</text>'
    )


def _symbol(symbol: Symbol) -> str:
    box = symbol.box
    name = f'class="alir-simbol alir-{symbol.shape}" fill="white"'
    title = f"<title>{escape(symbol.name)}</title>"
    if symbol.shape in {"proses", "kapsul"}:
        radius = f' rx="{box.height // 2}"' if symbol.shape == "kapsul" else ""
        return f"<g>{title}<rect {name} {_place(box)}{radius}/></g>"
    path = _diamond(box) if symbol.shape == "keputusan" else _pentagon(box)
    text = _text((symbol.text,), box, CONNECTOR_POINTS) if symbol.text else ""
    return f'<g>{title}<path {name} d="{path}"/>{text}</g>'


def _diamond(box: Box) -> str:
    x, y = box.centre
    return f"M{x} {box.y}L{box.right} {y}L{x} {box.bottom}L{box.x} {y}Z"


def _pentagon(box: Box) -> str:
    shoulder = box.y + box.height * 4 // 5
    return (
        f"M{box.x} {box.y}H{box.right}V{shoulder}L{box.centre[0]} {box.bottom}L{box.x} {shoulder}Z"
    )


def _arrow(arrow: Arrow) -> str:
    points = " ".join(f"{x},{y}" for x, y in arrow.points)
    return (
        f'<g class="alir-panah"><title>{escape(arrow.name)}</title><polyline points="{points}"/>'
        f'<path d="{_arrow_head(*arrow.points[-2:])}" fill="currentColor" stroke="none"/></g>'
    )


def _arrow_head(before: Point, tip: Point) -> str:
    (x0, y0), (x, y) = before, tip
    if y0 == y:
        back = x - HEAD_LENGTH if x > x0 else x + HEAD_LENGTH
        return f"M{x} {y}L{back} {y - HEAD_HALF_WIDTH}V{y + HEAD_HALF_WIDTH}Z"
    back = y - HEAD_LENGTH if y > y0 else y + HEAD_LENGTH
    return f"M{x} {y}L{x - HEAD_HALF_WIDTH} {back}H{x + HEAD_HALF_WIDTH}Z"


def _label(label: Label) -> str:
    text = _text(label.lines, label.box, LABEL_POINTS, pitch=LABEL_PITCH)
    return f'<g class="alir-jawaban"><title>{escape(label.name)}</title>{text}</g>'
