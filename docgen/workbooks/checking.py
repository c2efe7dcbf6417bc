"""What the kind's own rules say of imported inputs, each by the cell that it is about."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.findings import Finding, pointer
from docgen.generate import prepare
from docgen.kinds import DocumentKind
from docgen.satker import Satker
from docgen.validation import place, validate
from docgen.workbooks.headers import PlacedFinding
from docgen.workbooks.importing import Imported, ImportedInput, Steps
from docgen.workbooks.layout import ITEM, Column, Sheet
from docgen.workbooks.places import CellPlace

OfficeOf = Callable[[Mapping[str, Any]], tuple[Satker | None, Sequence[Finding]]]
"""The office that an input is for, None where that is not known; and what to say of it."""

SAYS_MISSING = {"A02", "A08"}


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """Every input with its office, and all findings in the order of sheets, rows and columns."""

    inputs: tuple[ImportedInput, ...]
    offices: tuple[Satker | None, ...]
    findings: tuple[PlacedFinding, ...]

    @property
    def has_errors(self) -> bool:
        return any(one.finding.is_error for one in self.findings)


def check_imported(imported: Imported, office_of: OfficeOf) -> CheckedWorkbook:
    """The inputs checked, each for its office; every finding says its cell."""
    findings = list(imported.findings)
    offices = []
    for entry in imported.inputs:
        office, about_office = office_of(entry.data)
        offices.append(office)
        for finding in (*about_office, *_check(imported.kind, entry, office)):
            one = place_finding(imported, entry, finding)
            if not _is_echo(imported, entry, one):
                findings.append(one)
    findings.sort(key=_order(imported.sheets))
    return CheckedWorkbook(imported.inputs, tuple(offices), tuple(findings))


def _check(
    kind: DocumentKind[Any], entry: ImportedInput, office: Satker | None
) -> Sequence[Finding]:
    # What was left out because of a finding of its own would let rules find more than is wrong.
    if office is None or entry.is_partial:
        return validate(kind.payload, entry.data)[1]
    return prepare(kind, entry.data, office).findings


def place_finding(imported: Imported, entry: ImportedInput, finding: Finding) -> PlacedFinding:
    """The finding with its cell instead of its place in the input."""
    steps = _steps(finding.pointer)
    where = locate(imported, entry, steps)
    said = place(imported.kind.payload, steps)
    message = finding.message
    if said and message.startswith(f"{said}: ") and where.title:
        message = message.removeprefix(f"{said}: ")
    return PlacedFinding(
        dataclasses.replace(finding, message=f"{where}: {message}"), where, entry.number
    )


def locate(imported: Imported, entry: ImportedInput, steps: Steps) -> CellPlace:
    """The cell in which something of an input stands, or would stand; else its row.

    A list as a whole stands where its first row is; an empty one where its document is.
    """
    if first := _first_row(entry, steps):
        return imported.tables[first[0].name].place(first[1], None)
    split = len(steps)
    while (made_by := entry.rows.get(pointer(*steps[:split]))) is None:
        split -= 1
    sheet, row = made_by
    table = imported.tables[sheet.name]
    column = _column(sheet, tuple(step for step in steps[split:] if isinstance(step, str)))
    if column is None:
        return table.place(row, None if sheet.parent else table.key)
    number = table.column_of(column)
    if number is None:
        return table.place(row, None, column.title)
    return table.place(*table.origin(row, number), column.title)


def _first_row(entry: ImportedInput, steps: Steps) -> tuple[Sheet, int] | None:
    """The sheet and the first row of the list to which the steps lead; None where it has no rows."""
    return entry.rows.get(pointer(*steps, 0)) if steps else None


def _column(sheet: Sheet, keys: tuple[str, ...]) -> Column | None:
    """The column of a field, of a group the first one; None for the row, or a list of its own."""
    for column in sheet.columns if keys or sheet.takes_text else ():
        shorter = min(len(keys), len(column.path))
        if keys[:shorter] == column.path[:shorter]:
            return column
    return None


def _steps(pointer_: str) -> Steps:
    tokens = pointer_.split("/")[1:]
    plain = [token.replace("~1", "/").replace("~0", "~") for token in tokens]
    return tuple(int(token) if token.isdecimal() else token for token in plain)


def _is_echo(imported: Imported, entry: ImportedInput, one: PlacedFinding) -> bool:
    """Whether this only repeats, of a document, what was told of the workbook."""
    where = one.place
    if (where.sheet, (where.row, where.column)) in imported.told:
        return True
    if one.finding.code not in SAYS_MISSING:
        return False
    steps = _steps(one.finding.pointer)
    pattern = "/".join(ITEM if isinstance(step, int) else step for step in steps)
    if pattern in entry.partial_lists:
        return True
    if any(
        sheet.pattern == pattern and sheet.name not in imported.tables for sheet in imported.sheets
    ):
        return imported.has_unknown_sheets
    is_absent = bool(where.title) and where.column is None
    return is_absent and imported.is_told_absent(where)


def _order(sheets: Sequence[Sheet]) -> Callable[[PlacedFinding], tuple[int, int, int]]:
    names = [sheet.name for sheet in sheets]

    def order(one: PlacedFinding) -> tuple[int, int, int]:
        where = one.place
        sheet = names.index(where.sheet) if where.sheet in names else len(names)
        return (
            sheet,
            -1 if where.row is None else where.row,
            -1 if where.column is None else where.column,
        )

    return order
