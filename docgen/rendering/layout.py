"""Puts a template on another paper, in another font or size: changes to its XML, before compiling."""

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.rendering.setup import PAPER_TWIPS, PageSetup
from docgen.rendering.xml import parse, q, serialize

STYLES = "word/styles.xml"


def apply_setup(parts: Mapping[str, bytes], setup: PageSetup) -> dict[str, bytes]:
    """The parts with the page set up; parts that do not change are the same objects."""
    changed = dict(parts)
    if setup.kertas:
        changed["word/document.xml"] = _on_paper(parts["word/document.xml"], setup)
    if setup.huruf or setup.ukuran_huruf:
        changed[STYLES] = _in_font(parts[STYLES], setup)
    return changed


def _on_paper(document: bytes, setup: PageSetup) -> bytes:
    root = parse(document)
    short, long = PAPER_TWIPS[setup.kertas or "A4"]
    for section in root.iter(q("w:sectPr")):
        size = section.find(q("w:pgSz"))
        if size is None:
            continue
        before = text_width_twips(section)
        is_landscape = size.get(q("w:orient")) == "landscape"
        size.set(q("w:w"), str(long if is_landscape else short))
        size.set(q("w:h"), str(short if is_landscape else long))
        _refit_tables(root, before, text_width_twips(section))
    return serialize(root)


def text_width_twips(section: Any) -> int:  # noqa: ANN401  lxml ships no types
    """The width between a section's margins."""
    margins = section.find(q("w:pgMar"))
    return (
        int(section.find(q("w:pgSz")).get(q("w:w")))
        - int(margins.get(q("w:left")))
        - int(margins.get(q("w:right")))
    )


def _refit_tables(root: Any, before: int, after: int) -> None:  # noqa: ANN401  lxml ships no types
    """Tables as wide as the text was become as wide as it is; their widest column takes it up."""
    for table in root.iter(q("w:tbl")):
        columns = [int(column.get(q("w:w"), "0")) for column in _grid(table)]
        # Word writes a table's width with the cells' padding or without; both count as full.
        if columns and abs(sum(columns) - before) <= 120:
            _widen(table, columns.index(max(columns)), after - before)


def _grid(table: Any) -> Iterator[Any]:  # noqa: ANN401  lxml ships no types
    yield from table.find(q("w:tblGrid")).findall(q("w:gridCol"))


def _widen(table: Any, widest: int, by: int) -> None:  # noqa: ANN401  lxml ships no types
    column = list(_grid(table))[widest]
    column.set(q("w:w"), str(int(column.get(q("w:w"))) + by))
    width = table.find(f"{q('w:tblPr')}/{q('w:tblW')}")
    if width is not None and width.get(q("w:type")) == "dxa":
        width.set(q("w:w"), str(int(width.get(q("w:w"))) + by))
    for row in table.findall(q("w:tr")):
        position = 0
        for cell in row.findall(q("w:tc")):
            span = cell.find(f"{q('w:tcPr')}/{q('w:gridSpan')}")
            columns = int(span.get(q("w:val"))) if span is not None else 1
            if position <= widest < position + columns:
                _add_width(cell, by)
            position += columns


def _add_width(cell: Any, by: int) -> None:  # noqa: ANN401  lxml ships no types
    width = cell.find(f"{q('w:tcPr')}/{q('w:tcW')}")
    if width is not None and width.get(q("w:type")) == "dxa":
        width.set(q("w:w"), str(int(width.get(q("w:w"))) + by))


def _in_font(styles: bytes, setup: PageSetup) -> bytes:
    root = parse(styles)
    defaults = root.find(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}")
    base_font = defaults.find(q("w:rFonts")).get(q("w:ascii"))
    base_half_points = int(defaults.find(q("w:sz")).get(q("w:val")))
    if setup.huruf:
        _replace_font(root, base_font, setup.huruf)
    if setup.ukuran_huruf:
        _scale_sizes(root, setup.ukuran_huruf * 2 / base_half_points)
    return serialize(root)


def _replace_font(root: Any, old: str, new: str) -> None:  # noqa: ANN401  lxml ships no types
    for fonts in root.iter(q("w:rFonts")):
        for name, value in fonts.attrib.items():
            if value == old:
                fonts.set(name, new)


def _scale_sizes(root: Any, ratio: float) -> None:  # noqa: ANN401  lxml ships no types
    for size in root.iter(q("w:sz"), q("w:szCs")):
        half_points = int(size.get(q("w:val")))
        # Sizes of one or two points hold a table's tail; they do not follow.
        if half_points > 8:
            size.set(q("w:val"), str(max(2, round(half_points * ratio))))
