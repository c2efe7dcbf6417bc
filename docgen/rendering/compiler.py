"""Compiles a Word template: each part with tags to code, all others compressed once.

Only this module and those it imports read XML as a tree; a template that is in the cache needs
none of them.
"""

import re
from collections.abc import Iterator, Mapping

from docgen.rendering.codegen import SIMPLER, TOO_DEEP, generate
from docgen.rendering.compiled import CompiledPart, CompiledTemplate
from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.filters import FILTERS
from docgen.rendering.input_part import add_input_part, drop_input_parts
from docgen.rendering.layout import apply_setup
from docgen.rendering.manifest import declare_types, relate_properties, relations_for_pictures
from docgen.rendering.numbering import numbers_of_template
from docgen.rendering.package import Entry, read_package
from docgen.rendering.parts import is_filled
from docgen.rendering.passages import passages
from docgen.rendering.pictures import relations_of
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.setup import PageSetup
from docgen.rendering.source import PartSource, part_source, part_tree

MARK = re.compile(r"\$\{[^{}]*\}")


def compile_template(content: bytes, setup: PageSetup, fingerprint: str) -> CompiledTemplate:
    """Everything that filling needs, as plain data.

    Raises:
        InvalidTemplate: All problems of all parts, each with its place.
    """
    parts = apply_setup(read_package(content), setup)
    parts.pop(PROVENANCE_PART, None)
    parts["[Content_Types].xml"] = declare_types(parts["[Content_Types].xml"])
    parts["_rels/.rels"] = relate_properties(parts["_rels/.rels"])
    drop_input_parts(parts)
    input_part = add_input_part(parts) if setup.carries_input else ""
    compiled, problems = _compile_parts(parts)
    if problems:
        raise InvalidTemplate(problems)
    filled = {part.name for part in compiled} | {relations_of(part.name) for part in compiled}
    order = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels"))
    return CompiledTemplate(
        fingerprint,
        tuple(Entry.of(name, parts[name]) for name in order if name not in filled),
        tuple(compiled),
        input_part,
        tuple(_marks(parts)),
    )


def _marks(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """The marks that stand in the template itself, wherever Word cut them in two."""
    for name, content in parts.items():
        if is_filled(name) and b"$" in content:
            for passage in passages(part_tree(name, content), name):
                for mark in MARK.findall(passage.words):
                    yield mark, passage.place.part, passage.place.within


def _compile_parts(parts: Mapping[str, bytes]) -> tuple[list[CompiledPart], list[Problem]]:
    compiled: list[CompiledPart] = []
    problems: list[Problem] = []
    numbers = numbers_of_template()
    for name, content in parts.items():
        if is_filled(name) and b"{" in content:
            try:
                if source := part_source(name, part_tree(name, content), numbers):
                    compiled.append(_compile_part(source, relations_for_pictures(parts, name)))
            except InvalidTemplate as error:
                problems += error.problems
    return compiled, problems


def _compile_part(source: PartSource, relations: str) -> CompiledPart:
    made = generate(source.syntax(), source.places, source.name, frozenset(FILTERS))
    try:
        code = compile(made.source, f"<{source.name}>", "exec", dont_inherit=True)
    except SyntaxError as error:
        # Python nests twenty loops at most; all else that is generated it can read.
        raise InvalidTemplate([Problem(Place(source.name), TOO_DEEP, SIMPLER)]) from error
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
