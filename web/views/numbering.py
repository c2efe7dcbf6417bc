"""How an office numbers its documents, and the next number when somebody needs one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import UnknownKind, UnknownNaskah, UnknownSatker
from docgen.generate import naskah_of
from docgen.kinds import DocumentKind, Naskah
from docgen.registry import get_kind, kinds
from docgen.satker import Satker
from docgen.storage import InvalidPattern, NoPattern, Pattern, checked_pattern
from web.auth import needs
from web.numerals import whole_number
from web.services import numbers, offices

blueprint = Blueprint("numbering", __name__, url_prefix="/satker/<kode>/nomor")

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One naskah on the page; `key` names its fields."""

    kind: DocumentKind[Any]
    naskah: Naskah[Any]

    @property
    def key(self) -> str:
        return f"{self.kind.name}-{self.naskah.name}"

    @property
    def judul(self) -> str:
        return self.naskah.judul


@blueprint.get("")
@needs("satker")
def edit(kode: str) -> ResponseReturnValue:
    """The patterns, with the number that each would give next."""
    office = _office(kode)
    sent: dict[str, str] = {}
    for line in _lines():
        if pattern := numbers().patterns(kode).get((line.kind.name, line.naskah.name)):
            sent |= _typed(line, pattern)
    return _form(office, sent, {})


@blueprint.post("")
@needs("satker")
def save(kode: str) -> ResponseReturnValue:
    """Keep the patterns, all of them or none."""
    office, sent = _office(kode), request.form.to_dict()
    errors: dict[str, str] = {}
    read = [(line, *_read(line, sent, errors)) for line in _lines()]
    if errors:
        return _form(office, sent, errors), 422
    year = offices().today(office).year
    for line, pattern, start in read:
        numbers().set_pattern(kode, line.kind.name, line.naskah.name, pattern)
        if pattern and start:
            numbers().start_at(kode, line.kind.name, line.naskah.name, year, start)
    return redirect(url_for("numbering.edit", kode=kode), 303)


@blueprint.post("/<jenis>/<naskah>")
@needs("isi")
def take(kode: str, jenis: str, naskah: str) -> ResponseReturnValue:
    """Take the next number: `{"nomor"}`, which nobody else will be given."""
    office = _office(kode)
    try:
        naskah_of(get_kind(jenis), naskah)
        nomor = numbers().take(kode, jenis, naskah, offices().today(office))
    except (UnknownKind, UnknownNaskah):
        abort(404)
    except NoPattern as error:
        return jsonify(nomor="", pesan=str(error)), 409
    return jsonify(nomor=nomor)


def _office(kode: str) -> Satker:
    try:
        return offices().get(kode)
    except UnknownSatker:
        abort(404)


def _lines() -> list[Line]:
    return [Line(kind, naskah) for kind in kinds().values() for naskah in kind.naskah]


def _typed(line: Line, pattern: Pattern) -> dict[str, str]:
    return {
        f"{line.key}-pola": pattern.pola,
        f"{line.key}-klas": pattern.klas,
        f"{line.key}-jenis": pattern.jenis,
    }


def _read(
    line: Line, sent: Mapping[str, str], errors: dict[str, str]
) -> tuple[Pattern | None, int]:
    pola, klas, jenis, start = (
        sent.get(f"{line.key}-{part}", "").strip() for part in ("pola", "klas", "jenis", "mulai")
    )
    if not pola:
        return None, 0
    number = whole_number(start or "0")
    if number is None or (start and not 0 < number < MOST):
        errors[f"{line.key}-mulai"] = (
            f"{line.judul}, nomor berikutnya: harus bilangan mulai dari 1."
        )
        return None, 0
    try:
        return checked_pattern(pola, klas, jenis), number
    except InvalidPattern as error:
        errors[f"{line.key}-pola"] = f"{line.judul}, pola: {error}"
        return None, 0


def numbers_of(office: Satker) -> list[tuple[str, str, str]]:
    """The naskah that have a pattern: their title, the pattern and the next number."""
    patterns = numbers().patterns(office.kode)
    found = [
        (line, patterns[line.kind.name, line.naskah.name])
        for line in _lines()
        if (line.kind.name, line.naskah.name) in patterns
    ]
    return [(line.judul, pattern.pola, _next(office, line)) for line, pattern in found]


def _next(office: Satker, line: Line) -> str:
    """The number that the naskah would be given now; empty where it has no pattern."""
    try:
        return numbers().next(
            office.kode, line.kind.name, line.naskah.name, offices().today(office)
        )
    except NoPattern:
        return ""


def _form(office: Satker, sent: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render_template(
        "nomor.html",
        office=office,
        lines=[(line, _next(office, line)) for line in _lines()],
        sent=sent,
        errors=errors,
    )
