"""Documents as people see them: asked for, listed, fetched, always within a scope."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from docgen.errors import DocgenError, UnknownSatker
from docgen.findings import Finding
from docgen.storage.database import Database
from docgen.storage.scope import Scope
from docgen.storage.tables import DocumentRow, FileRow, IdempotencyRow, OutboxRow, new_id

Status = Literal["queued", "running", "done", "failed"]
DOCUMENT_REQUESTED = "document.requested"
KEY_LIFE = dt.timedelta(hours=24)


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


@dataclass(frozen=True, slots=True)
class Once:
    """That a request is to be carried out once: the same key and body again is the same request."""

    caller: str
    key: str
    body_hash: str


class KeyInUse(DocgenError):
    """The key came before with another body."""

    def __init__(self) -> None:
        super().__init__("Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain.")


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
        once: Once | None = None,
    ) -> str:
        """Ask for a document; answers with its id. The row and its message are one transaction.

        Raises:
            UnknownSatker: The office is outside the scope.
            KeyInUse: `once` has the key of another request.
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
        try:
            return self._add(row, once)
        except IntegrityError:
            # Two requests with one key at the same moment: the other was first.
            if once is None:
                raise
            return self._add(row, once)

    def _add(self, row: DocumentRow, once: Once | None) -> str:
        with self._database.write() as session:
            if once and (earlier := _made_before(session, once, row.created_at)):
                return earlier
            session.add(row)
            session.add(
                OutboxRow(topic=DOCUMENT_REQUESTED, subject=row.id, created_at=row.created_at)
            )
            session.flush()
            if once:
                session.add(_key_row(once, row))
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


def _made_before(session: Session, once: Once, now: dt.datetime) -> str | None:
    """The document that this key made; keys older than a day are forgotten."""
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < now - KEY_LIFE))
    known = session.get(IdempotencyRow, (once.caller, once.key))
    if known is None:
        return None
    if known.body_hash != once.body_hash:
        raise KeyInUse
    return known.document_id


def _key_row(once: Once, row: DocumentRow) -> IdempotencyRow:
    return IdempotencyRow(
        caller=once.caller,
        key=once.key,
        body_hash=once.body_hash,
        document_id=row.id,
        created_at=row.created_at,
    )


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
