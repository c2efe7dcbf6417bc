"""Batches over HTTP: asked for, followed, stopped, tried again, fetched as one ZIP."""

from apiflask import FileSchema
from flask import Response, url_for

from docgen.errors import DocgenError, InvalidSelector, UnknownKind, UnknownSatker
from docgen.findings import Finding
from docgen.registry import get_kind
from docgen.storage import Batch, Batches, EmptyBatch, KeyInUse, UnknownMaster, archive
from web.api import examples
from web.api.bodies import views
from web.api.caller import caller, need, scope
from web.api.once import asked_once
from web.api.openapi import problems
from web.api.problems import Problem, invalid, not_found
from web.api.schemas import BatchAcceptedOut, BatchIn, BatchOut, FailureOut
from web.services import services

blueprint = views("batches", __name__, tag="Banyak dokumen sekaligus", url_prefix="/batches")

ZIP = "application/zip"

# What each refusal is about, in the request.
_PLACES: tuple[tuple[type[DocgenError], str, str], ...] = (
    (UnknownKind, "K01", "/kind"),
    (UnknownMaster, "K02", "/masters"),
    (EmptyBatch, "K03", "/masters"),
    (UnknownSatker, "S03", "/satker"),
    (InvalidSelector, "S06", "/satker"),
)


@blueprint.post("")
@blueprint.input(BatchIn, arg_name="wanted", example=examples.BATCH)
@blueprint.output(BatchAcceptedOut, 202, "Diterima; dibuat sebentar lagi.")
@blueprint.doc(
    summary="Meminta banyak dokumen sekaligus",
    responses=problems(400, 403, 409, 413, 415),
    operation_id="create_batch",
)
def create(wanted: BatchIn) -> tuple[BatchAcceptedOut, int, dict[str, str]]:
    """Setiap master untuk setiap satker terpilih yang memakainya. `Idempotency-Key` seperti di POST /documents."""
    need("batch")
    try:
        batch_id = _batches().request(
            get_kind(wanted.kind),
            wanted.masters,
            wanted.satker,
            force=wanted.force,
            requested_by=caller().id,
            once=asked_once(),
        )
    except KeyInUse as error:
        raise Problem(409, "kunci_terpakai", str(error)) from error
    except tuple(error for error, _, _ in _PLACES) as error:
        raise invalid([_finding(error)]) from error
    return _accepted(batch_id)


@blueprint.get("/<batch_id>")
@blueprint.output(BatchOut)
@blueprint.doc(summary="Kemajuan batch", responses=problems(403, 404), operation_id="show_batch")
def show(batch_id: str) -> BatchOut:
    """`done` berarti setiap dokumen sudah dibuat, dilewati, atau gagal dengan sebabnya."""
    need("batch")
    batch = _batch(batch_id)
    failures = _batches().failures(batch_id)
    return BatchOut(
        id=batch.id,
        kind=batch.kind,
        status=batch.status,
        total=batch.total,
        done=batch.done,
        skipped=batch.skipped,
        failed=batch.failed,
        seconds_left=batch.seconds_left,
        failures=[FailureOut(satker=f.satker, master=f.master, reason=f.reason) for f in failures],
    )


@blueprint.get("/<batch_id>/archive")
@blueprint.output(FileSchema(type="string", format="binary"), description="ZIP.", content_type=ZIP)
@blueprint.doc(
    summary="Semua berkas sebagai ZIP", responses=problems(403, 404), operation_id="archive"
)
def fetch(batch_id: str) -> Response:
    """Satu map setiap satker, dan manifest.json dengan SHA-256 setiap berkas."""
    need("batch")
    batch = _batch(batch_id)
    content = archive(_batches(), batch.id, services().blobs)
    disposition = f"attachment; filename={batch.kind}-{batch.id}.zip"
    return Response(content, mimetype=ZIP, headers={"Content-Disposition": disposition})


@blueprint.post("/<batch_id>/cancel")
@blueprint.output(BatchAcceptedOut, 202, "Dihentikan.")
@blueprint.doc(
    summary="Menghentikan batch", responses=problems(403, 404, 409), operation_id="cancel_batch"
)
def cancel(batch_id: str) -> tuple[BatchAcceptedOut, int, dict[str, str]]:
    """Yang sudah dibuat tetap ada."""
    need("batch")
    _batch(batch_id)
    if not _batches().cancel(batch_id):
        raise Problem(409, "sudah_selesai", "Tidak ada lagi yang dapat dihentikan.")
    return _accepted(batch_id)


@blueprint.post("/<batch_id>/retry")
@blueprint.output(BatchAcceptedOut, 202, "Dicoba lagi.")
@blueprint.doc(
    summary="Mencoba lagi yang gagal atau dihentikan",
    responses=problems(403, 404, 409),
    operation_id="retry_batch",
)
def retry(batch_id: str) -> tuple[BatchAcceptedOut, int, dict[str, str]]:
    """Yang sudah dibuat tidak dibuat lagi."""
    need("batch")
    _batch(batch_id)
    retried = _batches().retry(batch_id)
    resumed = _batches().resume(batch_id)
    if not (retried or resumed):
        raise Problem(409, "tidak_ada_yang_gagal", "Tidak ada yang gagal atau dihentikan.")
    return _accepted(batch_id)


def _batches() -> Batches:
    return Batches(services().database, scope())


def _batch(batch_id: str) -> Batch:
    batch = _batches().get(batch_id)
    if batch is None:
        raise not_found()
    return batch


def _accepted(batch_id: str) -> tuple[BatchAcceptedOut, int, dict[str, str]]:
    place = url_for("api.batches.show", batch_id=batch_id)
    answer = BatchAcceptedOut(id=batch_id, status=_batch(batch_id).status, links={"self": place})
    return answer, 202, {"Location": place}


def _finding(error: DocgenError) -> Finding:
    for kind, code, pointer in _PLACES:
        if isinstance(error, kind):
            return Finding(code, "error", pointer, str(error))
    raise error
