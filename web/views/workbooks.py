"""A kind's inputs from an Excel workbook: its template, a look at what was uploaded, drafts."""

import contextlib
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import InvalidInput, UnknownKind, UnknownSatker
from docgen.filenames import title_of
from docgen.findings import Finding
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.satker import Satker
from docgen.storage import DraftChanged, Uploads
from docgen.workbooks import (
    CheckedWorkbook,
    check_imported,
    import_tables,
    read_tables,
    write_workbook,
)
from docgen.workbooks.limits import MAX_BYTES
from web.auth import needs
from web.controls import form_sections
from web.form_page import FormPage
from web.services import offices, services, signed_in

blueprint = Blueprint("workbooks", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 200


@blueprint.get("/buat/<jenis>/excel")
@needs("isi")
def show(jenis: str) -> ResponseReturnValue:
    """The page to download the template and upload a filled one."""
    return _page(_kind(jenis), _office())


@blueprint.get("/buat/<jenis>/excel/templat")
@needs("isi")
def template(jenis: str) -> Response:
    """The kind's empty workbook."""
    kind = _kind(jenis)
    headers = {"Content-Disposition": f'attachment; filename="{kind.name}.xlsx"'}
    return Response(write_workbook(kind), mimetype=XLSX, headers=headers)


@blueprint.post("/buat/<jenis>/excel")
@needs("isi")
def send(jenis: str) -> ResponseReturnValue:
    """Say what is wrong with the workbook; or that nothing is; or, when told so, make the drafts."""
    kind, office = _kind(jenis), _office()
    name, content = _sent_file()
    if not content:
        missing = Finding("B01", "error", "/berkas", "Pilih berkas Excel atau CSV dahulu.")
        return _page(kind, office, findings=[missing]), 422
    try:
        checked = _check(kind, office, name, content)
    except InvalidInput as error:
        return _page(kind, office, findings=error.findings, name=name), 422
    findings = [one.finding for one in checked.findings]
    if checked.has_errors:
        return _page(kind, office, findings=findings, checked=checked, name=name), 422
    upload = request.form.get("unggahan") or _keep(content)
    if "buat" not in request.form:
        return _page(kind, office, findings=findings, checked=checked, name=name, upload=upload)
    return redirect(_make_drafts(kind, checked, office, upload), 303)


def _sent_file() -> tuple[str, bytes]:
    """Name and content of the file that was sent, or of the one that was looked at before."""
    file = request.files.get("berkas")
    if file and file.filename:
        return file.filename[-LONGEST_NAME:], file.stream.read(MAX_BYTES + 1)
    kept = _uploads().get(request.form.get("unggahan", ""))
    return request.form.get("nama", "")[-LONGEST_NAME:], kept or b""


def _keep(content: bytes) -> str:
    days = services().settings.keep_workbooks_days
    return _uploads().keep(content, signed_in().user_id, days=days)


def _check(kind: DocumentKind[Any], office: Satker, name: str, content: bytes) -> CheckedWorkbook:
    known: dict[str, Satker] = {office.kode: office}

    def office_of(data: Mapping[str, Any]) -> tuple[Satker | None, Sequence[Finding]]:
        kode = str(data.get("satker", office.kode)).strip()
        try:
            if kode not in known:
                known[kode] = offices().get(kode)
        except UnknownSatker as error:
            return None, [Finding("S03", "error", "/satker", str(error))]
        return known[kode], ()

    return check_imported(import_tables(kind, read_tables(name, content)), office_of)


def _make_drafts(
    kind: DocumentKind[Any], checked: CheckedWorkbook, office: Satker, upload: str
) -> str:
    """Make a draft of every input; answers with where they are. Asked twice, they are made once."""
    sections, editor = form_sections(kind), secrets.token_hex(8)
    pages = []
    for entry, own in zip(checked.inputs, checked.offices, strict=True):
        said = f"{upload}:{entry.number}:{signed_in().user_id}".encode()
        draft_id = hashlib.sha256(said).hexdigest()[:32]
        page = FormPage(kind, own or office, sections, draft_id, 0, editor)
        # One that was made before is left: somebody may have gone on with it.
        with contextlib.suppress(DraftChanged):
            page.save({key: value for key, value in entry.data.items() if key != "satker"})
        pages.append(page)
    return pages[0].address() if len(pages) == 1 else url_for("documents.index", keadaan="draf")


def _page(
    kind: DocumentKind[Any],
    office: Satker,
    *,
    findings: Sequence[Finding] = (),
    checked: CheckedWorkbook | None = None,
    name: str = "",
    upload: str = "",
) -> str:
    return render_template(
        "isi_excel.html",
        kind=kind,
        office=office,
        errors=[finding for finding in findings if finding.is_error],
        warnings=[finding for finding in findings if not finding.is_error],
        titles=[title_of(entry.data) or entry.key for entry in checked.inputs] if checked else [],
        name=name,
        upload=upload,
    )


def _uploads() -> Uploads:
    return Uploads(services().database, services().blobs)


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
