"""Documents as people see them: asked for, listed, fetched, always within a scope."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import UnknownSatker
from docgen.findings import Finding
from docgen.storage.database import Database
from docgen.storage.scope import Scope
from docgen.storage.tables import DocumentRow, FileRow, OutboxRow, new_id

Status = Literal["queued", "running", "done", "failed"]
DOCUMENT_REQUESTED = "document.requested"


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A Word file that was made; `sha256` is the key of its content in the blobs."""

    naskah: str
    filename: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was asked for, as it stands."""

    id: str
    kind: str
    satker: str
    naskah: str
    srikandi: bool
    judul: str
    data: Mapping[str, Any]
    status: Status
    findings: Sequence[Mapping[str, str]]
    error: str
    created_at: dt.datetime
    updated_at: dt.datetime
    files: tuple[DocumentFile, ...]

    @property
    def is_settled(self) -> bool:
        """Whether nothing will change by itself any more."""
        return self.status in {"done", "failed"}


class Documents:
    """The documents within a scope."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope

    def request(
        self,
        kind: str,
        satker: str,
        data: Mapping[str, Any],
        *,
        judul: str,
        findings: Sequence[Finding] = (),
        naskah: str = "",
        srikandi: bool = False,
        requested_by: str | None = None,
    ) -> str:
        """Ask for a document; answers with its id. The row and its message are one transaction.

        Raises:
            UnknownSatker: The office is outside the scope.
        """
        if not self._scope.covers(satker):
            raise UnknownSatker(satker)
        now = self._database.now()
        row = DocumentRow(
            id=new_id(now),
            kind=kind,
            satker=satker,
            naskah=naskah,
            srikandi=srikandi,
            judul=judul,
            data=dict(data),
            status="queued",
            findings=[finding.as_dict() for finding in findings],
            error="",
            attempts=0,
            requested_by=requested_by,
            created_at=now,
            updated_at=now,
        )
        with self._database.write() as session:
            session.add(row)
            session.add(OutboxRow(topic=DOCUMENT_REQUESTED, subject=row.id, created_at=now))
        return row.id

    def get(self, document_id: str) -> Document | None:
        """The document, or None where there is none within the scope."""
        with self._database.read() as session:
            row = session.scalar(
                select(DocumentRow).where(
                    DocumentRow.id == document_id, self._scope.condition(DocumentRow.satker)
                )
            )
            return _document(session, row) if row else None

    def newest(
        self,
        *,
        kind: str = "",
        satker: str = "",
        status: str = "",
        before: str = "",
        limit: int = 20,
    ) -> list[Document]:
        """Documents, newest first; `before` is the id after which to go on, empty values match all."""
        query = select(DocumentRow).where(self._scope.condition(DocumentRow.satker))
        wanted = {DocumentRow.kind: kind, DocumentRow.satker: satker, DocumentRow.status: status}
        for column, value in wanted.items():
            if value:
                query = query.where(column == value)
        if before:
            query = query.where(DocumentRow.id < before)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(DocumentRow.id.desc()).limit(limit))
            return [_document(session, row) for row in rows.all()]


def _document(session: Session, row: DocumentRow) -> Document:
    files = session.scalars(
        select(FileRow).where(FileRow.document_id == row.id).order_by(FileRow.position)
    )
    return Document(
        id=row.id,
        kind=row.kind,
        satker=row.satker,
        naskah=row.naskah,
        srikandi=row.srikandi,
        judul=row.judul,
        data=row.data,
        status=cast("Status", row.status),
        findings=row.findings,
        error=row.error,
        created_at=row.created_at,
        updated_at=row.updated_at,
        files=tuple(DocumentFile(f.naskah, f.filename, f.size, f.sha256) for f in files),
    )
