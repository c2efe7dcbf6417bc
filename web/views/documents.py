"""A document: how far it is, and its files."""

from io import BytesIO

from flask import Blueprint, Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from docgen.registry import get_kind
from docgen.storage import Document
from web.auth import needs
from web.services import documents, services

blueprint = Blueprint("documents", __name__)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.get("/dokumen/<document_id>")
@needs("lihat")
def show(document_id: str) -> ResponseReturnValue:
    """The document's page; it asks for itself again until the document is settled."""
    document = _document(document_id)
    return render_template("dokumen.html", document=document, kind=get_kind(document.kind))


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
