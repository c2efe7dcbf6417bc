"""What is not kept for ever: old batches, uploads, messages, and files that no row names any more.

The newest version of every document has a row of its own (`versions`), so it and its file stay
whatever becomes of the batch that made it.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Text, cast, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from docgen.storage.blobs import Blobs
from docgen.storage.database import Database
from docgen.storage.once import KEY_LIFE
from docgen.storage.tables import (
    BatchRow,
    DeliveryRow,
    DocumentRow,
    DraftRow,
    FileRow,
    IdempotencyRow,
    ItemRow,
    PdfPageRow,
    PdfRow,
    SnapshotRow,
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

UPLOAD_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
AT_ONCE = 500
"""Rows in one statement: neither database takes any number of values."""

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
        """Delete batches that were finished so long ago; answers with how many. 0 keeps all.

        What documents were made from goes with the last that was made from it.
        """
        if not older_than_days:
            return 0
        finished = BatchRow.finished_at < self._ago(older_than_days)
        count = self._delete(delete(BatchRow).where(finished).returning(BatchRow.id))
        if count:
            self._forget_snapshots()
        return count

    def _forget_snapshots(self) -> None:
        """Delete what no document was made from any more.

        What comes back in this very moment loses only the words that say what changed in it.
        """
        columns = (VersionRow.fingerprint, ItemRow.fingerprint, ItemRow.previous)
        with self._database.read() as session:
            kept = set(session.scalars(select(SnapshotRow.fingerprint)))
            named = {
                part
                for column in columns
                for fingerprint in session.scalars(select(column).distinct())
                for part in fingerprint.split(":")
            }
        for some in _some(sorted(kept - named)):
            gone = delete(SnapshotRow).where(SnapshotRow.fingerprint.in_(some))
            self._delete(gone.returning(SnapshotRow.fingerprint))

    def forget_uploads(self, pictures_older_than_days: int) -> int:
        """Delete uploads whose time is over, and old pictures that no input shows; counts both.

        0 keeps all pictures. Files go as all files do.
        """
        over = delete(UploadRow).where(UploadRow.kept_until < self._database.now())
        count = self._delete(over.returning(UploadRow.id))
        if not pictures_older_than_days:
            return count
        for some in _some(self._unused_pictures(pictures_older_than_days)):
            unused = delete(UploadRow).where(UploadRow.id.in_(some))
            count += self._delete(unused.returning(UploadRow.id))
        return count

    def _unused_pictures(self, older_than_days: int) -> list[str]:
        is_old = UploadRow.created_at < self._ago(older_than_days)
        with self._database.read() as session:
            old = set(
                session.scalars(select(UploadRow.id).where(UploadRow.kept_until.is_(None), is_old))
            )
            for inputs in (DocumentRow.data, DraftRow.data) if old else ():
                texts = select(cast(inputs, Text)).execution_options(yield_per=AT_ONCE)
                for text in session.scalars(texts):
                    # Which of an input's fields name pictures, only its kind knows.
                    old.difference_update(UPLOAD_ID.findall(text))
        return sorted(old)

    def forget_deliveries(self, older_than_days: int) -> int:
        """Delete messages that arrived or were given up so long ago, with their attempts; 0 keeps all."""
        if not older_than_days:
            return 0
        until = self._ago(older_than_days)
        is_settled = DeliveryRow.status.not_in(("waiting", "sending"))
        # What is settled has had its last attempt when the next was due at the latest.
        old = delete(DeliveryRow).where(
            is_settled, DeliveryRow.created_at < until, DeliveryRow.next_at < until
        )
        return self._delete(old.returning(DeliveryRow.id))

    def _ago(self, days: int) -> dt.datetime:
        return self._database.now() - dt.timedelta(days=days)

    def _delete(self, statement: Any) -> int:  # noqa: ANN401  of one table or another
        with self._database.write() as session:
            return len(session.scalars(statement).all())

    def forget_keys(self) -> int:
        """Delete the keys of requests that are too old to come again; answers with how many."""
        is_old = IdempotencyRow.created_at < self._database.now() - KEY_LIFE
        return self._delete(delete(IdempotencyRow).where(is_old).returning(IdempotencyRow.key))

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


def _some(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
