"""Regulations that documents still cite though they were replaced, or cite with a wrong year."""

import functools
import re
from dataclasses import dataclass

_PKPU = r"(?:PKPU|Peraturan\s+(?:KPU|Komisi\s+Pemilihan\s+Umum))"
_PERMENPAN = r"(?:Permen\s?PAN(?:-|\s&\s|\s)?RB|Permenpan|Peraturan\s+Menteri\s+(?:PAN|Pendayagunaan)[^,;()]{0,70}?)"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A citation to be mended: how it is written, what is wrong, what to write instead."""

    pattern: re.Pattern[str]
    wrong: str
    instead: str


def _cited(issuer: str, number: int, year: int) -> re.Pattern[str]:
    between = r"(?:Republik\s+Indonesia\s+)?(?:Nomor|No\.?)?\s*"
    return re.compile(rf"{issuer}\s*{between}0*{number}\s*(?:Tahun\s*|/\s*){year}\b", re.IGNORECASE)


OUTDATED = (
    Outdated(
        _cited(_PERMENPAN, 35, 2013),
        "PermenPAN-RB Nomor 35 bertahun 2012, bukan 2013",
        "Tulis Nomor 35 Tahun 2012.",
    ),
    Outdated(
        re.compile(r"PER/21/M\.?PAN/11/2008", re.IGNORECASE),
        "PER/21/M.PAN/11/2008 sudah diganti",
        "Pakai PermenPAN-RB Nomor 35 Tahun 2012.",
    ),
    Outdated(
        _cited(_PKPU, 6, 2017),
        "PKPU Nomor 6 Tahun 2017 sudah diganti",
        "Pakai PKPU Nomor 3 Tahun 2025 tentang Penggantian Antarwaktu.",
    ),
    Outdated(
        _cited(_PKPU, 6, 2019),
        "PKPU Nomor 6 Tahun 2019 sudah diganti",
        "Pakai PKPU Nomor 3 Tahun 2025 tentang Penggantian Antarwaktu.",
    ),
    Outdated(
        _cited(_PKPU, 1, 2015),
        "PKPU Nomor 1 Tahun 2015 sudah diganti",
        "Pakai PKPU Nomor 22 Tahun 2023 jo. PKPU Nomor 11 Tahun 2024.",
    ),
    Outdated(
        _cited(_PKPU, 17, 2015),
        "PKPU Nomor 17 Tahun 2015 sudah diganti",
        "Pakai PKPU Nomor 2 Tahun 2021 jo. PKPU Nomor 8 Tahun 2021.",
    ),
    Outdated(
        _cited(_PERMENPAN, 52, 2014),
        "PermenPAN-RB Nomor 52 Tahun 2014 sudah diganti",
        "Pakai PermenPAN-RB Nomor 90 Tahun 2021 jo. Nomor 5 Tahun 2024.",
    ),
    Outdated(
        _cited(_PERMENPAN, 10, 2019),
        "PermenPAN-RB Nomor 10 Tahun 2019 sudah diganti",
        "Pakai PermenPAN-RB Nomor 90 Tahun 2021 jo. Nomor 5 Tahun 2024.",
    ),
)


@functools.lru_cache(maxsize=4096)
def outdated_in(text: str) -> tuple[Outdated, ...]:
    """The citations in the text that need mending."""
    return tuple(one for one in OUTDATED if one.pattern.search(text))
