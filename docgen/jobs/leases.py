"""Keeps a claim alive while its document is being made, however long that takes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import OperationalError

from docgen.storage import Claim, Work

log = structlog.get_logger()


@contextmanager
def renewed(work: Work, claim: Claim, every_seconds: float) -> Iterator[None]:
    """Renew the lease from time to time until the block ends; a worker that dies stops doing so."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(every_seconds):
            try:
                if not work.renew(claim):
                    return  # somebody took over; finishing will find that out too
            except OperationalError as error:
                log.warning("lease.not_renewed", document=claim.id, error=type(error).__name__)

    thread = threading.Thread(target=renew, name=f"lease-{claim.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
