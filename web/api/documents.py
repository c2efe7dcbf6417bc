"""Documents over HTTP: asked for, listed, fetched; and inputs looked at."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from apiflask import APIBlueprint, FileSchema
from flask import Response, request, send_file, url_for

from docgen.errors import DocgenError, UnknownKind, UnknownNaskah
from docgen.findings import Finding
from docgen.generate import Prepared, choose_naskah, prepare
from docgen.input_set import choose_satker
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.satker import Satker, registry
from docgen.storage import Document, KeyInUse, Once
from docgen.validation import validate
from web.api import examples
from web.api.caller import caller, documents, need, scope, uploads
from web.api.openapi import problems
from web.api.problems import FindingOut, Problem, invalid, not_found
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

blueprint = APIBlueprint("documents", __name__, tag="Dokumen")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IDEMPOTENCY_KEY = "Idempotency-Key"
LONGEST_KEY = 255


@blueprint.post("/documents")
@blueprint.input(DocumentIn, arg_name="order", example=examples.DOCUMENT)
@blueprint.output(AcceptedOut, 202, "Diterima; dibuat sebentar lagi.")
@blueprint.doc(
    summary="Meminta dokumen", responses=problems(400, 403, 409, 413, 415), operation_id="create"
)
def create(order: DocumentIn) -> tuple[AcceptedOut, int, dict[str, str]]:
    """Header `Idempotency-Key`: kunci dan isi yang sama menghasilkan dokumen yang sama selama 24 jam."""
    need("write")
    asked = _look_at(order.kind, order.satker, order.data, order.naskah)
    payload = asked.prepared.payload
    if asked.errors or asked.kind is None or asked.satker is None or payload is None:
        raise invalid(asked.findings)
    try:
        document_id = documents().request(
            asked.kind.name,
            asked.satker.kode,
            order.data,
            judul=asked.kind.archive(payload, asked.satker).judul,
            findings=asked.findings,
            naskah=order.naskah,
            srikandi=order.srikandi,
            requested_by=caller().id,
            once=_once(),
        )
    except KeyInUse as error:
        raise Problem(409, "kunci_terpakai", str(error)) from error
    document = documents().get(document_id)
    if document is None:
        raise not_found()
    place = url_for("api.documents.show", document_id=document_id)
    return (
        AcceptedOut(id=document_id, status=document.status, links={"self": place}),
        202,
        {"Location": place},
    )


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
    asked = _look_at(order.kind, order.satker, order.data, "")
    return FindingsOut(findings=[FindingOut(**one.as_dict()) for one in asked.findings])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with all that is to be said of it."""

    kind: DocumentKind[Any] | None
    satker: Satker | None
    prepared: Prepared[Any]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


NOTHING: Prepared[Any] = Prepared(None, ())


def _look_at(kind_name: str, kode: str | None, data: Mapping[str, Any], naskah: str) -> _Asked:
    """The request, with pointers of its findings into `data`, or to `/kind`, `/satker`, `/naskah`."""
    findings: list[Finding] = []
    kind = _kind(kind_name, findings)
    satker = _satker(kode, data, findings)
    if kind is None:
        return _Asked(None, satker, NOTHING, tuple(findings))
    if satker is None:
        return _Asked(kind, None, NOTHING, (*findings, *validate(kind.payload, data)[1]))
    if not scope().covers(satker.kode):
        detail = f"Satker {satker.kode} di luar lingkup token ini."
        raise Problem(403, "di_luar_lingkup", detail)
    prepared = prepare(kind, data, satker)
    findings += prepared.findings
    if prepared.payload is not None:
        findings += _about_files(kind, prepared.payload, naskah)
    return _Asked(kind, satker, prepared, tuple(findings))


def _kind(name: str, findings: list[Finding]) -> DocumentKind[Any] | None:
    try:
        return get_kind(name)
    except UnknownKind as error:
        findings.append(Finding("K01", "error", "/kind", str(error)))
        return None


def _satker(kode: str | None, data: Mapping[str, Any], findings: list[Finding]) -> Satker | None:
    try:
        override = registry().get(kode) if kode else None
    except DocgenError as error:
        findings.append(Finding("S03", "error", "/satker", str(error)))
        return None
    satker, said = choose_satker(data, override)
    findings += said
    return satker


def _about_files(kind: DocumentKind[Any], payload: Any, naskah: str) -> list[Finding]:  # noqa: ANN401  any kind's payload
    """What is wrong with the naskah that is asked for, and with pictures that were never sent."""
    findings = []
    try:
        choose_naskah(kind, payload, naskah)
    except UnknownNaskah as error:
        findings.append(Finding("N02", "error", "/naskah", str(error)))
    except DocgenError as error:
        findings.append(Finding("N01", "error", "/naskah", str(error)))
    for pointer, berkas in kind.pictures(payload):
        if uploads().get(berkas) is None:
            hint = "Kirim gambarnya dahulu ke POST /files, lalu pakai id-nya."
            message = f"Gambar “{berkas}” tidak ada."
            findings.append(Finding("G01", "error", pointer, message, hint))
    return findings


def _once() -> Once | None:
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY:
        raise Problem(400, "kunci_salah", f"{IDEMPOTENCY_KEY}: 1 sampai {LONGEST_KEY} karakter.")
    # The meaning counts, not the spelling: the same keys in another order are the same request.
    body = json.dumps(request.get_json(), sort_keys=True).encode()
    return Once(caller().id, key, hashlib.sha256(body).hexdigest())


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
