"""Waits for a database that is away: what is made already must only be written down."""

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

log = structlog.get_logger()

T = TypeVar("T")

PATIENCE_SECONDS = 300
PAUSE_SECONDS = 0.5


def patiently(do: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What `do` answers with; while the database is away it is asked again, for so long.

    `do` may be carried out twice: an answer may be lost after the deed.
    """
    give_up = time.monotonic() + seconds
    while True:
        try:
            return do()
        except (OperationalError, InterfaceError) as error:
            if time.monotonic() > give_up:
                raise
            log.warning("database.waiting", error=type(error).__name__)
            time.sleep(PAUSE_SECONDS)
