"""PDFs as work: asked for by a Word file's SHA-256, claimed under a lease, made once per content.

Nothing here knows a scope: who may see a document may see its PDF, and asks with its file's hash.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from docgen.storage.database import Database
from docgen.storage.tables import FileRow, OutboxRow, PdfPageRow, PdfRow

PDF_REQUESTED = "pdf.requested"
MAX_ATTEMPTS = 3
GAVE_UP = "Pembuatan PDF terputus tiga kali. Dokumen Word-nya tetap dapat diunduh."

PdfStatus = Literal["queued", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class StoredPdf:
    """A PDF as it stands; `pictures` are the SHA-256 of its first pages' PNGs, in order."""

    source: str
    status: PdfStatus
    sha256: str
    size: int
    pages: int
    error: str
    pictures: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether no worker is needed for it any more."""
        return self.status in {"done", "failed"}


@dataclass(frozen=True, slots=True)
class PdfClaim:
    """A PDF that this worker is to make; `id` is the Word file's SHA-256."""

    id: str
    owner: str
    attempt: int


class Pdfs:
    """The PDFs of one database."""

    def __init__(self, database: Database, lease_seconds: int) -> None:
        self._database = database
        self._lease = dt.timedelta(seconds=lease_seconds)

    def ask(self, sources: Sequence[str]) -> dict[str, StoredPdf]:
        """The PDFs of these Word files as they stand; those that nobody asked for are now queued."""
        found = self.find(sources)
        for source in sources:
            if source not in found:
                self._request(source)
        return found if len(found) == len(set(sources)) else self.find(sources)

    def find(self, sources: Sequence[str]) -> dict[str, StoredPdf]:
        """The PDFs of these Word files that were asked for."""
        with self._database.read() as session:
            rows = session.scalars(select(PdfRow).where(PdfRow.source.in_(sources))).all()
            pages = session.scalars(
                select(PdfPageRow)
                .where(PdfPageRow.source.in_(sources))
                .order_by(PdfPageRow.source, PdfPageRow.number)
            ).all()
        return {
            row.source: StoredPdf(
                row.source,
                cast("PdfStatus", row.status),
                row.sha256,
                row.size,
                row.pages,
                row.error,
                tuple(page.sha256 for page in pages if page.source == row.source),
            )
            for row in rows
        }

    def again(self, source: str) -> None:
        """Queue one that failed."""
        now = self._database.now()
        with self._database.write() as session:
            taken = _rows(
                session.execute(
                    update(PdfRow)
                    .where(PdfRow.source == source, PdfRow.status == "failed")
                    .values(status="queued", error="", attempts=0, updated_at=now)
                )
            )
            if taken:
                session.add(OutboxRow(topic=PDF_REQUESTED, subject=source, created_at=now))

    def _request(self, source: str) -> None:
        now = self._database.now()
        row = PdfRow(
            source=source,
            status="queued",
            sha256="",
            size=0,
            pages=0,
            error="",
            attempts=0,
            updated_at=now,
        )
        try:
            with self._database.write() as session:
                if session.get(PdfRow, source) is None:
                    session.add(row)
                    session.add(OutboxRow(topic=PDF_REQUESTED, subject=source, created_at=now))
        except IntegrityError:
            return  # another was first

    def claim(self, source: str, owner: str) -> PdfClaim | None:
        """Take it; None where it is made, failed, or another worker's."""
        now = self._database.now()
        is_free = or_(
            PdfRow.status == "queued", and_(PdfRow.status == "running", PdfRow.lease_until < now)
        )
        with self._database.write() as session:
            attempt = session.execute(
                update(PdfRow)
                .where(PdfRow.source == source, is_free, PdfRow.attempts < MAX_ATTEMPTS)
                .values(
                    status="running",
                    lease_owner=owner,
                    lease_until=now + self._lease,
                    attempts=PdfRow.attempts + 1,
                    updated_at=now,
                )
                .returning(PdfRow.attempts)
            ).scalar()
        return PdfClaim(source, owner, attempt) if attempt else None

    def renew(self, claim: PdfClaim) -> bool:
        """Hold it for another lease; False where it was lost."""
        with self._database.write() as session:
            until = self._database.now() + self._lease
            return _rows(session.execute(_held(claim).values(lease_until=until))) == 1

    def finish(
        self, claim: PdfClaim, sha256: str, size: int, pages: int, pictures: Sequence[str]
    ) -> bool:
        """Record what was made; False where the lease was lost."""
        made = {"sha256": sha256, "size": size, "pages": pages}
        with self._database.write() as session:
            if not self._settle(session, claim, status="done", error="", **made):
                return False
            session.execute(delete(PdfPageRow).where(PdfPageRow.source == claim.id))
            if pictures:
                session.execute(
                    insert(PdfPageRow),
                    [
                        {"source": claim.id, "number": number, "sha256": picture}
                        for number, picture in enumerate(pictures, 1)
                    ],
                )
            return True

    def fail(self, claim: PdfClaim, error: str) -> bool:
        """Record that it cannot be made, and why; False where the lease was lost."""
        with self._database.write() as session:
            return self._settle(session, claim, status="failed", error=error)

    def release(self, claim: PdfClaim, error: str) -> bool:
        """Give it back to be tried again; after the last attempt it has failed."""
        status = "queued" if claim.attempt < MAX_ATTEMPTS else "failed"
        with self._database.write() as session:
            return self._settle(session, claim, status=status, error=error)

    def take_over_expired(self) -> int:
        """Queue again what dead workers held; what was tried too often has failed. Counts both."""
        now = self._database.now()
        ended = or_(PdfRow.lease_until < now, PdfRow.lease_until > now + 2 * self._lease)
        expired = and_(PdfRow.status == "running", ended)
        values = {"lease_owner": None, "lease_until": None, "updated_at": now}
        with self._database.write() as session:
            failed = session.execute(
                update(PdfRow)
                .where(expired, PdfRow.attempts >= MAX_ATTEMPTS)
                .values(status="failed", error=GAVE_UP, **values)
            )
            queued = session.execute(
                update(PdfRow).where(expired).values(status="queued", **values)
            )
            return _rows(failed) + _rows(queued)

    def waiting(self, older_than_seconds: int, limit: int = 5_000) -> list[str]:
        """Those that are queued and have waited at least that long, oldest first."""
        now = self._database.now()
        until = now - dt.timedelta(seconds=older_than_seconds)
        has_waited = or_(PdfRow.updated_at <= until, PdfRow.updated_at > now)
        with self._database.read() as session:
            return list(
                session.scalars(
                    select(PdfRow.source)
                    .where(PdfRow.status == "queued", has_waited)
                    .order_by(PdfRow.updated_at)
                    .limit(limit)
                )
            )

    def forget_unnamed(self) -> int:
        """Delete those whose Word file belongs to no document any more; answers with how many."""
        with self._database.write() as session:
            gone = session.execute(
                delete(PdfRow).where(PdfRow.source.not_in(select(FileRow.sha256)))
            )
            return _rows(gone)

    def _settle(self, session: Any, claim: PdfClaim, **values: Any) -> bool:  # noqa: ANN401  columns
        values |= {"lease_owner": None, "lease_until": None, "updated_at": self._database.now()}
        return _rows(session.execute(_held(claim).values(**values))) == 1


def _held(claim: PdfClaim) -> Any:  # noqa: ANN401  update statements are generic
    # The attempt too: a process may lose a lease and get a new one on the same file.
    return update(PdfRow).where(
        PdfRow.source == claim.id,
        PdfRow.status == "running",
        PdfRow.lease_owner == claim.owner,
        PdfRow.attempts == claim.attempt,
    )


def _rows(result: Any) -> int:  # noqa: ANN401  Session.execute is typed too widely
    count: int = result.rowcount
    return count
