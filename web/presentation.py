"""Words and numbers as the pages show them."""

import datetime as dt
from zoneinfo import ZoneInfo

from flask import Flask

from docgen.bahasa import tanggal
from docgen.satker import registry

# Offices lie in three zones; a page shows its office's own.
ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}
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
    app.add_template_filter(lambda status: STATUS[status], "status_words")
    app.add_template_filter(lambda kode: registry().get(kode).nama, "nama_satker")


def moment(value: dt.datetime, kode: str) -> str:
    """Date and time at an office: `6 Februari 2026 pukul 09.41 WIB`."""
    zona = registry().get(kode).zona_waktu
    local = value.astimezone(ZONES[zona])
    return f"{tanggal(local.date())} pukul {local:%H.%M} {zona}"


def file_size(count: int) -> str:
    """A number of bytes for people: `57 kB`."""
    return f"{max(1, round(count / 1000))} kB"
