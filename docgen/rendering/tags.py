"""Where the tags of a template are: each carries its number through preprocessing, and its place."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from docgen.rendering.errors import Place
from docgen.rendering.xml import q

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NUMBER = re.compile("\ufdd0(\\d+)\ufdd1")


def words_of(paragraph: Any) -> str:  # noqa: ANN401  lxml ships no types
    """The paragraph's text, without that of text boxes inside it."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: Any) -> Iterator[Any]:  # noqa: ANN401  lxml ships no types
    """The `w:t` of a paragraph, not those of text boxes inside it."""
    for text in paragraph.iter(q("w:t")):
        if next(text.iterancestors(q("w:p"))) is paragraph:
            yield text


def mark_tags(root: Any, part: str) -> list[Place]:  # noqa: ANN401  lxml ships no types
    """Put its number, from 0, before each tag's end; the places by these numbers."""
    places: list[Place] = []
    for paragraph, place in placed_paragraphs(root, part):
        texts = list(own_texts(paragraph))
        tags = list(TAG.finditer(words_of(paragraph)))
        for number, tag in reversed(list(enumerate(tags, len(places)))):
            end = tag.end() - (3 if tag[0][-3] == "-" else 2)
            _insert(texts, end, f"\ufdd0{number}\ufdd1")
        places += [place] * len(tags)
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


def _insert(texts: Sequence[Any], position: int, words: str) -> None:
    for text in texts:
        length = len(text.text or "")
        if position < length:
            text.text = f"{text.text[:position]}{words}{text.text[position:]}"
            return
        position -= length


def placed_paragraphs(root: Any, part: str) -> Iterator[tuple[Any, Place]]:  # noqa: ANN401  lxml ships no types
    """Every paragraph with its place; those in tables are counted by row and cell."""
    tables = {table: number for number, table in enumerate(root.iter(q("w:tbl")), 1)}
    count = 0
    for paragraph in root.iter(q("w:p")):
        cell = next(paragraph.iterancestors(q("w:tc")), None)
        if cell is None:
            count += 1
            yield paragraph, Place(part, paragraph=count)
            continue
        row = next(cell.iterancestors(q("w:tr")))
        table = next(row.iterancestors(q("w:tbl")))
        rows = [
            one for one in table.iter(q("w:tr")) if next(one.iterancestors(q("w:tbl"))) is table
        ]
        cells = [one for one in row.iter(q("w:tc")) if next(one.iterancestors(q("w:tr"))) is row]
        numbers = (tables[table], rows.index(row) + 1, cells.index(cell) + 1)
        yield paragraph, Place(part, 0, *numbers)
