"""Error pages: what happened, what is safe, what to do."""

import secrets
from dataclasses import dataclass

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from web import api
from web.api import problems

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says."""

    judul: str
    terjadi: str
    lakukan: str


WORDS = {
    403: Words(
        "Halaman ini bukan untuk akun Anda",
        "Akun Anda tidak memiliki hak membuka halaman ini.",
        "Hubungi admin satker bila Anda memerlukannya.",
    ),
    404: Words(
        "Halaman tidak ada",
        "Alamatnya keliru, atau dokumennya milik satker lain.",
        "Periksa alamatnya, atau mulai lagi dari beranda.",
    ),
    405: Words(
        "Halaman ini tidak dapat dibuka begitu",
        "Alamat ini hanya menerima kiriman dari formulirnya.",
        "Mulai lagi dari beranda.",
    ),
    413: Words(
        "Kiriman terlalu besar",
        "Isian yang dikirim lebih dari 10 MB, jadi tidak diterima dan tidak ada yang berubah.",
        "Tekan tombol kembali di peramban, kurangi isinya, lalu kirim lagi.",
    ),
}
EXPIRED = Words(
    "Sesi Anda berakhir",
    "Isian belum terkirim karena sesi berakhir. Tidak ada yang berubah.",
    "Tekan tombol kembali di peramban; isian Anda masih ada di sana. Lalu kirim lagi.",
)
BROKEN = Words(
    "Sistem sedang bermasalah",
    "Ini bukan kesalahan Anda. Yang sudah tersimpan tetap aman.",
    "Coba lagi sebentar lagi. Bila tetap terjadi, sampaikan kode di bawah kepada pengelola.",
)
REFUSED = Words(
    "Permintaan tidak dapat dikerjakan",
    "Yang dikirim tidak dapat dibaca. Tidak ada yang berubah.",
    "Mulai lagi dari beranda.",
)


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http_error)
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


def _broken(error: Exception) -> ResponseReturnValue:
    if _is_of_api():
        return problems.answer_broken(error)
    code = secrets.token_hex(4)
    log.error("request.broken", code=code, endpoint=request.endpoint, exc_info=error)
    return _page(BROKEN, 500, code)
