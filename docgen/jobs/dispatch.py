"""From the database to the queue: tells the outbox, and finds again what the queue lost."""

import os
import socket
import threading
import time
from collections.abc import Callable, Sequence

import structlog
from obstore.exceptions import BaseError
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from docgen.config import Settings
from docgen.jobs.queues import (
    BATCH,
    INTERACTIVE,
    PDF,
    connect,
    enqueue_documents,
    enqueue_offices,
    enqueue_pdfs,
    known_jobs,
    queue,
)
from docgen.storage import BatchWork, Blobs, Database, Pdfs, Retention, Work
from docgen.storage.batches import BATCH_REQUESTED
from docgen.storage.documents import DOCUMENT_REQUESTED
from docgen.storage.pdfs import PDF_REQUESTED

log = structlog.get_logger()

POLL_SECONDS = 0.1
RECONCILER = "reconciler"
TIDY_SECONDS = 6 * 3600


class Dispatcher:
    """One process's side of it; several may run, the reconciling is done by one."""

    def __init__(
        self,
        work: Work,
        batch_work: BatchWork,
        pdfs: Pdfs,
        connection: Redis,
        reconcile_seconds: int,
    ) -> None:
        self._work = work
        self._batch_work = batch_work
        self._pdfs = pdfs
        self._interactive = queue(connection, INTERACTIVE)
        self._batch = queue(connection, BATCH)
        self._pdf = queue(connection, PDF)
        self._reconcile_seconds = reconcile_seconds
        self._owner = f"{socket.gethostname()}:{os.getpid()}"[:64]

    def tell_outbox(self) -> int:
        """Put what was asked for on the queues; answers with how many messages there were."""
        messages = self._work.outbox()
        if not messages:
            return 0
        documents = [one.subject for one in messages if one.topic == DOCUMENT_REQUESTED]
        enqueue_documents(self._interactive, documents)
        enqueue_pdfs(self._pdf, [one.subject for one in messages if one.topic == PDF_REQUESTED])
        for message in messages:
            if message.topic == BATCH_REQUESTED:
                enqueue_offices(self._batch, self._batch_work.queued(message.subject))
        # A crash before this line tells them again; a job that runs twice makes one document.
        self._work.told(messages)
        return len(messages)

    def reconcile(self) -> bool:
        """Take over what dead workers held, and queue again what the queues do not know.

        False where another process does so.
        """
        if not self._work.lead(RECONCILER, self._owner, 3 * self._reconcile_seconds):
            return False
        if taken := self._work.take_over_expired():
            log.warning("lease.expired", documents=taken)
        if taken := self._batch_work.take_over_abandoned():
            log.warning("lease.expired", offices=taken)
        if lost := self._lost(self._interactive, self._work.waiting):
            log.warning("queue.lost", documents=len(lost))
            enqueue_documents(self._interactive, lost)
        if lost := self._lost(self._batch, self._batch_work.waiting):
            log.warning("queue.lost", offices=len(lost))
            enqueue_offices(self._batch, lost)
        self._reconcile_pdfs()
        return True

    def _reconcile_pdfs(self) -> None:
        if taken := self._pdfs.take_over_expired():
            log.warning("lease.expired", pdfs=taken)
        if lost := self._lost(self._pdf, self._pdfs.waiting):
            log.warning("queue.lost", pdfs=len(lost))
            enqueue_pdfs(self._pdf, lost)

    def _lost(self, on: Queue, waiting: Callable[[int], Sequence[str]]) -> list[str]:
        """Those that wait in the database and that the queue does not know."""
        # The queue is asked first: what a worker takes in between waits no longer.
        known = known_jobs(on)
        return [one for one in waiting(self._reconcile_seconds) if one not in known]


def start_tidying(retention: Retention, pdfs: Pdfs, settings: Settings) -> None:
    """Take away what is old, beside the dispatching, which must not wait for it."""

    def tidy() -> None:
        try:
            pdfs.forget_unnamed()
            retention.forget_keys()
            log.info(
                "retention.done",
                batches=retention.forget_batches(settings.keep_batches_days),
                uploads=retention.forget_uploads(settings.keep_pictures_days),
                deliveries=retention.forget_deliveries(settings.keep_deliveries_days),
                files=retention.forget_files(),
            )
        except (SQLAlchemyError, BaseError, OSError) as error:
            log.warning("retention.waiting", error=type(error).__name__)

    threading.Thread(target=tidy, daemon=True).start()


def dispatch_forever(settings: Settings, stop: threading.Event) -> None:
    """Dispatch until `stop` is set; an engine or database that is away is waited for."""
    database = Database(settings.database_url)
    retention = Retention(database, Blobs(settings.blob_url))
    pdfs = Pdfs(database, settings.lease_seconds)
    dispatcher = Dispatcher(
        Work(database, settings.lease_seconds),
        BatchWork(database, settings.lease_seconds),
        pdfs,
        connect(settings),
        settings.reconcile_seconds,
    )
    next_reconcile = next_tidy = time.monotonic()
    while not stop.is_set():
        try:
            told = dispatcher.tell_outbox()
            if time.monotonic() >= next_reconcile:
                leads = dispatcher.reconcile()
                next_reconcile = time.monotonic() + settings.reconcile_seconds
                if leads and time.monotonic() >= next_tidy:
                    next_tidy = time.monotonic() + TIDY_SECONDS
                    start_tidying(retention, pdfs, settings)
        except (RedisError, OperationalError, OSError) as error:
            log.warning("dispatch.waiting", error=type(error).__name__)
            told = 0
            stop.wait(1)
        if not told:
            stop.wait(POLL_SECONDS)
