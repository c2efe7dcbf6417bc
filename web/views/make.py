"""A kind's form: shown, saved as a draft, changed, checked, sent."""

import dataclasses
import datetime as dt
import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
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
from docgen.storage import Draft, DraftChanged, Once, Typed, Uploads
from docgen.storage.drafts import IDS
from web.auth import needs
from web.form_start import copied, from_master, masters_for, offers, picked, starting_data
from web.form_state import FormState, form_state, has_pictures
from web.forms import FormSection, add_rows, change_rows, form_sections, read_form
from web.pictures import with_pictures
from web.requests import row_change, sent_fields, without_place
from web.services import documents, drafts, offices, services, signed_in
from web.versions import revised_by

blueprint = Blueprint("make", __name__)

EARLIER = 30
"""So many of the office's last documents are looked through for entries to use again."""

LONGEST_EDITOR = 32


@dataclasses.dataclass(frozen=True, slots=True)
class FormPage:
    """A form in somebody's hands: which draft it is, and from which page it is typed.

    `continues` is the document of which this will be the next version.
    """

    kind: DocumentKind[Any]
    office: Satker
    sections: tuple[FormSection, ...]
    draft_id: str
    revision: int
    editor: str
    continues: str | None = None

    def state(self, data: Mapping[str, Any], findings: Sequence[Finding]) -> FormState:
        """How far this data is."""
        return form_state(self.sections, data, findings)

    def save(self, data: Mapping[str, Any]) -> Draft:
        """Save the draft; raises DraftChanged as `Drafts.save`."""
        state = self.state(data, ())
        title = next((str(data[key]) for key in ("judul", "tentang", "acara") if data.get(key)), "")
        typed = Typed(data, title, state.filled, state.required, self.revision, self.editor)
        try:
            return drafts().save(
                self.draft_id, self.kind.name, self.office.kode, typed, self.continues
            )
        except UnknownSatker:  # the id is of another office's draft
            abort(404)

    def address(self) -> str:
        """Where this draft is gone on with."""
        return url_for(
            "make.show", jenis=self.kind.name, satker=self.office.kode, draf=self.draft_id
        )


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
        return _form(page, draft.data, draft=draft)
    if continued := request.args.get("ubah"):
        if mine := drafts().of_document(continued):
            return redirect(dataclasses.replace(page, draft_id=mine.id).address(), 303)
        page = dataclasses.replace(page, continues=continued)
        return _form(page, _next_version(page, continued))
    return _form(page, _begin(page))


def _begin(page: FormPage) -> Mapping[str, Any]:
    if copy := request.args.get("dari"):
        own = page.kind.revision.fields if page.kind.revision else ()
        return {key: v for key, v in _input_of(copy, page.kind).items() if key not in own}
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
    before = _revised_by(continued)
    return data if before is None else begun(page.kind, before, data, offices().today(page.office))


def _as_revision(page: FormPage, data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with number, date and note of the revision that it is, where it is one."""
    before = _revised_by(page.continues) if page.continues else None
    return (
        data if before is None else revised(page.kind, before, data, offices().today(page.office))
    )


def _revised_by(document_id: str) -> Mapping[str, Any] | None:
    document = documents().get(document_id)
    if document is None:
        return None
    before = revised_by(document, documents().versions(document.series))
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
    if (go_on_at := _changed(page, typed)) is not None:
        return _form(page, typed, wrong_pictures, go_on_at=go_on_at)
    data = read_form(page.sections, sent)
    try:
        draft = page.save(typed)
    except DraftChanged as error:
        return _form(page, typed, conflict=error.draft), 409
    page = dataclasses.replace(page, revision=draft.revision, continues=draft.document_id)
    data = _as_revision(page, data)
    prepared = prepare(page.kind, data, page.office)
    findings = [*wrong_pictures, *prepared.findings]
    only_saves = "simpan" in request.form or "paksa" in request.form
    if wrong_pictures or (prepared.payload is None and not only_saves):
        return _form(page, data, findings, checked=True), 422
    if only_saves:
        return redirect(page.address(), 303)
    if "buat" not in request.form:
        return _form(page, data, findings, checked=True)
    return redirect(url_for("documents.show", document_id=_order(page, data, prepared)), 303)


def _changed(page: FormPage, typed: dict[str, Any]) -> str | None:
    """Carry out a row button or put in what was picked; None where neither was asked for."""
    if change := row_change():
        return change_rows(page.sections, typed, *change)
    if taken := request.form.get("ambil"):
        return add_rows(page.sections, typed, taken, picked(request.form.getlist(f"pilih/{taken}")))
    return None


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
        "pukul": _clock(draft.updated_at, office),
        "nama": draft.updated_name,
    }


def _clock(moment: dt.datetime, office: Satker) -> str:
    return f"{moment.astimezone(office.zona):%H.%M}"


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
        for one in prepared.findings
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
        int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
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


def _form(
    page: FormPage,
    data: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    *,
    checked: bool = False,
    go_on_at: str = "",
    draft: Draft | None = None,
    conflict: Draft | None = None,
) -> str:
    kind, office = page.kind, page.office
    pages: Sequence[str] = ()
    if kind.draw is not None and data:
        payload = prepare(kind, data, office).payload
        pages = kind.draw(payload, office) if payload is not None else ()
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.pointer.removeprefix("/")].append(without_place(kind.payload, finding))
    earlier = documents().newest(satker=office.kode, limit=EARLIER)
    return render_template(
        "isi.html",
        page=page,
        kind=kind,
        office=office,
        sections=page.sections,
        data=data,
        state=page.state(data, findings),
        errors=[finding for finding in findings if finding.is_error],
        warnings=[finding for finding in findings if not finding.is_error],
        by_place=by_place,
        pages=pages,
        checked=checked,
        go_on_at=go_on_at,
        draft=draft,
        saved_at=_clock(draft.updated_at, office) if draft else "",
        conflict=conflict,
        conflict_at=_clock(conflict.updated_at, office) if conflict else "",
        has_pictures=has_pictures(one for part in page.sections for one in part.controls),
        pools=offers(page.sections, [(one.kind, one.data) for one in earlier]),
        masters=masters_for(kind, office),
        copies=[one for one in earlier if one.kind == kind.name and one.is_latest][:8],
    )
