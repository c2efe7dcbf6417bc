"""Where an element of a template is, in the words of a person who has the file open."""

from collections import Counter
from typing import Any

from docgen.rendering.errors import Place
from docgen.rendering.xml import q

_CALLED = {
    q("w:tbl"): "tabel",
    q("w:tr"): "baris",
    q("w:tc"): "sel",
    q("w:p"): "paragraf",
    q("a:p"): "paragraf",
    q("c:ser"): "seri",
    q("c:pt"): "titik",
}
_COUNTED_WITHIN = {q("w:tr"): q("w:tbl"), q("w:tc"): q("w:tr")}
"""Rows and cells are counted in the table around them, points in their list, all else in its part."""


class Places:
    """The places in one part; every count begins at 1."""

    def __init__(self, root: Any, part: str) -> None:  # noqa: ANN401  lxml ships no types
        self._part = part
        self._numbers: dict[Any, int] = {}
        counts: Counter[Any] = Counter()
        for element in root.iter(*_CALLED):
            if not _is_in_cell(element):
                counter = (element.tag, _counted_within(element))
                counts[counter] += 1
                self._numbers[element] = counts[counter]

    def of(self, element: Any) -> Place:  # noqa: ANN401  lxml ships no types
        """The place of the innermost paragraph, cell or point around the element."""
        steps: list[str] = []
        for one in (element, *element.iterancestors()):
            if (number := self._numbers.get(one)) is not None:
                steps.insert(0, f"{_CALLED[one.tag]} {number}")
                if one.tag == q("w:tbl"):
                    break
        return Place(self._part, ", ".join(steps))


def _is_in_cell(element: Any) -> bool:  # noqa: ANN401  lxml ships no types
    """Whether this is a paragraph of a cell, which the cell's own place tells well enough."""
    return element.tag == q("w:p") and next(element.iterancestors(q("w:tc")), None) is not None


def _counted_within(element: Any) -> Any:  # noqa: ANN401  lxml ships no types
    if element.tag == q("c:pt"):
        return element.getparent()
    outer = _COUNTED_WITHIN.get(element.tag)
    return next(element.iterancestors(outer), None) if outer else None
