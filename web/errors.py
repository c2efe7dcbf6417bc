"""Error pages: what happened, what is safe, what to do."""

import secrets
from dataclasses import dataclass

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException

from docgen.storage import StoreUnavailable
from web import api
from web.api import problems

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says; `again` offers to ask for the same page once more."""

    judul: str
    terjadi: str
    aman: str
    lakukan: str
    again: bool = False


UNCHANGED = "Tidak ada yang berubah. Yang sudah tersimpan tetap seperti semula."
KEPT_IN_BROWSER = "Tekan tombol kembali di peramban; isian Anda masih ada di sana."

WORDS = {
    403: Words(
        "Halaman ini bukan untuk akun Anda",
        "Akun Anda tidak memiliki hak membuka halaman ini.",
        UNCHANGED,
        "Hubungi admin satker bila Anda memerlukannya.",
    ),
    404: Words(
        "Halaman tidak ada",
        "Alamatnya mungkin salah ketik, atau isinya milik satker lain.",
        UNCHANGED,
        "Periksa alamatnya, atau mulai lagi dari beranda.",
    ),
    405: Words(
        "Halaman ini tidak dapat dibuka begitu",
        "Alamat ini hanya menerima kiriman dari formulirnya.",
        UNCHANGED,
        "Mulai lagi dari beranda.",
    ),
    409: Words(
        "Sudah diubah lebih dahulu",
        "Yang Anda kirim tidak cocok lagi dengan keadaannya sekarang.",
        UNCHANGED,
        "Buka halamannya sekali lagi untuk melihat keadaan terakhir.",
    ),
    413: Words(
        "Kiriman terlalu besar",
        "Yang dikirim lebih dari 10 MB, jadi tidak diterima.",
        UNCHANGED,
        f"{KEPT_IN_BROWSER} Kurangi isinya, lalu kirim lagi.",
    ),
    429: Words(
        "Terlalu sering dicoba",
        "Permintaan dari sini ditahan sebentar.",
        UNCHANGED,
        "Tunggu beberapa menit, lalu coba lagi.",
        again=True,
    ),
    503: Words(
        "Layanan sedang tidak dapat dicapai",
        "Salah satu bagian layanan sedang dijalankan ulang. Ini bukan kesalahan Anda.",
        "Yang sudah tersimpan dan dokumen yang sudah jadi tidak berubah.",
        "Muat ulang beberapa saat lagi.",
        again=True,
    ),
}
EXPIRED = Words(
    "Sesi Anda berakhir",
    "Isian belum terkirim karena sesi berakhir.",
    UNCHANGED,
    f"{KEPT_IN_BROWSER} Lalu kirim lagi.",
)
BROKEN = Words(
    "Sistem sedang bermasalah",
    "Permintaan Anda tidak selesai diproses. Ini bukan kesalahan Anda.",
    "Yang sudah tersimpan dan dokumen yang sudah jadi tidak berubah.",
    "Muat ulang halaman ini. Bila masih sama setelah beberapa menit, hubungi admin satker.",
    again=True,
)
REFUSED = Words(
    "Permintaan tidak dapat dikerjakan",
    "Yang dikirim tidak dapat dibaca.",
    UNCHANGED,
    "Mulai lagi dari beranda.",
)


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
    for away in (OperationalError, InterfaceError, StoreUnavailable):
        app.register_error_handler(away, _away)
    app.register_error_handler(Exception, _broken)


def _page(words: Words, status: int, code: str = "") -> ResponseReturnValue:
    return render_template("galat.html", words=words, code=code), status


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return _page(EXPIRED, 400)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    if _is_of_api():
        return problems.answer_http(error)
    return _page(WORDS.get(status, BROKEN if status >= 500 else REFUSED), status)


def _is_of_api() -> bool:
    return request.path.startswith(api.PREFIX)


def _away(error: Exception) -> ResponseReturnValue:
    """The database or the store is locked, full or away; nothing was written."""
    log.warning("request.away", endpoint=request.endpoint, exc_info=error)
    if _is_of_api():
        return problems.answer_away()
    return render_template("galat.html", words=WORDS[503], code=""), 503, problems.RETRY_SOON


def _broken(error: Exception) -> ResponseReturnValue:
    if _is_of_api():
        return problems.answer_broken(error)
    code = secrets.token_hex(4)
    log.error("request.broken", code=code, endpoint=request.endpoint, exc_info=error)
    return _page(BROKEN, 500, code)
