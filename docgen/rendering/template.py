"""A template ready to be filled: immutable, shared by threads; one fill owns all its state."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from docgen.bahasa import FILTERS
from docgen.rendering import values
from docgen.rendering.compiled import CompiledPart, CompiledTemplate
from docgen.rendering.errors import ForbiddenCharacter, MissingValue, Place
from docgen.rendering.package import Entry, digest_of, write_package
from docgen.rendering.pictures import RELATION_MARK, place_pictures
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.provenance import provenance_xml

NO_PROPERTIES: Mapping[str, str] = {}
FIRST_DRAWING_ID = 1_000
"""Ids of drawings that templates and pictures bring; the swim-lane's begin at 10,000."""


@dataclass(frozen=True, slots=True)
class Package:
    """A filled document; `fingerprint` is of its parts, before compression."""

    content: bytes
    fingerprint: str


class Template:
    """A compiled template with its code loaded."""

    def __init__(self, compiled: CompiledTemplate) -> None:
        self.fingerprint = compiled.fingerprint
        self._entries = compiled.entries
        self._parts = tuple((part, _function(part)) for part in compiled.parts)

    @property
    def names(self) -> frozenset[str]:
        """The names that the context must have."""
        return frozenset(name for part, _ in self._parts for name in part.names)

    def fill(
        self, context: Mapping[str, Any], properties: Mapping[str, str] = NO_PROPERTIES
    ) -> Package:
        """The document.

        `context` holds text, numbers, `Xml`, `Picture`, and mappings and sequences of these.
        `properties` go into the document's custom properties.

        Raises:
            MissingValue: The template wants a name that the context lacks.
            ForbiddenCharacter: A value holds a character that XML cannot carry.
        """
        texts = {part.name: self._render(part, render, context) for part, render in self._parts}
        entries = list(self._entries)
        if any(RELATION_MARK in xml for xml in texts.values()):
            entries = place_pictures(entries, texts, context)
        entries += [Entry.of(name, xml.encode()) for name, xml in texts.items()]
        digest = digest_of({entry.name: (entry.crc, entry.size) for entry in entries})
        provenance = provenance_xml(properties, digest)
        entries.append(Entry.of(PROVENANCE_PART, provenance.encode()))
        fingerprint = hashlib.sha256(f"{digest}\n{provenance}".encode()).hexdigest()
        return Package(write_package(entries), fingerprint)

    def _render(
        self,
        part: CompiledPart,
        render: Callable[[Mapping[str, Any]], str],
        context: Mapping[str, Any],
    ) -> str:
        try:
            xml = render(context)
        except values.Unprintable as error:
            expression, place = _where(part, error.__traceback__)
            raise ForbiddenCharacter(error.character, expression, place) from error
        except (LookupError, TypeError, values.NoValue) as error:
            expression, place = _where(part, error.__traceback__)
            raise MissingValue(expression, place) from error
        return _number_drawings(xml)


def _function(part: CompiledPart) -> Callable[[Mapping[str, Any]], str]:
    namespace: dict[str, Any] = {
        "text": values.text,
        "attribute": values.attribute,
        "element": values.element,
        "rows": values.rows,
        "f": {**FILTERS, "jumlah": sum},
    }
    exec(part.code, namespace)  # noqa: S102  our own generated code
    render: Callable[[Mapping[str, Any]], str] = namespace["render"]
    return render


def _where(part: CompiledPart, traceback: TracebackType | None) -> tuple[str, Place]:
    """The expression that was being written when the error came, and its place."""
    line = 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == f"<{part.name}>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    expression, numbers = part.expressions.get(line, ("?", (part.name, 0, 0, 0, 0)))
    return expression, Place(*numbers)


def _number_drawings(xml: str) -> str:
    """Give the drawings without a number theirs, in order."""
    pieces = xml.split('<wp:docPr id="0"')
    if len(pieces) == 1:
        return xml
    numbered = [pieces[0]]
    for number, piece in enumerate(pieces[1:], FIRST_DRAWING_ID):
        numbered += (f'<wp:docPr id="{number}"', piece)
    return "".join(numbered)
