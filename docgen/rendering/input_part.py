"""Room in a package for the input that it was made from, and that input read back."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from docgen.rendering.embedded import (
    ITEM_RELATION,
    ITEM_TYPE,
    NAMESPACE,
    item_properties_xml,
    item_relations_xml,
)
from docgen.rendering.pictures import NO_RELATIONS, relations_of
from docgen.rendering.xml import parse, q, serialize

TYPES = "[Content_Types].xml"
_DOCUMENT_RELATIONS = relations_of("word/document.xml")
_ITEM = re.compile(r"customXml/[^/]+\.xml")


def read_input_words(parts: Mapping[str, bytes]) -> str | None:
    """The words of the input that travels in the package; None where it carries none."""
    for name in _input_parts(parts):
        return parse(parts[name]).text or None
    return None


def drop_input_parts(parts: dict[str, bytes]) -> None:
    """Take an earlier input out of the package: a document of ours may have become a template."""
    for name in list(_input_parts(parts)):
        relations = relations_of(name)
        gone = {name, *_targets(relations, parts.get(relations))}
        for part in (relations, *gone):
            parts.pop(part, None)
        _undeclare(parts, gone)
        _unrelate(parts, gone)


def add_input_part(parts: dict[str, bytes]) -> str:
    """Make room for an input; answers with the name of the part that is still to be written."""
    number = next(n for n in count(1) if f"customXml/item{n}.xml" not in parts)
    name, properties = f"customXml/item{number}.xml", f"itemProps{number}.xml"
    parts[f"customXml/{properties}"] = item_properties_xml()
    parts[relations_of(name)] = item_relations_xml(properties)
    types = parse(parts[TYPES])
    if not any(one.get("Extension") == "xml" for one in types.iter(q("ct:Default"))):
        types.insert(
            0, etree.Element(q("ct:Default"), Extension="xml", ContentType="application/xml")
        )
    etree.SubElement(
        types, q("ct:Override"), PartName=f"/customXml/{properties}", ContentType=ITEM_TYPE
    )
    parts[TYPES] = serialize(types)
    relations = parse(parts.get(_DOCUMENT_RELATIONS, NO_RELATIONS.encode()))
    etree.SubElement(
        relations, q("rel:Relationship"), Id="rIdIsian", Type=ITEM_RELATION, Target=f"../{name}"
    )
    parts[_DOCUMENT_RELATIONS] = serialize(relations)
    return name


def _input_parts(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if _ITEM.fullmatch(name) and NAMESPACE.encode() in content:
            try:
                root = parse(content)
            except etree.XMLSyntaxError:
                continue
            if root.tag == f"{{{NAMESPACE}}}isian":
                yield name


def _targets(relations: str, content: bytes | None) -> Iterator[str]:
    """The parts that a part's relationships lead to."""
    folder = posixpath.dirname(posixpath.dirname(relations))
    for relation in parse(content).iter(q("rel:Relationship")) if content else ():
        yield posixpath.normpath(posixpath.join("/", folder, relation.get("Target")))[1:]


def _undeclare(parts: dict[str, bytes], gone: set[str]) -> None:
    types = parse(parts[TYPES])
    for override in types.findall(q("ct:Override")):
        if override.get("PartName", "")[1:] in gone:
            types.remove(override)
    parts[TYPES] = serialize(types)


def _unrelate(parts: dict[str, bytes], gone: set[str]) -> None:
    content = parts.get(_DOCUMENT_RELATIONS)
    if content is None:
        return
    root = parse(content)
    for relation in root.findall(q("rel:Relationship")):
        if posixpath.normpath(posixpath.join("/word", relation.get("Target", "")))[1:] in gone:
            root.remove(relation)
    parts[_DOCUMENT_RELATIONS] = serialize(root)
