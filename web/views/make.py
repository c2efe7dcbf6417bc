"""A kind's form: shown, changed, checked, sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import UnknownKind, UnknownSatker
from docgen.findings import Finding
from docgen.generate import SEMUA, prepare
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.satker import Satker
from web.auth import needs
from web.forms import FormSection, change_rows, form_sections, read_form
from web.requests import row_change, sent_fields, without_place
from web.services import documents, offices, signed_in

blueprint = Blueprint("make", __name__)


@blueprint.get("/buat/<jenis>")
@needs("isi")
def show(jenis: str) -> ResponseReturnValue:
    """The empty form."""
    kind, office = _kind(jenis), _office()
    return _form(kind, office, form_sections(kind), {})


@blueprint.post("/buat/<jenis>")
@needs("isi")
def send(jenis: str) -> ResponseReturnValue:
    """Make the document, or show the form again with what was typed and what is wrong with it."""
    kind, office = _kind(jenis), _office()
    sections = form_sections(kind)
    if change := row_change():
        data = read_form(sections, sent_fields(), keep_blank=True)
        return _form(kind, office, sections, data, go_on_at=change_rows(sections, data, *change))
    data = read_form(sections, sent_fields())
    prepared = prepare(kind, data, office)
    if prepared.payload is None or "buat" not in request.form:
        status = 200 if prepared.payload is not None else 422
        return _form(kind, office, sections, data, prepared.findings, checked=True), status
    document_id = documents().request(
        kind.name,
        office.kode,
        data,
        judul=kind.archive(prepared.payload, office).judul,
        naskah=SEMUA,
        findings=prepared.findings,
        requested_by=signed_in().user_id,
    )
    return redirect(url_for("documents.show", document_id=document_id), 303)


@blueprint.post("/buat/<jenis>/gambar")
@needs("isi")
def draw(jenis: str) -> ResponseReturnValue:
    """The drawing of what is typed now, and the findings, for the page to put in place.

    A finding's `note` is its message without the place, for where it stands beside its field.
    """
    kind, office = _kind(jenis), _office()
    prepared = prepare(kind, read_form(form_sections(kind), sent_fields()), office)
    pages: Sequence[str] = ()
    if prepared.payload is not None and kind.draw is not None:
        pages = kind.draw(prepared.payload, office)
    found = [
        {**finding.as_dict(), "note": without_place(kind.payload, finding).message}
        for finding in prepared.findings
    ]
    return jsonify(pages=pages, findings=found)


def _kind(jenis: str) -> DocumentKind[Any]:
    try:
        return get_kind(jenis)
    except UnknownKind:
        abort(404)


def _office() -> Satker:
    try:
        return offices().get(request.args.get("satker", ""))
    except UnknownSatker:
        abort(404)


def _form(
    kind: DocumentKind[Any],
    office: Satker,
    sections: tuple[FormSection, ...],
    data: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    *,
    checked: bool = False,
    go_on_at: str = "",
) -> str:
    pages: Sequence[str] = ()
    if kind.draw is not None and data:
        payload = prepare(kind, data, office).payload
        pages = kind.draw(payload, office) if payload is not None else ()
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.pointer.removeprefix("/")].append(without_place(kind.payload, finding))
    return render_template(
        "isi.html",
        kind=kind,
        office=office,
        sections=sections,
        data=data,
        errors=[finding for finding in findings if finding.is_error],
        warnings=[finding for finding in findings if not finding.is_error],
        by_place=by_place,
        pages=pages,
        checked=checked,
        go_on_at=go_on_at,
    )
