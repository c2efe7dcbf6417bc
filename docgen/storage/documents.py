"""Documents as people see them: asked for, listed, fetched, always within a scope."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from docgen.errors import UnknownSatker
from docgen.findings import Finding
from docgen.kinds import Archive
from docgen.storage.access import SignedIn
from docgen.storage.audit import note
from docgen.storage.database import Database, take_turns
from docgen.storage.once import Once, made_before, remember
from docgen.storage.scope import Scope
from docgen.storage.tables import (
    AreaRow,
    DocumentRow,
    FileRow,
    OutboxRow,
    new_id,
)

Status = Literal["queued", "running", "done", "failed"]
Stage = Literal["draft", "submitted", "checked", "approved"]
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
    series: str
    version: int
    is_latest: bool
    nomor: str
    tanggal: dt.date | None
    stage: Stage
    note: str
    requested_by: str | None
    requested_name: str
    submitted_name: str
    submitted_at: dt.datetime | None
    checked_name: str
    checked_at: dt.datetime | None
    approved_name: str
    approved_at: dt.datetime | None

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
        archive: Archive | None = None,
        areas: Collection[int] = (),
        findings: Sequence[Finding] = (),
        naskah: str = "",
        srikandi: bool = False,
        requested_by: str | None = None,
        who: SignedIn | None = None,
        continues: str | None = None,
        once: Once | None = None,
    ) -> str:
        """Ask for a document; answers with its id. The row and its message are one transaction.

        `continues` names a document of the same kind and office: the new one is the next version
        of its series. `who` is the person who asks, where it is one; it is written down.

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
            nomor=archive.nomor if archive else "",
            tanggal=archive.tanggal if archive else None,
            data=dict(data),
            status="queued",
            findings=[finding.as_dict() for finding in findings],
            error="",
            attempts=0,
            requested_by=who.user_id if who else requested_by,
            requested_name=who.nama if who else "",
            created_at=now,
            updated_at=now,
        )
        return self._add(_Order(row, frozenset(areas), who, continues, once))

    def _add(self, order: "_Order") -> str:
        row, once = order.row, order.once
        with self._database.write() as session:
            if once and (earlier := made_before(session, once, row.created_at)):
                return earlier
            _join_series(session, row, order.continues)
            session.add(row)
            session.add(
                OutboxRow(topic=DOCUMENT_REQUESTED, subject=row.id, created_at=row.created_at)
            )
            session.flush()
            session.add_all(AreaRow(document_id=row.id, area=area) for area in order.areas)
            if order.who:
                words = f"{row.judul}, versi {row.version}"
                note(
                    session,
                    row.created_at,
                    order.who,
                    "document.requested",
                    satker=row.satker,
                    subject=row.id,
                    detail=words,
                )
            if once:
                remember(session, once, row.id, row.created_at)
        return row.id

    def retry(self, document_id: str, who: SignedIn) -> bool:
        """Ask once more for a document that could not be made; False where it is not such a one."""
        now = self._database.now()
        with self._database.write() as session:
            row = session.scalar(
                update(DocumentRow)
                .where(
                    DocumentRow.id == document_id,
                    DocumentRow.status == "failed",
                    self._scope.condition(DocumentRow.satker),
                )
                .values(status="queued", attempts=0, error="", updated_at=now)
                .returning(DocumentRow)
            )
            if row is None:
                return False
            session.add(OutboxRow(topic=DOCUMENT_REQUESTED, subject=row.id, created_at=now))
            note(session, now, who, "document.retried", satker=row.satker, subject=row.id)
            return True

    def versions(self, series: str, limit: int = 12) -> list[Document]:
        """The versions of a series, newest first."""
        query = (
            select(DocumentRow)
            .where(DocumentRow.series == series, self._scope.condition(DocumentRow.satker))
            .order_by(DocumentRow.version.desc())
            .limit(limit)
        )
        with self._database.read() as session:
            return [as_document(session, row) for row in session.scalars(query).all()]

    def get(self, document_id: str) -> Document | None:
        """The document, or None where there is none within the scope."""
        with self._database.read() as session:
            row = session.scalar(
                select(DocumentRow).where(
                    DocumentRow.id == document_id, self._scope.condition(DocumentRow.satker)
                )
            )
            return as_document(session, row) if row else None

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
            return [as_document(session, row) for row in rows.all()]


@dataclass(frozen=True, slots=True)
class _Order:
    """A row that is to be added, and what goes with it."""

    row: DocumentRow
    areas: frozenset[int]
    who: SignedIn | None
    continues: str | None
    once: Once | None


def _join_series(session: Session, row: DocumentRow, continues: str | None) -> None:
    """Make the row the first version of its own series, or the next one of another's."""
    earlier = session.get(DocumentRow, continues) if continues else None
    if earlier is None or (earlier.kind, earlier.satker) != (row.kind, row.satker):
        row.series, row.version = row.id, 1
        return
    take_turns(session, f"series {earlier.series}")
    of_series = DocumentRow.series == earlier.series
    newest = session.scalar(select(func.max(DocumentRow.version)).where(of_series)) or 0
    row.series, row.version = earlier.series, newest + 1
    session.execute(update(DocumentRow).where(of_series).values(is_latest=False))


def as_document(session: Session, row: DocumentRow) -> Document:
    """The row with its files."""
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
        series=row.series,
        version=row.version,
        is_latest=row.is_latest,
        nomor=row.nomor,
        tanggal=row.tanggal,
        stage=cast("Stage", row.stage),
        note=row.note,
        requested_by=row.requested_by,
        requested_name=row.requested_name,
        submitted_name=row.submitted_name,
        submitted_at=row.submitted_at,
        checked_name=row.checked_name,
        checked_at=row.checked_at,
        approved_name=row.approved_name,
        approved_at=row.approved_at,
    )
