"""What is sent before there is a document to hold it, and known by an id from then on.

Pictures, which a document may show at any later time, and workbooks, which are only looked at until
their drafts are made. An id is 64 random bits behind its time: whoever has it may show the picture
in a document of theirs.
"""

import datetime as dt
import hashlib

from docgen.storage.blobs import Blobs
from docgen.storage.database import Database
from docgen.storage.tables import UploadRow, new_id


class Uploads:
    """The uploads of one database and its blobs."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def keep(self, content: bytes, uploaded_by: str, *, days: int = 0) -> str:
        """Keep what was checked, for so many days, 0 for good; answers with its id."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._blobs.put(sha256, content)
        now = self._database.now()
        row = UploadRow(
            id=new_id(now),
            sha256=sha256,
            size=len(content),
            uploaded_by=uploaded_by,
            created_at=now,
            kept_until=now + dt.timedelta(days=days) if days else None,
        )
        with self._database.write() as session:
            session.add(row)
        return row.id

    def has(self, upload_id: str) -> bool:
        """Whether there is an upload of this id."""
        with self._database.read() as session:
            return session.get(UploadRow, upload_id) is not None

    def get(self, upload_id: str) -> bytes | None:
        """The content, or None where there is none of this id."""
        with self._database.read() as session:
            row = session.get(UploadRow, upload_id)
        return self._blobs.get(row.sha256) if row else None
