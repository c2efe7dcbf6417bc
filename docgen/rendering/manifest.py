"""What a package says of its parts: their types, and how they hang together."""

from collections.abc import Mapping

from lxml import etree

from docgen.rendering.pictures import relations_of
from docgen.rendering.provenance import PART as PROVENANCE_PART
from docgen.rendering.xml import NAMESPACES, parse, q, serialize

CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)


def declare_types(content: bytes) -> bytes:
    """The list of types with pictures and our properties in it."""
    root = parse(content)
    declared = {default.get("Extension") for default in root.iter(q("ct:Default"))}
    for extension in ("png", "jpeg"):
        if extension not in declared:
            default = etree.Element(
                q("ct:Default"), Extension=extension, ContentType=f"image/{extension}"
            )
            root.insert(0, default)
    for override in root.findall(q("ct:Override")):
        if override.get("PartName") == f"/{PROVENANCE_PART}":
            root.remove(override)
    etree.SubElement(
        root, q("ct:Override"), PartName=f"/{PROVENANCE_PART}", ContentType=CUSTOM_TYPE
    )
    return serialize(root)


def relate_properties(content: bytes) -> bytes:
    """The package's relationships with that to our properties, and none to others."""
    root = parse(content)
    for relation in root.findall(q("rel:Relationship")):
        if relation.get("Type") == CUSTOM_RELATION:
            root.remove(relation)
    etree.SubElement(
        root,
        q("rel:Relationship"),
        Id="rIdDocgen",
        Type=CUSTOM_RELATION,
        Target=PROVENANCE_PART,
    )
    return serialize(root)


def relations_for_pictures(parts: Mapping[str, bytes], name: str) -> str:
    """The part's relationships in the form that pictures are added to; empty if it has none."""
    content = parts.get(relations_of(name))
    if content is None:
        return ""
    root = etree.Element(q("rel:Relationships"), nsmap={None: NAMESPACES["rel"]})
    for relation in parse(content).iter(q("rel:Relationship")):
        etree.SubElement(root, q("rel:Relationship"), dict(relation.attrib))
    return serialize(root).decode() if len(root) else ""
