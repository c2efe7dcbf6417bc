"""Documents over HTTP: asked for, listed, fetched; and inputs looked at."""

from io import BytesIO

from apiflask import FileSchema
from flask import Response, send_file, url_for

from docgen.storage import Document, KeyInUse
from web.api import examples
from web.api.asking import Request, look_at, order
from web.api.bodies import views
from web.api.caller import caller, documents, need, scope
from web.api.once import asked_once
from web.api.openapi import problems
from web.api.problems import FindingOut, Problem, not_found
from web.api.schemas import (
    AcceptedOut,
    CheckIn,
    DocumentIn,
    DocumentOut,
    DocumentsIn,
    DocumentsOut,
    FileOut,
    FindingsOut,
)
from web.services import services

blueprint = views("documents", __name__, tag="Dokumen")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.post("/documents")
@blueprint.input(DocumentIn, arg_name="asked_for", example=examples.DOCUMENT)
@blueprint.output(AcceptedOut, 202, "Diterima; dibuat sebentar lagi.")
@blueprint.doc(
    summary="Meminta dokumen", responses=problems(400, 403, 409, 413, 415), operation_id="create"
)
def create(asked_for: DocumentIn) -> tuple[AcceptedOut, int, dict[str, str]]:
    """Header `Idempotency-Key`: kunci dan isi yang sama menghasilkan dokumen yang sama selama 24 jam."""
    need("write")
    asked = Request(
        asked_for.kind, asked_for.satker, asked_for.data, asked_for.naskah, asked_for.srikandi
    )
    try:
        document_id = order(asked, scope(), caller().id, asked_once())
    except KeyInUse as error:
        raise Problem(409, "kunci_terpakai", str(error)) from error
    return accepted(document_id)


@blueprint.get("/documents/<document_id>")
@blueprint.output(DocumentOut)
@blueprint.doc(summary="Keadaan dokumen", responses=problems(404), operation_id="show")
def show(document_id: str) -> DocumentOut:
    """Berkasnya ada bila `status` sudah `done`."""
    return _out(_document(document_id))


@blueprint.get("/documents/<document_id>/files/<naskah>")
@blueprint.output(
    FileSchema(type="string", format="binary"), description="Berkas Word.", content_type=DOCX
)
@blueprint.doc(summary="Berkas Word", responses=problems(404), operation_id="download")
def download(document_id: str, naskah: str) -> Response:
    """Isi berkas; `sha256`-nya ada di keadaan dokumen."""
    for file in _document(document_id).files:
        if file.naskah == naskah:
            content = BytesIO(services().blobs.get(file.sha256))
            return send_file(
                content, mimetype=DOCX, as_attachment=True, download_name=file.filename
            )
    raise not_found()


@blueprint.get("/documents")
@blueprint.input(DocumentsIn, location="query", arg_name="wanted")
@blueprint.output(DocumentsOut)
@blueprint.doc(summary="Daftar dokumen, terbaru dahulu", operation_id="list")
def newest(wanted: DocumentsIn) -> DocumentsOut:
    """Halaman berikutnya: kirim `next` sebagai `cursor`."""
    need("read")
    found = documents().newest(
        kind=wanted.kind,
        satker=wanted.satker,
        status=wanted.status,
        before=wanted.cursor,
        limit=wanted.limit + 1,
    )
    page = found[: wanted.limit]
    more = page[-1].id if len(found) > wanted.limit else None
    return DocumentsOut(items=[_out(one) for one in page], next=more)


@blueprint.post("/check")
@blueprint.input(CheckIn, arg_name="order", example=examples.CHECK)
@blueprint.output(FindingsOut)
@blueprint.doc(
    summary="Memeriksa isian tanpa menyimpan apa pun",
    responses=problems(400, 403, 413, 415),
    operation_id="check",
)
def check(order: CheckIn) -> FindingsOut:
    """Kesalahan di dalam isian adalah temuan, bukan penolakan."""
    need("read")
    asked = look_at(Request(order.kind, order.satker, order.data), scope())
    return FindingsOut(findings=[FindingOut(**one.as_dict()) for one in asked.findings])


def accepted(document_id: str) -> tuple[AcceptedOut, int, dict[str, str]]:
    """The answer to a request that was written down."""
    place = url_for("api.documents.show", document_id=document_id)
    answer = AcceptedOut(id=document_id, status="queued", links={"self": place})
    return answer, 202, {"Location": place}


def _document(document_id: str) -> Document:
    need("read")
    document = documents().get(document_id)
    if document is None:
        raise not_found()
    return document


def _out(document: Document) -> DocumentOut:
    return DocumentOut(
        id=document.id,
        kind=document.kind,
        satker=document.satker,
        status=document.status,
        judul=document.judul,
        created_at=document.created_at,
        files=[
            FileOut(
                naskah=file.naskah,
                filename=file.filename,
                size=file.size,
                sha256=file.sha256,
                href=url_for("api.documents.download", document_id=document.id, naskah=file.naskah),
            )
            for file in document.files
        ],
        findings=[FindingOut(**finding) for finding in document.findings],
        error=document.error,
    )
