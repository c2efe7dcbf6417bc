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
NONE_NEEDED = {"-", "–", "—"}

Trouble = Literal["no_unit", "unreadable", "mixed"]


@dataclass(frozen=True, slots=True)
class Waktu:
    """From so many minutes to so many; equal where no range was given."""

    least_menit: float
    most_menit: float


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
    total = Waktu(sum(p.least_menit for p in parts), sum(p.most_menit for p in parts))
    same = _quantities(inside)
    if same and total != Waktu(sum(p.least_menit for p in same), sum(p.most_menit for p in same)):
        return "mixed"
    return total


def _quantities(text: str) -> list[Waktu]:
    found = []
    for match in _QUANTITY.finditer(text):
        unit = MENIT[" ".join(match[3].lower().split())]
        least = float(match[1].replace(",", "."))
        most = float(match[2].replace(",", ".")) if match[2] else least
        found.append(Waktu(least * unit, most * unit))
    return found
