"""From the database to the queue: tells the outbox, and finds again what the queue lost."""

import os
import socket
import threading
import time

import structlog
from redis.exceptions import RedisError
from rq import Queue
from sqlalchemy.exc import OperationalError

from docgen.config import Settings
from docgen.jobs.queues import connect, enqueue_documents, known_documents, queue
from docgen.storage import Database, Work
from docgen.storage.documents import DOCUMENT_REQUESTED

log = structlog.get_logger()

POLL_SECONDS = 0.1
RECONCILER = "reconciler"


class Dispatcher:
    """One process's side of it; several may run, the reconciling is done by one."""

    def __init__(self, work: Work, on: Queue, reconcile_seconds: int) -> None:
        self._work = work
        self._queue = on
        self._reconcile_seconds = reconcile_seconds
        self._owner = f"{socket.gethostname()}:{os.getpid()}"[:64]

    def tell_outbox(self) -> int:
        """Put what was asked for on the queue; answers with how many messages there were."""
        messages = self._work.outbox()
        if not messages:
            return 0
        enqueue_documents(
            self._queue, [m.subject for m in messages if m.topic == DOCUMENT_REQUESTED]
        )
        # A crash before this line tells them again; a job that runs twice makes one document.
        self._work.told(messages)
        return len(messages)

    def reconcile(self) -> None:
        """Take over what dead workers held, and queue again what the queue does not know."""
        if not self._work.lead(RECONCILER, self._owner, 3 * self._reconcile_seconds):
            return
        if taken := self._work.take_over_expired():
            log.warning("lease.expired", documents=taken)
        known = known_documents(self._queue)
        waiting = self._work.waiting(older_than_seconds=self._reconcile_seconds)
        if lost := [one for one in waiting if one not in known]:
            log.warning("queue.lost", documents=len(lost))
            enqueue_documents(self._queue, lost)


def dispatch_forever(settings: Settings, stop: threading.Event) -> None:
    """Dispatch until `stop` is set; an engine or database that is away is waited for."""
    work = Work(Database(settings.database_url), settings.lease_seconds)
    dispatcher = Dispatcher(work, queue(connect(settings)), settings.reconcile_seconds)
    next_reconcile = time.monotonic()
    while not stop.is_set():
        try:
            told = dispatcher.tell_outbox()
            if time.monotonic() >= next_reconcile:
                dispatcher.reconcile()
                next_reconcile = time.monotonic() + settings.reconcile_seconds
        except (RedisError, OperationalError, OSError) as error:
            log.warning("dispatch.waiting", error=type(error).__name__)
            told = 0
            stop.wait(1)
        if not told:
            stop.wait(POLL_SECONDS)
