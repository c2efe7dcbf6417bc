"""A kind's form: shown, changed, checked, sent."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import UnknownKind, UnknownSatker
from docgen.findings import Finding
from docgen.generate import prepare
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.satker import Satker, registry
from docgen.validation import place
from web.forms import FormSection, Move, change_rows, form_sections, read_form
from web.services import documents, signed_in

blueprint = Blueprint("make", __name__)


@blueprint.get("/buat/<jenis>")
def show(jenis: str) -> ResponseReturnValue:
    """The empty form."""
    kind, office = _kind(jenis), _office()
    return _form(kind, office, form_sections(kind), {})


@blueprint.post("/buat/<jenis>")
def send(jenis: str) -> ResponseReturnValue:
    """Make the document, or show the form again with what was typed and what is wrong with it."""
    kind, office = _kind(jenis), _office()
    sections = form_sections(kind)
    if change := _row_change():
        data = read_form(sections, _sent(), keep_blank=True)
        return _form(kind, office, sections, data, go_on_at=change_rows(sections, data, *change))
    data = read_form(sections, _sent())
    prepared = prepare(kind, data, office)
    if prepared.payload is None or "buat" not in request.form:
        status = 200 if prepared.payload is not None else 422
        return _form(kind, office, sections, data, prepared.findings, checked=True), status
    document_id = documents().request(
        kind.name,
        office.kode,
        data,
        judul=kind.archive(prepared.payload, office).judul,
        findings=prepared.findings,
        requested_by=signed_in().user_id,
    )
    return redirect(url_for("documents.show", document_id=document_id), 303)


@blueprint.post("/buat/<jenis>/gambar")
def draw(jenis: str) -> ResponseReturnValue:
    """The drawing of what is typed now, and the findings, for the page to put in place."""
    kind, office = _kind(jenis), _office()
    prepared = prepare(kind, read_form(form_sections(kind), _sent()), office)
    pages: Sequence[str] = ()
    if prepared.payload is not None and kind.draw is not None:
        pages = kind.draw(prepared.payload, office)
    return jsonify(pages=pages, findings=[finding.as_dict() for finding in prepared.findings])


def _kind(jenis: str) -> DocumentKind[Any]:
    try:
        return get_kind(jenis)
    except UnknownKind:
        abort(404)


def _office() -> Satker:
    try:
        office = registry().get(request.args.get("satker", ""))
    except UnknownSatker:
        abort(404)
    if not signed_in().scope.covers(office.kode):
        abort(404)
    return office


def _sent() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True)]


def _row_change() -> tuple[Move, str] | None:
    for move in get_args(Move):
        if path := request.form.get(move):
            return cast("Move", move), path
    return None


def _at_its_field(kind: DocumentKind[Any], finding: Finding) -> Finding:
    """The finding without its place, which is told by where it stands."""
    steps = [int(one) if one.isdecimal() else one for one in finding.pointer.split("/")[1:]]
    words = finding.message.removeprefix(f"{place(kind.payload, steps)}: ")
    return dataclasses.replace(finding, message=words[:1].upper() + words[1:])


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
        by_place[finding.pointer.removeprefix("/")].append(_at_its_field(kind, finding))
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
