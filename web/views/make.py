"""A kind's form: shown, saved as a draft, changed, checked, sent."""

import dataclasses
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from docgen.errors import UnknownKind, UnknownSatker, UnusablePicture
from docgen.findings import Finding
from docgen.generate import SEMUA, Prepared, prepare
from docgen.kinds import DocumentKind
from docgen.photographs import MAX_BYTES, check_picture, ready
from docgen.registry import get_kind
from docgen.revisions import begun, revised
from docgen.satker import Satker
from docgen.storage import (
    Draft,
    DraftChanged,
    NoPattern,
    Once,
    Uploads,
)
from docgen.storage.drafts import IDS
from web.auth import needs
from web.controls import form_sections
from web.form_changes import add_rows, change_rows, fill_field, find_field
from web.form_findings import for_form
from web.form_page import FormPage, clock_at, render_form
from web.form_start import (
    as_copy,
    copied,
    from_master,
    picked,
    starting_data,
)
from web.form_state import form_state
from web.forms import read_form
from web.numerals import whole_number
from web.pictures import with_pictures
from web.requests import row_change, sent_fields, told, unnamed, without_place
from web.services import documents, drafts, numbers, offices, services, signed_in
from web.versions import revised_by

blueprint = Blueprint("make", __name__)

LONGEST_EDITOR = 32


@blueprint.get("/buat/<jenis>")
@needs("isi")
def show(jenis: str) -> ResponseReturnValue:
    """The form: of a draft, of a document to be changed or copied, of a master, or empty."""
    kind, office = _kind(jenis), _office()
    page = FormPage(kind, office, form_sections(kind), _draft_id(), 0, secrets.token_hex(8))
    if draft := drafts().get(page.draft_id):
        if (draft.kind, draft.satker) != (kind.name, office.kode):
            abort(404)
        page = dataclasses.replace(page, revision=draft.revision, continues=draft.document_id)
        return render_form(page, draft.data, draft=draft)
    if continued := request.args.get("ubah"):
        if mine := drafts().of_document(continued):
            return redirect(dataclasses.replace(page, draft_id=mine.id).address(), 303)
        page = dataclasses.replace(page, continues=continued)
        return render_form(page, _next_version(page, continued))
    return render_form(page, _begin(page))


def _begin(page: FormPage) -> Mapping[str, Any]:
    if copy := request.args.get("dari"):
        return as_copy(page.kind, _input_of(copy, page.kind))
    if master := request.args.get("master"):
        return from_master(page.kind, page.office, master)
    return starting_data(page.sections, page.office)


def _input_of(document_id: str, kind: DocumentKind[Any], kode: str = "") -> dict[str, Any]:
    """What a document was made from; of an office, where one is named."""
    document = documents().get(document_id)
    if document is None or document.kind != kind.name or (kode and document.satker != kode):
        abort(404)
    return copied(document.data)


def _next_version(page: FormPage, continued: str) -> Mapping[str, Any]:
    """What the form of a document's next version begins with."""
    data = _input_of(continued, page.kind, page.office.kode)
    before = _revised_by(page, continued)
    return data if before is None else begun(page.kind, before, data, offices().today(page.office))


def _as_revision(page: FormPage, data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with number, date and note of the revision that it is, where it is one."""
    before = _revised_by(page, page.continues) if page.continues else None
    return (
        data if before is None else revised(page.kind, before, data, offices().today(page.office))
    )


def _note(page: FormPage, filled: Mapping[str, Any], made: Mapping[str, Any]) -> Sequence[str]:
    """What the document will say of its revision, where nobody wrote it."""
    catatan = page.kind.revision.catatan if page.kind.revision else ""
    return made.get(catatan, ()) if made.get(catatan) != filled.get(catatan) else ()


def _revised_by(page: FormPage, document_id: str) -> Mapping[str, Any] | None:
    document = documents().get(document_id)
    if document is None:
        return None
    versions = documents().versions(document.series)
    before = revised_by(document, versions, offices().today(page.office))
    return copied(before.data) if before else None


@blueprint.post("/buat/<jenis>")
@needs("isi")
def send(jenis: str) -> ResponseReturnValue:
    """Save, and make the document; or show the form again with what is wrong with it."""
    page = _sent_page(jenis)
    sent, wrong_pictures = with_pictures(
        sent_fields(), request.files, _uploads(), signed_in().user_id
    )
    typed = read_form(page.sections, sent, keep_blank=True)
    on_the_way = _on_the_way(page, typed)
    try:
        draft = page.save(typed)
    except DraftChanged as error:
        return render_form(page, typed, conflict=error.draft), 409
    page = dataclasses.replace(page, revision=draft.revision, continues=draft.document_id)
    if on_the_way:
        said = [*wrong_pictures, *on_the_way.findings]
        at, picking = on_the_way.go_on_at, on_the_way.picking
        return render_form(page, typed, said, go_on_at=at, picking=picking, draft=draft)
    filled = read_form(page.sections, sent)
    data = _as_revision(page, filled)
    note = _note(page, filled, data)
    prepared = prepare(page.kind, data, page.office)
    findings = [*wrong_pictures, *prepared.findings]
    only_saves = "simpan" in request.form or "paksa" in request.form
    if wrong_pictures or (prepared.payload is None and not only_saves):
        return render_form(page, filled, findings, checked=True, draft=draft, note=note), 422
    if only_saves:
        return redirect(page.address(), 303)
    if "buat" not in request.form:
        return render_form(page, filled, findings, checked=True, draft=draft, note=note)
    return redirect(url_for("documents.show", document_id=_order(page, data, prepared)), 303)


@dataclasses.dataclass(frozen=True, slots=True)
class _OnTheWay:
    """What a button did that only leads on with the form: where to, and what is to be said."""

    go_on_at: str
    findings: Sequence[Finding] = ()
    picking: str = ""


def _on_the_way(page: FormPage, typed: dict[str, Any]) -> _OnTheWay | None:
    """Put in a number or what was picked, carry out a row button; None where none was pressed."""
    if path := request.form.get("usulkan"):
        return _OnTheWay(path, _number(page, typed, path))
    if picking := request.form.get("daftar"):
        return _OnTheWay(f"pilih/{picking}", picking=picking)
    if change := row_change():
        changed = change_rows(page.sections, typed, *change)
    elif taken := request.form.get("ambil"):
        chosen = picked(request.form.getlist(f"pilih/{taken}"))
        changed = add_rows(page.sections, typed, taken, chosen)
    else:
        return None
    return _OnTheWay(changed.path, unnamed(page.kind.payload, changed))


def _number(page: FormPage, typed: dict[str, Any], path: str) -> list[Finding]:
    """Put the office's next number into an empty field; else say why it is not put there."""
    found = find_field(page.sections, typed, path)
    if found is None or not found[0].numbers:
        return []
    control, text = found
    if text.strip():
        words = "sudah terisi. Kosongkan dahulu bila ingin nomor berikutnya."
        return [told(page.kind.payload, "N01", path, words)]
    try:
        day = offices().today(page.office)
        nomor = numbers().take(page.office.kode, page.kind.name, control.numbers, day)
    except NoPattern as error:
        return [told(page.kind.payload, "N01", path, str(error))]
    fill_field(page.sections, typed, path, nomor)
    return []


def _order(page: FormPage, data: dict[str, Any], prepared: Prepared[Any]) -> str:
    """Ask for the document; a form that is sent twice is one document."""
    payload = prepared.valid_payload()
    archive = page.kind.archive(payload, page.office)
    said = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    document_id = documents().request(
        page.kind.name,
        page.office.kode,
        data,
        judul=archive.judul,
        archive=archive,
        areas=page.kind.facts(payload, page.office).nomor_area,
        naskah=SEMUA,
        findings=prepared.findings,
        who=signed_in(),
        continues=page.continues,
        once=Once(signed_in().user_id, f"{page.draft_id}:{said}", said),
    )
    drafts().made(page.draft_id, document_id)
    return document_id


@blueprint.post("/buat/<jenis>/draf")
@needs("isi")
def save(jenis: str) -> ResponseReturnValue:
    """Save what is typed; 409 with who saved, where somebody else did meanwhile."""
    page = _sent_page(jenis)
    try:
        draft = page.save(read_form(page.sections, sent_fields(), keep_blank=True))
    except DraftChanged as error:
        return jsonify(_saved(error.draft, page.office)), 409
    return jsonify(_saved(draft, page.office))


def _saved(draft: Draft, office: Satker) -> dict[str, Any]:
    return {
        "revision": draft.revision,
        "pukul": clock_at(draft.updated_at, office),
        "nama": draft.updated_name,
    }


@blueprint.post("/buat/<jenis>/gambar")
@needs("isi")
def draw(jenis: str) -> ResponseReturnValue:
    """The drawing of what is typed now, the findings and what is missing, for the page to show."""
    kind, office = _kind(jenis), _office()
    sections = form_sections(kind)
    data = read_form(sections, sent_fields())
    prepared = prepare(kind, data, office)
    pages: Sequence[str] = ()
    if prepared.payload is not None and kind.draw is not None:
        pages = kind.draw(prepared.payload, office)
    findings = [
        {**one.as_dict(), "short": without_place(kind.payload, one).message}
        for one in for_form(sections, data, prepared.findings)
    ]
    state = form_state(sections, data, prepared.findings)
    return jsonify(pages=pages, findings=findings, state=state.as_dict())


@blueprint.post("/foto")
@needs("isi")
def photo() -> ResponseReturnValue:
    """Keep one picture; answers with its id, or with what is wrong with it."""
    file = request.files.get("foto")
    content = file.stream.read(MAX_BYTES + 1) if file else b""
    if wrong := check_picture(content):
        return jsonify(error=wrong), 422
    return jsonify(id=_uploads().keep(content, signed_in().user_id)), 201


@blueprint.get("/foto/<upload_id>")
@needs("lihat")
def picture(upload_id: str) -> Response:
    """A picture as documents carry it."""
    content = _uploads().get(upload_id)
    if content is None:
        abort(404)
    try:
        return Response(ready(content), mimetype="image/jpeg")
    except UnusablePicture:
        abort(404)


@blueprint.get("/sesi")
@needs("isi")
def session() -> ResponseReturnValue:
    """Who is signed in now, and the token for forms: for a page that outlived its session."""
    return jsonify(user=signed_in().user_id, token=generate_csrf())


@blueprint.post("/draf/<draft_id>/hapus")
@needs("isi")
def discard(draft_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    if not drafts().discard(draft_id):
        abort(404)
    return redirect(url_for("documents.index", keadaan="draf"), 303)


def _uploads() -> Uploads:
    return Uploads(services().database, services().blobs)


def _draft_id() -> str:
    wanted = request.values.get("draf", "")
    return wanted if IDS.fullmatch(wanted) else drafts().new_id()


def _sent_page(jenis: str) -> FormPage:
    """The page that a form was sent from."""
    kind, office = _kind(jenis), _office()
    form = request.form
    revision = form.get("paksa") or form.get("revisi", "")
    continues = form.get("lanjutan") or None
    if continues:
        _input_of(continues, kind, office.kode)  # it must be there
    return FormPage(
        kind,
        office,
        form_sections(kind),
        _draft_id(),
        whole_number(revision) or 0,
        form.get("editor", "")[:LONGEST_EDITOR],
        continues,
    )


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
