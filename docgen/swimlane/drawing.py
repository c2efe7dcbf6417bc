"""A row's drawing as DrawingML: one group, anchored at the corner of the row's first lane cell.

The strings hang together with the template around them in three ways.

* The root of the part must declare the prefixes w, wp, a, mc, wpg and wps with their usual
  namespaces; nothing is declared here, and `mc:Ignorable` need not name any of them.
* The run goes into the first paragraph of the row's first lane cell. That cell has no margins, is
  aligned to the top, and the paragraph has no indent and no space before it.
* Ids count from `FIRST_ID` through the whole layout, so no other `docPr` of the document may
  have an id from there on, and a document holds one swim-lane only.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from docgen.swimlane.model import Box, Label, Layout, Page, Point, Shape, Symbol
from docgen.swimlane.pieces import Piece, row_pieces
from docgen.swimlane.symbols import LABEL_PITCH, LABEL_POINTS

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'

FIRST_ID = 10_000
FIRST_HEIGHT = 251_658_240  # where Word itself begins to stack what floats
EMU_PER_TWIP = 635
LEAST_SPAN = 20  # twips

_PRESETS: dict[Shape, str] = {
    "kapsul": "roundRect",
    "proses": "flowChartProcess",
    "keputusan": "flowChartDecision",
    "sambungan": "flowChartOffpageConnector",
}
_GROUP_URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_BLACK = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
_NO_LINE = "<a:ln><a:noFill/></a:ln>"
_OUTLINE = f'<a:ln w="9525">{_BLACK}</a:ln>'
_LINE = f'<a:ln w="9525">{_BLACK}<a:round/></a:ln>'
_HEADED_LINE = (
    f'<a:ln w="9525">{_BLACK}<a:round/><a:tailEnd type="triangle" w="med" len="med"/></a:ln>'
)


def row_drawing(layout: Layout, page_index: int, row_index: int, alt_text: str) -> str:
    """The run that draws a row: its symbols, its answers, and its pieces of every arrow.

    `alt_text` says the same in words, for those who cannot see it.
    """
    before, after = _drawings(layout)[page_index][row_index]
    return f"{before}{quoteattr(alt_text)}{after}"


@lru_cache(maxsize=64)
def _drawings(layout: Layout) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Per page and row, the run up to its alternative text, and from there on."""
    ids = count(FIRST_ID)
    heights = count(FIRST_HEIGHT)
    return tuple(
        tuple(
            _RowWriter(layout, page, index, ids).write(next(heights))
            for index in range(len(page.rows))
        )
        for page in layout.pages
    )


class _RowWriter:
    """Writes one row's group; the origin of its coordinates is the row's upper left corner."""

    def __init__(self, layout: Layout, page: Page, row_index: int, ids: Iterator[int]) -> None:
        self._layout = layout
        self._page = page
        self._index = row_index
        self._row = page.rows[row_index]
        self._ids = ids
        self._pieces = row_pieces(page, row_index)

    def write(self, stacking: int) -> tuple[str, str]:
        frame = Box(0, 0, self._layout.lane_edges[-1], self._height())
        extent = f'cx="{_emu(frame.width)}" cy="{_emu(frame.height)}"'
        before = (
            '<w:r><w:rPr><w:noProof/></w:rPr><mc:AlternateContent><mc:Choice Requires="wpg">'
            '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
            f'relativeHeight="{stacking}" behindDoc="0" locked="1" layoutInCell="1" '
            'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{next(self._ids)}" name="Alir langkah {self._row.step + 1}" descr='
        )
        after = (
            f'/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_GROUP_URI}"><wpg:wgp>'
            '<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>'
            f"{self._frame(frame)}{''.join(self._shapes())}"
            "</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            "<mc:Fallback/></mc:AlternateContent></w:r>"
        )
        return before, after

    def _height(self) -> int:
        lowest = max((y for piece in self._pieces for _, y in piece.points), default=0)
        return max(self._row.height, lowest - self._row.top)

    def _shapes(self) -> Iterator[str]:
        """Labels lie under symbols and lines: their white ground must not cover either."""
        for arrow in self._page.arrows:
            if arrow.label and self._row.top <= arrow.label.box.y < self._row.bottom:
                yield self._label(arrow.label)
        for symbol in self._page.symbols:
            if symbol.row == self._index:
                yield self._symbol(symbol)
        for piece in self._pieces:
            yield self._piece(piece)

    def _frame(self, frame: Box) -> str:
        """An invisible rectangle: LibreOffice scales a group until its children fill it."""
        return self._shape(
            "Bingkai", frame, _preset("rect"), f"<a:noFill/>{_NO_LINE}", "<wps:bodyPr/>"
        )

    def _symbol(self, symbol: Symbol) -> str:
        box = self._local(symbol.box)
        adjust = '<a:gd name="adj" fmla="val 50000"/>' if symbol.shape == "kapsul" else ""
        text = self._text(symbol.text, 7.0) if symbol.text else _BODY
        return self._shape(
            symbol.name, box, _preset(_PRESETS[symbol.shape], adjust), _WHITE + _OUTLINE, text
        )

    def _label(self, label: Label) -> str:
        return self._shape(
            label.name,
            self._local(label.box),
            _preset("rect"),
            _WHITE + _NO_LINE,
            self._text(label.text, LABEL_POINTS),
            kind='<wps:cNvSpPr txBox="1"/>',
        )

    def _local(self, box: Box) -> Box:
        return Box(box.x, box.y - self._row.top, box.width, box.height)

    def _shape(
        self,
        name: str,
        box: Box,
        geometry: str,
        paint: str,
        body: str,
        *,
        kind: str = "<wps:cNvSpPr/>",
    ) -> str:
        return (
            f'<wps:wsp><wps:cNvPr id="{next(self._ids)}" name={quoteattr(name)}/>{kind}'
            f"<wps:spPr>{_transform(box)}{geometry}{paint}</wps:spPr>{body}</wps:wsp>"
        )

    def _text(self, text: str, points: float) -> str:
        """The text as one paragraph, which Word breaks into the lines that were measured."""
        font = quoteattr(self._layout.font)
        half_points = round(points * 2)
        run = (
            f"<w:r><w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:cs={font}/>"
            f'<w:noProof/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        )
        words = escape(text, {"\n": LINE_BREAK, "\t": TAB})
        paragraph = (
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{LABEL_PITCH}" '
            'w:lineRule="exact"/><w:ind w:left="0" w:right="0" w:firstLine="0"/>'
            f'<w:jc w:val="center"/></w:pPr>{run}<w:t xml:space="preserve">{words}</w:t>'
            "</w:r></w:p>"
        )
        return f"<wps:txbx><w:txbxContent>{paragraph}</w:txbxContent></wps:txbx>{_BODY}"

    def _piece(self, piece: Piece) -> str:
        points = [(x, y - self._row.top) for x, y in piece.points]
        name = quoteattr(piece.arrow.name)
        line = _HEADED_LINE if piece.headed else _LINE
        kind, form = _connector(points) if len(points) <= 4 else _freeform(points)
        return (
            f'<wps:wsp><wps:cNvPr id="{next(self._ids)}" name={name}/>{kind}'
            f"<wps:spPr>{form}{line}</wps:spPr><wps:bodyPr/></wps:wsp>"
        )


_BODY = (
    '<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
    'anchor="ctr" anchorCtr="0" upright="1"><a:noAutofit/></wps:bodyPr>'
)


def _emu(twips: int) -> int:
    return twips * EMU_PER_TWIP


def _preset(name: str, adjust: str = "") -> str:
    return f'<a:prstGeom prst="{name}"><a:avLst>{adjust}</a:avLst></a:prstGeom>'


def _transform(box: Box, attributes: str = "") -> str:
    return (
        f'<a:xfrm{attributes}><a:off x="{_emu(box.x)}" y="{_emu(box.y)}"/>'
        f'<a:ext cx="{_emu(box.width)}" cy="{_emu(box.height)}"/></a:xfrm>'
    )


def _connector(points: list[Point]) -> tuple[str, str]:
    """A line of up to three segments as one of Word's own connectors, which bend when dragged."""
    if len(points) == 2:
        return "<wps:cNvCnPr/>", _straight(points[0], points[1])
    bends = len(points) - 1
    adjust = ""
    (x0, y0), (x1, y1) = points[0], points[-1]
    flat = points[0][1] == points[1][1]
    if bends == 3:
        start, middle, end = (x0, points[1][0], x1) if flat else (y0, points[1][1], y1)
        if abs(end - start) < LEAST_SPAN:  # the bend's place is a share of the way
            return _freeform(points)
        share = round((middle - start) * 100_000 / (end - start))
        adjust = f'<a:gd name="adj1" fmla="val {share}"/>'
    place = _flat_connector if flat else _steep_connector
    return "<wps:cNvCnPr/>", place((x0, y0), (x1, y1)) + _preset(f"bentConnector{bends}", adjust)


def _straight(start: Point, end: Point) -> str:
    return _flat_connector(start, end) + _preset("straightConnector1")


def _flat_connector(start: Point, end: Point) -> str:
    """A connector that sets out horizontally, as Word defines it, flipped where it must be."""
    (x0, y0), (x1, y1) = start, end
    box = Box(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))
    return _transform(box, _flips(horizontal=x1 < x0, vertical=y1 < y0))


def _steep_connector(start: Point, end: Point) -> str:
    """A connector that sets out vertically: turned by a quarter about the centre of its box."""
    (x0, y0), (x1, y1) = start, end
    width, height = abs(y1 - y0), abs(x1 - x0)
    x, y = _emu(x0 + x1 - width) // 2, _emu(y0 + y1 - height) // 2
    rotation = 5_400_000 if y1 >= y0 else 16_200_000
    flipped = (x1 > x0) if y1 >= y0 else (x1 < x0)
    attributes = f' rot="{rotation}"' + _flips(horizontal=False, vertical=flipped)
    return (
        f'<a:xfrm{attributes}><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    )


def _flips(*, horizontal: bool, vertical: bool) -> str:
    return (' flipH="1"' if horizontal else "") + (' flipV="1"' if vertical else "")


def _freeform(points: list[Point]) -> tuple[str, str]:
    """A line with more bends than a connector has, as an open path."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    first, *others = (f'<a:pt x="{_emu(x - box.x)}" y="{_emu(y - box.y)}"/>' for x, y in points)
    path = f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{p}</a:lnTo>" for p in others)
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{_emu(box.width)}" h="{_emu(box.height)}" fill="none">{path}</a:path>'
        "</a:pathLst></a:custGeom><a:noFill/>"
    )
    return "<wps:cNvSpPr/>", _transform(box) + geometry
