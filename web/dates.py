"""Dates as people write them, and as data holds them: `2 Maret 2026` and `2026-03-02`."""

import re

from docgen.bahasa import BULAN

EXAMPLE = "2 Maret 2026"

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
WORDS = re.compile(r"(?:[a-z]+['’]?[a-z]*,\s*)?(\d{1,2})[\s-]+([a-z]+)\.?[\s-]+(\d{4})", re.ASCII)

OTHER_NAMES = {"pebruari": 2, "agt": 8, "nopember": 11, "nop": 11}
SHORTEST = 3


def as_iso(text: str) -> str:
    """A date as data holds it, whether or not the calendar has it; what is none stays as it is.

    >>> as_iso("2 Maret 2026"), as_iso("Senin, 2 mar 2026"), as_iso("02/03/2026"), as_iso("31-2-2026")
    ('2026-03-02', '2026-03-02', '2026-03-02', '2026-02-31')
    >>> as_iso("besok"), as_iso("2/13/2026"), as_iso("2026")
    ('besok', '2/13/2026', '2026')
    """
    said = text.strip().lower()
    if match := ISO.fullmatch(said):
        year, month, day = match[1], int(match[2]), match[3]
    elif match := NUMBERS.fullmatch(said):
        year, month, day = match[3], int(match[2]), match[1]
    elif match := WORDS.fullmatch(said):
        year, month, day = match[3], _month(match[2]), match[1]
    else:
        return text
    return f"{year}-{month:02}-{int(day):02}" if 1 <= month <= len(BULAN) else text


def in_words(text: str) -> str:
    """A date of data as people write it, whether or not the calendar has it.

    >>> in_words("2026-03-02"), in_words("2026-02-31"), in_words("besok"), in_words("2026-13-01")
    ('2 Maret 2026', '31 Februari 2026', 'besok', '2026-13-01')
    """
    match = ISO.fullmatch(text.strip())
    if not match or not 1 <= int(match[2]) <= len(BULAN):
        return text
    return f"{int(match[3])} {BULAN[int(match[2]) - 1]} {match[1]}"


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 where there is none of it."""
    names = [one.lower() for one in BULAN]
    found = [number for number, one in enumerate(names, 1) if one.startswith(name)]
    is_one = len(name) >= SHORTEST and len(found) == 1
    return found[0] if is_one else OTHER_NAMES.get(name, 0)
