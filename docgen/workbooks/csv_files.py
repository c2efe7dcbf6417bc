"""A CSV file as a table: its encoding and its delimiter are found out."""

import csv
import io
from collections.abc import Iterator

from docgen.workbooks.limits import MAX_CELLS
from docgen.workbooks.tables import Table, unusable

DELIMITERS = ";,\t"
_DECLARED = "sep="
"""What Excel writes as a line of its own before the table to say its delimiter."""


def read_csv(name: str, raw: bytes) -> Table:
    """The table in a CSV file: UTF-8 or Windows-1252, with `;`, `,` or tab between cells.

    Raises:
        InvalidInput: The file is not text, not a table, or too large.
    """
    text = _decode(raw)
    delimiter, above = _delimiter(text)
    # A line above the table is kept as an empty row, so that rows have the numbers Excel gives.
    body = text if not above else text[text.find("\n") :]
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(_bounded(reader))
    except csv.Error as error:
        raise unusable(
            f"CSV tidak dapat dibaca sampai baris {reader.line_num}: ada tanda kutip yang tidak "
            "ditutup atau tidak pada tempatnya, atau sel yang terlalu panjang.",
            "Perbaiki tanda kutipnya, atau simpan ulang dari Excel sebagai CSV UTF-8.",
        ) from error
    width = max(map(len, rows), default=0)
    return Table(name, [[*row, *[""] * (width - len(row))] for row in rows])


def _decode(raw: bytes) -> str:
    if b"\0" in raw:
        raise unusable("Berkas ini bukan XLSX atau CSV.", "Pilih berkas .xlsx atau .csv.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unusable(
        "Pengodean teks berkas ini tidak dikenal.", "Simpan dari Excel sebagai CSV UTF-8."
    )


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter, and how many lines say it above the table."""
    first = text.partition("\n")[0].strip("\r")
    if first.casefold().startswith(_DECLARED) and len(first) == len(_DECLARED) + 1:
        return first[-1], 1
    unquoted = "".join(_logical_line(text).split('"')[::2])
    return max(DELIMITERS, key=unquoted.count), 0


def _logical_line(text: str) -> str:
    """The first line that says something, with the line breaks inside its quotes."""
    line = ""
    for part in text.splitlines(keepends=True):
        line += part
        if line.count('"') % 2 == 0 and line.strip():
            break
    return line


def _bounded(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    widest = 0
    for number, row in enumerate(reader, 1):
        widest = max(widest, len(row))
        if number * widest > MAX_CELLS:
            raise unusable(f"Tabel lebih besar dari {MAX_CELLS} sel.", "Bagi menjadi beberapa.")
        yield row
