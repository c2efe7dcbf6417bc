"""Puts the pictures that a document shows into its package."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from isal import isal_zlib

from docgen.rendering.package import Entry
from docgen.rendering.values import Picture

RELATION_MARK = 'r:embed="rIdG'
_RELATION_ID = re.compile(r'r:embed="(rIdG[0-9a-f]{16})"')
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "</Relationships>"
)


def place_pictures(
    entries: list[Entry], texts: Mapping[str, str], context: Mapping[str, Any]
) -> list[Entry]:
    """The entries with the pictures, each once, and with the relationships of the parts' texts."""
    pictures = {picture.relation_id: picture for picture in _pictures_in(context)}
    by_name = {entry.name: entry for entry in entries}
    for part, xml in texts.items():
        wanted = sorted(set(_RELATION_ID.findall(xml)))
        if not wanted:
            continue
        relations = _relations_of(part)
        old = by_name.get(relations)
        content = _unpack(old) if old else _EMPTY
        by_name[relations] = Entry.of(
            relations, _related(content, [pictures[one] for one in wanted]).encode()
        )
        for one in wanted:
            name = _media_name(pictures[one])
            by_name[name] = Entry.of(name, pictures[one].content)
    return list(by_name.values())


def _related(relations: str, pictures: list[Picture]) -> str:
    added = "".join(
        f'<Relationship Id="{picture.relation_id}" Type="{_IMAGE}" '
        f'Target="{_media_name(picture).removeprefix("word/")}"/>'
        for picture in pictures
    )
    return relations.replace("</Relationships>", f"{added}</Relationships>")


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _media_name(picture: Picture) -> str:
    return f"word/media/{picture.digest}.{picture.extension}"


def _unpack(entry: Entry) -> str:
    return isal_zlib.decompress(entry.compressed, -15).decode()


def _pictures_in(value: object) -> Iterator[Picture]:
    if isinstance(value, Picture):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _pictures_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _pictures_in(inner)
