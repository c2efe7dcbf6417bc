"""The tags of a template: each carries its number through preprocessing, and so its place."""

import html
import re
from collections.abc import Sequence
from typing import Any

from docgen.rendering.errors import Place
from docgen.rendering.passages import passages
from docgen.rendering.xml import q

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NUMBER = re.compile("\ufdd0(\\d+)\ufdd1")

LEVELS = {name: q(f"w:{name}") for name in ("p", "tr", "tc", "r")}
"""`{%tr …%}` takes the row that it stands in with it; docxtpl sees to that."""

CHART_LEVELS = {"pt": q("c:pt"), "ser": q("c:ser")}
"""`{%pt …%}` takes the point of a chart with it, `{%ser …%}` the series."""


def join_tags(root: Any, part: str) -> None:  # noqa: ANN401  lxml ships no types
    """Put each tag that the editor cut into pieces into one text."""
    for passage in passages(root, part):
        for tag in TAG.finditer(passage.words):
            passage.move(*tag.span())


def lift_tags(root: Any) -> None:  # noqa: ANN401  lxml ships no types
    """Put each tag that takes a whole element with it in that element's stead."""
    for level, name in CHART_LEVELS.items():
        lifted = re.compile(rf"\{{%(-?){level}\s(.*?%\}})", re.DOTALL)
        for element in list(root.iter(name)):
            if tag := lifted.search("".join(element.itertext())):
                _replace(element, f"{{%{tag[1]} {tag[2]}")


def _replace(element: Any, words: str) -> None:  # noqa: ANN401  lxml ships no types
    before, parent = element.getprevious(), element.getparent()
    words += element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + words
    else:
        before.tail = (before.tail or "") + words
    element.tail = None
    parent.remove(element)


def mark_tags(root: Any, part: str) -> list[Place]:  # noqa: ANN401  lxml ships no types
    """Put its number, from 0, before each tag's end; the places by these numbers."""
    places: list[Place] = []
    for passage in passages(root, part):
        tags = list(TAG.finditer(passage.words))
        for number, tag in reversed(list(enumerate(tags, len(places)))):
            end = tag.end() - (3 if tag[0][-3] == "-" else 2)
            passage.insert(end, f"\ufdd0{number}\ufdd1")
        places += [passage.place] * len(tags)
    return places


def clean_tags(source: str, places: Sequence[Place], part: str) -> tuple[str, list[Place]]:
    """The source with its tags as Jinja wants them, and each tag's place in their order now.

    A tag ends in a newline and nothing else does, so a node's line is the number of its tag.
    """
    ordered: list[Place] = []

    def clean(match: re.Match[str]) -> str:
        tag = match[0]
        number = _NUMBER.search(tag)
        ordered.append(places[int(number[1])] if number else Place(part))
        words = tag_as_typed(_NUMBER.sub("", tag))
        end = -3 if words[-3] == "-" else -2
        return f"{words[:end]}\n{words[end:]}"

    return TAG.sub(clean, source.replace("\n", " ")), ordered


def tag_as_typed(tag: str) -> str:
    """The tag without what XML and Word's typing made of it."""
    tag = html.unescape(tag).replace("\xa0", " ")
    return re.sub("[“”„]", '"', re.sub("[‘’‚]", "'", tag))
