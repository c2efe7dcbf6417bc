"""Words and numbers as the pages show them."""

import datetime as dt

from flask import Flask

from docgen.bahasa import BULAN, nip, tanggal
from docgen.registry import get_kind
from docgen.roles import ROLE_WORDS
from docgen.satker import registry

STATUS = {
    "queued": "Menunggu giliran",
    "running": "Sedang dibuat",
    "done": "Selesai",
    "failed": "Belum berhasil",
}


STAGES = {
    "draft": "Menunggu pemeriksaan",
    "checked": "Diperiksa",
    "approved": "Disetujui",
}
STANDINGS = {**STAGES, "making": "Sedang dibuat", "failed": "Belum berhasil", "draf": "Draf"}
DEEDS = {
    "document.requested": "meminta dokumen dibuat",
    "document.retried": "meminta dokumen dicoba lagi",
    "document.checked": "menyatakan dokumen sudah diperiksa",
    "document.approved": "menyetujui dokumen",
    "document.sent_back": "mengembalikan dokumen",
}


def init_app(app: Flask) -> None:
    """Offer them to the templates."""
    app.add_template_filter(moment)
    app.add_template_filter(file_size)
    app.add_template_filter(tanggal)
    app.add_template_filter(short_date)
    app.add_template_filter(short_moment)
    app.add_template_filter(lambda stage: STAGES[stage], "stage_words")
    app.add_template_filter(lambda standing: STANDINGS[standing], "standing_words")
    app.add_template_filter(lambda action: DEEDS.get(action, action), "deed_words")
    app.add_template_filter(lambda name: get_kind(name).judul, "nama_jenis")
    app.add_template_filter(nip)
    app.add_template_filter(lambda status: STATUS[status], "status_words")
    app.add_template_filter(lambda role: ROLE_WORDS[role], "role_words")
    app.add_template_filter(lambda kode: registry().get(kode).nama, "nama_satker")


def moment(value: dt.datetime, kode: str) -> str:
    """Date and time at an office: `6 Februari 2026 pukul 09.41 WIB`."""
    office = registry().get(kode)
    local = value.astimezone(office.zona)
    return f"{tanggal(local.date())} pukul {local:%H.%M} {office.zona_waktu}"


def short_date(day: dt.date) -> str:
    """A date for tables: `6 Feb 2026`.

    >>> short_date(dt.date(2026, 8, 6))
    '6 Agu 2026'
    """
    return f"{day.day} {BULAN[day.month - 1][:3]} {day.year}"


def short_moment(value: dt.datetime, kode: str) -> str:
    """Date and time at an office, for tables: `6 Feb 2026, 09.41`."""
    local = value.astimezone(registry().get(kode).zona)
    return f"{short_date(local.date())}, {local:%H.%M}"


def file_size(count: int) -> str:
    """A number of bytes for people: `57 kB`."""
    return f"{max(1, round(count / 1000))} kB"
