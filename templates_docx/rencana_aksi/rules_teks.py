"""What is left of another document in the texts: other offices, other years, blanks, old rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docgen.findings import Finding, pointer
from docgen.peraturan import outdated_in
from docgen.review import nip_problem, placeholders_in, wrong_weekdays_in
from docgen.satker import Satker, mentions_of_other_office
from templates_docx.rencana_aksi.schema import Baris, Penandatangan, RencanaAksi

_YEAR = re.compile(r"\bTahun\s+(20\d{2})\b", re.IGNORECASE)
# A regulation's or decree's number carries a year of its own.
_CITATION = re.compile(r"(?:Nomor|No\.?)\s*[\w./-]+\s+Tahun\s+20\d{2}", re.IGNORECASE)
# Agencies whose plans go round as models; an election office has no business of its own with them.
_OTHER_AGENCY = re.compile(r"\b(BPS|Badan Pusat Statistik|Kemenkumham|Kemenag)\b")
_GENERIC_FILE = re.compile(
    r"(?:scan|foto|gambar|image|img|dokumen|file|untitled|document)[\s_-]*\d*(?:\.\w{2,4})?",
    re.IGNORECASE,
)
_STAND_IN = re.compile(r"NAMA(?:\s+[A-Z]+)*")
EVIDEN = "pemeriksaan eviden Zona Integritas"


@dataclass(frozen=True, slots=True)
class _Text:
    place: str
    label: str
    words: str


def check_texts(rencana: RencanaAksi, satker: Satker) -> Iterator[Finding]:
    """The warnings over every text that a person typed."""
    for text in _texts(rencana):
        yield from _check_text(text, rencana, satker)
    for position, baris in enumerate(rencana.baris):
        yield from _generic_files(position, baris)
    for key, signer in (
        ("penandatangan", rencana.penandatangan),
        ("mengetahui", rencana.mengetahui),
    ):
        if signer:
            yield from _signer(key, signer)


def _warn(code: str, place: str, message: str, hint: str, source: str = "") -> Finding:
    return Finding(code, "warning", place, message, hint, source)


def _check_text(text: _Text, rencana: RencanaAksi, satker: Satker) -> Iterator[Finding]:
    yield from _blanks(text)
    yield from _weekdays(text)
    yield from _offices(text, satker)
    yield from _years(text, rencana.tahun)
    yield from _replaced_rules(text)


def _blanks(text: _Text) -> Iterator[Finding]:
    for left in placeholders_in(text.words):
        yield _warn(
            "R30",
            text.place,
            f"{text.label}: “{left}” tampaknya isian yang belum diganti.",
            "Ganti dengan isinya, atau hapus.",
            EVIDEN,
        )


def _weekdays(text: _Text) -> Iterator[Finding]:
    for wrong in wrong_weekdays_in(text.words):
        right = f"hari itu {wrong.hari}" if wrong.hari else "tanggal itu tidak ada"
        yield _warn(
            "R38",
            text.place,
            f"{text.label}: “{wrong.written}” salah, {right}.",
            "Periksa hari dan tanggalnya.",
            EVIDEN,
        )


def _offices(text: _Text, satker: Satker) -> Iterator[Finding]:
    for name in mentions_of_other_office(text.words, satker):
        yield _warn(
            "R31",
            text.place,
            f"{text.label}: menyebut {name}, padahal rencana ini milik {satker.nama}.",
            "Ganti bila ini sisa salinan dari satker lain.",
            EVIDEN,
        )
    if found := _OTHER_AGENCY.search(text.words):
        yield _warn(
            "R32",
            text.place,
            f"{text.label}: menyebut {found[0]}, instansi lain.",
            "Ganti bila ini sisa salinan dari instansi lain.",
            EVIDEN,
        )


def _years(text: _Text, tahun: int) -> Iterator[Finding]:
    """Years beside the plan's; the title has a rule of its own."""
    if text.place == pointer("judul"):
        return
    for year in sorted(set(_YEAR.findall(_CITATION.sub("", text.words)))):
        if int(year) != tahun:
            yield _warn(
                "R33",
                text.place,
                f"{text.label}: menyebut tahun {year}, padahal rencana ini untuk tahun {tahun}.",
                "Ganti bila ini sisa salinan dari tahun lain.",
                EVIDEN,
            )


def _replaced_rules(text: _Text) -> Iterator[Finding]:
    for one in outdated_in(text.words):
        yield _warn(
            "R34", text.place, f"{text.label}: {one.wrong}.", one.instead, "daftar dasar hukum"
        )


def _generic_files(position: int, baris: Baris) -> Iterator[Finding]:
    for at, name in enumerate(baris.eviden):
        if _GENERIC_FILE.fullmatch(name.strip()):
            yield _warn(
                "R35",
                pointer("baris", position, "eviden", at),
                f"Baris {position + 1}, eviden {at + 1}: nama “{name}” tidak mengatakan isinya.",
                "Misalnya A.I.1.i.a_Keputusan-Tim-ZI_2026.pdf.",
                EVIDEN,
            )


def _signer(key: str, signer: Penandatangan) -> Iterator[Finding]:
    label = {"penandatangan": "Penanda tangan", "mengetahui": "Mengetahui"}[key]
    if signer.nama and _STAND_IN.fullmatch(signer.nama.strip()):
        yield _warn(
            "R36",
            pointer(key, "nama"),
            f"{label}, nama: “{signer.nama}” adalah nama pengganti.",
            "Tulis nama lengkap dengan gelar.",
        )
    if signer.nip and (wrong := nip_problem(signer.nip)):
        yield _warn(
            "R37",
            pointer(key, "nip"),
            f"{label}, NIP: {wrong}.",
            "Bandingkan dengan SK atau kartu pegawai.",
            "bentuk NIP",
        )


def _texts(rencana: RencanaAksi) -> Iterator[_Text]:
    yield _Text(pointer("judul"), "Judul", rencana.judul)
    for key, label in (("simpulan", "simpulan"), ("rekomendasi", "rekomendasi")):
        for at, words in enumerate(getattr(rencana.laporan, key)):
            place = pointer("laporan", key, at)
            yield _Text(place, f"Laporan, {label} {at + 1}", words)
    for position, baris in enumerate(rencana.baris):
        yield from _row_texts(position, baris)


def _row_texts(position: int, baris: Baris) -> Iterator[_Text]:
    for key, field in type(baris).model_fields.items():
        value: Any = getattr(baris, key)
        place = pointer("baris", position, key)
        label = f"Baris {position + 1}, {(field.title or key).lower()}"
        if key in {"area", "lke", "jadwal"}:
            continue
        if isinstance(value, str):
            yield _Text(place, label, value)
        elif isinstance(value, tuple):
            # One finding says it for the whole list; its pointer is the list's.
            yield _Text(place, label, "\n".join(value))
