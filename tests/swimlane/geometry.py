"""What a drawing says, read back from its XML as a stranger would: boxes, lines, texts, names.

All lengths are EMU, in the coordinates of the page: each row's group is put where its row is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from docgen.swimlane import Layout, row_drawing

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
EMU_PER_TWIP = 635
Point = tuple[int, int]
Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True)
class Shape:
    """A symbol or a label: its name, preset, box (left, top, right, bottom), row and text."""

    name: str
    preset: str
    box: Rectangle
    row: int
    text: str


@dataclass(frozen=True)
class Line:
    """A piece of an arrow: its corners in its own direction, and whether it ends in a head."""

    name: str
    points: tuple[Point, ...]
    headed: bool
    row: int


@dataclass(frozen=True)
class Drawing:
    """Everything drawn on one page."""

    symbols: list[Shape]
    labels: list[Shape]
    lines: list[Line]
    ids: list[str]


def read_page(layout: Layout, page_index: int) -> Drawing:
    drawing = Drawing([], [], [], [])
    for index, row in enumerate(layout.pages[page_index].rows):
        xml = row_drawing(layout, page_index, index, f"Langkah {row.step + 1}")
        root = etree.fromstring(f"<root {DECLARATIONS}>{xml}</root>")
        drawing.ids.extend(root.xpath("//wp:docPr/@id | //wps:cNvPr/@id", namespaces=NAMESPACES))
        for shape in root.iterfind(".//wps:wsp", NAMESPACES):
            _read_shape(shape, index, row.top * EMU_PER_TWIP, drawing)
    return drawing


def _read_shape(shape: etree._Element, row: int, top: int, drawing: Drawing) -> None:
    name = shape.find("wps:cNvPr", NAMESPACES).get("name")
    if name.startswith("Panah"):
        headed = shape.find(".//a:tailEnd", NAMESPACES) is not None
        points = tuple((x, y + top) for x, y in _corners(shape))
        drawing.lines.append(Line(name, points, headed, row))
    elif name != "Bingkai":
        x, y, width, height = _frame(shape)
        text = "\n".join("".join(p.itertext()) for p in shape.iterfind(".//w:p", NAMESPACES))
        box = (x, y + top, x + width, y + top + height)
        found = Shape(name, shape.find(".//a:prstGeom", NAMESPACES).get("prst"), box, row, text)
        (drawing.labels if name.startswith("Label") else drawing.symbols).append(found)


def _frame(shape: etree._Element) -> Rectangle:
    off = shape.find(".//a:xfrm/a:off", NAMESPACES)
    ext = shape.find(".//a:xfrm/a:ext", NAMESPACES)
    return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))


def _corners(shape: etree._Element) -> list[Point]:
    x, y, width, height = _frame(shape)
    path = shape.findall(".//a:path//a:pt", NAMESPACES)
    if path:
        return [(x + int(p.get("x")), y + int(p.get("y"))) for p in path]
    transform = shape.find(".//a:xfrm", NAMESPACES)
    geometry = shape.find(".//a:prstGeom", NAMESPACES)
    local = _preset_path(geometry, width, height)
    return [_transformed(p, transform, (x, y, width, height)) for p in local]


def _preset_path(geometry: etree._Element, width: int, height: int) -> list[Point]:
    """The path of ECMA-376's preset connectors before flips and rotation."""
    preset = geometry.get("prst")
    if preset == "straightConnector1":
        return [(0, 0), (width, height)]
    if preset == "bentConnector2":
        return [(0, 0), (width, 0), (width, height)]
    assert preset == "bentConnector3"
    adjust = geometry.find("a:avLst/a:gd", NAMESPACES).get("fmla")
    bend = round(width * int(adjust.removeprefix("val ")) / 100_000)
    return [(0, 0), (bend, 0), (bend, height), (width, height)]


def _transformed(point: Point, transform: etree._Element, frame: Rectangle) -> Point:
    """Flip, then rotate about the centre, as DrawingML does."""
    x, y, width, height = frame
    px, py = point
    if transform.get("flipH") == "1":
        px = width - px
    if transform.get("flipV") == "1":
        py = height - py
    dx, dy = px - width / 2, py - height / 2
    turns = int(transform.get("rot", "0")) // 5_400_000
    for _ in range(turns):
        dx, dy = -dy, dx
    return round(x + width / 2 + dx), round(y + height / 2 + dy)


def segments(line: Line) -> Iterator[Rectangle]:
    """A line's segments as boxes without breadth."""
    for (x0, y0), (x1, y1) in pairwise(line.points):
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
