"""Words and numbers as the pages show them."""

import datetime as dt

from flask import Flask

from docgen.bahasa import nip, tanggal
from docgen.roles import ROLE_WORDS
from docgen.satker import registry

STATUS = {
    "queued": "Menunggu giliran",
    "running": "Sedang dibuat",
    "done": "Selesai",
    "failed": "Belum berhasil",
}


def init_app(app: Flask) -> None:
    """Offer them to the templates."""
    app.add_template_filter(moment)
    app.add_template_filter(file_size)
    app.add_template_filter(tanggal)
    app.add_template_filter(nip)
    app.add_template_filter(lambda status: STATUS[status], "status_words")
    app.add_template_filter(lambda role: ROLE_WORDS[role], "role_words")
    app.add_template_filter(lambda kode: registry().get(kode).nama, "nama_satker")


def moment(value: dt.datetime, kode: str) -> str:
    """Date and time at an office: `6 Februari 2026 pukul 09.41 WIB`."""
    office = registry().get(kode)
    local = value.astimezone(office.zona)
    return f"{tanggal(local.date())} pukul {local:%H.%M} {office.zona_waktu}"


def file_size(count: int) -> str:
    """A number of bytes for people: `57 kB`."""
    return f"{max(1, round(count / 1000))} kB"
