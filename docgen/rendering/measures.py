"""Tags that set measures: `{% lebar x %}` and its kin become attributes of the cell, row or table.

A Word template cannot hold `{{ }}` where the format wants a number, so the author writes the tag
as text in a cell and the compiler moves it to where the number belongs. `utuh` says whether the
cell's row stays on one page, `lekat` whether it stays with the next one. `colspan`, `cellbg`, `vm`
and `hm` are docxtpl's own tags; it puts what they say out of the schema's order, so they are done
here.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from docgen.rendering.xml import q

MEASURES = "lebar tinggi kisi ukuran jarak arah utuh lekat colspan cellbg".split()
MERGES = "vm hm".split()
MERGE = re.compile(rf"\{{%\s*({'|'.join(MERGES)})[\s\ufdd0\d\ufdd1]*%\}}")
MEASURE = re.compile(rf"\{{%\s*({'|'.join(MEASURES)})\s+([^%]+?)\s*%\}}")

CELL_ORDER = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
    "hideMark"
).split()
RUN_AFTER_SIZE = (
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
).split()

PARAGRAPH_AFTER_SPACING = (
    "ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()


def expand_measures(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Carry out every measuring tag in the tree."""
    for cell in root.iter(q("w:tc")):
        for paragraph in cell.findall(q("w:p")):
            for match in _take_tags(paragraph, MEASURE):
                _APPLY[match[1]](cell, match[2])
            for match in _take_tags(paragraph, MERGE):
                _MERGE[match[1]](cell)


def _take_tags(paragraph: Any, tag: re.Pattern[str]) -> list[re.Match[str]]:  # noqa: ANN401  lxml ships no types
    texts = list(paragraph.iter(q("w:t")))
    words = "".join(text.text or "" for text in texts)
    found = list(tag.finditer(words))
    for match in reversed(found):
        _remove(texts, match.start(), match.end())
    return found


def _remove(texts: list[Any], start: int, end: int) -> None:
    offset = 0
    for text in texts:
        words = text.text or ""
        first, last = max(start - offset, 0), max(end - offset, 0)
        text.text = words[:first] + words[last:]
        offset += len(words)


def _lebar(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    width = _cell_property(cell, "tcW")
    width.set(q("w:w"), _value(expression))
    width.set(q("w:type"), "dxa")


def _arah(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    _cell_property(cell, "textDirection").set(q("w:val"), _value(expression))


def _colspan(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    _cell_property(cell, "gridSpan").set(q("w:val"), _value(expression))


def _cellbg(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    shading = _cell_property(cell, "shd")
    shading.attrib.clear()
    shading.set(q("w:val"), "clear")
    shading.set(q("w:color"), "auto")
    shading.set(q("w:fill"), _value(expression))


def _row_properties(cell: Any) -> Any:  # noqa: ANN401  lxml ships no types
    """The trPr of the cell's row, made if it is missing."""
    row = cell.getparent()
    properties = row.find(q("w:trPr"))
    if properties is None:
        properties = etree.Element(q("w:trPr"))
        row.insert(1 if row.find(q("w:tblPrEx")) is not None else 0, properties)
    return properties


def _utuh(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    properties = _row_properties(cell)
    whole = properties.find(q("w:cantSplit"))
    if whole is None:
        whole = etree.SubElement(properties, q("w:cantSplit"))
    # Of all switches this one takes only these two words: ECMA-376 part 4, ST_OnOff1.
    whole.set(q("w:val"), _value(f"'on' if {expression} else 'off'"))


def _lekat(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    for paragraph in cell.findall(q("w:p")):
        properties = _paragraph_properties(paragraph)
        keep = properties.find(q("w:keepNext"))
        if keep is None:
            keep = etree.Element(q("w:keepNext"))
            properties.insert(0 if properties.find(q("w:pStyle")) is None else 1, keep)
        keep.set(q("w:val"), _value(f"'1' if {expression} else '0'"))


def _tinggi(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    properties = _row_properties(cell)
    height = properties.find(q("w:trHeight"))
    if height is None:
        height = etree.SubElement(properties, q("w:trHeight"))
        height.set(q("w:hRule"), "atLeast")
    height.set(q("w:val"), _value(expression))


def _kisi(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    table = cell.getparent().getparent()
    grid = table.find(q("w:tblGrid"))
    for column in list(grid):
        grid.remove(column)
    grid.text = f"{{% for lebar_kolom in {expression} %}}"
    column = etree.SubElement(grid, q("w:gridCol"))
    column.set(q("w:w"), _value("lebar_kolom"))
    column.tail = "{% endfor %}"
    width = table.find(f"{q('w:tblPr')}/{q('w:tblW')}")
    width.set(q("w:w"), _value(f"{expression}|jumlah"))
    width.set(q("w:type"), "dxa")


def _ukuran(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    for run in cell.iter(q("w:r")):
        _set_size(_run_properties(run, 0), expression)
    for paragraph in cell.iter(q("w:p")):
        # An automatic number is as large as its paragraph's mark.
        _set_size(_mark_properties(paragraph), expression)


def _run_properties(parent: Any, position: int) -> Any:  # noqa: ANN401  lxml ships no types
    properties = parent.find(q("w:rPr"))
    if properties is None:
        properties = etree.Element(q("w:rPr"))
        parent.insert(position, properties)
    return properties


def _mark_properties(paragraph: Any) -> Any:  # noqa: ANN401  lxml ships no types
    after = {q(f"w:{name}") for name in ("sectPr", "pPrChange")}
    properties = _paragraph_properties(paragraph)
    return _run_properties(properties, sum(1 for child in properties if child.tag not in after))


def _paragraph_properties(paragraph: Any) -> Any:  # noqa: ANN401  lxml ships no types
    properties = paragraph.find(q("w:pPr"))
    if properties is None:
        properties = etree.Element(q("w:pPr"))
        paragraph.insert(0, properties)
    return properties


def _set_size(properties: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    for name in ("w:sz", "w:szCs"):
        for old in properties.findall(q(name)):
            properties.remove(old)
    after = {q(f"w:{name}") for name in RUN_AFTER_SIZE}
    position = sum(1 for child in properties if child.tag not in after)
    for name in ("w:szCs", "w:sz"):
        size = etree.Element(q(name))
        size.set(q("w:val"), _value(expression))
        properties.insert(position, size)


def _jarak(cell: Any, expression: str) -> None:  # noqa: ANN401  lxml ships no types
    for paragraph in cell.findall(q("w:p")):
        properties = _paragraph_properties(paragraph)
        spacing = properties.find(q("w:spacing"))
        if spacing is None:
            spacing = etree.Element(q("w:spacing"))
            after = {q(f"w:{name}") for name in PARAGRAPH_AFTER_SPACING}
            properties.insert(sum(1 for child in properties if child.tag not in after), spacing)
        spacing.set(q("w:line"), _value(expression))
        spacing.set(q("w:lineRule"), "exact")


def _vm(cell: Any) -> None:  # noqa: ANN401  lxml ships no types
    """The cells of a loop's rows become one, with what the first of them says."""
    merge = _cell_property(cell, "vMerge")
    merge.set(q("w:val"), f"{_FIRST}restart{{% else %}}continue{_END}")
    for paragraph in cell.findall(q("w:p")):
        if len(paragraph):
            properties = paragraph.find(q("w:pPr"))
            if properties is None:
                paragraph.text = _FIRST + (paragraph.text or "")
            else:
                properties.tail = _FIRST + (properties.tail or "")
            paragraph[-1].tail = (paragraph[-1].tail or "") + _END


def _hm(cell: Any) -> None:  # noqa: ANN401  lxml ships no types
    """The cells of a loop's columns become one."""
    span = _cell_property(cell, "gridSpan")
    before = span.get(q("w:val"))
    span.set(q("w:val"), _value(f"{before} * loop.length" if before else "loop.length"))
    previous = cell.getprevious()
    if previous is None:
        cell.getparent().text = _FIRST
    else:
        previous.tail = (previous.tail or "") + _FIRST
    cell.tail = _END + (cell.tail or "")


def _cell_property(cell: Any, name: str) -> Any:  # noqa: ANN401  lxml ships no types
    """The child of the cell's tcPr, made in its place in the schema's order if it is missing."""
    properties = cell.find(q("w:tcPr"))
    if properties is None:
        properties = etree.Element(q("w:tcPr"))
        cell.insert(0, properties)
    found = properties.find(q(f"w:{name}"))
    if found is None:
        found = etree.Element(q(f"w:{name}"))
        before = {q(f"w:{one}") for one in CELL_ORDER[: CELL_ORDER.index(name)]}
        properties.insert(sum(1 for child in properties if child.tag in before), found)
    return found


def _value(expression: str) -> str:
    return f"{{{{ {expression.strip()} }}}}"


_FIRST, _END = "{% if loop.first %}", "{% endif %}"

_MERGE: dict[str, Callable[[Any], None]] = {"vm": _vm, "hm": _hm}

_APPLY: dict[str, Callable[[Any, str], None]] = {
    "lebar": _lebar,
    "tinggi": _tinggi,
    "kisi": _kisi,
    "ukuran": _ukuran,
    "jarak": _jarak,
    "arah": _arah,
    "utuh": _utuh,
    "lekat": _lekat,
    "colspan": _colspan,
    "cellbg": _cellbg,
}
