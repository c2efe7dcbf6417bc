"""The task that makes one office's share of a batch."""

from collections import Counter
from collections.abc import Sequence

import structlog

from docgen.errors import UnknownSatker
from docgen.jobs.leases import renewed
from docgen.jobs.office import OfficeShare
from docgen.jobs.patience import patiently
from docgen.jobs.workshop import Workshop, workshop
from docgen.metrics import DOCUMENTS
from docgen.storage import OfficeClaim, Result, StoreUnavailable
from docgen.storage.batch_work import GAVE_UP

log = structlog.get_logger()


def run_office(job_id: str) -> None:
    """Make an office's documents of a batch and keep them; nothing where that is done or held."""
    make_office(workshop(), job_id)


def make_office(shop: Workshop, job_id: str) -> None:
    """As `run_office`, in a workshop of the caller's."""
    claim = shop.batch_work.claim(job_id, shop.owner)
    if claim is None:
        return
    if claim.is_hopeless:
        shop.batch_work.give_up(claim, GAVE_UP)
        return
    try:
        with renewed(shop.batch_work, claim, shop.settings.lease_seconds / 3):
            kept = (_one_by_one if claim.is_careful else _together)(shop, claim)
    except UnknownSatker as error:  # since the batch was asked for, the office has gone
        shop.batch_work.give_up(claim, str(error))
        return
    except StoreUnavailable as error:
        shop.batch_work.release(claim, str(error))
        log.warning("batch.store", job=claim.id, batch=claim.batch_id)
        return
    event = "batch.office_done" if kept else "batch.office_lost"
    log.info(event, batch=claim.batch_id, satker=claim.satker, attempt=claim.attempt)


def _together(shop: Workshop, claim: OfficeClaim) -> bool:
    """All documents, kept in one transaction; False where the job was lost meanwhile."""
    share = _share(shop, claim)
    results: list[Result] = []
    contents: dict[str, bytes] = {}
    for master in share.left():
        result, content = share.make(master)
        results.append(result)
        if content:
            contents[result.sha256] = content
    # Contents first, under their hashes; then the records. A crash between leaves files that
    # nobody names, never a record without its file.
    if contents:
        shop.blobs.put_all(contents)
    return _keep(shop, claim, results, is_all=True)


def _one_by_one(shop: Workshop, claim: OfficeClaim) -> bool:
    """Each document kept as it is made: one that kills its worker must not take others with it."""
    share = _share(shop, claim)
    for master in share.left():
        if not shop.batch_work.begin(claim, master.id):
            continue
        result, content = share.make(master)
        if not _keep_one(shop, claim, result, content):
            return False
    return _keep(shop, claim, [], is_all=True)


def _keep_one(shop: Workshop, claim: OfficeClaim, result: Result, content: bytes) -> bool:
    """Keep a document; where that fails, it is no fault of the document's."""
    kept = False
    try:
        if content:
            shop.blobs.put(result.sha256, content)
        kept = _keep(shop, claim, [result], is_all=False)
    finally:
        if not kept:
            patiently(lambda: shop.batch_work.acquit(claim, result.master))
    return kept


def _keep(shop: Workshop, claim: OfficeClaim, results: Sequence[Result], *, is_all: bool) -> bool:
    kept = patiently(lambda: shop.batch_work.keep(claim, results, is_all=is_all))
    if kept and not claim.dry_run:
        for status, count in Counter(result.status for result in results).items():
            DOCUMENTS.labels(claim.kind, status).inc(count)
    return kept


def _share(shop: Workshop, claim: OfficeClaim) -> OfficeShare:
    newest = {version.sha256 for version in claim.versions.values()}
    gone = frozenset(shop.blobs.missing(newest)) if newest and not claim.force else frozenset()
    return OfficeShare(
        claim,
        shop.offices.get(claim.satker),
        gone,
        shop.settings.cache_dir,
        embed_input=shop.settings.embed_input,
        origin_of=shop.batch_work.origin,
    )
