"""Documents as work: claimed under a lease, finished once, taken over when a worker dies.

A claim is a compare-and-set on the document's row. Whoever holds the lease may finish or fail it;
a worker that lost its lease changes nothing. So a task may run twice and the document is made once.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from docgen.storage.database import Database
from docgen.storage.documents import DocumentFile
from docgen.storage.events import Event, announce, document_data
from docgen.storage.tables import DocumentRow, FileRow, LeaderRow, OutboxRow

MAX_ATTEMPTS = 3
NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})
GAVE_UP = (
    "Pembuatan dokumen terputus tiga kali. Isian Anda tersimpan. "
    "Coba lagi; bila tetap gagal, hubungi pengelola."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A document that this worker holds, with what is needed to make it."""

    id: str
    owner: str
    kind: str
    satker: str
    naskah: str
    srikandi: bool
    data: Mapping[str, Any]
    attempt: int


@dataclass(frozen=True, slots=True)
class Message:
    """A row of the outbox that is yet to be told."""

    id: int
    topic: str
    subject: str


class Work:
    """The queue's side of the documents; it knows no scope, because workers serve all offices."""

    def __init__(self, database: Database, lease_seconds: int) -> None:
        self._database = database
        self._lease = dt.timedelta(seconds=lease_seconds)

    def claim(self, document_id: str, owner: str) -> Claim | None:
        """Take the document; None where it is made, failed, or another worker's."""
        now = self._database.now()
        is_free = or_(
            DocumentRow.status == "queued",
            and_(DocumentRow.status == "running", DocumentRow.lease_until < now),
        )
        with self._database.write() as session:
            taken = _changed(
                session,
                update(DocumentRow)
                .where(DocumentRow.id == document_id, is_free)
                .where(DocumentRow.attempts < MAX_ATTEMPTS)
                .values(
                    status="running",
                    lease_owner=owner,
                    lease_until=now + self._lease,
                    attempts=DocumentRow.attempts + 1,
                    updated_at=now,
                ),
            )
            if not taken:
                return None
            row = session.get_one(DocumentRow, document_id)
            return Claim(
                row.id,
                owner,
                row.kind,
                row.satker,
                row.naskah,
                row.srikandi,
                row.data,
                row.attempts,
            )

    def renew(self, claim: Claim) -> bool:
        """Hold the document for another lease; False where it was lost."""
        with self._database.write() as session:
            return _changed(
                session,
                update(DocumentRow)
                .where(_is_held(claim))
                .values(lease_until=self._database.now() + self._lease),
            )

    def finish(
        self,
        claim: Claim,
        files: Sequence[DocumentFile],
        archive: Mapping[str, str] = NOTHING_KNOWN,
    ) -> bool:
        """Record the files, and tell who wants to hear; False where the lease was lost.

        `archive` is what an archive wants to know of the document.
        """
        with self._database.write() as session:
            if not self._settle(session, claim, status="done", error=""):
                return False
            session.execute(delete(FileRow).where(FileRow.document_id == claim.id))
            session.execute(
                insert(FileRow),
                [
                    {"document_id": claim.id, "position": position, **asdict(file)}
                    for position, file in enumerate(files)
                ],
            )
            self._announce(session, claim.id, "document.generated", files, archive)
            return True

    def fail(self, claim: Claim, error: str) -> bool:
        """Record that the document cannot be made, and why; False where the lease was lost."""
        with self._database.write() as session:
            return self._settle_failed(session, claim, error)

    def release(self, claim: Claim, error: str) -> bool:
        """Give the document back to be tried again; after the last attempt it has failed."""
        with self._database.write() as session:
            if claim.attempt < MAX_ATTEMPTS:
                return self._settle(session, claim, status="queued", error=error)
            return self._settle_failed(session, claim, error)

    def _settle_failed(self, session: Session, claim: Claim, error: str) -> bool:
        settled = self._settle(session, claim, status="failed", error=error)
        if settled:
            self._announce(session, claim.id, "document.failed")
        return settled

    def _announce(
        self,
        session: Session,
        document_id: str,
        event: Event,
        files: Sequence[DocumentFile] = (),
        archive: Mapping[str, str] = NOTHING_KNOWN,
    ) -> None:
        row = session.get_one(DocumentRow, document_id, populate_existing=True)
        data = document_data(row, [asdict(file) for file in files], archive)
        announce(session, event, row.id, [row.satker], data, self._database.now())

    def _settle(self, session: Session, claim: Claim, *, status: str, error: str) -> bool:
        return _changed(
            session,
            update(DocumentRow)
            .where(_is_held(claim))
            .values(
                status=status,
                error=error,
                lease_owner=None,
                lease_until=None,
                updated_at=self._database.now(),
            ),
        )

    def take_over_expired(self) -> int:
        """Queue again what dead workers held; what was tried too often has failed. Counts both."""
        now = self._database.now()
        # A lease that lasts longer than any given now is from before the clock was set back.
        ended = or_(DocumentRow.lease_until < now, DocumentRow.lease_until > now + 2 * self._lease)
        expired = and_(DocumentRow.status == "running", ended)
        with self._database.write() as session:
            values = {"lease_owner": None, "lease_until": None, "updated_at": now}
            failed = session.scalars(
                update(DocumentRow)
                .where(expired, DocumentRow.attempts >= MAX_ATTEMPTS)
                .values(status="failed", error=GAVE_UP, **values)
                .returning(DocumentRow.id)
            ).all()
            for document_id in failed:
                self._announce(session, document_id, "document.failed")
            queued = session.execute(
                update(DocumentRow).where(expired).values(status="queued", **values)
            )
            return len(failed) + _rows(queued)

    def waiting(self, older_than_seconds: int, limit: int = 5_000) -> list[str]:
        """Ids of queued documents that have waited at least that long, oldest first."""
        now = self._database.now()
        until = now - dt.timedelta(seconds=older_than_seconds)
        has_waited = or_(DocumentRow.updated_at <= until, DocumentRow.updated_at > now)
        with self._database.read() as session:
            return list(
                session.scalars(
                    select(DocumentRow.id)
                    .where(DocumentRow.status == "queued", has_waited)
                    .order_by(DocumentRow.id)
                    .limit(limit)
                )
            )

    def standing(self) -> dict[str, int]:
        """How many documents are queued and running now."""
        query = (
            select(DocumentRow.status, func.count())
            .where(DocumentRow.status.in_(("queued", "running")))
            .group_by(DocumentRow.status)
        )
        with self._database.read() as session:
            counted = dict(iter(session.execute(query)))
        return {name: counted.get(name, 0) for name in ("queued", "running")}

    def outbox(self, limit: int = 500) -> list[Message]:
        """Messages in the order they were written."""
        with self._database.read() as session:
            rows = session.scalars(select(OutboxRow).order_by(OutboxRow.id).limit(limit)).all()
            return [Message(row.id, row.topic, row.subject) for row in rows]

    def told(self, messages: Sequence[Message]) -> None:
        """Forget messages that the queue has."""
        with self._database.write() as session:
            session.execute(
                delete(OutboxRow).where(OutboxRow.id.in_([message.id for message in messages]))
            )

    def lead(self, duty: str, owner: str, seconds: int) -> bool:
        """Take or keep a duty that only one may have; False where somebody else has it."""
        now = self._database.now()
        until = now + dt.timedelta(seconds=seconds)
        is_free = or_(
            LeaderRow.until < now, LeaderRow.until > now + dt.timedelta(seconds=2 * seconds)
        )
        try:
            with self._database.write() as session:
                taken = _changed(
                    session,
                    update(LeaderRow)
                    .where(
                        LeaderRow.duty == duty,
                        or_(LeaderRow.owner == owner, is_free),
                    )
                    .values(owner=owner, until=until),
                )
                if not taken and session.get(LeaderRow, duty) is None:
                    session.add(LeaderRow(duty=duty, owner=owner, until=until))
                    taken = True
                return taken
        except IntegrityError:  # another process was first to be the first
            return False


def _is_held(claim: Claim) -> ColumnElement[bool]:
    # The attempt too: a process may lose a lease and get a new one on the same document.
    return and_(
        DocumentRow.id == claim.id,
        DocumentRow.status == "running",
        DocumentRow.lease_owner == claim.owner,
        DocumentRow.attempts == claim.attempt,
    )


def _changed(session: Session, statement: Any) -> bool:  # noqa: ANN401  update statements are generic
    return _rows(session.execute(statement)) == 1


def _rows(result: Any) -> int:  # noqa: ANN401  Session.execute is typed too widely
    counted: CursorResult[Any] = result
    return counted.rowcount
