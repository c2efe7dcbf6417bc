"""Pictures that are sent before the document that shows them, and known by an id from then on.

An id is 64 random bits behind its time: whoever has it may show the picture in a document of theirs.
"""

import hashlib

from docgen.storage.blobs import Blobs
from docgen.storage.database import Database
from docgen.storage.tables import UploadRow, new_id


class Uploads:
    """The pictures of one database and its blobs."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self._database = database
        self._blobs = blobs

    def keep(self, content: bytes, uploaded_by: str) -> str:
        """Keep a picture that was checked; answers with its id."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._blobs.put(sha256, content)
        now = self._database.now()
        row = UploadRow(
            id=new_id(now),
            sha256=sha256,
            size=len(content),
            uploaded_by=uploaded_by,
            created_at=now,
        )
        with self._database.write() as session:
            session.add(row)
        return row.id

    def has(self, upload_id: str) -> bool:
        """Whether there is a picture of this id."""
        with self._database.read() as session:
            return session.get(UploadRow, upload_id) is not None

    def get(self, upload_id: str) -> bytes | None:
        """The picture, or None where there is none of this id."""
        with self._database.read() as session:
            row = session.get(UploadRow, upload_id)
        return self._blobs.get(row.sha256) if row else None
