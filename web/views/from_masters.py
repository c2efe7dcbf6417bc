"""What batches made for an office from masters: the newest of each, to look at and take away."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from docgen.kinds import DocumentKind
from docgen.masters import load_masters, title_for
from docgen.registry import get_kind
from docgen.satker import Satker, registry
from docgen.storage import MasterDocument, OfficeChanges
from web.auth import needs
from web.packing import packet
from web.services import master_documents, offices, services, signed_in

blueprint = Blueprint("from_masters", __name__, url_prefix="/dokumen/dari-master")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them as the page tells of it; without `can_begin` its master is no longer there."""

    made: MasterDocument
    kind: DocumentKind[Any]
    title: str
    can_begin: bool


@blueprint.get("")
@needs("lihat")
def index() -> ResponseReturnValue:
    """An office's documents; where one sees several offices, those that have any to choose from."""
    counts = master_documents().counts()
    office = _chosen(counts)
    return render_template(
        "dokumen_master.html",
        office=office,
        counts=[(registry().get(kode), count) for kode, count in counts.items()],
        shown=[_shown(one, office) for one in master_documents().of(office.kode)] if office else [],
    )


def _chosen(counts: dict[str, int]) -> Satker | None:
    kode = request.args.get("satker", "")
    if not kode and len(counts) == 1:
        kode = next(iter(counts))
    if not kode:
        return None
    if not signed_in().scope.covers(kode):
        abort(404)
    return offices().get(kode)


def _shown(made: MasterDocument, office: Satker) -> Shown:
    kind = get_kind(made.kind)
    master = load_masters(kind).get(made.master)
    if master is None:
        return Shown(made, kind, made.filename, can_begin=False)
    changes = OfficeChanges(services().database, signed_in().scope).of(made.kind, office.kode)
    data = {**master.data, **changes.get(made.master, {})}
    return Shown(made, kind, title_for(data, office), can_begin=signed_in().may("isi"))


@blueprint.get("/<kode>/semua.zip")
@needs("lihat")
def download_all(kode: str) -> ResponseReturnValue:
    """All of an office's as a ZIP."""
    found = master_documents().of(kode)
    if not found:
        abort(404)
    return packet(found, services().blobs, f"{kode}.zip")


@blueprint.get("/<kode>/<jenis>/<master>.docx")
@needs("lihat")
def download(kode: str, jenis: str, master: str) -> ResponseReturnValue:
    """The Word file of one."""
    made = master_documents().get(jenis, kode, master)
    if made is None:
        abort(404)
    content = BytesIO(services().blobs.get(made.sha256))
    return send_file(content, DOCX, as_attachment=True, download_name=made.filename)
