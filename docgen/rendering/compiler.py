"""Compiles a Word template: docxtpl's language, with its own preprocessing as the front.

Only this module and those it imports read XML as a tree; a template that is in the cache needs
none of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml import etree

from docgen.rendering.codegen import CELL_END, generate, read_syntax
from docgen.rendering.compiled import CompiledPart, CompiledTemplate
from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.filters import FILTERS
from docgen.rendering.layout import apply_setup
from docgen.rendering.measures import expand_measures
from docgen.rendering.numbering import mark_numbers, numbers_of_template
from docgen.rendering.package import Entry, read_package
from docgen.rendering.parts import is_filled, is_story
from docgen.rendering.passages import words_of
from docgen.rendering.pictures import relations_of
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.setup import PageSetup
from docgen.rendering.tags import clean_tags, join_tags, lift_tags, mark_tags
from docgen.rendering.xml import NAMESPACES, parse, q, serialize

NOTE = re.compile(r"\{#.*?#\}")
WHOLE_PARAGRAPH = re.compile(r"\{[{%]p ")
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
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


def compile_template(content: bytes, setup: PageSetup, fingerprint: str) -> CompiledTemplate:
    """Everything that filling needs, as plain data.

    Raises:
        InvalidTemplate: All problems of all parts, each with its place.
    """
    parts = apply_setup(read_package(content), setup)
    parts.pop(PROVENANCE_PART, None)
    parts["[Content_Types].xml"] = _declare_types(parts["[Content_Types].xml"])
    parts["_rels/.rels"] = _relate_properties(parts["_rels/.rels"])
    compiled, problems = _compile_parts(parts)
    if problems:
        raise InvalidTemplate(problems)
    filled = {part.name for part in compiled} | {relations_of(part.name) for part in compiled}
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels"))
    return CompiledTemplate(
        fingerprint,
        tuple(Entry.of(name, parts[name]) for name in order if name not in filled),
        tuple(compiled),
    )


def part_sources(parts: Mapping[str, bytes]) -> Iterator[PartSource]:
    """The parts that hold tags or notes to the author, preprocessed.

    Raises:
        InvalidTemplate: A part is not XML.
    """
    numbers = numbers_of_template()
    for name, content in parts.items():
        if is_filled(name) and b"{" in content:
            source = _part_source(name, part_tree(name, content), numbers)
            if source.places or NOTE.search(source.source):
                yield source


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


def _part_source(name: str, root: Any, numbers: Iterator[int]) -> PartSource:  # noqa: ANN401  lxml ships no types
    _drop_blank_text(root)
    _drop_deleted_runs(root)
    mark_numbers(root, numbers)
    write = _story_source if is_story(root) else _other_source
    source, places = write(name, root)
    source, ordered = clean_tags(DECLARATION + source, places, name)
    return PartSource(name, source, tuple(ordered))


def _story_source(name: str, root: Any) -> tuple[str, list[Place]]:  # noqa: ANN401  lxml ships no types
    places = mark_tags(root, name)
    expand_measures(root)
    _mark_cell_ends(root)
    return DocxTemplate.patch_xml(None, etree.tostring(root, encoding="unicode")), places


def _other_source(name: str, root: Any) -> tuple[str, list[Place]]:  # noqa: ANN401  lxml ships no types
    """A chart, a diagram or the properties, which docxtpl knows nothing of."""
    join_tags(root, name)
    places = mark_tags(root, name)
    lift_tags(root)
    return etree.tostring(root, encoding="unicode"), places


def _compile_parts(parts: Mapping[str, bytes]) -> tuple[list[CompiledPart], list[Problem]]:
    compiled: list[CompiledPart] = []
    problems: list[Problem] = []
    for source in part_sources(parts):
        try:
            compiled.append(_compile_part(source, _relations(parts, source.name)))
        except InvalidTemplate as error:
            problems += error.problems
    return compiled, problems


def _compile_part(source: PartSource, relations: str) -> CompiledPart:
    made = generate(source.syntax(), source.places, source.name, frozenset(FILTERS))
    try:
        code = compile(made.source, f"<{source.name}>", "exec", dont_inherit=True)
    except SyntaxError as error:
        # Python nests twenty loops at most; all else that is generated it can read.
        message = "for atau if bersarang terlalu dalam."
        raise InvalidTemplate([Problem(Place(source.name), message, "Sederhanakan.")]) from error
    expressions = {
        line: (expression, place.within) for line, (expression, place) in made.expressions.items()
    }
    return CompiledPart(
        source.name,
        code,
        expressions,
        tuple(sorted(made.names)),
        relations,
    )


def _relations(parts: Mapping[str, bytes], name: str) -> str:
    """The part's relationships in the form that pictures are added to; empty if it has none."""
    content = parts.get(relations_of(name))
    if content is None:
        return ""
    root = etree.Element(q("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
    for relation in parse(content).iter(q("rel:Relationship")):
        etree.SubElement(root, q("rel:Relationship"), dict(relation.attrib))
    return serialize(root).decode() if len(root) else ""


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


def _mark_cell_ends(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Mark the cells whose last paragraph is one that comes and goes."""
    for cell in root.iter(q("w:tc")):
        if WHOLE_PARAGRAPH.search(words_of(cell[-1])):
            cell[-1].tail = CELL_END


def _declare_types(content: bytes) -> bytes:
    root = parse(content)
    declared = {default.get("Extension") for default in root.iter(q("ct:Default"))}
    for extension in ("png", "jpeg"):
        if extension not in declared:
            default = etree.Element(
                q("ct:Default"), Extension=extension, ContentType=f"image/{extension}"
            )
            root.insert(0, default)
    for override in root.findall(q("ct:Override")):
        if override.get("PartName") == f"/{PROVENANCE_PART}":
            root.remove(override)
    etree.SubElement(
        root, q("ct:Override"), PartName=f"/{PROVENANCE_PART}", ContentType=CUSTOM_TYPE
    )
    return serialize(root)


def _relate_properties(content: bytes) -> bytes:
    root = parse(content)
    for relation in root.findall(q("rel:Relationship")):
        if relation.get("Type") == CUSTOM_RELATION:
            root.remove(relation)
    etree.SubElement(
        root,
        q("rel:Relationship"),
        Id="rIdDocgen",
        Type=CUSTOM_RELATION,
        Target=PROVENANCE_PART,
    )
    return serialize(root)
