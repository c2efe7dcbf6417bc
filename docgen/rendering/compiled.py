"""A compiled template as plain data: what the disk cache holds."""

import hashlib
import importlib.util
import marshal
from dataclasses import dataclass
from types import CodeType

from docgen.rendering.package import Entry


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """The code of `render(context, filling)`, its expressions by line, and the names it wants.

    Each expression has its place within the part. `relations` is the part's relationships as XML, to which pictures are added.
    """

    name: str
    code: CodeType
    expressions: dict[int, tuple[str, str]]
    names: tuple[str, ...]
    relations: str


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """The parts that never change, compressed, and those that are rendered.

    `input_part` is the name of the part that the input travels in, empty where it does not.
    `marks` are SRIKANDI's marks that stand in the template itself: each with its part and place.
    """

    fingerprint: str
    entries: tuple[Entry, ...]
    parts: tuple[CompiledPart, ...]
    input_part: str = ""
    marks: tuple[tuple[str, str, str], ...] = ()


# marshal reads only what this very Python wrote; the checksum keeps damaged files from it.
HEADER = b"docgen 2" + importlib.util.MAGIC_NUMBER


def dump(template: CompiledTemplate) -> bytes:
    """The template as bytes for `restore`."""
    body = marshal.dumps(
        (
            template.fingerprint,
            tuple((e.name, e.crc, e.size, e.compressed) for e in template.entries),
            tuple((p.name, p.code, p.expressions, p.names, p.relations) for p in template.parts),
            template.input_part,
            template.marks,
        )
    )
    return HEADER + hashlib.sha256(body).digest() + body


def restore(content: bytes) -> CompiledTemplate | None:
    """The template, or None where the bytes are damaged or another Python's."""
    start = len(HEADER) + 32
    body = content[start:]
    if content[:start] != HEADER + hashlib.sha256(body).digest():
        return None
    fingerprint, entries, parts, input_part, marks = marshal.loads(body)  # noqa: S302  our own cache, checksummed
    return CompiledTemplate(
        fingerprint,
        tuple(Entry(*entry) for entry in entries),
        tuple(CompiledPart(*part) for part in parts),
        input_part,
        marks,
    )
