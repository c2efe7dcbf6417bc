"""Values on their way into XML: text escaped and checked in one pass, and fragments made by us."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry (section 2.2); a carriage return is a newline by now."""

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def escape(value: str) -> str:
    """The text with `&`, `<` and `>` as entities."""
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    return value


class Unprintable(ValueError):
    """A text with a forbidden character; `character` is the first one."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


class NoValue(ValueError):
    """None where a value is needed."""


@dataclass(frozen=True, slots=True)
class Xml:
    """WordprocessingML made by our own code; goes in as it is."""

    xml: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG in the line of text; lengths in EMU (1 mm is 36,000)."""

    content: bytes
    lebar_emu: int
    tinggi_emu: int
    deskripsi: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]

    @property
    def extension(self) -> str:
        return "png" if self.content.startswith(b"\x89PNG") else "jpeg"

    @property
    def relation_id(self) -> str:
        """The relationship's id, the same for the same picture wherever it stands."""
        return f"rIdG{self.digest}"

    @property
    def xml(self) -> str:
        """The run that shows the picture; its docPr id is made unique when the part is complete."""
        size = f'cx="{self.lebar_emu}" cy="{self.tinggi_emu}"'
        name = f'id="0" name="Gambar {self.digest}" descr="{attribute(self.deskripsi)}"'
        return (
            '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
            '2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {name}/>"
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:nvPicPr><pic:cNvPr id="0" name="Gambar"/><pic:cNvPicPr/></pic:nvPicPr>'
            '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships" r:embed="{self.relation_id}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


def text(value: object) -> str:
    """What stands for the value inside a `w:t`: escaped, newline a break, tab a tab.

    Raises:
        NoValue: The value is None.
        Unprintable: It holds a character that XML cannot carry.
        TypeError: It is neither text, a number nor a fragment.
    """
    if value.__class__ is str:
        # Most texts: nothing to break, nothing to refuse.
        if value.isprintable():
            return escape(value)
        return _broken(value)
    if isinstance(value, (Xml, Picture)):
        return value.xml
    return escape(plain(value))


def _broken(value: str) -> str:
    value = _checked(value)
    return escape(value).replace("\n", LINE_BREAK).replace("\t", TAB)


def _checked(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := FORBIDDEN.search(value):
        raise Unprintable(found[0])
    return value


def attribute(value: object) -> str:
    """What stands for the value inside an attribute; the same errors as `text`."""
    escaped = escape(_checked(plain(value)))
    return escaped.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def element(value: object) -> str:
    """What stands for the value inside an element that is not Word's own; errors as `text`."""
    return escape(_checked(plain(value)))


def plain(value: object) -> str:
    """The value as text, unescaped."""
    if value is None:
        raise NoValue
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{type(value).__name__} cannot be written into a document")
    return str(value)


def rows(value: object) -> Sequence[object]:
    """What a loop goes over.

    Raises:
        NoValue: The value is None.
        TypeError: It is a text or anything else that is not a list.
    """
    if value is None:
        raise NoValue
    if not isinstance(value, (list, tuple)):
        raise TypeError(f"{type(value).__name__} is not a list")
    return value
