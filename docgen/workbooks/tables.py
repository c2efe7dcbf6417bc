"""An XLSX or CSV file as tables of cells, bounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from docgen.errors import InvalidInput
from docgen.findings import Finding
from docgen.workbooks.cells import Value
from docgen.workbooks.limits import MAX_BYTES

Position = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its rows from the first one on, all equally long, an empty cell as `""`.

    `errors` are the cells that hold an Excel error such as `#REF!`, `percents` those shown as
    percent, `uncounted` formulas whose result Excel has not saved. `merged` are the first and last
    cell of each merged range. `name` is empty where the file does not tell it.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    errors: Mapping[Position, str] = field(default_factory=dict)
    percents: frozenset[Position] = frozenset()
    uncounted: frozenset[Position] = frozenset()
    merged: Sequence[tuple[Position, Position]] = ()
    is_hidden: bool = False


def read_tables(filename: str, raw: bytes) -> tuple[Table, ...]:
    """The tables of an XLSX file, or the one of a CSV file, told apart by content.

    Raises:
        InvalidInput: The file is too large, neither of the two, or cannot be read.
    """
    if len(raw) > MAX_BYTES:
        raise unusable(
            f"Berkas lebih besar dari {MAX_BYTES // 1024 // 1024} MB.", "Bagi menjadi beberapa."
        )
    if raw.startswith(b"PK"):
        from docgen.workbooks.xlsx import read_xlsx  # noqa: PLC0415  CSV needs no Excel library

        return read_xlsx(raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise unusable(
            "Berkas ini berkata sandi atau berformat lama (.xls).",
            "Buka di Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx) tanpa kata sandi.",
        )
    from docgen.workbooks.csv_files import read_csv  # noqa: PLC0415  as above

    return (read_csv(PurePath(filename).stem, raw),)


def unusable(message: str, hint: str = "") -> InvalidInput:
    """The error of a file that cannot be read at all."""
    return InvalidInput([Finding("B01", "error", "", message, hint)])
