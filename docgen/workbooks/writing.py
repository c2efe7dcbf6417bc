"""A kind's workbook: its sheets with their headers, notes and drop-downs, empty or with inputs."""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.errors import InvalidInput
from docgen.findings import Finding
from docgen.kinds import DocumentKind
from docgen.validation import FORBIDDEN
from docgen.workbooks.cells import written
from docgen.workbooks.guide import write_guide
from docgen.workbooks.layout import KEY, PETUNJUK, PILIHAN, Column, Sheet, sheets_of
from docgen.workbooks.looks import (
    HEADER,
    HEADER_FONT,
    HEADER_WRAPPED,
    LINK_HEADER,
    WRAPPED,
    fit_row,
    print_wide,
)
from docgen.workbooks.places import CellPlace, column_letters

MAX_CELL = 32_767
"""The longest text that Excel keeps in a cell."""

LAST_ROW = 5_001
"""How far down the drop-downs reach."""

LAST_OFFERED = 41
"""How far down a list is offered whole, where there is one document."""

AS_TEXT, AS_DATE, AS_NUMBER = "@", "yyyy-mm-dd", "General"
_FORMATS = {"date": AS_DATE, "number": AS_NUMBER}
_WIDTHS = {"date": 16, "time": 11, "number": 14, "choice": 20, "yes_no": 12}
_NAME_WIDTH, _TEXT_WIDTH, _LONG_WIDTH = 14, 26, 44

_NUMBER = re.compile(r"0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,5})\.\d{0,5}[1-9]", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DATE = dt.date(1900, 3, 1)
"""Before it, Excel's calendar is not ours: it has a 29 February 1900."""


def write_workbook(kind: DocumentKind[Any], inputs: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """An XLSX file with the kind's sheets; each of the inputs, plain data, is filled in.

    Raises:
        InvalidInput: A text is longer than a cell holds; the finding says which.
    """
    book = openpyxl.Workbook()
    sheets = sheets_of(kind)
    worksheets = {sheet.name: book.create_sheet(sheet.name) for sheet in sheets}
    book.remove(book.worksheets[0])
    write_guide(book.create_sheet(PETUNJUK), kind, sheets)
    choices = _Choices(book.create_sheet(PILIHAN))
    by_pattern = {sheet.pattern: sheet for sheet in sheets}
    for sheet in sheets:
        _write_head(worksheets[sheet.name], sheet, choices, by_pattern)
    rows = _Rows(sheets)
    for number, data in enumerate(inputs, 1):
        rows.add_document(str(number), data)
    for sheet in sheets:
        _write_rows(worksheets[sheet.name], rows.of(sheet))
        _hide_unasked(worksheets[sheet.name], sheet, rows.of(sheet))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@dataclass(slots=True)
class _Choices:
    """The hidden sheet with the words to choose from, each list once."""

    worksheet: Worksheet
    columns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.worksheet.sheet_state = "hidden"

    def range_of(self, words: tuple[str, ...]) -> str:
        """The formula that names the cells with these words."""
        if words not in self.columns:
            number = len(self.columns)
            for row, word in enumerate(words, 1):
                self.worksheet.cell(row, number + 1, word)
            letters = column_letters(number)
            self.columns[words] = f"{PILIHAN}!${letters}$1:${letters}${len(words)}"
        return self.columns[words]


def _write_head(
    worksheet: Worksheet, sheet: Sheet, choices: _Choices, by_pattern: Mapping[str, Sheet]
) -> None:
    worksheet.freeze_panes = f"{column_letters(_first_column(sheet))}2"
    worksheet.row_dimensions[1].height = 48
    worksheet.print_title_rows = "1:1"
    print_wide(worksheet, in_one=False)
    for number, (title, link) in enumerate(_naming_columns(sheet)):
        _write_header(worksheet, number, title, _link_note(title, link), LINK_HEADER)
        _format_column(worksheet, number, AS_TEXT, _NAME_WIDTH)
        if link:
            _offer(worksheet, number, _names_of(link), is_strict=False)
    for number, column in enumerate(sheet.columns, _first_column(sheet)):
        title = f"{column.title} *" if column.required else column.title
        _write_header(worksheet, number, title, _note(column), HEADER)
        _format_column(worksheet, number, _FORMATS.get(column.type, AS_TEXT), _width(column))
        if column.choices:
            words = tuple(words for _, words in column.choices)
            _offer(worksheet, number, choices.range_of(words), is_strict=True)
        elif column.chosen_from and column.chosen_from in by_pattern:
            # Several of them may stand in one cell, so what is not in the list is not refused here.
            _offer(worksheet, number, _entries_of(by_pattern[column.chosen_from]), is_strict=False)


def _first_column(sheet: Sheet) -> int:
    """How many columns name rows, before those with fields."""
    return len(sheet.links) + bool(sheet.key)


def _naming_columns(sheet: Sheet) -> Iterator[tuple[str, Sheet | None]]:
    """The columns that name rows: of which sheet, None for the row's own name."""
    for above in sheet.ancestors:
        yield above.key, above
    if sheet.key:
        yield sheet.key, None


def _write_header(
    worksheet: Worksheet, number: int, title: str, note: str, fill: PatternFill
) -> None:
    cell = worksheet.cell(1, number + 1, title)
    cell.font = HEADER_FONT
    cell.fill = fill
    cell.alignment = HEADER_WRAPPED
    if note:
        cell.comment = Comment(
            note, "docgen", width=320, height=40 + 18 * (len(note) // 45 + note.count("\n") + 1)
        )


def _format_column(worksheet: Worksheet, number: int, number_format: str, width: int) -> None:
    dimension = worksheet.column_dimensions[column_letters(number)]
    dimension.width = width
    dimension.number_format = number_format
    dimension.alignment = WRAPPED


def _width(column: Column) -> int:
    return _WIDTHS.get(column.type, _LONG_WIDTH if column.is_long else _TEXT_WIDTH)


def _offer(worksheet: Worksheet, number: int, formula: str, *, is_strict: bool) -> None:
    letters = column_letters(number)
    validation = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=is_strict,
        errorTitle="Pilihan",
        error="Pilih salah satu dari daftarnya.",
    )
    validation.add(f"{letters}2:{letters}{LAST_ROW}")
    worksheet.add_data_validation(validation)


def _names_of(sheet: Sheet) -> str:
    """The formula that names the key column of a sheet."""
    letters = column_letters(len(sheet.links))
    return f"'{sheet.name}'!${letters}$2:${letters}${LAST_ROW}"


def _entries_of(sheet: Sheet) -> str:
    """The formula that names the texts of a list's sheet that are of this row's document.

    Of those that name their document, from the first on as many as there are; where the row names
    none, there is one document only.
    """
    entries = f"'{sheet.name}'!${column_letters(_first_column(sheet))}"
    owners = f"'{sheet.name}'!$A$2:$A${LAST_ROW}"
    all_of_them = f"{entries}$2:{entries.partition('!')[2]}${LAST_OFFERED}"
    count = f"MAX(1,COUNTIF({owners},$A2))"
    own = f"OFFSET({entries}$2,IFERROR(MATCH($A2,{owners},0)-1,0),0,{count},1)"
    return f'IF($A2="",{all_of_them},{own})'


def _link_note(title: str, link: Sheet | None) -> str:
    if link is not None:
        return (
            f"Baris ini milik {title.lower()} yang mana: isi kolom “{title}” di lembar {link.name}."
        )
    if title == KEY:
        return (
            "Nama pendek atau nomor dokumen ini, untuk disebut di lembar lain. Kosong: nomor "
            "urutnya, 1 untuk yang pertama."
        )
    return f"Nomor atau nama baris ini, untuk disebut di lembar lain. Kosong: urutannya dalam {KEY.lower()} itu."


def _note(column: Column) -> str:
    lines = ["Wajib diisi."] if column.required else []
    if column.help:
        lines.append(column.help)
    if column.type == "lines":
        lines.append("Satu butir satu baris (Alt+Enter di dalam sel).")
    if column.example:
        lines.append(f"Contoh: {column.example}")
    return "\n".join(lines)


@dataclass(slots=True)
class _Rows:
    """What is to be written into each sheet, from the second row on."""

    sheets: Sequence[Sheet]
    rows: dict[str, list[list[tuple[Column | None, object]]]] = field(default_factory=dict)

    def of(self, sheet: Sheet) -> list[list[tuple[Column | None, object]]]:
        return self.rows.get(sheet.name, [])

    def add_document(self, name: str, data: Mapping[str, Any]) -> None:
        self._add(self.sheets[0], (), name, data)

    def _add(
        self, sheet: Sheet, names: tuple[str, ...], name: str, data: Mapping[str, Any]
    ) -> None:
        own = (*names, name) if sheet.key else names
        row: list[tuple[Column | None, object]] = [(None, one) for one in own]
        row += [(column, _at(data, column.path)) for column in sheet.columns]
        self.rows.setdefault(sheet.name, []).append(row)
        for below in self.sheets:
            if below.parent is sheet:
                for number, item in enumerate(_at(data, below.path) or (), 1):
                    self._add(below, own, str(number), _as_object(below, item))


def _at(data: Mapping[str, Any], path: Sequence[str]) -> Any:  # noqa: ANN401  JSON-like data of any shape
    value: Any = data
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _as_object(sheet: Sheet, item: object) -> Mapping[str, Any]:
    """The item; a text alone stands for the first field of an object."""
    return item if isinstance(item, Mapping) else {sheet.columns[0].path[0]: item}


def _write_rows(
    worksheet: Worksheet, rows: Sequence[Sequence[tuple[Column | None, object]]]
) -> None:
    for row_number, row in enumerate(rows, 2):
        texts: list[tuple[str, float]] = []
        for number, (column, data) in enumerate(row):
            if data is None or data == [] or data == ():
                continue
            cell = cast("Cell", worksheet.cell(row_number, number + 1))  # nothing is merged here
            text = str(data) if column is None else written(column, data)
            title = column.title if column else ""
            _refuse_unstorable(CellPlace(worksheet.title, row_number - 1, number, title), text)
            _write_cell(cell, column, text)
            width = worksheet.column_dimensions[column_letters(number)].width
            texts.append((text, width))
        fit_row(worksheet, row_number, texts)


def _hide_unasked(
    worksheet: Worksheet,
    sheet: Sheet,
    rows: Sequence[Sequence[tuple[Column | None, object]]],
) -> None:
    """Hide what no form asks for, where nothing stands in it; it is read all the same."""
    for number, column in enumerate(sheet.columns, _first_column(sheet)):
        is_empty = all(row[number][1] in (None, [], ()) for row in rows)
        if not column.is_asked and is_empty:
            worksheet.column_dimensions[column_letters(number)].hidden = True


def _write_cell(cell: Cell, column: Column | None, text: str) -> None:
    cell.alignment = WRAPPED
    cell.number_format = AS_TEXT if column is None else _FORMATS.get(column.type, AS_TEXT)
    value = _native(column, text)
    if value is not None:
        cell.value = value
        cell.number_format = AS_DATE if isinstance(value, dt.date) else AS_NUMBER
        return
    cell.value = _ESCAPED.sub("_x005F_", text)
    cell.data_type = "s"  # a text that begins with = is a text
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def _native(column: Column | None, text: str) -> float | dt.date | None:
    """The number or date that Excel shows and reads back as this text; None where it is a text."""
    if column is not None and column.type == "number" and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if column is not None and column.type == "date" and _ISO.fullmatch(text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return None
        return day if day >= _FIRST_DATE else None
    return None


def _refuse_unstorable(where: CellPlace, text: str) -> None:
    if len(text) > MAX_CELL:
        message = f"{where}: {len(text)} karakter; satu sel Excel memuat paling banyak {MAX_CELL}."
        raise InvalidInput([Finding("X05", "error", "", message)])
    if found := FORBIDDEN.search(text):
        message = f"{where}: ada karakter U+{ord(found[0]):04X} yang tidak dapat disimpan."
        raise InvalidInput([Finding("A05", "error", "", message)])
