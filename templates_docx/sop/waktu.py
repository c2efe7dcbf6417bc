"""Waktu of a step: free text that should be a quantity with a unit.

Days are working days of 8 hours, as step tables of government offices count them.
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

MENIT = {
    "detik": 1 / 60,
    "menit": 1,
    "jam": 60,
    "hari kerja": 480,
    "hari": 480,
    "minggu": 2400,
    "bulan": 10_560,
    "tahun": 126_720,
}
_NUMBER = r"\d+(?:[.,]\d+)?"
_QUANTITY = re.compile(
    rf"({_NUMBER})(?:\s*(?:-|–|s\.?\s?d\.?|sampai(?: dengan)?)\s*({_NUMBER}))?"
    r"\s*(?:\([a-z ]+\)\s*)?(detik|menit|jam|hari\s+kerja|hari|minggu|bulan|tahun)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[/+;]|\batau\b|\bdan\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:total|jumlah|keseluruhan)\s+(?:seluruh\s+)?waktu\b([^.;\n]*)", re.IGNORECASE
)
NONE_NEEDED = {"-", "–", "—"}

Trouble = Literal["no_unit", "unreadable", "mixed"]


@dataclass(frozen=True, slots=True)
class Waktu:
    """From so many minutes to so many; equal where no range was given."""

    least_menit: float
    most_menit: float

    def __add__(self, other: "Waktu") -> "Waktu":
        return Waktu(self.least_menit + other.least_menit, self.most_menit + other.most_menit)

    def in_words(self) -> str:
        """The duration as a step would state it.

        >>> Waktu(965, 965).in_words(), Waktu(480, 1440).in_words()
        ('2 hari 5 menit', '1 hari sampai 3 hari')
        """
        least, most = _in_words(self.least_menit), _in_words(self.most_menit)
        return least if least == most else f"{least} sampai {most}"


def _in_words(menit: float) -> str:
    days, rest = divmod(round(menit), 480)
    parts = ((days, "hari"), (rest // 60, "jam"), (rest % 60, "menit"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 menit"


@functools.lru_cache(maxsize=4096)
def read(text: str) -> Waktu | Trouble | None:
    """The duration; None where none is meant (`-`), or what is wrong with the text.

    >>> read("15 Menit")
    Waktu(least_menit=15.0, most_menit=15.0)
    >>> read("1 - 3 Hari")
    Waktu(least_menit=480.0, most_menit=1440.0)
    >>> read("120 Menit (2 Jam)")
    Waktu(least_menit=120.0, most_menit=120.0)
    >>> read("1 jam 30 menit")
    Waktu(least_menit=90.0, most_menit=90.0)
    >>> read("30"), read("segera"), read("120 Menit / 3 Hari"), read("-")
    ('no_unit', 'unreadable', 'mixed', None)
    """
    if text.strip() in NONE_NEEDED:
        return None
    outside, _, inside = text.partition("(")
    parts = _quantities(outside)
    if not parts:
        return "no_unit" if re.search(r"\d", text) and not _quantities(text) else "unreadable"
    if len(parts) > 1 and _JOINED.search(outside):
        return "mixed"
    total = sum(parts, Waktu(0, 0))
    same = _quantities(inside)
    if same and total != sum(same, Waktu(0, 0)):
        return "mixed"
    return total


def total_in(text: str) -> Waktu | None:
    """What a text states as the whole time, None where it states none.

    >>> total_in("Total waktu: 1 hari 8 jam 5 menit")
    Waktu(least_menit=965.0, most_menit=965.0)
    >>> total_in("Waktu tunggu 3 hari")
    """
    stated = _TOTAL.search(text)
    parts = _quantities(stated[1]) if stated else []
    return sum(parts, Waktu(0, 0)) if parts else None


def _quantities(text: str) -> list[Waktu]:
    found = []
    for match in _QUANTITY.finditer(text):
        unit = MENIT[" ".join(match[3].lower().split())]
        least = float(match[1].replace(",", "."))
        most = float(match[2].replace(",", ".")) if match[2] else least
        found.append(Waktu(least * unit, most * unit))
    return found
