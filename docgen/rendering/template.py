"""A template ready to be filled: immutable, shared by threads; one fill owns all its state."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import TracebackType
from typing import Any

from docgen.rendering import values
from docgen.rendering.compiled import CompiledPart, CompiledTemplate
from docgen.rendering.embedded import item_xml
from docgen.rendering.errors import (
    ForbiddenCharacter,
    LeftoverMark,
    MissingValue,
    Place,
    UnsuitableValue,
)
from docgen.rendering.filters import FILTERS
from docgen.rendering.package import Entry, Laid, digest_of, lay, seal
from docgen.rendering.pictures import media, relations_of, with_pictures
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.provenance import provenance_xml
from docgen.rendering.values import Filling

NO_PROPERTIES: Mapping[str, str] = {}

Render = Callable[[Mapping[str, Any], Filling], str]


@dataclass(frozen=True, slots=True)
class Package:
    """A filled document; `fingerprint` is of its parts, before compression."""

    content: bytes
    fingerprint: str


class Template:
    """A compiled template with its code loaded."""

    def __init__(self, compiled: CompiledTemplate) -> None:
        self.fingerprint = compiled.fingerprint
        self._laid = lay(compiled.entries, Laid())
        self._digest = _digest(compiled.entries)
        self._input_part = compiled.input_part
        self._parts = tuple(_LoadedPart(part) for part in compiled.parts)
        self._marks = compiled.marks

    @property
    def names(self) -> frozenset[str]:
        """The names that the context must have."""
        return frozenset(chain.from_iterable(one.part.names for one in self._parts))

    def check_marks(self) -> None:
        """Refuse to leave behind a mark of SRIKANDI's that stands in the template itself.

        Raises:
            LeftoverMark: There is one.
        """
        if self._marks:
            mark, part, within = self._marks[0]
            raise LeftoverMark(mark, Place(part, within))

    def fill(
        self,
        context: Mapping[str, Any],
        properties: Mapping[str, str] = NO_PROPERTIES,
        input_words: str = "",
    ) -> Package:
        """The document.

        `context` holds text, numbers, `Xml`, `Picture`, and mappings and sequences of these.
        `properties` go into the document's custom properties, `input_words` into the part for the
        input, where the template was loaded with one.

        Raises:
            MissingValue: The template wants a name that the context lacks.
            UnsuitableValue: A value cannot stand where the template puts it.
            ForbiddenCharacter: A value holds a character that XML cannot carry.
        """
        filling = Filling()
        by_name = {
            entry.name: entry for part in self._parts for entry in part.entries(context, filling)
        }
        entries = list(by_name.values())
        if self._input_part:
            entries.append(Entry.of(self._input_part, item_xml(input_words)))
        provenance = provenance_xml(properties, f"{self._digest};{_digest(entries)}")
        entries.append(Entry.of(PROVENANCE_PART, provenance.encode()))
        fingerprint = hashlib.sha256(provenance.encode()).hexdigest()
        return Package(seal(lay(entries, self._laid)), fingerprint)


class _LoadedPart:
    """One part that is rendered, and its relationships."""

    def __init__(self, part: CompiledPart) -> None:
        self.part = part
        self._render = _function(part)
        self._relations_name = relations_of(part.name)
        self._relations = Entry.of(self._relations_name, part.relations.encode())

    def entries(self, context: Mapping[str, Any], filling: Filling) -> Iterator[Entry]:
        """The part, its relationships and its pictures."""
        xml = self._rendered(context, filling)
        yield Entry.of(self.part.name, xml.encode())
        if pictures := filling.take_pictures():
            relations = with_pictures(self.part.relations, pictures)
            yield Entry.of(self._relations_name, relations.encode())
            yield from map(media, pictures)
        elif self.part.relations:
            yield self._relations

    def _rendered(self, context: Mapping[str, Any], filling: Filling) -> str:
        try:
            return self._render(context, filling)
        except values.Unprintable as error:
            where = _where(self.part, error.__traceback__)
            raise ForbiddenCharacter(error.character, *where) from error
        except values.WrongType as error:
            raise UnsuitableValue(str(error), *_where(self.part, error.__traceback__)) from error
        except values.NoValue as error:
            raise MissingValue(*_where(self.part, error.__traceback__)) from error
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
            where = _where(self.part, error.__traceback__)
            if _is_in_template(self.part, error.__traceback__):
                raise MissingValue(*where) from error
            raise UnsuitableValue(f"saringan menolaknya ({error})", *where) from error


def _digest(entries: "list[Entry] | tuple[Entry, ...]") -> str:
    return digest_of((entry.name, entry.crc, entry.size) for entry in entries)


def _function(part: CompiledPart) -> Render:
    namespace: dict[str, Any] = {
        "escape": values.escape,
        "text": values.text,
        "run": values.run,
        "paragraph": values.paragraph,
        "attribute": values.attribute,
        "element": values.element,
        "end": values.end,
        "rows": values.rows,
        "f": FILTERS,
    }
    exec(part.code, namespace)  # noqa: S102  our own generated code
    render: Render = namespace["render"]
    return render


def _where(part: CompiledPart, traceback: TracebackType | None) -> tuple[str, Place]:
    """The expression that was being written when the error came, and its place."""
    lines = [frame.tb_lineno for frame in _frames(traceback) if _is_of(part, frame)]
    unknown = ("?", "")
    expression, within = part.expressions.get(lines[-1], unknown) if lines else unknown
    return expression, Place(part.name, within)


def _is_in_template(part: CompiledPart, traceback: TracebackType | None) -> bool:
    """Whether the template's own code failed, and not a filter that it called."""
    return _is_of(part, list(_frames(traceback))[-1])


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _is_of(part: CompiledPart, frame: TracebackType) -> bool:
    return frame.tb_frame.f_code.co_filename == f"<{part.name}>"
