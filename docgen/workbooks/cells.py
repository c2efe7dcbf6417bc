"""What a cell holds as the text that an input wants, and the other way.

Excel keeps dates, times, numbers and yes or no as values of their own; an input has text
(`2026-02-06`, `09.00`, `3`, `ya`). What Excel has already made unreadable is told, not guessed.
"""

import datetime as dt
import re
from collections.abc import Sequence

from docgen.workbooks.layout import Column

Value = str | float | bool | dt.date | dt.time | dt.datetime | dt.timedelta

EXACT_DIGITS = 15
"""Excel keeps no more digits of a number; the rest has become zeros."""

GOES_ON = "↵"
"""At the end of a line in a list's cell: the entry goes on in the next line."""

_BULAN = (
    "januari februari maret april mei juni juli agustus september oktober november desember"
).split()
_WRITTEN_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")
_NUMBERS = re.compile(r"\s*\d+(?:\s*[,;]\s*\d+)+\s*[,;]?\s*")
_COMMA_NUMBER = re.compile(r"\s*-?\d+,\d+\s*")
_QUOTED = re.compile(r"'(?=['=+\-@\d])")
_DAY_START = dt.time()


class Unsuitable(ValueError):
    """A cell whose content is not what was typed; its two texts are Indonesian."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def is_blank(value: Value) -> bool:
    """Whether the cell says nothing."""
    return isinstance(value, str) and not value.strip()


def cell_data(column: Column, value: Value, *, is_percent: bool = False) -> str | list[str]:
    """What the input says where this cell stands: a text, or a list of texts.

    Raises:
        Unsuitable: Excel has changed what was typed, and it cannot be told back.
    """
    text = cell_text(column, value, is_percent=is_percent)
    if column.type == "lines":
        return split_entries(text, several=column.several)
    if column.choices:
        return _choice(column, text)
    return text


def cell_text(column: Column, value: Value, *, is_percent: bool = False) -> str:
    """The cell as one text, in the form that the column's type wants."""
    if isinstance(value, bool):
        return _yes_no(column, value)
    if isinstance(value, (int, float)):
        return _number(column, float(value), is_percent=is_percent)
    if isinstance(value, str):
        return _typed(column, value)
    return _moment(column, value)


def _typed(column: Column, text: str) -> str:
    text = text[1:] if _QUOTED.match(text) else text
    if column.type == "date" and (found := _WRITTEN_DATE.fullmatch(text.strip())):
        month = found[2].casefold()
        if month in _BULAN:
            return f"{found[3]}-{_BULAN.index(month) + 1:02}-{int(found[1]):02}"
    if column.type == "number" and _COMMA_NUMBER.fullmatch(text):
        return text.strip().replace(",", ".")
    return text


def _yes_no(column: Column, value: bool) -> str:
    if column.type == "yes_no":
        return "ya" if value else "tidak"
    raise _changed(f"nilai {'BENAR' if value else 'SALAH'}")


def _number(column: Column, number: float, *, is_percent: bool) -> str:
    if abs(number) >= 10**EXACT_DIGITS:
        raise Unsuitable(
            f"bilangan lebih dari {EXACT_DIGITS} angka; Excel membuang angka terakhirnya.",
            "Ubah format selnya menjadi Teks, lalu ketik ulang seluruh angkanya.",
        )
    if column.type == "time" and (clock := _clock(number)):
        return clock
    if is_percent and column.type != "number":
        return f"{_plain(number * 100).replace('.', ',')}%"
    return _plain(number)


def _plain(number: float) -> str:
    """The number as Excel shows it, with a point for decimals.

    >>> [_plain(one) for one in (3.0, 0.1 + 0.2, -1500000.0, 1e-7)]
    ['3', '0.3', '-1500000', '0.0000001']
    """
    text = f"{number:.{EXACT_DIGITS}g}"
    if "e" in text:
        text = f"{number:.20f}".rstrip("0").rstrip(".")
    return text


def _clock(number: float) -> str:
    """A time typed as 9 or 9.30, or kept by Excel as a part of the day; empty for another number."""
    if 0 < number < 1:
        minutes = round(number * 24 * 60)
        return f"{minutes // 60:02}.{minutes % 60:02}"
    if number == round(number, 2) and 0 <= number < 24:
        return f"{number:05.2f}"
    return ""


def _moment(column: Column, value: dt.date | dt.time | dt.datetime | dt.timedelta) -> str:
    if column.type == "time":
        return _time(value)
    if isinstance(value, dt.datetime) and value.time() == _DAY_START:
        value = value.date()
    if column.type == "date":
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    raise _changed(f"tanggal atau jam {_shown(value)}")


def _time(value: dt.date | dt.time | dt.datetime | dt.timedelta) -> str:
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}.{seconds // 60 % 60:02}"
    if isinstance(value, dt.datetime):
        value = value.time()
    return f"{value:%H.%M}" if isinstance(value, dt.time) else value.isoformat()


def _shown(value: dt.date | dt.time | dt.datetime | dt.timedelta) -> str:
    return f"{value:%H.%M}" if isinstance(value, dt.time) else str(value)


def _changed(what: str) -> Unsuitable:
    return Unsuitable(
        f"Excel menyimpan isinya sebagai {what}, bukan teks.",
        "Ubah format selnya menjadi Teks, lalu ketik ulang isinya.",
    )


def _choice(column: Column, text: str) -> str:
    """The value chosen; the text itself where it is no choice, for the schema to refuse."""
    plain = text.strip().casefold()
    for value, words in column.choices:
        if plain in {value.casefold(), words.casefold()}:
            return value
    return text


def split_entries(text: str, *, several: bool = False) -> list[str]:
    r"""The entries of a cell with one a line; `several` numbers may share a line.

    >>> split_entries("Komputer\nPencetak")
    ['Komputer', 'Pencetak']
    >>> split_entries("3, 5", several=True)
    ['3', '5']
    """
    if several and _NUMBERS.fullmatch(text):
        return re.findall(r"\d+", text)
    entries: list[str] = []
    open_entry: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        goes_on = (len(line) - len(line.rstrip(GOES_ON))) % 2 == 1
        open_entry.append(line[:-1] if goes_on else line)
        if not goes_on:
            entries.append("\n".join(open_entry))
            open_entry = []
    if open_entry:
        entries.append("\n".join(open_entry))
    return [entry.replace(GOES_ON * 2, GOES_ON) for entry in entries if entry.strip()]


def join_entries(entries: Sequence[str]) -> str:
    """The text that `split_entries` reads back as these."""
    return "\n".join(
        entry.replace(GOES_ON, GOES_ON * 2).replace("\n", f"{GOES_ON}\n") for entry in entries
    )


def written(column: Column, data: object) -> str:
    """The text of a cell that `cell_data` reads back as this data."""
    if column.type == "lines":
        entries = data if isinstance(data, (list, tuple)) else (data,)
        text = join_entries([_as_text(entry) for entry in entries])
    else:
        text = _as_text(data)
        text = dict(column.choices).get(text, text)
    return f"'{text}" if _QUOTED.match(text) else text


def _as_text(data: object) -> str:
    if isinstance(data, bool):
        return "ya" if data else "tidak"
    if isinstance(data, float):
        return _plain(data)
    return str(data).replace("\r\n", "\n").replace("\r", "\n")
