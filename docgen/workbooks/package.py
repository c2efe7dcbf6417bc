"""The parts of an XLSX file, bounded, and what they say of cells beyond their values."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from docgen.errors import InvalidInput
from docgen.workbooks.limits import (
    MAX_CELLS,
    MAX_EXPANDED_BYTES,
    MAX_PARTS,
    MAX_REPEATED_BYTES,
)
from docgen.workbooks.tables import Position, unusable

PERCENT_FORMATS = {9, 10}
"""The built-in number formats `0%` and `0.00%`."""

_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,9})(\d{1,12})[\"']([^<>]*>)")
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?(/?)>(\s*<(?:\w+:)?f\b)?")
_VALUE = re.compile(rb"<(?:\w+:)?v[\s>]")
_ENTRY = re.compile(rb"<(?:\w+:)?si\b")
_ATTRIBUTE = re.compile(rb"\b(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_WRITTEN_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_WORTH_A_LOOK = re.compile(rb"""\bt\s*=\s*["']e["']|<(?:\w+:)?f\b""")
_ADDRESS = re.compile(rb"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sheet's XML says of its cells: Excel's errors, percent formats, formulas.

    Formulas whose result is a text are not among them: an empty text is a result.
    """

    errors: Mapping[Position, str] = field(default_factory=dict)
    percents: frozenset[Position] = frozenset()
    formulas: frozenset[Position] = frozenset()


@dataclass(frozen=True, slots=True)
class Package:
    """The content of every XML part, by name; pictures and the like are left out."""

    parts: Mapping[str, bytes]

    @classmethod
    def read(cls, raw: bytes) -> "Package":
        """The parts of a file.

        Raises:
            InvalidInput: It is damaged, expands to too much, or a sheet is too wide or long.
        """
        package = cls(_expand(raw))
        package.refuse_large_sheets()
        return package

    def repacked(self) -> bytes:
        """The same parts uncompressed: whoever reads this reads what was measured here."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return stream.getvalue()

    def refuse_large_sheets(self) -> None:
        """Refuse what would take far more memory than the file.

        Calamine fills every cell between A1 and the last one, each with a copy of its text.
        """
        longest = 0
        values = 0
        for name, content in self.parts.items():
            # No program writes comments or declarations here; they would hide cells from a search.
            if b"<!" in content and name.startswith(("xl/worksheets/", "xl/sharedStrings")):
                raise damaged()
            longest = max(longest, *map(len, _ENTRY.split(content)[1:]), 0)
            values += len(_VALUE.findall(content))
            if _area(content) > MAX_CELLS:
                raise unusable(
                    f"Satu lembar lebih besar dari {MAX_CELLS} sel.",
                    "Hapus isi sel yang jauh di bawah atau di kanan tabel.",
                )
        if longest * values > MAX_REPEATED_BYTES:
            raise unusable("Isi sel terlalu panjang dan terlalu banyak.", "Bagi menjadi beberapa.")

    def facts(self, sheet: str) -> Facts:
        """What the sheet of this name says of its cells."""
        xml = self.parts.get(self._sheet_parts().get(sheet, ""), b"")
        percent_styles = self._percent_styles()
        if not percent_styles and not _WORTH_A_LOOK.search(xml):
            return Facts()
        return _facts(xml, percent_styles)

    def _sheet_parts(self) -> dict[str, str]:
        """The parts that hold the sheets, by the sheets' names."""
        main = self._part("xl/workbook.xml")
        targets = {
            one.get("Id"): posixpath.normpath(posixpath.join("xl", one.get("Target", "")))
            for one in self._part("xl/_rels/workbook.xml.rels")
        }
        return {
            one.get("name"): targets.get(relation, "").removeprefix("/")
            for one in main.iter("{*}sheet")
            for key, relation in one.attrib.items()
            if key.endswith("}id")
        }

    def _percent_styles(self) -> frozenset[bytes]:
        """The numbers of the cell styles that show a number as percent."""
        styles = self._part("xl/styles.xml")
        percents = {str(number) for number in PERCENT_FORMATS} | {
            one.get("numFmtId")
            for one in styles.iter("{*}numFmt")
            if "%" in one.get("formatCode", "")
        }
        return frozenset(
            str(index).encode()
            for formats in styles.iter("{*}cellXfs")
            for index, one in enumerate(formats)
            if one.get("numFmtId") in percents
        )

    def _part(self, name: str) -> Any:  # noqa: ANN401  lxml ships no types
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            return etree.fromstring(self.parts.get(name, b"<none/>"), parser)
        except etree.XMLSyntaxError as error:
            raise damaged() from error


def _expand(raw: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MAX_EXPANDED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise damaged()
            for entry in archive.infolist():
                if not entry.filename.endswith((".xml", ".rels")):
                    continue
                with archive.open(entry) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise unusable(
                        f"Isi berkas ini lebih dari {MAX_EXPANDED_BYTES // 1024 // 1024} MB.",
                        "Bagi menjadi beberapa.",
                    )
                parts[entry.filename] = content
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise damaged() from error
    return parts


def _area(xml: bytes) -> int:
    """How many cells lie between A1 and the last cell that says something."""
    rows = columns = 0
    for letters, digits, rest in _REFERENCE.findall(xml):
        # A cell without content ends at once; an odd quote says that the end was inside a value.
        is_empty = rest.endswith(b"/>") and rest.count(b'"') % 2 == rest.count(b"'") % 2 == 0
        if letters and not is_empty:
            rows, columns = max(rows, int(digits)), max(columns, _column(letters.upper()) + 1)
    bare = sum(1 for attributes, *_ in _CELL.findall(xml) if not _has_reference(attributes))
    if bare:  # cells that are counted on from the ones before, in rows that have numbers
        numbers = [int(digits) for letters, digits, _ in _REFERENCE.findall(xml) if not letters]
        rows, columns = max(rows, bare, *numbers), columns + bare
    return rows * columns


def _has_reference(attributes: bytes) -> bool:
    return b" r=" in attributes


def _facts(xml: bytes, percent_styles: frozenset[bytes]) -> Facts:
    errors: dict[Position, str] = {}
    percents, formulas = set(), set()
    for at, attributes, has_formula, end in _cells(xml):
        if attributes.get(b"t") == b"e":
            found = _WRITTEN_VALUE.search(xml, end)
            errors[at] = found[1].decode(errors="replace") if found else "#?"
        elif has_formula and attributes.get(b"t") != b"str":
            formulas.add(at)
        if attributes.get(b"s") in percent_styles:
            percents.add(at)
    return Facts(errors, frozenset(percents), frozenset(formulas))


def _cells(xml: bytes) -> Iterator[tuple[Position, dict[bytes, bytes], bool, int]]:
    for found in _CELL.finditer(xml):
        attributes = dict(_ATTRIBUTE.findall(found[1] or b""))
        address = _ADDRESS.fullmatch(attributes.get(b"r", b""))
        if address and not found[2]:
            at = int(address[2]) - 1, _column(address[1])
            yield at, attributes, found[3] is not None, found.end()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def damaged() -> InvalidInput:
    """The error of a workbook that cannot be read."""
    return unusable(
        "Berkas Excel ini rusak atau tidak lengkap.", "Buka di Excel, lalu simpan ulang."
    )
