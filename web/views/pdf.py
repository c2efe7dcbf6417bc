"""A document's files as PDF, and the pictures of their pages."""

from io import BytesIO

from flask import Blueprint, Response, abort, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from docgen.jobs import makes_pdfs
from docgen.storage import Document, DocumentFile, Pdfs, StoredPdf
from web.auth import needs
from web.services import documents, services

blueprint = Blueprint("pdf", __name__)


@blueprint.get("/dokumen/<document_id>/<naskah>.pdf")
@needs("lihat")
def download(document_id: str, naskah: str) -> Response:
    """The PDF of a document's file."""
    file, pdf = _made(document_id, naskah)
    content = BytesIO(services().blobs.get(pdf.sha256))
    name = f"{file.filename.removesuffix('.docx')}.pdf"
    return send_file(content, "application/pdf", as_attachment=True, download_name=name)


@blueprint.get("/dokumen/<document_id>/<naskah>/halaman/<int:number>.png")
@needs("lihat")
def page(document_id: str, naskah: str, number: int) -> Response:
    """A page as a picture; numbers are from 1."""
    _, pdf = _made(document_id, naskah)
    if not 1 <= number <= len(pdf.pictures):
        abort(404)
    return send_file(BytesIO(services().blobs.get(pdf.pictures[number - 1])), "image/png")


@blueprint.post("/dokumen/<document_id>/<naskah>/pdf")
@needs("lihat")
def again(document_id: str, naskah: str) -> ResponseReturnValue:
    """Try once more what failed."""
    _pdfs().again(_file(document_id, naskah).sha256)
    return redirect(url_for("documents.show", document_id=document_id), 303)


@blueprint.app_template_global("pdf_previews")
def previews(document: Document) -> dict[str, StoredPdf] | None:
    """The PDFs of a document's files by naskah, asked for if nobody did.

    Where no worker with LibreOffice is there, only those that are settled; None where none is.
    """
    sources = [file.sha256 for file in document.files]
    found = {key: pdf for key, pdf in _pdfs().find(sources).items() if pdf.is_settled}
    if len(found) < len(set(sources)):
        if makes_pdfs(services().settings):
            found = _pdfs().ask(sources)
        elif not found:
            return None
    return {file.naskah: found[file.sha256] for file in document.files if file.sha256 in found}


def _made(document_id: str, naskah: str) -> tuple[DocumentFile, StoredPdf]:
    file = _file(document_id, naskah)
    pdf = _pdfs().find([file.sha256]).get(file.sha256)
    if pdf is None or pdf.status != "done":
        abort(404)
    return file, pdf


def _file(document_id: str, naskah: str) -> DocumentFile:
    document = documents().get(document_id)
    found = [one for one in document.files if one.naskah == naskah] if document else []
    if not found:
        abort(404)
    return found[0]


def _pdfs() -> Pdfs:
    return Pdfs(services().database, services().settings.lease_seconds)
