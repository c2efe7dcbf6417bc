"""Every problem of an edited template at once, each with its place, its meaning and its mend."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from docgen.rendering.compiler import compile_template
from docgen.rendering.errors import FillingError, InvalidTemplate, Place, Problem
from docgen.rendering.fonts import font_problems
from docgen.rendering.misplaced import lost, misplaced, unreached
from docgen.rendering.package import read_package
from docgen.rendering.parts import is_filled
from docgen.rendering.passages import passages
from docgen.rendering.setup import PageSetup
from docgen.rendering.shapes import Shape
from docgen.rendering.source import part_tree
from docgen.rendering.tag_reader import TagReader
from docgen.rendering.template import Template

_SETUPS = (PageSetup("F4", "Arial", 12), PageSetup())
"""What a person who fills in the form may ask of the page."""

_MEND_VALUE = "Pakai nama lain, atau beri {% if %} di sekelilingnya."


def check_template(
    content: bytes, samples: Sequence[Mapping[str, Any]], fonts: Collection[str]
) -> list[Problem]:
    """What is wrong with the template, in the order of its parts; empty if nothing is.

    `samples` are contexts such as it will be filled with, which together hold every name; `fonts`
    are those that the office uses.
    """
    try:
        parts = read_package(content)
        all_trees = {name: part_tree(name, parts[name]) for name in parts if name.endswith(".xml")}
    except InvalidTemplate as error:
        return list(error.problems)
    trees = {name: root for name, root in all_trees.items() if is_filled(name)}
    problems, shape = _written_problems(trees, samples)
    for name, root in trees.items():
        problems += misplaced(root, name)
    problems += lost(trees)
    if not problems:
        problems += _problems_in_use(content, samples)
    problems += unreached(parts, all_trees)
    problems += font_problems(parts, trees, fonts)
    return problems + _unused(shape)


def _problems_in_use(content: bytes, samples: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """What is only seen when all tags are right: parts that cross, values that do not fit."""
    try:
        templates = [Template(compile_template(content, setup, "")) for setup in _SETUPS]
    except InvalidTemplate as error:
        return list(error.problems)
    found: dict[str, Problem] = {}
    for sample in samples:
        try:
            templates[0].fill(sample)
        except FillingError as error:
            found.setdefault(str(error), Problem(error.place, error.message, _MEND_VALUE))
    return list(found.values())


def _written_problems(
    trees: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]
) -> tuple[list[Problem], Shape]:
    shape = Shape(samples)
    problems: list[Problem] = []
    for name, root in trees.items():
        reader = TagReader(name, shape, problems)
        for passage in passages(root, name):
            reader.read(passage.words, passage.place)
        reader.finish()
    return problems, shape


def _unused(shape: Shape) -> list[Problem]:
    mend = "Tambahkan {{{{ {} }}}} bila perlu."
    return [
        Problem(Place("Templat"), f"“{name}” tidak dipakai.", mend.format(name), "warning")
        for name in shape.unused
    ]
