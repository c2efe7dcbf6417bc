"""Puts the pictures that a document shows into its package."""

import functools
from collections.abc import Iterable

from docgen.rendering.package import Entry
from docgen.rendering.values import Picture

NO_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "</Relationships>"
)
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def relations_of(part: str) -> str:
    """The name of the part that holds a part's relationships.

    >>> relations_of("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def with_pictures(relations: str, pictures: Iterable[Picture]) -> str:
    """The relationships, of which there may be none, with these pictures' among them."""
    added = "".join(
        f'<Relationship Id="{picture.relation_id}" Type="{_IMAGE}" '
        f'Target="{_media_name(picture).removeprefix("word/")}"/>'
        for picture in pictures
    )
    return (relations or NO_RELATIONS).replace("</Relationships>", f"{added}</Relationships>")


def media(picture: Picture) -> Entry:
    """The part that holds the picture."""
    return _entry(_media_name(picture), picture.content)


# A letterhead's emblem is in every document of an office.
@functools.lru_cache(maxsize=64)
def _entry(name: str, content: bytes) -> Entry:
    return Entry.of(name, content)


def _media_name(picture: Picture) -> str:
    return f"word/media/{picture.digest}.{picture.extension}"
