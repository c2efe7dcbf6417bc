"""Numbers of letters: their year, their office, each used once."""

import re
from collections.abc import Iterator

from docgen.findings import Finding
from docgen.satker import Satker, registry
from templates_docx.notulen_internalisasi.rules.warnings import TATA_NASKAH, Steps, warn
from templates_docx.notulen_internalisasi.schema import Rapat

_YEAR_AT_END = re.compile(r"/(20\d\d)$")
_REGION = re.compile(r"/(\d{4})/(?:.*/)?20\d\d$")


def check_numbers(rapat: Rapat, satker: Satker) -> Iterator[Finding]:
    """Warnings about numbers."""
    first: dict[str, Steps] = {}
    for steps, nomor, year in _numbers(rapat):
        yield from _year(steps, nomor, year)
        yield from _region(steps, nomor, satker)
        if nomor in first:
            yield warn(
                "N03",
                steps,
                f"“{nomor}” sudah dipakai naskah lain dari rapat ini.",
                "Setiap naskah memakai nomornya sendiri.",
                TATA_NASKAH,
            )
        first.setdefault(nomor, steps)
    if rapat.undangan and rapat.undangan.nomor is None:
        yield warn("N04", ("undangan", "nomor"), "belum diisi.", "Isi sebelum undangan dikirim.")


def _numbers(rapat: Rapat) -> Iterator[tuple[Steps, str, int]]:
    year = rapat.tanggal.year
    if rapat.undangan and rapat.undangan.nomor:
        yield ("undangan", "nomor"), rapat.undangan.nomor.strip(), rapat.undangan.tanggal.year
    if rapat.nomor:
        yield ("nomor",), rapat.nomor.strip(), year
    if rapat.laporan.nomor:
        day = rapat.laporan.tanggal or rapat.tanggal
        yield ("laporan", "nomor"), rapat.laporan.nomor.strip(), day.year


def _year(steps: Steps, nomor: str, year: int) -> Iterator[Finding]:
    written = _YEAR_AT_END.search(nomor)
    if written and int(written[1]) != year:
        yield warn(
            "N01",
            steps,
            f"berakhir dengan tahun {written[1]}, padahal naskahnya bertahun {year}.",
            "Samakan tahunnya.",
            TATA_NASKAH,
        )


def _region(steps: Steps, nomor: str, satker: Satker) -> Iterator[Finding]:
    written = _REGION.search(nomor)
    owner = next(
        (one for one in registry().all() if written and one.kode_surat == written[1]), None
    )
    if owner is not None and owner.kode != satker.kode:
        yield warn(
            "N02",
            steps,
            f"memuat kode {owner.kode_surat}, milik {owner.nama}, bukan {satker.nama}.",
            f"Kode wilayah satker ini {satker.kode_surat}.",
            TATA_NASKAH,
        )
