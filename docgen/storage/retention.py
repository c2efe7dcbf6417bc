"""What is not kept for ever: old batches, uploaded workbooks, and files that no row names any more.

The newest version of every document has a row of its own (`versions`), so it and its file stay
whatever becomes of the batch that made it.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from docgen.storage.blobs import Blobs
from docgen.storage.database import Database
from docgen.storage.once import KEY_LIFE
from docgen.storage.tables import (
    BatchRow,
    FileRow,
    IdempotencyRow,
    ItemRow,
    PdfPageRow,
    PdfRow,
    UploadRow,
    VersionRow,
)

NAMING: Sequence[InstrumentedAttribute[str]] = (
    FileRow.sha256,
    UploadRow.sha256,
    ItemRow.sha256,
    PdfRow.sha256,
    PdfPageRow.sha256,
    VersionRow.sha256,
)
"""Every column that names a content; a test compares it with the tables."""

UNNAMED_LIFE = dt.timedelta(days=1)
"""A file is written before the row that names it, and written anew where it is there already. So
one that was last written so long ago is mostly not about to be named; and what was set aside so
long ago is in nobody's hands any more."""


class Retention:
    """Takes away what is older than it is to be kept."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def forget_batches(self, older_than_days: int) -> int:
        """Delete batches that were finished so long ago; answers with how many. 0 keeps all."""
        if not older_than_days:
            return 0
        until = self._database.now() - dt.timedelta(days=older_than_days)
        with self._database.write() as session:
            gone = session.scalars(
                delete(BatchRow).where(BatchRow.finished_at < until).returning(BatchRow.id)
            )
            return len(gone.all())

    def forget_uploads(self) -> int:
        """Delete uploads whose time is over; answers with how many. Their files go as all files do."""
        with self._database.write() as session:
            gone = session.scalars(
                delete(UploadRow)
                .where(UploadRow.kept_until < self._database.now())
                .returning(UploadRow.id)
            )
            return len(gone.all())

    def forget_keys(self) -> int:
        """Delete the keys of requests that are too old to come again; answers with how many."""
        until = self._database.now() - KEY_LIFE
        with self._database.write() as session:
            gone = session.scalars(
                delete(IdempotencyRow)
                .where(IdempotencyRow.created_at < until)
                .returning(IdempotencyRow.key)
            )
            return len(gone.all())

    def forget_files(self) -> int:
        """Set aside files that no row names, and delete those set aside long ago; counts these.

        What was named after all is put back. So a backup, which reads its tables first, still finds
        the files that they name, and nobody who names a file at the same moment loses it.
        """
        until, count = self._database.now() - UNNAMED_LIFE, 0
        for hashes in self._blobs.aside_since(until):
            named = self._named(hashes)
            self._blobs.put_back(named)
            self._blobs.forget(set(hashes) - named)
            count += len(hashes) - len(named)
        for hashes in self._blobs.older_than(until):
            self._blobs.set_aside(set(hashes) - self._named(hashes))
        return count

    def _named(self, hashes: Sequence[str]) -> set[str]:
        found: set[Any] = set()
        with self._database.read() as session:
            for column in NAMING:
                found |= set(session.scalars(select(column).where(column.in_(hashes)).distinct()))
        return found
