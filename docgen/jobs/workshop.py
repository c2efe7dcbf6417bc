"""What the tasks of one process share."""

import functools
import os
import socket

from docgen.config import Settings
from docgen.storage import BatchWork, Blobs, Clock, Database, Offices, Pdfs, Scope, Work, utc_now
from docgen.storage.scope import PUSAT


class Workshop:
    """Settings, database and blobs; `owner` is the name that leases are held under."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.database = Database(settings.database_url, clock)
        self.work = Work(self.database, settings.lease_seconds)
        self.batch_work = BatchWork(self.database, settings.lease_seconds)
        self.pdfs = Pdfs(self.database, settings.lease_seconds)
        # Workers serve all offices.
        self.offices = Offices(self.database, Scope(PUSAT))
        self.blobs = Blobs(settings.blob_url)
        self.owner = f"{socket.gethostname()}:{os.getpid()}"[:64]


@functools.cache
def workshop() -> Workshop:
    """This process's workshop, from its environment."""
    return Workshop(Settings.from_env())
