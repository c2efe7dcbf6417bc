"""Documents: the list, one with its versions and stages, its files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from docgen.filenames import slug
from docgen.generate import prepare
from docgen.registry import get_kind, kinds
from docgen.rendering.text import read_text
from docgen.satker import Satker, registry
from docgen.storage import STANDINGS, Audit, Document, Once, Stages, Wanted
from web.auth import needs
from web.packing import packet
from web.presentation import STANDINGS as STANDING_WORDS
from web.services import documents, drafts, library, master_documents, offices, services, signed_in
from web.versions import with_changes

blueprint = Blueprint("documents", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAGE = 25
MOST_PACKED = 200
LONGEST_NOTE = 2_000
DRAFTS = "draf"
KEY = re.compile(r"[0-9a-f]{8,64}")
STALE = "Tahapnya sudah berubah sejak halaman ini dibuka. Periksa keadaannya sekarang."


@dataclass(frozen=True, slots=True)
class Text:
    """What a file of the document says."""

    judul: str
    text: str


@blueprint.get("/dokumen")
@needs("lihat")
def index() -> ResponseReturnValue:
    """The newest version of each document: searched, filtered, a page at a time."""
    wanted, before = _wanted(), request.args.get("sebelum", "")
    is_drafts = request.args.get("keadaan") == DRAFTS
    found = [] if is_drafts else library().find(wanted, before=before, limit=PAGE + 1)
    return render_template(
        "dokumen_semua.html",
        wanted=wanted,
        chips=_chips(wanted),
        asked=_asked(wanted),
        kinds=kinds().values(),
        satker=_named_office(wanted.satker),
        counts=library().counts(wanted),
        standings=STANDINGS,
        from_masters=sum(master_documents().counts().values()),
        draft_count=drafts().count(),
        drafts=drafts().mine(limit=100) if is_drafts else [],
        is_drafts=is_drafts,
        documents=found[:PAGE],
        more=found[PAGE - 1].id if len(found) > PAGE else "",
        before=before,
        one_office=_only_office(),
    )


def _wanted() -> Wanted:
    asked = request.args
    standing = asked.get("keadaan", "")
    kind = asked.get("jenis", "")
    return Wanted(
        words=asked.get("q", "").strip()[:200],
        kind=kind if kind in kinds() else "",
        satker=asked.get("satker", "").partition(" ")[0][:16],
        standing=standing if standing in STANDINGS else "",
    )


def _asked(wanted: Wanted) -> dict[str, str]:
    """The arguments of the address that asks for this."""
    named = {
        "q": wanted.words,
        "jenis": wanted.kind,
        "satker": wanted.satker,
        "keadaan": wanted.standing,
    }
    return {name: value for name, value in named.items() if value}


def _chips(wanted: Wanted) -> list[tuple[str, dict[str, str]]]:
    """What the list is narrowed by, in words, each with the arguments of the list without it."""
    chips = []
    if wanted.standing:
        words = f"Keadaan: {STANDING_WORDS[wanted.standing]}"
        chips.append((words, _asked(replace(wanted, standing=""))))
    if wanted.kind:
        words = f"Jenis: {get_kind(wanted.kind).judul}"
        chips.append((words, _asked(replace(wanted, kind=""))))
    if wanted.satker:
        words = f"Satker: {_named_office(wanted.satker)}"
        chips.append((words, _asked(replace(wanted, satker=""))))
    if wanted.words:
        chips.append((f"Kata: {wanted.words}", _asked(replace(wanted, words=""))))
    return chips


def _named_office(kode: str) -> str:
    found = [office for office in registry().all() if office.kode == kode]
    return f"{kode} {found[0].nama}" if found else kode


def _only_office() -> bool:
    """Whether the one who is asking sees a single office."""
    scope = signed_in().scope
    return sum(scope.covers(office.kode) for office in registry().all()) == 1


@blueprint.post("/dokumen/unduh")
@needs("lihat")
def download_many() -> ResponseReturnValue:
    """The files of the picked documents as a ZIP."""
    chosen = [documents().get(one) for one in request.form.getlist("pilih")[:MOST_PACKED]]
    found = [one for one in chosen if one and one.files]
    if not found:
        return redirect(url_for("documents.index", kosong=1), 303)
    files = (file for one in found for file in one.files)
    return packet(files, services().blobs, "dokumen.zip")


@blueprint.get("/dokumen/<document_id>")
@needs("lihat")
def show(document_id: str) -> ResponseReturnValue:
    """The document's page; it asks for itself again until the document is settled."""
    return _page(_document(document_id))


def _page(document: Document, error: str = "", note: str = "") -> str:
    kind = get_kind(document.kind)
    office = offices().get(document.satker)
    return render_template(
        "dokumen.html",
        document=document,
        kind=kind,
        office=office,
        draft=drafts().that_became(document.id),
        versions=with_changes(documents().versions(document.series), office),
        deeds=Audit(services().database, signed_in().scope).newest(subject=document.id, limit=30),
        pages=_drawing(document, office),
        texts=_texts(document),
        names={one.name: one.judul for one in kind.naskah},
        error=error,
        note=note,
    )


def _drawing(document: Document, office: Satker) -> Sequence[str]:
    kind = get_kind(document.kind)
    if kind.draw is None:
        return ()
    payload = prepare(kind, document.data, office).payload
    return kind.draw(payload, office) if payload is not None else ()


def _texts(document: Document) -> list[Text]:
    names = {one.name: one.judul for one in get_kind(document.kind).naskah}
    return [
        Text(names.get(file.naskah, file.naskah), read_text(services().blobs.get(file.sha256)))
        for file in document.files
    ]


@blueprint.get("/dokumen/<document_id>/ubah")
@needs("isi")
def edit(document_id: str) -> ResponseReturnValue:
    """Go to the form with the document's input; what is made from it is its next version."""
    document = _document(document_id)
    return redirect(
        url_for("make.show", jenis=document.kind, satker=document.satker, ubah=document.id), 303
    )


@blueprint.post("/dokumen/<document_id>/ajukan")
@needs("isi")
def submit(document_id: str) -> ResponseReturnValue:
    """Hand the document in to be checked."""
    document = _document(document_id)
    return _after(document, done=_stages().submit(document_id))


@blueprint.post("/dokumen/<document_id>/tarik")
@needs("isi")
def withdraw(document_id: str) -> ResponseReturnValue:
    """Take back what was handed in and not checked yet."""
    document = _document(document_id)
    return _after(document, done=_stages().withdraw(document_id))


@blueprint.post("/dokumen/<document_id>/periksa")
@needs("periksa")
def check(document_id: str) -> ResponseReturnValue:
    """Say that the document was checked, or send it back with a note."""
    document = _document(document_id)
    if "kembalikan" not in request.form:
        return _after(document, done=_stages().check(document_id))
    note = request.form.get("catatan", "").strip()[:LONGEST_NOTE]
    if not note:
        return _page(document, "Catatan: tulis apa yang perlu diperbaiki."), 422
    return _after(document, done=_stages().send_back(document_id, note))


@blueprint.post("/dokumen/<document_id>/setujui")
@needs("setujui")
def approve(document_id: str) -> ResponseReturnValue:
    """Approve the document."""
    document = _document(document_id)
    return _after(document, done=_stages().approve(document_id))


def _after(document: Document, *, done: bool) -> ResponseReturnValue:
    if not done:
        return _page(_document(document.id), STALE), 409
    return redirect(url_for("documents.show", document_id=document.id), 303)


def _stages() -> Stages:
    return Stages(services().database, signed_in())


@blueprint.post("/dokumen/<document_id>/lagi")
@needs("isi")
def retry(document_id: str) -> ResponseReturnValue:
    """Try once more to make what could not be made."""
    document = _document(document_id)
    documents().retry(document_id, signed_in())
    return redirect(url_for("documents.show", document_id=document.id), 303)


@blueprint.post("/dokumen/<document_id>/ulang")
@needs("isi")
def make_again(document_id: str) -> ResponseReturnValue:
    """Make the next version from the same input, with the office's data as it is now."""
    document = _document(document_id)
    kind, office = get_kind(document.kind), offices().get(document.satker)
    prepared = prepare(kind, document.data, office)
    if prepared.payload is None:
        return redirect(url_for("documents.edit", document_id=document.id), 303)
    archive = kind.archive(prepared.payload, office)
    key = request.form.get("kunci", "")
    again = documents().request(
        document.kind,
        document.satker,
        document.data,
        judul=archive.judul,
        archive=archive,
        areas=kind.facts(prepared.payload, office).nomor_area,
        findings=prepared.findings,
        naskah=document.naskah,
        srikandi=document.srikandi,
        who=signed_in(),
        continues=document.id,
        once=Once(signed_in().user_id, f"ulang:{document.id}:{key}", key)
        if KEY.fullmatch(key)
        else None,
    )
    return redirect(url_for("documents.show", document_id=again), 303)


@blueprint.get("/dokumen/<document_id>/paket")
@needs("lihat")
def download_all(document_id: str) -> Response:
    """All files of the document as a ZIP."""
    document = _document(document_id)
    if not document.files:
        abort(404)
    return packet(document.files, services().blobs, f"{slug(document.judul, document.kind)}.zip")


@blueprint.get("/dokumen/<document_id>/<naskah>")
@needs("lihat")
def download(document_id: str, naskah: str) -> Response:
    """A Word file of the document."""
    found = [file for file in _document(document_id).files if file.naskah == naskah]
    if not found:
        abort(404)
    content = BytesIO(services().blobs.get(found[0].sha256))
    return send_file(content, mimetype=DOCX, as_attachment=True, download_name=found[0].filename)


def _document(document_id: str) -> Document:
    document = documents().get(document_id)
    if document is None:
        abort(404)
    return document
