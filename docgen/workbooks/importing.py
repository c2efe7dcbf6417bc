"""From tables to inputs: plain data as an input file would give it, and which row made what."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.findings import pointer
from docgen.kinds import DocumentKind
from docgen.workbooks.cells import Unsuitable, cell_data, cell_text
from docgen.workbooks.headers import MatchedTable, PlacedFinding, match_tables, placed
from docgen.workbooks.layout import ISIAN, KEY, Column, Sheet, sheets_of
from docgen.workbooks.limits import MAX_DOCUMENTS, MAX_ROWS
from docgen.workbooks.places import CellPlace
from docgen.workbooks.tables import Position, Table

NAME = Column((), "", "text")
"""How the cells are read that name a row."""

MAX_LISTED = 5

Steps = tuple[str | int, ...]
Told = tuple[str, tuple[int | None, int | None]]
"""A cell that has a finding: its sheet, and its position."""


@dataclass(slots=True)
class ImportedInput:
    """One document's input: `data` as an input file would give it.

    `rows` tells by pointer which row of which sheet made an object. `is_partial` says that
    something was left out that has a finding of its own; `partial_lists` names by pattern the
    lists that may lack rows for that reason.
    """

    number: int
    key: str
    row: int
    data: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, tuple[Sheet, int]] = field(default_factory=dict)
    is_partial: bool = False
    partial_lists: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook says: its inputs in order, and what is wrong with the workbook itself.

    `told` are the cells that have a finding already.
    """

    kind: DocumentKind[Any]
    sheets: tuple[Sheet, ...]
    tables: Mapping[str, MatchedTable]
    inputs: tuple[ImportedInput, ...]
    findings: tuple[PlacedFinding, ...]
    told: frozenset[Told]

    @property
    def has_unknown_sheets(self) -> bool:
        """Whether a sheet was told to be misnamed, so that another one seems to be missing."""
        return any(one.finding.code == "X02" and one.finding.is_error for one in self.findings)

    def is_told_absent(self, place: CellPlace) -> bool:
        """Whether the column that is missing here was told: as missing, or as one misnamed."""
        table = self.tables[place.sheet]
        required = {column.title for column in table.sheet.columns if column.required}
        return table.has_unknown or place.title in required


def import_tables(kind: DocumentKind[Any], tables: Sequence[Table]) -> Imported:
    """The inputs in these tables, with the findings about the tables themselves."""
    sheets = sheets_of(kind)
    matched, findings = match_tables(sheets, tables)
    reader = _Reader(matched, findings)
    if ISIAN in matched:
        reader.read(sheets)
    return Imported(
        kind,
        sheets,
        matched,
        tuple(reader.documents),
        tuple(reader.findings),
        frozenset(reader.told),
    )


@dataclass(slots=True)
class _Made:
    """An object that a row has made, and the steps to it in its document."""

    document: ImportedInput
    data: dict[str, Any]
    steps: Steps


class _Unlinked(Exception):
    """A row that belongs to no row of the sheet above it; it has its finding."""


class _Reader:
    def __init__(
        self, tables: Mapping[str, MatchedTable], findings: Sequence[PlacedFinding]
    ) -> None:
        self._tables = tables
        self.findings = list(findings)
        self.told: set[Told] = set()
        self.documents: list[ImportedInput] = []
        # By sheet and owner (0, or the document's number from 1): rows by the name others use.
        self._named: dict[tuple[str, int], dict[str, _Made]] = {}
        self._made: dict[tuple[str, int], int] = {}

    def read(self, sheets: Sequence[Sheet]) -> None:
        isian, *lists = sheets
        table = self._tables[isian.name]
        for row in self._rows(table, MAX_DOCUMENTS):
            self._read_document(table, row)
        if not self.documents:
            message = "belum ada baris yang diisi."
            self.findings.append(placed(CellPlace(isian.name), "X04", message))
            return
        for sheet in lists:
            if found := self._tables.get(sheet.name):
                self._read_list(found)

    def _rows(self, table: MatchedTable, limit: int) -> list[int]:
        rows = list(table.filled_rows())
        if len(rows) > limit:
            message = f"ada {len(rows)} baris terisi; paling banyak {limit}."
            hint = "Bagi menjadi beberapa berkas."
            self.findings.append(placed(CellPlace(table.sheet.name), "X05", message, hint))
            return []
        return rows

    def _read_document(self, table: MatchedTable, row: int) -> None:
        number = len(self.documents)
        document = ImportedInput(number, "", row)
        self.documents.append(document)
        made = _Made(document, document.data, ())
        document.rows[""] = (table.sheet, row)
        self._fill(table, row, made)
        document.key = self._give_name(table, row, made, owner=0)

    def _read_list(self, table: MatchedTable) -> None:
        if not self._can_link(table):
            return
        neighbours: list[ImportedInput] = []
        last: ImportedInput | None = None
        was_unlinked = False
        for row in self._rows(table, MAX_ROWS):
            try:
                last_made = self._read_item(table, row)
            except _Unlinked:
                neighbours += [last] if last else []
                was_unlinked = True
                continue
            last = last_made.document
            if was_unlinked:
                neighbours.append(last)
                was_unlinked = False
        if neighbours or was_unlinked or last is None:
            self._mark_partial(table.sheet, neighbours)

    def _can_link(self, table: MatchedTable) -> bool:
        """Whether its rows can name their documents, or need not as there is only one."""
        if KEY in table.links or len(self.documents) == 1:
            return True
        message = f"kolom “{KEY}” tidak ada, padahal ada {len(self.documents)} dokumen."
        self.findings.append(placed(CellPlace(table.sheet.name), "X03", message))
        self._mark_partial(table.sheet, self.documents)
        return False

    def _mark_partial(self, sheet: Sheet, documents: Sequence[ImportedInput]) -> None:
        """Rows may belong to these, or to a document without any: they lack something for sure."""
        for document in documents:
            document.is_partial = True
            document.partial_lists.add(sheet.pattern)
        for document in self.documents:
            if not any(at is sheet for at, _ in document.rows.values()):
                document.partial_lists.add(sheet.pattern)

    def _read_item(self, table: MatchedTable, row: int) -> _Made:
        sheet = table.sheet
        parent = self._parent(table, row)
        holder: Any = parent.data
        for step in sheet.path[:-1]:
            holder = holder.setdefault(step, {})
        items = holder.setdefault(sheet.path[-1], [])
        made = _Made(parent.document, {}, (*parent.steps, *sheet.path, len(items)))
        items.append(made.data)
        made.document.rows[pointer(*made.steps)] = (sheet, row)
        self._fill(table, row, made)
        if sheet.takes_text and tuple(made.data) == sheet.columns[0].path:
            items[-1] = made.data[sheet.columns[0].path[0]]
        if sheet.key:
            self._give_name(table, row, made, owner=made.document.number + 1)
        return made

    def _parent(self, table: MatchedTable, row: int) -> _Made:
        """The row of the sheet above that this row names, through all sheets above.

        Raises:
            _Unlinked: It names none; that is told.
        """
        owner = 0
        found: _Made | None = None
        for above in table.sheet.ancestors:
            found = self._named_row(table, row, above, owner)
            owner = found.document.number + 1
        if found is None:
            raise _Unlinked
        return found

    def _named_row(self, table: MatchedTable, row: int, above: Sheet, owner: int) -> _Made:
        there = self._named.get((above.name, owner), {})
        column = table.links.get(above.key)
        at = None if column is None else table.origin(row, column)
        name = "" if at is None else self._name(table, at)
        if not name and self._made.get((above.name, owner)) == 1:
            return next(iter(there.values()))
        if name.casefold() in there:
            return there[name.casefold()]
        if owner and above.pattern in self.documents[owner - 1].partial_lists:
            raise _Unlinked  # the row that it names may be one that was told to be unlinked
        place = table.place(row, column)
        if name:
            near = difflib.get_close_matches(name.casefold(), there, n=1)
            hint = f"Mungkin “{near[0]}”?" if near else f"Yang ada: {_listed(there)}."
            message = f"{above.key.lower()} “{name}” tidak ada di lembar {above.name}."
        else:
            hint = f"Isi dengan salah satu dari: {_listed(there)}." if there else ""
            message = f"{above.key.lower()} harus diisi."
        self._tell(place, "X04", message, hint)
        raise _Unlinked

    def _name(self, table: MatchedTable, at: Position) -> str:
        """How this cell names a row; empty where it is empty.

        Raises:
            _Unlinked: It holds nothing that can be read; that is told.
        """
        try:
            return cell_text(NAME, table.value(at)).strip()
        except Unsuitable as error:
            self._tell(table.place(*at), "X01", str(error), error.hint)
            raise _Unlinked from error

    def _give_name(self, table: MatchedTable, row: int, made: _Made, *, owner: int) -> str:
        """Remember the row by the name in its key column, else by its position from 1."""
        named = self._named.setdefault((table.sheet.name, owner), {})
        self._made[table.sheet.name, owner] = self._made.get((table.sheet.name, owner), 0) + 1
        name = ""
        if table.key is not None:
            try:
                name = self._name(table, table.origin(row, table.key))
            except _Unlinked:
                self._lacks_something(made.document)
        position = made.steps[-1] if made.steps else made.document.number
        name = name or str(int(position) + 1)
        other = named.setdefault(name.casefold(), made)
        if other is not made:
            _, other_row = other.document.rows[pointer(*other.steps)]
            message = f"{table.sheet.key.lower()} “{name}” sudah dipakai di baris {other_row + 1}."
            self._tell(table.place(row, table.key), "X04", message, "Beri nama lain.")
            self._lacks_something(made.document)
            self._lacks_something(other.document)
        return name

    def _lacks_something(self, document: ImportedInput) -> None:
        document.is_partial = True
        document.partial_lists.update(table.sheet.pattern for table in self._tables.values())

    def _fill(self, table: MatchedTable, row: int, made: _Made) -> None:
        for number, column in table.columns.items():
            at = table.origin(row, number)
            if table.is_empty(at):
                continue
            try:
                data = cell_data(column, table.value(at), is_percent=table.is_percent(at))
            except Unsuitable as error:
                self._tell(table.place(*at, column.title), "X01", str(error), error.hint)
                made.document.is_partial = True
                continue
            holder = made.data
            for step in column.path[:-1]:
                holder = holder.setdefault(step, {})
            holder[column.path[-1]] = data

    def _tell(self, place: CellPlace, code: str, message: str, hint: str = "") -> None:
        """Tell it once of each cell: a merged one stands for several rows."""
        if place.row is not None and place.column is not None:
            at: Told = (place.sheet, (place.row, place.column))
            if at in self.told:
                return
            self.told.add(at)
        self.findings.append(placed(place, code, message, hint))


def _listed(names: Mapping[str, object]) -> str:
    shown = list(names)[:MAX_LISTED]
    return ", ".join(shown) + (", …" if len(names) > MAX_LISTED else "")
