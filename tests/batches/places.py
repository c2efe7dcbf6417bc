"""Where a service keeps things: SQLite and a folder, or PostgreSQL and a bucket. The same for both."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from docgen.config import Settings
from docgen.jobs.batch import make_office
from docgen.jobs.workshop import Workshop
from docgen.registry import get_kind
from docgen.storage import Batches, Blobs, Scope, upgrade
from docgen.storage.scope import PUSAT
from tests.fixtures.data import Clock

KIND = get_kind("sop")
ONE_CITY = "13.71"
TWO_CITIES = "13.71,13.72"
THREE_MASTERS = ("pengelolaan-surat-masuk", "pengelolaan-surat-keluar", "penerimaan-tamu")


@dataclass
class Place:
    """A workshop of a worker and the batches as everybody's administrator sees them."""

    shop: Workshop
    clock: Clock

    @property
    def batches(self) -> Batches:
        return self.seen_from(PUSAT)

    def seen_from(self, *roots: str) -> Batches:
        return Batches(self.shop.database, Scope(*roots))

    def ask(self, offices: str = TWO_CITIES, masters=THREE_MASTERS, **how: Any) -> str:
        return self.batches.request(KIND, masters, offices, **how)

    def work(self, batch_id: str) -> None:
        """What workers do with a batch, in this process."""
        for job in self.shop.batch_work.queued(batch_id):
            make_office(self.shop, job)

    def break_store(self) -> None:
        """Take the folder or the bucket away, so that nothing can be written."""
        url = self.shop.settings.blob_url
        if url.startswith("s3:"):
            self.shop.blobs = Blobs(url.replace("//docgen-", "//tidak-ada-"))
        else:
            folder = Path(url.removeprefix("file://"))
            folder.rename(folder.with_name("berkas.hilang"))
            folder.write_bytes(b"")

    def mend_store(self) -> None:
        url = self.shop.settings.blob_url
        if not url.startswith("s3:"):
            folder = Path(url.removeprefix("file://"))
            folder.unlink()
            folder.with_name("berkas.hilang").rename(folder)
        self.shop.blobs = Blobs(url)

    def lose(self, sha256: str) -> None:
        """Take a file out of the store, as a disk does that fails."""
        self.shop.blobs.set_aside([sha256])
        self.shop.blobs.forget([sha256])

    def made(self, offices: str = TWO_CITIES, **how: bool) -> str:
        """A batch that is finished."""
        batch_id = self.ask(offices, **how)
        self.work(batch_id)
        return batch_id


@pytest.fixture
def place(settings: Settings, clock: Clock) -> Iterator[Place]:
    shop = Workshop(settings, clock)
    upgrade(shop.database)
    yield Place(shop, clock)
    shop.database.close()
