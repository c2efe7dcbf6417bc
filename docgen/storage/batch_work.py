"""Batches as work: an office's job is claimed under a lease, kept once, taken over when its worker dies.

The first attempt makes all of an office's documents and keeps them in one transaction. Where that
was cut short, the next ones go document by document, so that one that kills its worker is found out
and fails alone. Every write asks for the lease and the attempt that the worker was given: whoever
lost them changes nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from docgen.errors import UnknownSatker
from docgen.masters import Master, load_masters
from docgen.registry import get_kind
from docgen.satker import registry
from docgen.storage.batches import SETTLED, ItemStatus, close_batch
from docgen.storage.database import Database
from docgen.storage.snapshots import Origin, dialect_insert, keep_snapshots, origin_of
from docgen.storage.tables import BatchRow, ItemRow, JobRow, OfficeChangesRow, VersionRow

TOGETHER_ATTEMPTS = 1
ITEM_ATTEMPTS = 2
"""After the attempt with all others, a document may be what a worker last did so often."""

STORE_ATTEMPTS = 3
GAVE_UP = (
    "Pembuatan dokumen ini terputus tiga kali. Coba lagi; bila tetap gagal, hubungi pengelola."
)


@dataclass(frozen=True, slots=True)
class Version:
    """A document's newest version: what it was made from, its file, what it says of its revision."""

    fingerprint: str
    naskah: str
    filename: str
    size: int
    sha256: str
    revision: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfficeClaim:
    """An office's job that this worker holds, with what is needed to do it; `asked_at` is the batch's.

    `masters` are those that hold for the office, `settled` those whose documents are kept already.
    """

    id: str
    batch_id: str
    owner: str
    attempt: int
    kind: str
    satker: str
    masters: tuple[str, ...]
    force: bool
    dry_run: bool
    settled: frozenset[str]
    asked_at: dt.datetime
    versions: Mapping[str, Version]
    changes: Mapping[str, Mapping[str, Any]]

    @property
    def is_careful(self) -> bool:
        """Whether to go document by document, because an attempt was cut short."""
        return self.attempt > TOGETHER_ATTEMPTS

    @property
    def is_hopeless(self) -> bool:
        """Whether it was cut short more often than its documents, tried one by one, explain."""
        return self.attempt > STORE_ATTEMPTS + ITEM_ATTEMPTS * len(self.masters)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document. `origin` is what it was made from; None where nothing was made."""

    master: str
    status: ItemStatus
    reason: str
    fingerprint: str = ""
    previous: str = ""
    naskah: str = ""
    filename: str = ""
    size: int = 0
    sha256: str = ""
    origin: Origin | None = None
    revision: Mapping[str, Any] = field(default_factory=dict)


class BatchWork:
    """The queue's side of the batches; it knows no scope, because workers serve all offices."""

    def __init__(self, database: Database, lease_seconds: int) -> None:
        self._database = database
        self._lease = dt.timedelta(seconds=lease_seconds)

    def claim(self, job_id: str, owner: str) -> OfficeClaim | None:
        """Take an office's job; None where it is done, cancelled, or another worker's."""
        now = self._database.now()
        is_free = or_(JobRow.status == "queued", self._is_abandoned(now))
        with self._database.write() as session:
            job = session.scalars(
                update(JobRow)
                .where(JobRow.id == job_id, is_free)
                .values(
                    status="running",
                    lease_owner=owner,
                    lease_until=now + self._lease,
                    attempts=JobRow.attempts + 1,
                    started_at=now,
                    updated_at=now,
                )
                .returning(JobRow)
            ).one_or_none()
            return self._office_claim(session, job, owner) if job else None

    def _office_claim(self, session: Session, job: JobRow, owner: str) -> OfficeClaim:
        batch = session.get_one(BatchRow, job.batch_id)
        versions = session.scalars(select(VersionRow).filter_by(kind=batch.kind, satker=job.satker))
        changes = session.scalars(
            select(OfficeChangesRow).filter_by(kind=batch.kind, satker=job.satker)
        )
        return OfficeClaim(
            id=job.id,
            batch_id=batch.id,
            owner=owner,
            attempt=job.attempts,
            kind=batch.kind,
            satker=job.satker,
            masters=tuple(master.id for master in _holding(batch, job.satker)),
            force=batch.force,
            dry_run=batch.dry_run,
            settled=frozenset(self._settled(session, job.batch_id, job.satker)),
            asked_at=batch.created_at,
            versions={row.master: _version(row) for row in versions},
            changes={row.master: row.changes for row in changes},
        )

    def _settled(self, session: Session, batch_id: str, satker: str) -> Sequence[str]:
        query = select(ItemRow.master).where(_of_job(batch_id, satker), _IS_SETTLED)
        return session.scalars(query).all()

    def origin(self, fingerprint: str) -> Origin | None:
        """What a document of this fingerprint was made from; None where that was not kept."""
        with self._database.read() as session:
            return origin_of(session, fingerprint)

    def renew(self, claim: OfficeClaim) -> bool:
        """Hold the job for longer; False where it was lost or cancelled."""
        with self._database.write() as session:
            return self._still_holds(session, claim)

    def begin(self, claim: OfficeClaim, master: str) -> bool:
        """Note that this document is tried alone now.

        False where it was tried too often, and has failed, or where the job was lost.
        """
        key = {"batch_id": claim.batch_id, "satker": claim.satker, "master": master}
        with self._database.write() as session:
            if not self._still_holds(session, claim):
                return False
            row = session.get(ItemRow, tuple(key.values()))
            if row is None:
                session.add(ItemRow(**key, **_nothing_yet(), status="running", attempts=1))
                return True
            if row.attempts >= ITEM_ATTEMPTS:
                row.status, row.reason = "failed", GAVE_UP
                self._count(session, claim)
                return False
            row.attempts += 1
            return True

    def acquit(self, claim: OfficeClaim, master: str) -> None:
        """Note that the try that began was not cut short by this document, whatever broke."""
        with self._database.write() as session:
            session.execute(
                update(ItemRow)
                .where(_of_job(claim.batch_id, claim.satker), ItemRow.master == master)
                .where(ItemRow.status == "running", ItemRow.attempts > 0)
                .values(attempts=ItemRow.attempts - 1)
            )

    def keep(self, claim: OfficeClaim, results: Sequence[Result], *, is_all: bool) -> bool:
        """Record what became of documents, and with `is_all` that the job is done.

        False where the job was lost or cancelled meanwhile, and nothing was recorded.
        """
        with self._database.write() as session:
            if not self._still_holds(session, claim):
                return False
            self._keep_items(session, claim, results)
            if not claim.dry_run:
                self._keep_versions(session, claim, results)
            self._count(session, claim)
            if is_all:
                self._end(session, claim.id, claim.batch_id)
            return True

    def release(self, claim: OfficeClaim, reason: str) -> bool:
        """Give the job back to be tried again; after the last attempt, what is left has failed."""
        with self._database.write() as session:
            if not self._still_holds(session, claim):
                return False
            if claim.attempt < STORE_ATTEMPTS:
                values = {"status": "queued", "lease_owner": None, "lease_until": None}
                session.execute(
                    update(JobRow).where(JobRow.id == claim.id).values(reason=reason, **values)
                )
                return True
            self._fail_rest(session, claim, reason)
            return True

    def give_up(self, claim: OfficeClaim, reason: str) -> bool:
        """End the job; what is left of it has failed. False where the job was lost meanwhile."""
        with self._database.write() as session:
            if not self._still_holds(session, claim):
                return False
            self._fail_rest(session, claim, reason)
            return True

    def _fail_rest(self, session: Session, claim: OfficeClaim, reason: str) -> None:
        settled = set(self._settled(session, claim.batch_id, claim.satker))
        left = [one for one in claim.masters if one not in settled]
        self._keep_items(session, claim, [Result(one, "failed", reason) for one in left])
        self._count(session, claim)
        self._end(session, claim.id, claim.batch_id)

    def take_over_abandoned(self) -> int:
        """Queue again the jobs that dead workers held; answers with how many."""
        now = self._database.now()
        with self._database.write() as session:
            taken = session.scalars(
                update(JobRow)
                .where(self._is_abandoned(now))
                .values(status="queued", lease_owner=None, lease_until=None, updated_at=now)
                .returning(JobRow.id)
            )
            return len(taken.all())

    def queued(self, batch_id: str) -> list[str]:
        """Ids of the batch's queued jobs, in the order of their offices."""
        query = select(JobRow.id).filter_by(batch_id=batch_id, status="queued")
        with self._database.read() as session:
            return list(session.scalars(query.order_by(JobRow.satker)))

    def waiting(self, older_than_seconds: int, limit: int = 20_000) -> list[str]:
        """Ids of queued jobs that have waited at least that long, oldest batch first."""
        now = self._database.now()
        until = now - dt.timedelta(seconds=older_than_seconds)
        # A moment in the future is one from before the clock was set back.
        has_waited = or_(JobRow.updated_at <= until, JobRow.updated_at > now)
        query = select(JobRow.id).where(JobRow.status == "queued", has_waited)
        with self._database.read() as session:
            return list(
                session.scalars(query.order_by(JobRow.batch_id, JobRow.satker).limit(limit))
            )

    def _is_abandoned(self, now: dt.datetime) -> ColumnElement[bool]:
        """A lease that ended, or one that lasts longer than any given now: the clock was set back."""
        ended = or_(JobRow.lease_until < now, JobRow.lease_until > now + 2 * self._lease)
        return and_(JobRow.status == "running", ended)

    def _still_holds(self, session: Session, claim: OfficeClaim) -> bool:
        held = session.scalars(
            update(JobRow)
            .where(
                JobRow.id == claim.id,
                JobRow.status == "running",
                JobRow.lease_owner == claim.owner,
                JobRow.attempts == claim.attempt,
            )
            .values(lease_until=self._database.now() + self._lease)
            .returning(JobRow.id)
        )
        return bool(held.all())

    def _keep_items(self, session: Session, claim: OfficeClaim, results: Sequence[Result]) -> None:
        if not results:
            return
        masters = [result.master for result in results]
        of_these = and_(_of_job(claim.batch_id, claim.satker), ItemRow.master.in_(masters))
        session.execute(delete(ItemRow).where(of_these))
        rows = [_item_row(claim, result) for result in results]
        session.execute(insert(ItemRow), rows)

    def _keep_versions(
        self, session: Session, claim: OfficeClaim, results: Sequence[Result]
    ) -> None:
        made = [result for result in results if result.status == "done"]
        if not made:
            return
        keep_snapshots(
            session, {one.fingerprint: one.origin for one in made if one.origin is not None}
        )
        now = self._database.now()
        statement = dialect_insert(session, VersionRow)
        key = ("kind", "satker", "master")
        values = [_version_row(claim, result, now) for result in made]
        session.execute(
            statement.on_conflict_do_update(
                index_elements=key,
                set_={name: statement.excluded[name] for name in values[0] if name not in key},
            ),
            values,
        )

    def _count(self, session: Session, claim: OfficeClaim) -> None:
        counts: dict[str, int] = dict.fromkeys(SETTLED, 0)
        rows = session.execute(
            select(ItemRow.status, func.count().label("number"))
            .where(_of_job(claim.batch_id, claim.satker), _IS_SETTLED)
            .group_by(ItemRow.status)
        )
        counts |= {row.status: row.number for row in rows}
        session.execute(update(JobRow).where(JobRow.id == claim.id).values(**counts))

    def _end(self, session: Session, job_id: str, batch_id: str) -> None:
        now = self._database.now()
        session.execute(
            update(JobRow)
            .where(JobRow.id == job_id)
            .values(
                status="done",
                # A master may have gone since it was asked for.
                total=JobRow.done + JobRow.skipped + JobRow.failed,
                lease_owner=None,
                lease_until=None,
                finished_at=now,
                updated_at=now,
            )
        )
        close_batch(session, batch_id, now)


_IS_SETTLED = ItemRow.status.in_(SETTLED)


def _holding(batch: BatchRow, satker: str) -> list[Master]:
    """The batch's masters for the office; all of them for one that is no longer in the register."""
    masters = load_masters(get_kind(batch.kind))
    known = [masters[name] for name in batch.masters if name in masters]
    try:
        office = registry().get(satker)
    except UnknownSatker:
        return known
    return [master for master in known if master.holds_for(office)]


def _of_job(batch_id: str, satker: str) -> ColumnElement[bool]:
    return and_(ItemRow.batch_id == batch_id, ItemRow.satker == satker)


def _nothing_yet() -> dict[str, Any]:
    texts = ("reason", "fingerprint", "previous", "naskah", "filename", "sha256")
    return {**dict.fromkeys(texts, ""), "size": 0}


def _item_row(claim: OfficeClaim, result: Result) -> dict[str, Any]:
    return {
        "batch_id": claim.batch_id,
        "satker": claim.satker,
        "master": result.master,
        "status": result.status,
        "reason": result.reason,
        "attempts": claim.attempt,
        "fingerprint": result.fingerprint,
        "previous": result.previous,
        "naskah": result.naskah,
        "filename": result.filename,
        "size": result.size,
        "sha256": result.sha256,
    }


def _version_row(claim: OfficeClaim, result: Result, now: dt.datetime) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "satker": claim.satker,
        "master": result.master,
        "fingerprint": result.fingerprint,
        "naskah": result.naskah,
        "filename": result.filename,
        "size": result.size,
        "sha256": result.sha256,
        "revision": dict(result.revision),
        "made_at": now,
    }


def _version(row: VersionRow) -> Version:
    return Version(
        row.fingerprint, row.naskah, row.filename, row.size, row.sha256, row.revision or {}
    )
