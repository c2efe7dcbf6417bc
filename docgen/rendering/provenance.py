"""Where a document comes from: custom properties in it, and a digest of its parts to check by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from isal import isal_zlib

from docgen.errors import AlteredDocument
from docgen.rendering.errors import InvalidTemplate
from docgen.rendering.package import digest_of, read_package
from docgen.rendering.values import attribute, element

PART = "docProps/custom.xml"
PARTS_PROPERTY = "docgen.parts"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTY = re.compile(r'name="([^"]*)"><vt:lpwstr>([^<]*)</vt:lpwstr>')


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a document says of itself, and which of its parts are no longer what we made."""

    properties: Mapping[str, str]
    altered: tuple[str, ...]


def provenance_xml(properties: Mapping[str, str], digest: str) -> str:
    """The part that holds the properties, and the digest of all other parts."""
    rows = [*properties.items(), (PARTS_PROPERTY, f"{digest};{_digest_of_properties(properties)}")]
    body = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{element(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(rows, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'docPropsVTypes">{body}</Properties>'
    )


def read_provenance(content: bytes) -> Provenance:
    """What the document says of itself, checked against what it is.

    Raises:
        AlteredDocument: It is not a Word file, or not one of ours.
    """
    try:
        parts = read_package(content)
    except InvalidTemplate as error:
        raise AlteredDocument("Berkas ini bukan dokumen Word (.docx).") from error
    found = dict(_PROPERTY.findall(parts.pop(PART, b"").decode(errors="replace")))
    if PARTS_PROPERTY not in found:
        raise AlteredDocument("Berkas ini tidak dibuat oleh docgen, atau tandanya sudah hilang.")
    properties = {unescape(name): unescape(value) for name, value in found.items()}
    made = _by_name(properties.pop(PARTS_PROPERTY))
    sums = digest_of((name, isal_zlib.crc32(part), len(part)) for name, part in parts.items())
    here = _by_name(f"{sums};{_digest_of_properties(properties)}")
    altered = sorted(name for name in {*made, *here} if made.get(name) != here.get(name))
    return Provenance(properties, tuple(altered))


def _digest_of_properties(properties: Mapping[str, str]) -> str:
    words = "\n".join(f"{name}={value}" for name, value in properties.items()).encode()
    return digest_of([(PART, isal_zlib.crc32(words), len(words))])


def _by_name(digest: str) -> dict[str, list[str]]:
    return {name: rest for name, *rest in (one.rsplit(" ", 2) for one in digest.split(";"))}
