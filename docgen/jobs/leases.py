"""Keeps a claim alive while what it holds is being made, however long that takes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.exc import OperationalError

log = structlog.get_logger()


C_contra = TypeVar("C_contra", bound="Held", contravariant=True)


class Held(Protocol):
    """What a worker holds under a lease: a document, or an office's share of a batch."""

    @property
    def id(self) -> str: ...


class Renews(Protocol[C_contra]):
    """Where its lease is kept."""

    def renew(self, claim: C_contra, /) -> bool: ...


@contextmanager
def renewed(work: Renews[C_contra], claim: C_contra, every_seconds: float) -> Iterator[None]:
    """Renew the lease from time to time until the block ends; a worker that dies stops doing so."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(every_seconds):
            try:
                if not work.renew(claim):
                    return  # somebody took over; finishing will find that out too
            except OperationalError as error:
                log.warning("lease.not_renewed", claim=claim.id, error=type(error).__name__)

    thread = threading.Thread(target=renew, name=f"lease-{claim.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
