"""A request for a document, wherever it came from: looked at whole, then written down once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from docgen.errors import DocgenError, UnknownKind, UnknownNaskah
from docgen.findings import Finding
from docgen.generate import Prepared, choose_naskah, prepare
from docgen.input_set import choose_satker
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.satker import Satker, registry
from docgen.storage import Documents, Offices, Once, Scope, Uploads
from docgen.validation import validate
from web.api.problems import Problem, invalid
from web.services import services

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, as it was sent."""

    kind: str
    satker: str | None
    data: Mapping[str, Any]
    naskah: str = ""
    srikandi: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with all that is to be said of it; pointers lead into `data`, or to its other keys."""

    kind: DocumentKind[Any] | None
    satker: Satker | None
    prepared: Prepared[Any]
    findings: tuple[Finding, ...]


NOTHING: Prepared[Any] = Prepared(None, ())


def look_at(request: Request, scope: Scope) -> Asked:
    """The request with its findings.

    Raises:
        Problem: The office is outside the scope.
    """
    findings: list[Finding] = []
    kind = _kind(request.kind, findings)
    satker = _satker(request, findings)
    if satker is not None and not scope.covers(satker.kode):
        raise Problem(403, "di_luar_lingkup", f"Satker {satker.kode} di luar lingkup Anda.")
    if kind is None or satker is None:
        findings += validate(kind.payload, request.data)[1] if kind else []
        return Asked(kind, satker, NOTHING, tuple(findings))
    satker = Offices(services().database, scope).get(satker.kode)  # as it says of itself today
    prepared = prepare(kind, request.data, satker)
    findings += prepared.findings
    if prepared.payload is not None:
        findings += _about_files(kind, prepared.payload, request.naskah)
    return Asked(kind, satker, prepared, tuple(findings))


def order(request: Request, scope: Scope, requested_by: str, once: Once | None = None) -> str:
    """Ask for the document; answers with its id.

    Raises:
        Problem: The input has errors, or the office is outside the scope.
        KeyInUse: `once` has the key of another request.
    """
    asked = look_at(request, scope)
    payload = asked.prepared.payload
    has_errors = any(finding.is_error for finding in asked.findings)
    if has_errors or asked.kind is None or asked.satker is None or payload is None:
        raise invalid(asked.findings)
    archive = asked.kind.archive(payload, asked.satker)
    document_id = Documents(services().database, scope).request(
        asked.kind.name,
        asked.satker.kode,
        request.data,
        judul=archive.judul,
        archive=archive,
        areas=asked.kind.facts(payload, asked.satker).nomor_area,
        findings=asked.findings,
        naskah=request.naskah,
        srikandi=request.srikandi,
        requested_by=requested_by,
        once=once,
    )
    log.info("document.requested", document=document_id, kind=asked.kind.name)
    return document_id


def _kind(name: str, findings: list[Finding]) -> DocumentKind[Any] | None:
    try:
        return get_kind(name)
    except UnknownKind as error:
        findings.append(Finding("K01", "error", "/kind", str(error)))
        return None


def _satker(request: Request, findings: list[Finding]) -> Satker | None:
    try:
        override = registry().get(request.satker) if request.satker else None
    except DocgenError as error:
        findings.append(Finding("S03", "error", "/satker", str(error)))
        return None
    satker, said = choose_satker(request.data, override)
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
    uploads = Uploads(services().database, services().blobs)
    for one in kind.pictures(payload):
        if not uploads.has(one.name):
            hint = "Kirim gambarnya dahulu ke POST /files, lalu pakai id-nya."
            message = f"Gambar “{one.name}” tidak ada."
            findings.append(Finding("G01", "error", one.pointer, message, hint))
    return findings
