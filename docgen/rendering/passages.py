"""What is written in a template: paragraphs as their readers see them, and words elsewhere in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.rendering.errors import Place
from docgen.rendering.places import Places
from docgen.rendering.xml import q

HINT = re.compile(r"\{[{%#]")
"""What makes words worth reading where a template has few."""

_PARAGRAPHS = (q("w:p"), q("a:p"), q("c:pt"))
_TEXTS = frozenset({q("w:t"), q("a:t")})
_GONE = frozenset({q("w:delText"), q("w:delInstrText")})


@dataclass(frozen=True, slots=True)
class Slot:
    """A text in the tree: an element's own, the one behind it, or an attribute."""

    element: Any
    name: str

    @property
    def words(self) -> str:
        if self.name in {"text", "tail"}:
            return getattr(self.element, self.name) or ""
        return str(self.element.get(self.name))

    def write(self, words: str) -> None:
        """Put these words in the place of those there."""
        if self.name in {"text", "tail"}:
            setattr(self.element, self.name, words)
        else:
            self.element.set(self.name, words)


@dataclass(frozen=True, slots=True)
class Passage:
    """Texts that are read as one, in their order."""

    element: Any
    slots: tuple[Slot, ...]
    place: Place

    @property
    def words(self) -> str:
        return "".join(slot.words for slot in self.slots)

    def insert(self, position: int, words: str) -> None:
        """Put words before the character at this position, from 0."""
        for slot in self.slots:
            if position < len(slot.words):
                slot.write(f"{slot.words[:position]}{words}{slot.words[position:]}")
                return
            position -= len(slot.words)

    def move(self, start: int, end: int) -> None:
        """Move the words from start to before end into the one text where they begin."""
        moved = self.words[start:end]
        offset = 0
        is_put = False
        for slot in self.slots:
            words = slot.words
            first, last = max(start - offset, 0), max(end - offset, 0)
            if first < len(words) and last > 0:
                slot.write(words[:first] + ("" if is_put else moved) + words[last:])
                is_put = True
            offset += len(words)


def passages(root: Any, part: str) -> Iterator[Passage]:  # noqa: ANN401  lxml ships no types
    """Every paragraph with words in it, and every other text or attribute with a tag, in order."""
    places = Places(root, part)
    slots: dict[Any, list[Slot]] = {}
    for slot in _slots(root):
        slots.setdefault(_owner(slot), []).append(slot)
    for owner, own in slots.items():
        element = owner[0] if isinstance(owner, tuple) else owner
        yield Passage(element, tuple(own), places.of(element))


def words_of(paragraph: Any) -> str:  # noqa: ANN401  lxml ships no types
    """The paragraph's text, without that of text boxes inside it."""
    return "".join(
        text.text or ""
        for text in paragraph.iter(*_TEXTS)
        if next(text.iterancestors(*_PARAGRAPHS)) is paragraph
    )


def _slots(root: Any) -> Iterator[Slot]:  # noqa: ANN401  lxml ships no types
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            if HINT.search(element.tail or ""):
                yield Slot(element, "tail")
            continue
        for name, value in element.attrib.items():
            if HINT.search(value):
                yield Slot(element, name)
        is_read = element.tag in _TEXTS or HINT.search(element.text or "")
        if element.text and is_read and element.tag not in _GONE:
            yield Slot(element, "text")


def _owner(slot: Slot) -> Any:  # noqa: ANN401  lxml ships no types
    """The paragraph that the text is part of, or the text itself."""
    ancestors = slot.element.iterancestors(*_PARAGRAPHS)
    if slot.element.tag in _PARAGRAPHS and slot.name != "tail":
        return slot.element
    return next(ancestors, (slot.element, slot.name))
