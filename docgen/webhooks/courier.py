"""Hands over what is due, many at once, as long as the service runs."""

import os
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog
from sqlalchemy.exc import OperationalError

from docgen.config import Settings
from docgen.metrics import DELIVERIES
from docgen.storage import Database, Parcel, Post
from docgen.webhooks.addresses import Resolve, resolve
from docgen.webhooks.sending import send, signed_headers

log = structlog.get_logger()

AT_ONCE = 16
POLL_SECONDS = 0.5


class Courier:
    """One process's share of the messages; several may run."""

    def __init__(
        self, settings: Settings, database: Database, resolve_name: Resolve = resolve
    ) -> None:
        self._allowed = settings.webhook_allow
        self._database = database
        self._post = Post(database)
        self._resolve = resolve_name
        self._owner = f"{socket.gethostname()}:{os.getpid()}"[:64]
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier")
        self._out: set[Future[None]] = set()

    def round(self) -> int:
        """Take what is due and send it; answers with how many messages were taken."""
        self._look_back()
        free = AT_ONCE - len(self._out)
        parcels = self._post.claim_due(self._owner, free) if free else []
        self._out |= {self._pool.submit(self._hand_over, parcel) for parcel in parcels}
        return len(parcels)

    def wait(self) -> None:
        """Until what is on its way has arrived or not."""
        wait(self._out)

    def close(self) -> None:
        """Wait for what is on its way."""
        self._pool.shutdown()

    def _look_back(self) -> None:
        for future in [one for one in self._out if one.done()]:
            self._out.remove(future)
            if error := future.exception():
                # Its lease runs out, then the message is tried again.
                log.warning("delivery.broken", error=type(error).__name__)

    def _hand_over(self, parcel: Parcel) -> None:
        now = self._database.now()
        headers = signed_headers(parcel.secrets, f"msg_{parcel.id}", now, parcel.body)
        outcome = send(parcel.url, parcel.body, headers, self._allowed, self._resolve)
        state = self._post.settle(
            parcel,
            status=outcome.status,
            said=outcome.said,
            milliseconds=outcome.milliseconds,
        )
        DELIVERIES.labels(state).inc()
        log.info(
            "delivery.attempted",
            delivery=parcel.id,
            document=parcel.subject,
            webhook_event=parcel.event,
            status=outcome.status,
            state=state,
        )


def deliver_forever(settings: Settings, stop: threading.Event) -> None:
    """Deliver until `stop` is set; a database that is away is waited for."""
    courier = Courier(settings, Database(settings.database_url))
    while not stop.is_set():
        try:
            taken = courier.round()
        except OperationalError as error:
            log.warning("deliver.waiting", error=type(error).__name__)
            taken = 0
            stop.wait(1)
        if not taken:
            stop.wait(POLL_SECONDS)
    courier.close()
