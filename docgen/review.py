"""What a reviewer looks for in any document's text: words left unfilled, weekdays, NIP."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.bahasa import BULAN, HARI, hari

_LEFT_OPEN = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\[[^\]\d][^\]]*\]|<[^<>]*(?:nama|isi|tanggal|nomor)[^<>]*>|_{3,}|\.{4,}|…{2,}"
    r"|\b[xX]{3,}\b|\bTODO\b|\blorem ipsum\b",
    re.IGNORECASE,
)
_DAY_NAMES = {"jum'at": "Jumat", "jum’at": "Jumat", **{day.casefold(): day for day in HARI}}
_DATED = re.compile(
    rf"\b({'|'.join(_DAY_NAMES)})\b\s*[,(]?\s*(?:tanggal\s+)?"
    rf"(\d{{1,2}})(?:\s+({'|'.join(BULAN)})\s+|[/-](\d{{1,2}})[/-])(\d{{4}})\b",
    re.IGNORECASE,
)
_MONTHS = {name.casefold(): number for number, name in enumerate(BULAN, 1)}


def placeholders_in(text: str) -> tuple[str, ...]:
    """What was to be filled in and was not, each once, in order.

    >>> placeholders_in("SK Nomor ____ di [nama unit], sesuai [1]")
    ('____', '[nama unit]')
    """
    return tuple(dict.fromkeys(_LEFT_OPEN.findall(text)))


@dataclass(frozen=True, slots=True)
class WrongWeekday:
    """A date in a text whose weekday is another; `hari` is empty where there is no such date."""

    written: str
    hari: str


def wrong_weekdays_in(text: str) -> Iterator[WrongWeekday]:
    """The dates that carry a weekday which is not theirs.

    >>> list(wrong_weekdays_in("Selasa (3/12/2025) dan Senin, 12 Januari 2026"))
    [WrongWeekday(written='Selasa (3/12/2025', hari='Rabu')]
    """
    for match in _DATED.finditer(text):
        name, day, month, number, year = match.groups()
        try:
            date = dt.date(int(year), _MONTHS[month.casefold()] if month else int(number), int(day))
        except ValueError:
            yield WrongWeekday(match[0], "")
            continue
        if _DAY_NAMES[name.casefold()] != hari(date):
            yield WrongWeekday(match[0], hari(date))


def nip_problem(text: str) -> str:
    """What is wrong with an employee number, as the rest of a sentence; empty if nothing is.

    >>> nip_problem("197203141998031002"), nip_problem("1972")
    ('', '4 angka, seharusnya 18')
    """
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{18}", digits, re.ASCII):
        count = sum(character.isdigit() for character in digits)
        return f"{count} angka, seharusnya 18"
    if not _is_nip(digits):
        return "tanggal lahir, bulan pengangkatan, atau angka jenis kelaminnya tidak mungkin"
    return ""


def _is_nip(digits: str) -> bool:
    """Whether birth date (8), month of appointment (6) and sex (1) are possible."""
    try:
        born = dt.date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")
        appointed = dt.date.fromisoformat(f"{digits[8:12]}-{digits[12:14]}-01")
    except ValueError:
        return False
    return 15 <= appointed.year - born.year <= 65 and digits[14] in "12"
