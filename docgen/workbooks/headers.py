"""Which table is which sheet of the kind, and which of its columns is which field."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.findings import Finding, Level
from docgen.workbooks.cells import Unsuitable, Value, is_blank
from docgen.workbooks.layout import ISIAN, PETUNJUK, PILIHAN, Column, Sheet
from docgen.workbooks.places import CellPlace
from docgen.workbooks.tables import Position, Table

NOT_READ = {PETUNJUK.casefold(), PILIHAN.casefold()}


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding and where in the workbook it is; `document` is its position from 0, None for all."""

    finding: Finding
    place: CellPlace
    document: int | None = None


def placed(
    place: CellPlace,
    code: str,
    message: str,
    hint: str = "",
    *,
    level: Level = "error",
    document: int | None = None,
) -> PlacedFinding:
    """A finding of the workbook itself, whose message begins with its place."""
    return PlacedFinding(Finding(code, level, "", f"{place}: {message}", hint), place, document)


@dataclass(frozen=True, slots=True)
class MatchedTable:
    """A table whose columns are known. Columns are counted from 0; `links` are by their header."""

    sheet: Sheet
    table: Table
    header_row: int
    links: Mapping[str, int]
    key: int | None
    columns: Mapping[int, Column]
    has_unknown: bool
    origins: Mapping[Position, Position]

    def filled_rows(self) -> Iterator[int]:
        """The rows below the header in which something is written, more than links and key."""
        for row in range(self.header_row + 1, self.height):
            if any(not self.is_empty((row, column)) for column in self.columns):
                yield row

    @property
    def height(self) -> int:
        """How many rows there are, those with nothing but an error or an open formula too."""
        strange = [row for row, _ in (*self.table.errors, *self.table.uncounted)]
        return max(len(self.table.rows), *(row + 1 for row in strange), 0)

    def is_empty(self, at: Position) -> bool:
        """Whether nothing stands in a cell, no error and no formula either."""
        rows, (row, column) = self.table.rows, at
        is_there = row < len(rows) and column < len(rows[row]) and not is_blank(rows[row][column])
        return not (is_there or at in self.table.errors or at in self.table.uncounted)

    def value(self, at: Position) -> Value:
        """What stands in a cell; `""` where nothing does.

        Raises:
            Unsuitable: It is an Excel error, or a formula without its result.
        """
        if error := self.table.errors.get(at):
            raise Unsuitable(
                f"berisi kesalahan Excel {error}.", "Perbaiki rumusnya, atau ketik isinya."
            )
        if at in self.table.uncounted:
            raise Unsuitable(
                "berisi rumus yang belum dihitung.",
                "Buka berkasnya di Excel, simpan, lalu coba lagi; atau ketik isinya.",
            )
        return "" if self.is_empty(at) else self.table.rows[at[0]][at[1]]

    def is_percent(self, at: Position) -> bool:
        """Whether Excel shows the number in a cell as percent."""
        return at in self.table.percents

    def origin(self, row: int, column: int) -> Position:
        """The cell whose content holds here: the uppermost one of a merged range."""
        return self.origins.get((row, column), (row, column))

    def column_of(self, wanted: Column) -> int | None:
        """Where the field's column is; None where the table has none."""
        return next((at for at, column in self.columns.items() if column is wanted), None)

    def place(self, row: int | None, column: int | None, title: str = "") -> CellPlace:
        return CellPlace(self.sheet.name, row, column, title)


def match_tables(
    sheets: Sequence[Sheet], tables: Sequence[Table]
) -> tuple[dict[str, MatchedTable], list[PlacedFinding]]:
    """The kind's sheets that are there, by name, and what is wrong with tables and headers."""
    matched: dict[str, MatchedTable] = {}
    findings: list[PlacedFinding] = []
    for table in tables:
        sheet = _sheet_of(sheets, table, is_only_one=len(tables) == 1)
        if sheet is None:
            findings += _about_unknown(sheets, table)
        elif sheet.name in matched:
            message = "ada dua kali; hanya yang pertama dibaca."
            findings.append(placed(CellPlace(sheet.name), "X02", message))
        else:
            matched[sheet.name], about = _match(sheet, table)
            findings += about
    if ISIAN not in matched:
        message = "tidak ada; satu barisnya adalah satu dokumen."
        hint = "Pakai buku kerja yang diunduh, dan jangan ganti nama lembarnya."
        findings.append(placed(CellPlace(ISIAN), "X02", message, hint))
    return matched, findings


def _sheet_of(sheets: Sequence[Sheet], table: Table, *, is_only_one: bool) -> Sheet | None:
    name = _plain(table.name)
    for sheet in sheets:
        if _plain(sheet.name) == name:
            return sheet
    if not is_only_one:
        return None
    header = _header_row(table)
    found = {_plain(str(value)) for value in table.rows[header]} if table.rows else set()
    known = [len(found & _known(sheet).keys()) for sheet in sheets]
    return sheets[known.index(max(known))] if max(known) else sheets[0]


def _about_unknown(sheets: Sequence[Sheet], table: Table) -> list[PlacedFinding]:
    # What somebody hid is read where it is ours, and their own affair where it is not.
    if table.is_hidden or table.name.casefold() in NOT_READ or _is_empty(table):
        return []
    near = difflib.get_close_matches(table.name, [sheet.name for sheet in sheets], n=1)
    if near:
        hint = f"Mungkin “{near[0]}”?"
        return [placed(CellPlace(table.name), "X02", "lembar ini tidak dikenal.", hint)]
    message = "lembar ini tidak dikenal dan tidak dibaca."
    return [placed(CellPlace(table.name), "X02", message, level="warning")]


def _is_empty(table: Table) -> bool:
    return all(is_blank(value) for row in table.rows for value in row)


def _header_row(table: Table) -> int:
    for number, row in enumerate(table.rows):
        if any(not is_blank(value) for value in row):
            return number
    return 0


def _plain(header: str) -> str:
    """The header without what people change in passing: case, spaces, the star of a required one."""
    return re.sub(r"\s+", " ", header.replace("*", " ")).strip().casefold()


def _known(sheet: Sheet) -> dict[str, Column | str]:
    """Every header that is understood: a field, or the name of a link or key column."""
    known: dict[str, Column | str] = {}
    for column in sheet.columns:
        for alias in column.aliases:
            known.setdefault(_plain(alias), column)
    for column in sheet.columns:
        known[_plain(column.title)] = column
    for header in (*sheet.links, *([sheet.key] if sheet.key else [])):
        known[_plain(header)] = header
    return known


def _match(sheet: Sheet, table: Table) -> tuple[MatchedTable, list[PlacedFinding]]:
    known = _known(sheet)
    header_row = _header_row(table)
    header = table.rows[header_row] if table.rows else ()
    columns: dict[int, Column] = {}
    keys: dict[str, int] = {}
    findings: list[PlacedFinding] = []
    taken: set[int] = set()
    has_unknown = False
    for number, value in enumerate(header):
        place = CellPlace(sheet.name, header_row, number)
        found = known.get(_plain(str(value)))
        if found is None:
            about = _about_header(sheet, table, header_row, number)
            has_unknown |= bool(about)
            findings += about
        elif id(found) in taken:
            findings.append(placed(place, "X03", f"kolom “{value}” ada dua kali.", "Hapus satu."))
        elif isinstance(found, Column):
            columns[number] = found
            taken.add(id(found))
        else:
            keys[found] = number
            taken.add(id(found))
    if not has_unknown:
        findings += _about_missing(sheet, columns)
    matched = MatchedTable(
        sheet,
        table,
        header_row,
        {link: keys[link] for link in sheet.links if link in keys},
        keys.get(sheet.key),
        columns,
        has_unknown,
        _origins(table),
    )
    return matched, findings


def _about_header(sheet: Sheet, table: Table, header_row: int, number: int) -> list[PlacedFinding]:
    place = CellPlace(sheet.name, header_row, number)
    header = str(table.rows[header_row][number]).strip()
    if header:
        near = difflib.get_close_matches(_plain(header), [_plain(h) for h in sheet.headers], n=1)
        named = next((h for h in sheet.headers if near and _plain(h) == near[0]), "")
        hint = f"Mungkin “{named}”?" if named else "Hapus kolom ini, atau pindahkan ke lembar lain."
        return [placed(place, "X03", f"kolom “{header}” tidak dikenal.", hint)]
    below = (row for row in range(header_row + 1, len(table.rows)))
    first = next((row for row in below if not is_blank(table.rows[row][number])), None)
    if first is None:
        return []
    message = f"kolom ini berisi (baris {first + 1}) tetapi tidak berjudul."
    return [placed(place, "X03", message, "Tulis judul kolomnya, atau hapus isinya.")]


def _about_missing(sheet: Sheet, columns: Mapping[int, Column]) -> Iterator[PlacedFinding]:
    there = {id(column) for column in columns.values()}
    for column in sheet.columns:
        if column.required and id(column) not in there:
            yield placed(CellPlace(sheet.name), "X03", f"kolom “{column.title}” tidak ada.")


def _origins(table: Table) -> dict[Position, Position]:
    """For each cell below the first one of a merged range, that first one."""
    return {
        (row, left): (top, left)
        for (top, left), (bottom, _) in table.merged
        for row in range(top + 1, min(bottom + 1, len(table.rows)))
    }
