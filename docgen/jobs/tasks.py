"""What a worker runs. A task may run twice; the second time finds the work done and does nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from docgen.assets import NamedPicture
from docgen.errors import DocgenError
from docgen.generate import GeneratedFile, generate, prepare
from docgen.jobs.leases import renewed
from docgen.jobs.patience import patiently
from docgen.jobs.workshop import Workshop, workshop
from docgen.kinds import Archive
from docgen.metrics import DOCUMENTS, stage
from docgen.registry import get_kind
from docgen.storage import Claim, DocumentFile, MissingBlob, Uploads

log = structlog.get_logger()


def run_document(document_id: str) -> None:
    """Make one requested document and keep its files; nothing where it is made or held already."""
    make_document(workshop(), document_id)


def make_document(shop: Workshop, document_id: str) -> None:
    """As `run_document`, in a workshop of the caller's."""
    claim = shop.work.claim(document_id, shop.owner)
    if claim is None:
        return
    try:
        with renewed(shop.work, claim, shop.settings.lease_seconds / 3):
            files, archive = _make(claim, shop)
    except DocgenError as error:
        settle = shop.work.fail if error.permanent else shop.work.release
        _settle(settle, claim, str(error))
        _count(claim, "failed" if error.permanent else "again")
        log.warning("document.failed", document=claim.id, error=type(error).__name__)
        return
    except Exception as error:
        # Whatever else goes wrong must not leave the document "running": it is tried again, and
        # the last attempt says so. The job itself fails too, with its traceback in the log.
        _settle(shop.work.release, claim, "Sistem sedang bermasalah. Ini bukan kesalahan Anda.")
        _count(claim, "again")
        log.exception("document.broken", document=claim.id, error=type(error).__name__)
        return
    _keep(shop, claim, files, archive)


def _settle(settle: Callable[[Claim, str], bool], claim: Claim, why: str) -> None:
    patiently(lambda: settle(claim, why))


def _make(claim: Claim, shop: Workshop) -> tuple[tuple[GeneratedFile, ...], Archive]:
    kind = get_kind(claim.kind)
    satker = shop.offices.get(claim.satker)
    data: Mapping[str, Any] = claim.data
    with stage("check"):
        payload = prepare(kind, data, satker).valid_payload()
        assets = _assets(kind.pictures(payload), shop)
    with stage("fill"):
        files = generate(
            kind,
            payload,
            satker,
            naskah=claim.naskah,
            srikandi=claim.srikandi,
            assets=assets,
            cache_dir=shop.settings.cache_dir,
            embed_input=shop.settings.embed_input,
        )
    return files, kind.archive(payload, satker)


def _assets(pictures: Sequence[NamedPicture], shop: Workshop) -> Mapping[str, bytes]:
    uploads = Uploads(shop.database, shop.blobs)
    found = {one.name: uploads.get(one.name) for one in pictures}
    if missing := [name for name, content in found.items() if content is None]:
        raise MissingBlob(f"Gambar tidak ada: {', '.join(missing)}.")
    return {name: content for name, content in found.items() if content is not None}


def _keep(shop: Workshop, claim: Claim, files: tuple[GeneratedFile, ...], archive: Archive) -> None:
    records = [
        DocumentFile(file.naskah, file.filename, len(file.content), file.sha256) for file in files
    ]
    # Content first, under its hash; then the record. A crash between leaves a file that nobody
    # names, never a record without its file.
    with stage("keep"):
        for file in files:
            shop.blobs.put(file.sha256, file.content)
        is_ours = patiently(lambda: shop.work.finish(claim, records, _as_text(archive)))
    if is_ours:
        _count(claim, "done")
        log.info("document.done", document=claim.id, kind=claim.kind, attempt=claim.attempt)


def _count(claim: Claim, outcome: str) -> None:
    DOCUMENTS.labels(claim.kind, outcome).inc()


def _as_text(archive: Archive) -> dict[str, str]:
    return {
        "judul": archive.judul,
        "nomor": archive.nomor,
        "tanggal": archive.tanggal.isoformat() if archive.tanggal else "",
        "klasifikasi": archive.klasifikasi,
    }
