"""File names from titles, as the contract fixes them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

MAX_SLUG = 80
TITLES = ("judul", "tentang", "acara")


def title_of(data: Mapping[str, Any]) -> str:
    """The title as an input gives it, under one of the names that kinds have for it; else empty.

    >>> title_of({"tentang": "Tim Kerja Zona Integritas"})
    'Tim Kerja Zona Integritas'
    """
    titles = (data.get(key) for key in TITLES)
    return next((title for title in titles if isinstance(title, str)), "")


def slug(title: str, fallback: str) -> str:
    """The title in NFKD reduced to ASCII, lower case, letters and digits joined by `-`.

    Cut to 80 characters, no `-` at its ends; `fallback` where nothing is left.

    >>> slug("Pelayanan Informasi & Dokumentasi (PPID)", "sop")
    'pelayanan-informasi-dokumentasi-ppid'
    >>> slug("…", "sop")
    'sop'
    """
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
    return joined[:MAX_SLUG].strip("-") or fallback


def distinct(
    slugs: Iterable[str], is_taken: Callable[[int, str], bool] = lambda _position, _name: False
) -> list[str]:
    """The slugs in order, equal ones told apart by `-2`, `-3`.

    `is_taken` says of a position (from 0) and a name whether something else has the name already.

    >>> distinct(["a", "b", "a", "a-2", "a"])
    ['a', 'b', 'a-2', 'a-2-2', 'a-3']
    """
    taken: set[str] = set()
    result = []
    for position, base in enumerate(slugs):
        name, number = base, 1
        while name in taken or is_taken(position, name):
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        result.append(name)
    return result


def file_name(base: str, naskah: str, *, is_only_one: bool) -> str:
    """`<slug>.docx`, or `<slug>-<naskah>.docx` where a kind has several naskah."""
    return f"{base}.docx" if is_only_one else f"{base}-{naskah}.docx"
