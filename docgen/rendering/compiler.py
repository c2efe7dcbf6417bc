"""Compiles a Word template: docxtpl's language, with its own preprocessing as the front.

Only this module, `layout`, `measures` and `text` read XML as a tree; a template that is in the
cache needs none of them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from docgen.bahasa import FILTERS
from docgen.rendering.codegen import generate
from docgen.rendering.compiled import CompiledPart, CompiledTemplate
from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.layout import apply_setup
from docgen.rendering.measures import expand_measures
from docgen.rendering.package import Entry, read_package
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.setup import PageSetup
from docgen.rendering.xml import parse, q, serialize

WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
PROPERTY_PARTS = ("docProps/core.xml", "docProps/app.xml")
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)

CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


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
    dynamic = {part.name for part in compiled}
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels"))
    return CompiledTemplate(
        fingerprint,
        tuple(Entry.of(name, parts[name]) for name in order if name not in dynamic),
        tuple(compiled),
    )


def _compile_parts(parts: Mapping[str, bytes]) -> tuple[list[CompiledPart], list[Problem]]:
    compiled: list[CompiledPart] = []
    problems: list[Problem] = []
    for name, content in parts.items():
        if b"{" not in content:
            continue
        try:
            if WORD_PARTS.fullmatch(name):
                compiled += _compile_word(name, content)
            elif name in PROPERTY_PARTS and TAG.search(content.decode()):
                compiled.append(_compile_properties(name, content))
        except InvalidTemplate as error:
            problems += error.problems
    return compiled, problems


def _compile_word(name: str, content: bytes) -> Iterator[CompiledPart]:
    root = parse(content)
    if not any("{{" in words or "{%" in words for words in map(_words, root.iter(q("w:p")))):
        return
    _drop_blank_text(root)
    _number_by_us(root)
    places = _mark_tags(root, name)
    expand_measures(root)
    source = DocxTemplate.patch_xml(None, etree.tostring(root, encoding="unicode"))
    source = TAG.sub(_clean_tag, source)
    yield _generated(name, DECLARATION + source, places, is_word=True)


def _compile_properties(name: str, content: bytes) -> CompiledPart:
    source = etree.tostring(parse(content), encoding="unicode")
    return _generated(name, DECLARATION + source, [Place(name)], is_word=False)


def _generated(name: str, source: str, places: list[Place], *, is_word: bool) -> CompiledPart:
    filters = frozenset({*FILTERS, "jumlah"})
    made = generate(source, places, name, filters, is_word=is_word)
    code = compile(made.source, f"<{name}>", "exec", dont_inherit=True)
    expressions = {
        line: (expression, (place.part, place.paragraph, place.table, place.row, place.cell))
        for line, (expression, place) in made.expressions.items()
    }
    return CompiledPart(name, code, expressions, tuple(sorted(made.names)))


def _words(paragraph: Any) -> str:  # noqa: ANN401  lxml ships no types
    return "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401  lxml ships no types
    """The `w:t` of a paragraph, not those of text boxes inside it."""
    for text in paragraph.iter(q("w:t")):
        if next(text.iterancestors(q("w:p"))) is paragraph:
            yield text


def _drop_blank_text(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Newlines count the tags (see `_mark_tags`), so none may come from the file's own layout."""
    keeps = {q("w:t"), q("w:instrText"), q("w:delText")}
    for element in root.iter():
        if element.tag in keeps:
            element.text = (element.text or "").replace("\n", " ")
        elif element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None


def _number_by_us(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Drawings get their numbers when the part is complete, so that loops cannot repeat them."""
    for drawing in root.iter(q("wp:docPr")):
        drawing.set("id", "0")
    for paragraph in root.iter(q("w:p"), q("w:tr")):
        for attribute in list(paragraph.attrib):
            if attribute.endswith(("}paraId", "}textId")):
                del paragraph.attrib[attribute]


def _mark_tags(root: Any, part: str) -> list[Place]:  # noqa: ANN401  lxml ships no types
    """Put a newline before each tag's end, and give every tag's place.

    Jinja counts lines, also inside tags: so a node's line says which tag it came from.
    """
    places: list[Place] = []
    for paragraph, place in _placed_paragraphs(root, part):
        texts = list(own_texts(paragraph))
        ends = [match.end() - 2 for match in TAG.finditer(_words(paragraph))]
        places += [place] * len(ends)
        for end in reversed(ends):
            _insert(texts, end, "\n")
    return places


def _insert(texts: list[Any], position: int, words: str) -> None:
    for text in texts:
        length = len(text.text or "")
        if position < length:
            text.text = f"{text.text[:position]}{words}{text.text[position:]}"
            return
        position -= length


def _placed_paragraphs(root: Any, part: str) -> Iterator[tuple[Any, Place]]:  # noqa: ANN401  lxml ships no types
    tables = {table: number for number, table in enumerate(root.iter(q("w:tbl")), 1)}
    count = 0
    for paragraph in root.iter(q("w:p")):
        cell = next(paragraph.iterancestors(q("w:tc")), None)
        if cell is None:
            count += 1
            yield paragraph, Place(part, paragraph=count)
            continue
        row = cell.getparent()
        table = next(row.iterancestors(q("w:tbl")))
        yield (
            paragraph,
            Place(
                part,
                table=tables[table],
                row=table.findall(q("w:tr")).index(row) + 1 if row.getparent() is table else 0,
                cell=row.findall(q("w:tc")).index(cell) + 1,
            ),
        )


def _clean_tag(match: re.Match[str]) -> str:
    """What Word's typing made of a tag, as Jinja wants it."""
    tag = match[0].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub("[“”„]", '"', re.sub("[‘’]", "'", tag))


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
