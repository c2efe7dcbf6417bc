"""An office: who is who, what its letterhead says, its emblem."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import InvalidPicture, UnknownSatker
from docgen.findings import Finding
from docgen.letterhead import MAX_EMBLEM_BYTES, checked_emblem
from docgen.satker import Pejabat, Satker, registry
from docgen.storage import OfficeData
from docgen.validation import validate
from web.auth import needs
from web.form_changes import change_rows
from web.form_findings import for_form
from web.forms import read_form
from web.office_form import office_sections
from web.requests import row_change, sent_fields, without_place
from web.services import offices, signed_in
from web.views.numbering import numbers_of

blueprint = Blueprint("offices", __name__)

SOON_DAYS = 30
SHOWN = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """An official's term as the page tells it."""

    pejabat: Pejabat
    state: Literal["ok", "warn", "wait", "past"]
    words: str


@blueprint.get("/satker")
@needs("lihat")
def index() -> ResponseReturnValue:
    """Offices by name or code."""
    words = request.args.get("q", "")
    scope = signed_in().scope
    found = registry().search(words, limit=len(registry().all()))
    within = [one for one in found if scope.covers(one.kode)]
    return render_template(
        "satker_semua.html", words=words, found=within[:SHOWN], count=len(within)
    )


@blueprint.get("/satker/<kode>")
@needs("lihat")
def show(kode: str) -> ResponseReturnValue:
    """The office's page."""
    return _page(_office(kode))


def _page(office: Satker, emblem_error: str = "") -> str:
    parent = registry().get(office.kode_induk) if office.kode_induk else None
    today = offices().today(office)
    terms = [_term(one, today) for one in offices().officials(office.kode)]
    return render_template(
        "satker.html",
        office=office,
        parent=parent if parent and signed_in().scope.covers(parent.kode) else None,
        above=parent,
        terms=[one for one in terms if one.state != "past"],
        past=[one for one in terms if one.state == "past"],
        emblem_error=emblem_error,
        numbers=numbers_of(office),
    )


def _term(pejabat: Pejabat, today: dt.date) -> Term:
    if pejabat.mulai and pejabat.mulai > today:
        return Term(pejabat, "wait", "Belum mulai")
    if pejabat.sampai is None:
        return Term(pejabat, "ok", "Menjabat")
    left = (pejabat.sampai - today).days
    if left < 0:
        return Term(pejabat, "past", "Berakhir")
    return (
        Term(pejabat, "warn", f"{left} hari lagi")
        if left <= SOON_DAYS
        else Term(pejabat, "ok", "Menjabat")
    )


@blueprint.get("/satker/<kode>/ubah")
@needs("satker")
def edit(kode: str) -> ResponseReturnValue:
    """The form with what the office said so far."""
    office = _office(kode)
    return _form(office, _as_typed(office))


@blueprint.post("/satker/<kode>/ubah")
@needs("satker")
def save(kode: str) -> ResponseReturnValue:
    """Keep it, or show the form again with what was typed and what is wrong with it."""
    office, sections = _office(kode), office_sections()
    if change := row_change():
        data = read_form(sections, sent_fields(), keep_blank=True)
        return _form(office, data, go_on_at=change_rows(sections, data, *change).path)
    data = read_form(sections, sent_fields())
    kept, findings = validate(OfficeData, data)
    if kept is None:
        return _form(office, data, findings), 422
    offices().save(kode, kept, by=signed_in().user_id)
    return redirect(url_for("offices.show", kode=kode), 303)


@blueprint.get("/satker/<kode>/lambang")
@needs("lihat")
def emblem(kode: str) -> Response:
    """The office's emblem."""
    content = _office(kode).lambang
    if content is None:
        abort(404)
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return Response(content, mimetype=f"image/{kind}")


@blueprint.post("/satker/<kode>/lambang")
@needs("satker")
def set_emblem(kode: str) -> ResponseReturnValue:
    """Keep an uploaded emblem, or take the one there is away."""
    office = _office(kode)
    content = None
    if "hapus" not in request.form:
        sent = request.files.get("lambang")
        try:
            content = checked_emblem(sent.stream.read(MAX_EMBLEM_BYTES + 1) if sent else b"")
        except InvalidPicture as error:
            return _page(office, str(error)), 422
    offices().set_emblem(kode, content, by=signed_in().user_id)
    return redirect(url_for("offices.show", kode=kode), 303)


def _office(kode: str) -> Satker:
    try:
        return offices().get(kode)
    except UnknownSatker:
        abort(404)


def _as_typed(office: Satker) -> dict[str, Any]:
    """What the office's form shows: what it says of itself, as text."""
    shipped = registry().get(office.kode)
    texts = {
        key: getattr(office, key)
        for key in ("ibu_kota", "alamat", "telepon", "email")
        if getattr(office, key) != getattr(shipped, key)
    }
    return {**texts, "pejabat": [_typed(one) for one in offices().officials(office.kode)]}


def _typed(pejabat: Pejabat) -> dict[str, str]:
    return {
        key: value.isoformat() if isinstance(value, dt.date) else value
        for key, value in dataclasses.asdict(pejabat).items()
        if value
    }


def _form(
    office: Satker,
    data: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    *,
    go_on_at: str = "",
) -> str:
    by_place: dict[str, list[Finding]] = defaultdict(list)
    findings = for_form(office_sections(), data, findings)
    for finding in findings:
        by_place[finding.pointer.removeprefix("/")].append(without_place(OfficeData, finding))
    return render_template(
        "satker_ubah.html",
        office=office,
        sections=office_sections(),
        data=data,
        errors=findings,
        by_place=by_place,
        go_on_at=go_on_at,
    )
