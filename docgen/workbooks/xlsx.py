"""An XLSX file as tables. Calamine reads the cells; what it does not tell is read beside it."""

import io
from collections.abc import Callable
from typing import TypeVar

import python_calamine

from docgen.workbooks.cells import Value, is_blank
from docgen.workbooks.limits import MAX_SHEETS
from docgen.workbooks.package import Facts, Package, damaged
from docgen.workbooks.tables import Position, Table, unusable

T = TypeVar("T")

Rows = list[list[Value]]


def read_xlsx(raw: bytes) -> tuple[Table, ...]:
    """The sheets of a workbook, hidden ones too, in order.

    Raises:
        InvalidInput: The file is damaged or too large.
    """
    package = Package.read(raw)
    book = _reading(lambda: python_calamine.load_workbook(io.BytesIO(package.repacked())))
    sheets = [
        sheet
        for sheet in book.sheets_metadata
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if len(sheets) > MAX_SHEETS:
        raise unusable(f"Ada {len(sheets)} lembar; paling banyak {MAX_SHEETS}.")
    visible = python_calamine.SheetVisibleEnum.Visible
    return tuple(
        _table(book, one.name, package.facts(one.name), is_hidden=one.visible != visible)
        for one in sheets
    )


def _table(
    book: python_calamine.CalamineWorkbook, name: str, facts: Facts, *, is_hidden: bool
) -> Table:
    sheet = _reading(lambda: book.get_sheet_by_name(name))
    rows: Rows = _reading(lambda: sheet.to_python(skip_empty_area=False))
    return Table(
        name,
        rows,
        errors=facts.errors,
        percents=facts.percents,
        uncounted=frozenset(at for at in facts.formulas if _is_blank_at(rows, at)),
        merged=sheet.merged_cell_ranges or (),
        is_hidden=is_hidden,
    )


def _is_blank_at(rows: Rows, at: Position) -> bool:
    row, column = at
    return row >= len(rows) or column >= len(rows[row]) or is_blank(rows[row][column])


def _reading(read: Callable[[], T]) -> T:
    """What calamine reads.

    Raises:
        InvalidInput: It cannot.
    """
    try:
        return read()
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise damaged() from error
