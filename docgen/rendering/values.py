"""Values on their way into XML: text escaped and checked in one pass, and fragments made by us."""

import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry (section 2.2); a carriage return is a newline by now."""

FIRST_NUMBER = 1_000_000
"""Ids that a fill gives out begin here: above the template's own and the swim-lane's 10,000."""

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
RUN_BEGINS = '<w:r><w:t xml:space="preserve">'
RUN_ENDS = "</w:t></w:r>"

_EMPTY_PARAGRAPH = re.compile("<w:p(?: [^<>]*)?/>")


class Unprintable(ValueError):
    """A text with a forbidden character; `character` is the first one."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


class NoValue(ValueError):
    """None where a value is needed."""


class WrongType(ValueError):
    """A value that cannot stand where it is used; the text says in Indonesian what it is."""


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
        return _digest(self.content)

    @property
    def extension(self) -> str:
        return "png" if self.content.startswith(b"\x89PNG") else "jpeg"

    @property
    def relation_id(self) -> str:
        """The relationship's id, the same for the same picture wherever it stands."""
        return f"rIdG{self.digest}"

    def xml(self, number: int) -> str:
        """The run that shows the picture, under this drawing number."""
        size = f'cx="{self.lebar_emu}" cy="{self.tinggi_emu}"'
        name = f'id="{number}" name="Gambar {number}" descr="{attribute(self.deskripsi)}"'
        return (
            '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
            '2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {name}/>"
            '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            '<pic:nvPicPr><pic:cNvPr id="0" name="Gambar"/><pic:cNvPicPr/></pic:nvPicPr>'
            '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'relationships" r:embed="{self.relation_id}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


@functools.lru_cache(maxsize=64)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


class Filling:
    """What one fill hands out and gathers: numbers, names seen, pictures by part."""

    __slots__ = ("_names", "_numbers", "pictures")

    def __init__(self) -> None:
        self._numbers = count(FIRST_NUMBER)
        self._names: set[int] = set()
        self.pictures: dict[str, Picture] = {}

    def number(self) -> int:
        """An id that no other thing in the document has."""
        return next(self._numbers)

    def suffix(self, bookmark: int, number: int) -> str:
        """What makes a repeated bookmark's name its own; the first copy keeps its name."""
        if bookmark not in self._names:
            self._names.add(bookmark)
            return ""
        return f"_{number}"

    def take_pictures(self) -> list[Picture]:
        """The pictures written since the last call, each once, in order of their ids."""
        taken = [picture for _, picture in sorted(self.pictures.items())]
        self.pictures = {}
        return taken

    def fragment(self, value: Xml | Picture) -> str:
        """The runs that stand for it."""
        if isinstance(value, Xml):
            return value.xml
        self.pictures[value.relation_id] = value
        return value.xml(self.number())


def text(value: object, filling: Filling) -> str:
    """What stands for the value inside a `w:t`: escaped, newline a break, tab a tab.

    A fragment ends the run and begins another after itself.

    Raises:
        NoValue: The value is None.
        Unprintable: It holds a character that XML cannot carry.
        WrongType: It is neither text, a number nor a fragment.
    """
    if value.__class__ is str:
        return _broken(value)
    if isinstance(value, (Xml, Picture)):
        return f"{RUN_ENDS}{filling.fragment(value)}{RUN_BEGINS}"
    return _broken(plain(value))


def run(value: object, filling: Filling) -> str:
    """What stands for the value between runs; text gets a run. The same errors as `text`."""
    if value.__class__ is Xml:
        return value.xml
    if isinstance(value, Picture):
        return filling.fragment(value)
    return f"{RUN_BEGINS}{_broken(plain(value))}{RUN_ENDS}"


def paragraph(value: object, filling: Filling) -> str:
    """What stands for the value between paragraphs; text and pictures get one. Errors as `text`."""
    if isinstance(value, Xml):
        return value.xml
    return f"<w:p>{run(value, filling)}</w:p>"


def end(written: Sequence[str]) -> str:
    """What lacks at the end of a cell, row, table or note, or Word refuses the file.

    A cell must close with a paragraph (ISO/IEC 29500-1, 17.4.65); a row must have a cell, a table a
    row, a header or note a paragraph.
    """
    last = next(piece for piece in reversed(written) if piece)
    tag = last[last.rfind("<") :]
    if tag.startswith(("</w:p>", "</w:tc>", "</w:tr>")) or _EMPTY_PARAGRAPH.fullmatch(tag):
        return ""
    if tag.startswith(("</w:tblGrid", "<w:tblGrid", "</w:tblPr>")):
        return "<w:tr><w:tc><w:p/></w:tc></w:tr>"
    if tag.startswith(("<w:tr>", "<w:tr ", "</w:trPr>", "</w:tblPrEx>")):
        return "<w:tc><w:p/></w:tc>"
    return "<w:p/>"


def attribute(value: object) -> str:
    """What stands for the value inside an attribute; the same errors as `text`."""
    escaped = escape(_checked(plain(value)))
    return escaped.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def element(value: object) -> str:
    """What stands for the value inside any other element; the same errors as `text`."""
    return value.xml if isinstance(value, Xml) else escape(_checked(plain(value)))


def escape(value: str) -> str:
    """The text with `&`, `<` and `>` as entities."""
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    return value


def _broken(value: str) -> str:
    if value.replace("\n", "").isprintable():
        return escape(value).replace("\n", LINE_BREAK)
    return escape(_checked(value)).replace("\n", LINE_BREAK).replace("\t", TAB)


def _checked(value: str) -> str:
    if value.isprintable():
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := FORBIDDEN.search(value):
        raise Unprintable(found[0])
    return value


def plain(value: object) -> str:
    """The value as text, unescaped."""
    if value is None:
        raise NoValue
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WrongType(f"{_called(value)} tidak dapat ditulis sebagai teks")
    return str(value)


def rows(value: object) -> Sequence[object]:
    """What a loop goes over.

    Raises:
        NoValue: The value is None.
        WrongType: It is a text or anything else that is not a list.
    """
    if value is None:
        raise NoValue
    if not isinstance(value, (list, tuple)):
        raise WrongType(f"{_called(value)} bukan daftar")
    return value


def _called(value: object) -> str:
    """What a person who edits templates would call the value."""
    names = {dict: "kumpulan isian", list: "daftar", tuple: "daftar", bool: "ya/tidak", str: "teks"}
    return names.get(type(value), type(value).__name__)
