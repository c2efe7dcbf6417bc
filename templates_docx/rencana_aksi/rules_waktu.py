"""Years, dates and quarters of a rencana aksi that contradict each other."""

import datetime as dt
import re
from collections.abc import Iterator

from docgen.bahasa import tanggal
from docgen.findings import Finding, pointer
from templates_docx.rencana_aksi.schema import PERIODE, ROMAWI, Periode, RencanaAksi

SUMBER = "tanggal dan periode naskah"
_YEAR = re.compile(r"\b(20\d{2})\b")


def check_times(rencana: RencanaAksi) -> Iterator[Finding]:
    """The warnings over title, dates and quarters."""
    yield from _title(rencana)
    yield from _plan_date(rencana)
    yield from _report_date(rencana)
    yield from _later_quarters(rencana)


def awal_triwulan(tahun: int, periode: Periode) -> dt.date:
    """The quarter's first day.

    >>> awal_triwulan(2026, "tw2")
    datetime.date(2026, 4, 1)
    """
    return dt.date(tahun, PERIODE.index(periode) * 3 + 1, 1)


def akhir_triwulan(tahun: int, periode: Periode) -> dt.date:
    """The quarter's last day.

    >>> akhir_triwulan(2026, "tw4")
    datetime.date(2026, 12, 31)
    """
    month = PERIODE.index(periode) * 3 + 4
    following = dt.date(tahun + month // 13, (month - 1) % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _warn(code: str, place: str, message: str, hint: str) -> Finding:
    return Finding(code, "warning", place, message, hint, SUMBER)


def _title(rencana: RencanaAksi) -> Iterator[Finding]:
    years = _YEAR.findall(rencana.judul)
    if years and str(rencana.tahun) not in years:
        yield _warn(
            "R20",
            pointer("judul"),
            f"Judul: menyebut tahun {years[0]}, padahal rencana ini untuk tahun {rencana.tahun}.",
            "Hapus tahunnya dari judul; naskah menulisnya sendiri.",
        )


def _plan_date(rencana: RencanaAksi) -> Iterator[Finding]:
    day = rencana.tanggal
    if day and day.year not in {rencana.tahun, rencana.tahun - 1}:
        yield _warn(
            "R21",
            pointer("tanggal"),
            f"Tanggal penetapan: {tanggal(day)}, padahal rencana ini untuk tahun {rencana.tahun}.",
            "Rencana ditetapkan pada tahunnya, atau menjelang akhir tahun sebelumnya.",
        )


def _report_date(rencana: RencanaAksi) -> Iterator[Finding]:
    day, periode = rencana.laporan.tanggal, rencana.periode
    if not day or not periode:
        return
    end = akhir_triwulan(rencana.tahun, periode)
    if day < end:
        yield _warn(
            "R22",
            pointer("laporan", "tanggal"),
            f"Laporan, tanggal laporan: {tanggal(day)} mendahului akhir triwulan "
            f"{ROMAWI[PERIODE.index(periode)]}, {tanggal(end)}.",
            "Laporan dibuat sesudah triwulannya berakhir.",
        )


def _later_quarters(rencana: RencanaAksi) -> Iterator[Finding]:
    """Realisations of quarters after the one reported, or not begun when the report was dated."""
    for position, baris in enumerate(rencana.baris):
        for periode in baris.realisasi.terisi:
            if why := _too_early(rencana, periode):
                yield _warn(
                    "R23",
                    pointer("baris", position, "realisasi", periode),
                    f"Baris {position + 1}, realisasi triwulan {ROMAWI[PERIODE.index(periode)]}: "
                    f"{why}.",
                    "Hapus realisasi yang belum terjadi, atau perbaiki periodenya.",
                )


def _too_early(rencana: RencanaAksi, periode: Periode) -> str:
    reported, day = rencana.opsi.periode, rencana.laporan.tanggal
    if reported and periode > reported:
        return f"sesudah periode laporan, triwulan {ROMAWI[PERIODE.index(reported)]}"
    if day and day < awal_triwulan(rencana.tahun, periode):
        return f"belum mulai pada tanggal laporan, {tanggal(day)}"
    return ""
