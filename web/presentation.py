"""Words and numbers as the pages show them."""

import datetime as dt

from flask import Flask
from markupsafe import Markup, escape

from docgen.bahasa import BULAN, nip, tanggal
from docgen.masters import PLACEHOLDER
from docgen.registry import get_kind, kinds
from docgen.roles import ROLE_WORDS
from docgen.satker import registry
from web import dates
from web.selection import selector_words
from web.services import signed_in

STATUS = {
    "queued": "Menunggu giliran",
    "running": "Sedang dibuat",
    "done": "Selesai",
    "failed": "Belum berhasil",
}


STAGES = {
    "draft": "Belum diajukan",
    "submitted": "Menunggu pemeriksaan",
    "checked": "Diperiksa",
    "approved": "Disetujui",
}
STANDINGS = {**STAGES, "making": "Sedang dibuat", "failed": "Belum berhasil", "draf": "Draf"}
DEEDS = {
    "document.requested": "meminta dokumen dibuat",
    "document.retried": "meminta dokumen dicoba lagi",
    "document.submitted": "mengajukan dokumen untuk diperiksa",
    "document.withdrawn": "menarik dokumen kembali",
    "document.checked": "menyatakan dokumen sudah diperiksa",
    "document.approved": "menyetujui dokumen",
    "document.sent_back": "mengembalikan dokumen",
}


def init_app(app: Flask) -> None:
    """Offer them to the templates."""
    app.add_template_filter(moment)
    app.add_template_filter(file_size)
    app.add_template_filter(tanggal)
    app.add_template_filter(short)
    app.add_template_filter(titled)
    app.add_template_filter(short_date)
    app.add_template_filter(dates.in_words, "date_in_words")
    app.add_template_filter(lambda stage: STAGES[stage], "stage_words")
    app.add_template_filter(lambda standing: STANDINGS[standing], "standing_words")
    app.add_template_filter(lambda action: DEEDS.get(action, action), "deed_words")
    app.add_template_filter(lambda name: get_kind(name).judul, "nama_jenis")
    app.add_template_filter(nip)
    app.add_template_filter(short_moment)
    app.add_template_filter(clock)
    app.add_template_filter(selector_words)
    app.add_template_filter(kind_words)
    app.add_template_filter(duration)
    app.add_template_filter(plain_master)
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


def short_moment(value: dt.datetime, kode: str = "") -> str:
    """Date and time for tables, at an office, else where the one who is reading is.

    For example `6 Feb 2026, 09.41`.
    """
    local = value.astimezone(registry().get(kode or signed_in().root).zona)
    return f"{short_date(local.date())}, {local:%H.%M}"


def clock(value: dt.datetime) -> str:
    """The time of day, where the one who is reading is: `10.02.31`."""
    return f"{_here(value):%H.%M.%S}"


def _here(value: dt.datetime) -> dt.datetime:
    return value.astimezone(registry().get(signed_in().root).zona)


def kind_words(name: str) -> str:
    """A kind's title; its name where there is no such kind any more."""
    return kinds()[name].judul if name in kinds() else name


def duration(seconds: float) -> str:
    """A length of time for people, rounded up: `7 detik`, `3 menit`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} detik"
    return f"{-(-round(seconds) // 60)} menit"


def plain_master(title: str) -> str:
    """A master's title without an office's words in it: what stands there differs by office."""
    return PLACEHOLDER.sub("…", title)


SHORT = 200
LONGEST_IN_A_HINT = 2_000


def short(text: str) -> str:
    """A text that a list can bear, however long somebody made it.

    >>> short("Surat masuk"), len(short("x" * 5000))
    ('Surat masuk', 200)
    """
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def titled(text: str) -> str:
    """The same with the whole to be seen on hovering, as HTML."""
    if len(text) <= SHORT:
        return escape(text)
    return Markup('<span title="{}">{}</span>').format(text[:LONGEST_IN_A_HINT], short(text))


def file_size(count: int) -> str:
    """A number of bytes for people: `57 kB`."""
    return f"{max(1, round(count / 1000))} kB"
