"""The input that travels in its document: a custom XML part (ISO/IEC 29500-1, 15.2.5 and 15.2.6).

Word and LibreOffice keep such a part when they save the file, under a name of their own choice; it
is known by its namespace.
"""

from docgen.rendering.values import element

NAMESPACE = "urn:docgen:isian"
ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
ITEM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# The same in every document: it says what the part is, not whose.
_ITEM_ID = "{6F0C2A54-7B1D-4E0E-9C55-3D7A51D0C0DE}"


def item_xml(words: str) -> bytes:
    """The part that holds these words; the same errors as filling has."""
    return f'{_DECLARATION}<isian xmlns="{NAMESPACE}">{element(words)}</isian>'.encode()


def item_properties_xml() -> bytes:
    """The part that says what the other one is."""
    return (
        f'{_DECLARATION}<ds:datastoreItem ds:itemID="{_ITEM_ID}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def item_relations_xml(properties_name: str) -> bytes:
    """The relationship between the two."""
    return (
        f'{_DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/customXmlProps" Target="{properties_name}"/>'
        "</Relationships>"
    ).encode()
