"""One part of a template as Jinja source, by docxtpl's own preprocessing.

What docxtpl does not know is done on the tree before: places, ids, measures, charts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from docgen.rendering.codegen import END, read_syntax
from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.measures import expand_measures
from docgen.rendering.misplaced import joins_containers, misplaced
from docgen.rendering.numbering import mark_numbers
from docgen.rendering.parts import is_story
from docgen.rendering.passages import words_of
from docgen.rendering.tags import clean_tags, join_tags, lift_tags, mark_tags
from docgen.rendering.xml import parse, q

NOTE = re.compile(r"\{#.*?#\}", re.DOTALL)
CAN_END_EMPTY = {
    "p": tuple(map(q, "w:tc w:hdr w:ftr w:footnote w:endnote w:txbxContent".split())),
    "tc": (q("w:tr"),),
    "tr": (q("w:tbl"),),
}
"""What must hold something, by the level of the tags that may take all out of it."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True, slots=True)
class PartSource:
    """One part as Jinja source without a newline but those that end its tags."""

    name: str
    source: str
    places: tuple[Place, ...]

    def syntax(self) -> nodes.Template:
        """The syntax tree.

        Raises:
            InvalidTemplate: A tag is not closed, crosses another or cannot be read.
        """
        return read_syntax(self.source, self.places, self.name)


def part_tree(name: str, content: bytes) -> Any:  # noqa: ANN401  lxml ships no types
    """The part's root element.

    Raises:
        InvalidTemplate: It is not XML.
    """
    try:
        return parse(content)
    except etree.XMLSyntaxError as error:
        problem = Problem(Place(name), f"XML rusak ({error}).", "Simpan ulang dari Word.")
        raise InvalidTemplate([problem]) from error


def part_source(name: str, root: Any, numbers: Iterator[int]) -> PartSource | None:  # noqa: ANN401  lxml ships no types
    """The part as source, None where it holds neither tags nor notes to the author."""
    _drop_blank_text(root)
    _drop_deleted_runs(root)
    mark_numbers(root, numbers)
    if is_story(root) and (problems := [*misplaced(root, name), *joins_containers(root, name)]):
        raise InvalidTemplate(problems)
    write = _story_source if is_story(root) else _other_source
    source, places = write(name, root)
    source, ordered = clean_tags(DECLARATION + source, places, name)
    if any("<" in note for note in NOTE.findall(source)):
        problem = Problem(Place(name), "{# tidak ditutup di paragrafnya.", "Tambahkan #}.")
        raise InvalidTemplate([problem])
    is_template = ordered or NOTE.search(source)
    return PartSource(name, source, tuple(ordered)) if is_template else None


def _story_source(name: str, root: Any) -> tuple[str, list[Place]]:  # noqa: ANN401  lxml ships no types
    places = mark_tags(root, name)
    expand_measures(root)
    _mark_ends(root)
    return DocxTemplate.patch_xml(None, etree.tostring(root, encoding="unicode")), places


def _other_source(name: str, root: Any) -> tuple[str, list[Place]]:  # noqa: ANN401  lxml ships no types
    """A chart, a diagram or the properties, which docxtpl knows nothing of."""
    join_tags(root, name)
    places = mark_tags(root, name)
    lift_tags(root)
    return etree.tostring(root, encoding="unicode"), places


def _drop_blank_text(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Take out the file's own layout between elements: it is not text."""
    keeps = {q("w:t"), q("w:instrText"), q("w:delText")}
    for element in root.iter(etree.Element):
        if element.tag not in keeps and element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None


def _drop_deleted_runs(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Take out what the author has deleted with changes being tracked: its tags mean nothing."""
    for run in list(root.iter(q("w:r"))):
        if run.find(q("w:delText")) is not None or run.find(q("w:delInstrText")) is not None:
            run.getparent().remove(run)


def _mark_ends(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Mark the end of each cell, row, table or note whose last part is one that comes and goes."""
    for level, names in CAN_END_EMPTY.items():
        tag = re.compile(rf"\{{[{{%#]-?{level}\s")
        for element in root.iter(*names):
            last = element[-1].iter(q("w:p")) if len(element) else ()
            if any(tag.search(words_of(paragraph)) for paragraph in last):
                element[-1].tail = END
