"""Puts a template on another paper, in another font or size: changes to its XML, before compiling."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.pictures import relations_of
from docgen.rendering.setup import PAPER_TWIPS, Kertas, PageSetup
from docgen.rendering.xml import parse, q, serialize

BODY = "word/document.xml"
STYLES = "word/styles.xml"
THEME = "word/theme/theme1.xml"

TAIL_HALF_POINTS = 8
"""Sizes up to this hold a table's tail or a spacer; they do not follow the text."""

RIGHT_BLOCK = 2 / 5
"""What is indented by more than this part of the line belongs to the line's other end."""

FULL_WIDTH_TOLERANCE_TWIPS = 120
"""Word writes a table's width with the cells' padding or without; both count as full."""


def apply_setup(parts: Mapping[str, bytes], setup: PageSetup) -> dict[str, bytes]:
    """The parts with the page set up; parts that do not change are the same objects.

    Raises:
        InvalidTemplate: The styles do not say what the base size is, or a section what its page is.
    """
    changed = dict(parts)
    if setup.kertas:
        changed.update(_on_paper(changed, setup.kertas))
    if setup.huruf:
        changed.update(_in_font(changed, setup.huruf))
    if setup.ukuran_huruf:
        changed[STYLES] = _in_size(changed[STYLES], setup.ukuran_huruf)
    return changed


def _on_paper(parts: Mapping[str, bytes], kertas: Kertas) -> dict[str, bytes]:
    body, styles = parse(parts[BODY]), parse(parts[STYLES])
    margins_parts: dict[str, Any] = {}
    is_first = True
    for section, tables in _sections(body):
        _assert_has_page(section)
        before = text_width_twips(section)
        _set_paper(section.find(q("w:pgSz")), kertas)
        after = text_width_twips(section)
        new = set(_headers_and_footers(parts, section)) - set(margins_parts)
        margins_parts |= {name: parse(parts[name]) for name in new}
        in_margins = [table for name in new for table in margins_parts[name].iter(q("w:tbl"))]
        for table in (*tables, *in_margins):
            _refit(table, before, after)
        if is_first:
            _move_blocks(styles, before, after)
            is_first = False
    changed = {BODY: body, STYLES: styles, **margins_parts}
    return {name: serialize(root) for name, root in changed.items()}


def _sections(root: Any) -> Iterator[tuple[Any, list[Any]]]:  # noqa: ANN401  lxml ships no types
    """Each section's properties, which stand at its end, and the tables in it."""
    tables: list[Any] = []
    for block in root.find(q("w:body")):
        tables += block.iter(q("w:tbl"))
        for section in block.iter(q("w:sectPr")):
            yield section, tables
            tables = []


def _assert_has_page(section: Any) -> None:  # noqa: ANN401  lxml ships no types
    if section.find(q("w:pgSz")) is None or section.find(q("w:pgMar")) is None:
        message = "ukuran kertas atau margin sebuah bagian (section) tidak disebut."
        mend = "Atur ulang di Tata Letak, Penyetelan Halaman."
        raise InvalidTemplate([Problem(Place(BODY), message, mend)])


def _set_paper(size: Any, kertas: Kertas) -> None:  # noqa: ANN401  lxml ships no types
    short, long = PAPER_TWIPS[kertas]
    is_landscape = int(size.get(q("w:w"))) > int(size.get(q("w:h")))
    size.set(q("w:w"), str(long if is_landscape else short))
    size.set(q("w:h"), str(short if is_landscape else long))
    # A printer's number for the old paper.
    size.attrib.pop(q("w:code"), None)


def text_width_twips(section: Any) -> int:  # noqa: ANN401  lxml ships no types
    """The width between a section's margins."""
    margins = section.find(q("w:pgMar"))
    return (
        int(section.find(q("w:pgSz")).get(q("w:w")))
        - int(margins.get(q("w:left")))
        - int(margins.get(q("w:right")))
    )


def _headers_and_footers(parts: Mapping[str, bytes], section: Any) -> Iterator[str]:  # noqa: ANN401  lxml ships no types
    references = {
        one.get(q("r:id")) for one in section.iter(q("w:headerReference"), q("w:footerReference"))
    }
    if references:
        for relation in parse(parts[relations_of(BODY)]).iter(q("rel:Relationship")):
            if relation.get("Id") in references:
                yield posixpath.normpath(posixpath.join("/word", relation.get("Target")))[1:]


def _move_blocks(styles: Any, before: int, after: int) -> None:  # noqa: ANN401  lxml ships no types
    """Styles of a block at one end of the line, such as a signature, keep their distance from it.

    Styles belong to no section, so they follow the document's first one.
    """
    far = before * RIGHT_BLOCK
    for element in styles.iter(q("w:ind"), q("w:tab")):
        for name in (q("w:left"), q("w:right"), q("w:pos")):
            if int(element.get(name, "0")) > far:
                element.set(name, str(int(element.get(name)) + after - before))


def _refit(table: Any, before: int, after: int) -> None:  # noqa: ANN401  lxml ships no types
    """A table as wide as the text was becomes as wide as it is; its widest column takes it up."""
    columns = [int(column.get(q("w:w"), "0")) for column in table.iterfind(f"{q('w:tblGrid')}/*")]
    if columns and abs(sum(columns) - before) <= FULL_WIDTH_TOLERANCE_TWIPS:
        _widen(table, columns.index(max(columns)), after - before)


def _widen(table: Any, widest: int, by: int) -> None:  # noqa: ANN401  lxml ships no types
    column = table.find(q("w:tblGrid"))[widest]
    column.set(q("w:w"), str(int(column.get(q("w:w"))) + by))
    _add_width(table.find(f"{q('w:tblPr')}/{q('w:tblW')}"), by)
    for row in table.findall(q("w:tr")):
        position = _number(row, "w:trPr/w:gridBefore", 0)
        for cell in row.findall(q("w:tc")):
            columns = _number(cell, "w:tcPr/w:gridSpan", 1)
            if position <= widest < position + columns:
                _add_width(cell.find(f"{q('w:tcPr')}/{q('w:tcW')}"), by)
            position += columns


def _number(element: Any, path: str, otherwise: int) -> int:  # noqa: ANN401  lxml ships no types
    found = element.find("/".join(map(q, path.split("/"))))
    return otherwise if found is None else int(found.get(q("w:val")))


def _add_width(width: Any, by: int) -> None:  # noqa: ANN401  lxml ships no types
    if width is not None and width.get(q("w:type")) == "dxa":
        width.set(q("w:w"), str(int(width.get(q("w:w"))) + by))


def _in_font(parts: Mapping[str, bytes], new: str) -> dict[str, bytes]:
    """The parts that name the base font, with the new one in its stead."""
    old = base_font(parts)
    named = f'"{old}"'.encode()
    return {
        name: _with_font(content, old, new)
        for name, content in parts.items()
        if name.startswith("word/") and name.endswith(".xml") and named in content
    }


def _with_font(content: bytes, old: str, new: str) -> bytes:
    root = parse(content)
    for fonts in root.iter(q("w:rFonts")):
        for name, value in fonts.attrib.items():
            if value == old:
                fonts.set(name, new)
    for latin in root.iter(q("a:latin")):
        if latin.get("typeface") == old:
            latin.set("typeface", new)
    return serialize(root)


def base_font(parts: Mapping[str, bytes]) -> str:
    """The font of text whose style says nothing else; empty if none is named."""
    theme = theme_fonts(parts.get(THEME))
    for properties in _base_properties(parse(parts[STYLES])):
        fonts = properties.find(q("w:rFonts"))
        if fonts is not None:
            themed = theme.get(fonts.get(q("w:asciiTheme"), "")[:5])
            if font := themed or fonts.get(q("w:ascii"), ""):
                return str(font)
    return ""


def theme_fonts(content: bytes | None) -> dict[str, str]:
    """The theme's Latin typefaces, by `major` and `minor`."""
    if content is None:
        return {}
    root = parse(content)
    found = {}
    for which in ("major", "minor"):
        latin = root.find(f".//{q(f'a:{which}Font')}/{q('a:latin')}")
        if latin is not None:
            found[which] = latin.get("typeface", "")
    return found


def _in_size(styles: bytes, points: float) -> bytes:
    root = parse(styles)
    bases = [properties.find(q("w:sz")) for properties in _base_properties(root)]
    base = next((int(size.get(q("w:val"))) for size in bases if size is not None), None)
    if base is None:
        message = "ukuran huruf dasar tidak disebut."
        mend = "Beri gaya Normal sebuah ukuran."
        raise InvalidTemplate([Problem(Place(STYLES), message, mend)])
    for size in root.iter(q("w:sz"), q("w:szCs")):
        half_points = int(size.get(q("w:val")))
        if half_points > TAIL_HALF_POINTS:
            size.set(q("w:val"), str(round(half_points * points * 2 / base)))
    return serialize(root)


def _base_properties(root: Any) -> Iterator[Any]:  # noqa: ANN401  lxml ships no types
    """The run properties that text starts from: of the default style, then of the document."""
    for style in root.iter(q("w:style")):
        is_base = style.get(q("w:type")) == "paragraph" and style.get(q("w:default")) == "1"
        if is_base and style.find(q("w:rPr")) is not None:
            yield style.find(q("w:rPr"))
    defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    if defaults is not None:
        yield defaults
