"""The ZIP that a DOCX is: entries compressed once, laid side by side, the same bytes every time."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from isal import isal_zlib

from docgen.rendering.errors import InvalidTemplate, Place, Problem

DEFLATE_LEVEL = 1
MAX_UNPACKED = 200 * 1024 * 1024

# What zipfile and the decompressors raise for bytes that are no ZIP, or no longer one.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, RuntimeError, EOFError, OSError, ValueError, OverflowError),
)

# 1 January 1980, the earliest date that a ZIP entry can carry: entries' dates would be the only
# thing that differs between two renderings of one input.
_DOS_TIME, _DOS_DATE = 0, 0x21
_UTF8_NAMES = 0x800
_LOCAL = struct.Struct("<4sHHHHHIIIHH").pack
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII").pack
_END = struct.Struct("<4sHHHHIIH").pack


@dataclass(frozen=True, slots=True)
class Entry:
    """A part, compressed; `crc` and `size` are of its content."""

    name: str
    crc: int
    size: int
    compressed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "Entry":
        compressed = isal_zlib.compress(content, DEFLATE_LEVEL, -15)
        return cls(name, isal_zlib.crc32(content), len(content), compressed)


@dataclass(frozen=True, slots=True)
class Laid:
    """Entries side by side: their bodies, their records in the directory, and how many."""

    bodies: bytes = b""
    directory: bytes = b""
    count: int = 0


def lay(entries: Sequence[Entry], after: Laid) -> Laid:
    """The entries laid behind others, in their order."""
    bodies = [after.bodies]
    directory = [after.directory]
    offset = len(after.bodies)
    for entry in entries:
        name = entry.name.encode()
        common = (20, _UTF8_NAMES, 8, _DOS_TIME, _DOS_DATE, entry.crc, len(entry.compressed))
        local = _LOCAL(b"PK\3\4", *common, entry.size, len(name), 0)
        bodies += (local, name, entry.compressed)
        directory += (
            _CENTRAL(b"PK\1\2", 20, *common, entry.size, len(name), 0, 0, 0, 0, 0, offset),
            name,
        )
        offset += len(local) + len(name) + len(entry.compressed)
    return Laid(b"".join(bodies), b"".join(directory), after.count + len(entries))


def seal(laid: Laid) -> bytes:
    """The ZIP."""
    size, offset = len(laid.directory), len(laid.bodies)
    end = _END(b"PK\5\6", 0, 0, laid.count, laid.count, size, offset, 0)
    return b"".join((laid.bodies, laid.directory, end))


def read_package(content: bytes) -> dict[str, bytes]:
    """The parts by name, in their order.

    Raises:
        InvalidTemplate: This is not a DOCX, or it unpacks to more than 200 MB.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise _not_a_document("isinya lebih dari 200 MB setelah dibuka.")
            parts = {entry.filename: package.read(entry) for entry in entries}
            if len(parts) < len(entries):
                # Word shows one of them and others another.
                raise _not_a_document("ada bagian yang namanya sama.")
    except _UNREADABLE as error:
        raise _not_a_document("ini bukan berkas Word (.docx) yang utuh.") from error
    if "word/document.xml" not in parts or "[Content_Types].xml" not in parts:
        raise _not_a_document("ini bukan berkas Word (.docx).")
    return parts


def _not_a_document(message: str) -> InvalidTemplate:
    return InvalidTemplate([Problem(Place("Berkas"), message, "Simpan ulang dari Word.")])


def digest_of(parts: Iterable[tuple[str, int, int]]) -> str:
    """What the parts are: each one's name, CRC-32 and size."""
    return ";".join(f"{name} {crc:08x} {size}" for name, crc, size in parts)
