"""Dates and hours that cannot all be right."""

import datetime as dt
import re
from collections.abc import Iterator

from docgen.bahasa import hari, tanggal
from docgen.findings import Finding
from templates_docx.notulen_internalisasi.rules.warnings import BUKTI, TATA_NASKAH, warn
from templates_docx.notulen_internalisasi.schema import Rapat

_YEAR = re.compile(r"\b(20\d\d)\b")


def check_times(rapat: Rapat) -> Iterator[Finding]:
    """Warnings about when things were or are to be."""
    yield from _hours(rapat)
    yield from _letters(rapat)
    yield from _follow_up(rapat)
    for year in _YEAR.findall(rapat.acara):
        if int(year) not in {rapat.tanggal.year, rapat.tanggal.year + 1}:
            yield warn(
                "T05",
                ("acara",),
                f"menyebut tahun {year}, padahal rapat diadakan {tanggal(rapat.tanggal)}.",
                "Periksa apakah ini sisa salinan dari tahun lain.",
                BUKTI,
            )


def _hours(rapat: Rapat) -> Iterator[Finding]:
    if rapat.selesai is not None and rapat.selesai <= rapat.mulai:
        yield warn(
            "T01",
            ("selesai",),
            f"{rapat.selesai:%H.%M} tidak sesudah jam mulai, {rapat.mulai:%H.%M}.",
            "Periksa kedua jamnya.",
        )
    if rapat.tanggal.weekday() >= 5:
        yield warn(
            "T06",
            ("tanggal",),
            f"{tanggal(rapat.tanggal)} jatuh pada hari {hari(rapat.tanggal)}.",
            "Periksa tanggalnya bila rapat tidak diadakan pada hari libur.",
        )


def _letters(rapat: Rapat) -> Iterator[Finding]:
    letters: list[tuple[str, str, dt.date | None]] = [
        ("undangan", "undangan", rapat.undangan.tanggal if rapat.undangan else None),
        ("laporan", "laporan", rapat.laporan.tanggal),
    ]
    for key, called, day in letters:
        if day is None:
            continue
        is_late = day > rapat.tanggal if key == "undangan" else day < rapat.tanggal
        if is_late:
            wrong = "sesudah" if key == "undangan" else "sebelum"
            yield warn(
                "T02" if key == "undangan" else "T03",
                (key, "tanggal"),
                f"{called} bertanggal {tanggal(day)}, {wrong} rapat {tanggal(rapat.tanggal)}.",
                "Periksa kedua tanggalnya.",
                TATA_NASKAH,
            )


def _follow_up(rapat: Rapat) -> Iterator[Finding]:
    for position, one in enumerate(rapat.tindak_lanjut):
        if one.tenggat is not None and one.tenggat < rapat.tanggal:
            yield warn(
                "T04",
                ("tindak_lanjut", position, "tenggat"),
                f"{tanggal(one.tenggat)} sebelum rapat {tanggal(rapat.tanggal)}.",
                "Tulis tanggal sesudah rapat.",
            )
