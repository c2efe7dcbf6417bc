"""Dates, years and numbers that contradict each other."""

import re
from collections.abc import Iterator

from docgen.bahasa import tanggal
from docgen.findings import Finding
from templates_docx.keputusan_tim_zi.rules.findings import TND, Steps, warn
from templates_docx.keputusan_tim_zi.schema import KeputusanTim, Pleno
from templates_docx.keputusan_tim_zi.wording import tahun

_YEAR = re.compile(r"(Nomor\s+\S+\s+)?\bTahun\s+(?:Anggaran\s+)?(\d{4})\b", re.IGNORECASE)
NEXT_YEAR_FROM_MONTH = 10
"""A decree of the last quarter may be about the year to come."""


def check(keputusan: KeputusanTim) -> Iterator[Finding]:
    """Findings about when."""
    yield from _missing(keputusan)
    yield from _years(keputusan)
    if keputusan.pleno:
        yield from _after_meeting(keputusan, keputusan.pleno)
        yield from _meeting(keputusan.pleno)
        yield from _cited_meeting(keputusan, keputusan.pleno)


def _missing(keputusan: KeputusanTim) -> Iterator[Finding]:
    if keputusan.tanggal is None:
        yield warn("W07", ("tanggal",), "belum diisi.", "Isi sebelum ditandatangani.")


def _after_meeting(keputusan: KeputusanTim, pleno: Pleno) -> Iterator[Finding]:
    day = keputusan.tanggal
    if day is None or day > pleno.tanggal:
        return
    hint = "Keputusan ditetapkan sesudah rapat pleno; periksa kedua tanggalnya."
    if day < pleno.tanggal:
        message = (
            f"{tanggal(day)} mendahului rapat pleno yang memutuskannya, {tanggal(pleno.tanggal)}."
        )
        yield warn("W01", ("tanggal",), message, hint, TND, "error")
    else:
        message = f"{tanggal(day)} adalah hari rapat pleno yang mengusulkannya."
        yield warn("W02", ("tanggal",), message, hint, TND)


def _years(keputusan: KeputusanTim) -> Iterator[Finding]:
    year, day = tahun(keputusan), keputusan.tanggal
    if year is None:
        return
    if day and day.year != year:
        yield warn(
            "W03",
            ("tahun",),
            f"nomor bertahun {year}, padahal ditetapkan {tanggal(day)}.",
            "Tahun nomor adalah tahun penetapannya.",
            TND,
        )
    allowed = {year, year + 1} if day and day.month >= NEXT_YEAR_FROM_MONTH else {year}
    places: list[tuple[str, Steps, str]] = [("W04", ("tentang",), keputusan.tentang)]
    places += [
        ("W05", ("diktum", n, "isi"), diktum.isi) for n, diktum in enumerate(keputusan.diktum)
    ]
    for code, steps, text in places:
        for other in sorted(years_in(text) - allowed):
            yield warn(
                code,
                steps,
                f"menyebut Tahun {other}, padahal keputusan ini bertahun {year}.",
                "Samakan tahunnya bila ini sisa keputusan lama.",
            )


def years_in(text: str) -> set[int]:
    """The years that a text is about, not those of the regulations that it cites.

    >>> years_in("Tim Tahun 2026 menurut Keputusan Nomor 3 Tahun 2024")
    {2026}
    """
    return {int(year) for cited, year in _YEAR.findall(text) if not cited}


def _meeting(pleno: Pleno) -> Iterator[Finding]:
    if pleno.mulai and pleno.selesai and pleno.selesai <= pleno.mulai:
        yield warn("W10", ("pleno", "selesai"), "tidak sesudah jam mulai.", "Periksa kedua jamnya.")
    found = re.search(r"/(\d{4})\s*$", pleno.nomor or "")
    if found and int(found[1]) != pleno.tanggal.year:
        yield warn(
            "W08",
            ("pleno", "nomor"),
            f"bertahun {found[1]}, padahal rapatnya {tanggal(pleno.tanggal)}.",
            "Tahun nomor adalah tahun rapatnya.",
            TND,
        )


def _cited_meeting(keputusan: KeputusanTim, pleno: Pleno) -> Iterator[Finding]:
    """Where Memperhatikan cites the berita acara, number and date are those of the meeting."""
    right = [("tanggal", tanggal(pleno.tanggal))]
    right += [("nomor", pleno.nomor)] if pleno.nomor else []
    cited = [
        (position, text)
        for position, text in enumerate(keputusan.memperhatikan)
        if "berita acara" in text.casefold() and "pleno" in text.casefold()
    ]
    for position, text in cited:
        for what, value in right:
            if value not in text:
                yield warn(
                    "W09",
                    ("memperhatikan", position),
                    f"{what} berita acara tidak sama dengan rapat pleno, {value}.",
                    "Samakan dengan bagian rapat pleno.",
                )
