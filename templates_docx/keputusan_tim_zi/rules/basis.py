"""The legal basis: complete, in order, without a regulation named twice."""

import re
from collections.abc import Iterator

from docgen.findings import Finding
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.rules.findings import PEMBANGUNAN_ZI, TEKNIK, warn
from templates_docx.keputusan_tim_zi.schema import KeputusanTim

# From the highest; the first that matches a citation's beginning is its rank.
_RANKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"Undang-Undang Dasar",
        r"(?:Undang-Undang|Peraturan Pemerintah Pengganti Undang-Undang|UU|Perppu)\b",
        r"(?:Peraturan Pemerintah|PP)\b",
        r"(?:Peraturan Presiden|Keputusan Presiden|Perpres|Keppres)\b",
        r"Peraturan (?!Komisi (?:Independen )?Pemilihan|KPU\b|KIP\b)|Permen",
        r"(?:Peraturan (?:Komisi|KPU|KIP)|PKPU)\b",
        r"Keputusan\b",
    )
)
_IN_GAZETTE = range(1, 4)
"""Ranks of what is published in the Lembaran Negara; a Keppres is not."""

_NUMBER = re.compile(r"Nomor\s+(\d+)\s*(?:Tahun\s+|/)(\d{4})", re.IGNORECASE)
_ZI = re.compile(r"\b90\s*(?:Tahun\s+|/)2021\b")
_ZI_AMENDED = re.compile(r"\b5\s*(?:Tahun\s+|/)2024\b")
_ACEH = re.compile(r"\b11\s*(?:Tahun\s+|/)2006\b")


def check(keputusan: KeputusanTim, satker: Satker) -> Iterator[Finding]:
    """Findings about Mengingat."""
    yield from _order(keputusan)
    yield from _each(keputusan)
    everything = "\n".join(keputusan.mengingat)
    if not _ZI.search(everything):
        yield warn(
            "H03",
            ("mengingat",),
            "belum memuat peraturan tentang pembangunan Zona Integritas.",
            "Tambahkan PermenPAN-RB Nomor 90 Tahun 2021 jo. Nomor 5 Tahun 2024.",
            PEMBANGUNAN_ZI,
        )
    elif not _ZI_AMENDED.search(everything):
        yield warn(
            "H07",
            ("mengingat",),
            "PermenPAN-RB Nomor 90 Tahun 2021 sudah diubah.",
            "Tambahkan “sebagaimana telah diubah dengan … Nomor 5 Tahun 2024”.",
            PEMBANGUNAN_ZI,
        )
    if satker.is_aceh and not _ACEH.search(everything):
        yield warn(
            "H06",
            ("mengingat",),
            "belum memuat undang-undang tentang Pemerintahan Aceh.",
            "Tambahkan Undang-Undang Nomor 11 Tahun 2006.",
            "UU 11/2006",
        )


def _order(keputusan: KeputusanTim) -> Iterator[Finding]:
    """Higher regulations first, older ones first among equals."""
    highest: tuple[tuple[int, int, int], int] | None = None
    for position, text in enumerate(keputusan.mengingat):
        if (here := rank_of(text)) is None:
            continue
        if highest and here < highest[0]:
            yield warn(
                "H02",
                ("mengingat", position),
                f"seharusnya sebelum butir {highest[1] + 1}.",
                "Urutkan dari peraturan yang tertinggi; yang setingkat dari yang tertua.",
                TEKNIK,
            )
        else:
            highest = here, position


def rank_of(text: str) -> tuple[int, int, int] | None:
    """Rank, year and number by which a citation is ordered; None where it cannot be read.

    >>> rank_of("Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum")
    (1, 2017, 7)
    """
    rank = next((n for n, pattern in enumerate(_RANKS) if pattern.match(text.strip())), None)
    number = _NUMBER.search(text)
    if rank is None or number is None:
        return None
    return rank, int(number[2]), int(number[1])


def _each(keputusan: KeputusanTim) -> Iterator[Finding]:
    first: dict[tuple[int, int, int], int] = {}
    for position, text in enumerate(keputusan.mengingat):
        if (here := rank_of(text)) is None:
            continue
        if (before := first.setdefault(here, position)) != position:
            yield warn(
                "H05", ("mengingat", position), f"sudah disebut di butir {before + 1}.", "Hapus."
            )
        is_decree = text.strip().casefold().startswith(("keputusan", "keppres"))
        if here[0] in _IN_GAZETTE and not is_decree and "Lembaran Negara" not in text:
            yield warn(
                "H04",
                ("mengingat", position),
                "Lembaran Negaranya belum disebut.",
                "Tambahkan (Lembaran Negara Republik Indonesia Tahun … Nomor …, Tambahan …).",
                TEKNIK,
            )
