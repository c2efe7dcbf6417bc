"""Errors of the API, as RFC 9457 writes them; nothing of the program's insides."""

import secrets
from collections.abc import Mapping, Sequence

import structlog
from flask import Response, jsonify
from pydantic import BaseModel, Field
from werkzeug.exceptions import HTTPException

from docgen.findings import Finding

log = structlog.get_logger()

RETRY_SOON = {"Retry-After": "10"}
MEDIA_TYPE = "application/problem+json"


class FindingOut(BaseModel):
    """A finding, as everywhere."""

    input: str = ""
    code: str
    level: str
    pointer: str = Field(description="RFC 6901, ke dalam isian; kosong untuk keseluruhannya.")
    message: str
    hint: str = ""
    source: str = ""


class ProblemOut(BaseModel):
    """What went wrong."""

    type: str = Field(description="Selalu about:blank; `code` yang membedakan.")
    title: str
    status: int
    code: str
    detail: str
    errors: list[FindingOut] = Field(
        default=[], description="Temuan yang harus diperbaiki, bila isiannya yang salah."
    )


class Problem(Exception):
    """Ends a request with a problem; `detail` is an Indonesian sentence for the one who asked."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Sequence[Finding] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(error for error in errors if error.is_error)
        self.headers = dict(headers or {})


TITLES = {
    400: "Permintaan tidak dapat dibaca",
    401: "Token tidak berlaku",
    403: "Di luar hak token ini",
    404: "Tidak ada",
    405: "Cara ini tidak dilayani",
    409: "Bertentangan dengan permintaan lain",
    413: "Terlalu besar",
    415: "Jenis isi tidak dikenal",
    422: "Isian belum benar",
    429: "Terlalu banyak permintaan",
    500: "Sistem sedang bermasalah",
    503: "Layanan belum siap",
}

NOT_FOUND = "Yang diminta tidak ada, atau di luar lingkup token ini."

_HTTP_DETAILS = {
    400: ("permintaan_rusak", "Permintaan tidak dapat dibaca."),
    404: ("tidak_ada", NOT_FOUND),
    405: ("metode_tidak_dilayani", "Alamat ini tidak melayani metode HTTP itu."),
    413: ("terlalu_besar", "Badan permintaan lebih besar dari 10 MB."),
    415: ("jenis_isi", "Kirim Content-Type: application/json."),
}


def invalid(errors: Sequence[Finding]) -> Problem:
    """The problem of data with errors."""
    return Problem(422, "isian_salah", "Isian belum benar; lihat errors.", errors)


def not_found() -> Problem:
    """The problem of what is not there, or not for this token."""
    return Problem(404, "tidak_ada", NOT_FOUND)


def answer(problem: Problem) -> Response:
    """The problem as a response."""
    response = jsonify(
        type="about:blank",
        title=TITLES.get(problem.status, "Permintaan tidak dapat dikerjakan"),
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
        errors=[error.as_dict() for error in problem.errors],
    )
    response.status_code = problem.status
    response.headers.update(problem.headers)
    response.mimetype = MEDIA_TYPE
    return response


def answer_http(error: HTTPException) -> Response:
    """An error of HTTP itself as a response."""
    status = error.code or 500
    code, detail = _HTTP_DETAILS.get(
        status, ("permintaan_ditolak", "Permintaan tidak dapat dikerjakan.")
    )
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return answer(Problem(status, code, detail, headers=headers))


def answer_away() -> Response:
    """What is asked for again soon: the database or the store cannot be used now."""
    detail = "Layanan sedang tidak dapat dicapai. Tidak ada yang berubah; kirim lagi sebentar lagi."
    return answer(Problem(503, "belum_siap", detail, headers=RETRY_SOON))


def answer_broken(error: Exception) -> Response:
    """What we did not foresee, under a code that finds it in the log."""
    code = secrets.token_hex(4)
    log.error("request.broken", code=code, exc_info=error)
    detail = f"Ini bukan kesalahan Anda. Sampaikan kode {code} kepada pengelola."
    return answer(Problem(500, "sistem_bermasalah", detail))
