"""Ids in a template: each becomes a mark, so that what a loop repeats gets an id of its own.

Outside loops a mark becomes a fixed number, inside them a new one in every turn (see `codegen`).
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from docgen.rendering.xml import q

REFERENCE = re.compile(r"(?:REF|HYPERLINK \\l)\s+\"?([^\s\"]+)")


def mark_numbers(root: Any, numbers: Iterator[int]) -> None:  # noqa: ANN401  lxml ships no types
    """Put marks where ids stand: drawings, content controls and bookmarks.

    Bookmarks that nothing refers to and the editor's own paragraph ids, both optional, are dropped.
    """
    for drawing in root.iter(q("wp:docPr")):
        drawing.set("id", _mark("d", next(numbers)))
    for control in root.iter(q("w:sdtPr")):
        for number in control.findall(q("w:id")):
            number.set(q("w:val"), _mark("d", next(numbers)))
    _mark_bookmarks(root, numbers)
    _drop_paragraph_ids(root)


def numbers_of_template() -> Iterator[int]:
    """Ids for what the template itself holds."""
    return count(1)


def _mark(of: str, number: int) -> str:
    return f"\ufdd2{of}{number}\ufdd3"


def _mark_bookmarks(root: Any, numbers: Iterator[int]) -> None:  # noqa: ANN401  lxml ships no types
    referred = _references(root)
    new: dict[str, int] = {}
    for start in list(root.iter(q("w:bookmarkStart"))):
        name = start.get(q("w:name"), "")
        if name not in referred:
            _remove(start)
            continue
        number = new.setdefault(start.get(q("w:id")), next(numbers))
        # The id is read before the name, whose end repeats it.
        start.attrib.pop(q("w:name"))
        start.set(q("w:id"), _mark("s", number))
        start.set(q("w:name"), name + _mark("n", number))
    for end in list(root.iter(q("w:bookmarkEnd"))):
        if (known := new.get(end.get(q("w:id")))) is None:
            _remove(end)
        else:
            end.set(q("w:id"), _mark("e", known))


def _references(root: Any) -> set[str]:  # noqa: ANN401  lxml ships no types
    fields = "".join(field.text or "" for field in root.iter(q("w:instrText")))
    simple = " ".join(field.get(q("w:instr"), "") for field in root.iter(q("w:fldSimple")))
    links = {link.get(q("w:anchor"), "") for link in root.iter(q("w:hyperlink"))}
    return {*REFERENCE.findall(f"{fields} {simple}"), *links} - {""}


def _drop_paragraph_ids(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    for element in root.iter(q("w:p"), q("w:tr")):
        for attribute in list(element.attrib):
            if attribute.endswith(("}paraId", "}textId")):
                del element.attrib[attribute]


def _remove(element: Any) -> None:  # noqa: ANN401  lxml ships no types
    element.getparent().remove(element)
