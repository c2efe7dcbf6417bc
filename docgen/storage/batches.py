"""Batches as people see them: asked for, followed, cancelled, tried again, always within a scope.

How far a batch is, is never written down: it is counted over its jobs, one for each office. So
nothing can say "running" that nobody runs, and somebody who may see one office of a batch sees that
office's share of it, as if there were no other.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from docgen.errors import DocgenError, UnknownSatker
from docgen.kinds import DocumentKind
from docgen.masters import Master, load_masters
from docgen.registry import get_kind
from docgen.satker import Satker, registry
from docgen.storage.access import SignedIn
from docgen.storage.audit import note_of
from docgen.storage.database import Database
from docgen.storage.events import API_PREFIX, announce
from docgen.storage.office_changes import UnknownMaster
from docgen.storage.once import Once, made_before, remember
from docgen.storage.scope import Scope
from docgen.storage.snapshots import of_input, origin_of, says_the_same, what_changed
from docgen.storage.tables import BatchRow, ItemRow, JobRow, OutboxRow, new_id

BatchStatus = Literal["queued", "running", "done", "cancelled"]
ItemStatus = Literal["done", "skipped", "failed"]
SETTLED: tuple[ItemStatus, ...] = ("done", "skipped", "failed")
BATCH_REQUESTED = "batch.requested"
SEMUA = "semua"
RATE_WINDOW = dt.timedelta(seconds=60)


class EmptyBatch(DocgenError):
    """A selection in which no office uses any of the masters."""

    def __init__(self) -> None:
        super().__init__("Tidak satu pun satker yang dipilih memakai master yang dipilih.")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as it stands within the scope.

    `seconds_left` is from the speed of the last minute; None where nothing was finished in it.
    """

    id: str
    kind: str
    masters: tuple[str, ...]
    selector: str
    force: bool
    dry_run: bool
    requested_by: str | None
    status: BatchStatus
    total: int
    done: int
    skipped: int
    failed: int
    seconds_left: float | None
    created_at: dt.datetime
    finished_at: dt.datetime | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing will change by itself any more."""
        return self.status in {"done", "cancelled"}


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a batch: made, left as it was, or failed and why. Without a file, no hash."""

    satker: str
    master: str
    status: ItemStatus
    reason: str
    naskah: str
    filename: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OfficeShare:
    """How far a batch is in one office."""

    satker: str
    status: str
    total: int
    done: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Documents of one master that were made anew for the same reason, with the same changes.

    `changes` are sentences, with placeholders where an office's words go; none where the input is
    the same as before, or no longer known.
    """

    master: str
    offices: tuple[str, ...]
    reason: str
    changes: tuple[str, ...]


class Batches:
    """The batches within a scope. What somebody does with them (`by`) is written down."""

    def __init__(self, database: Database, scope: Scope, by: SignedIn | None = None) -> None:
        self._database = database
        self._scope = scope
        self._by = by

    def request(
        self,
        kind: DocumentKind[Any],
        masters: Sequence[str] | Literal["semua"],
        selector: str,
        *,
        force: bool = False,
        dry_run: bool = False,
        requested_by: str | None = None,
        once: Once | None = None,
    ) -> str:
        """Ask for every master for every selected office that uses it; answers with the batch's id.

        With `force`, what has not changed is made too. A dry run checks everything and says what
        would become of it, and makes nothing. The rows and their message are one transaction.

        Raises:
            UnknownMaster: The kind has no such master.
            UnknownSatker: An office that was named does not exist or is outside the scope.
            InvalidSelector: The selection cannot be read.
            EmptyBatch: There would be nothing to do.
            KeyInUse: `once` has the key of another request.
        """
        chosen = choose_masters(kind, masters)
        totals = {
            office.kode: sum(master.holds_for(office) for master in chosen)
            for office in self._offices(selector)
        }
        if not any(totals.values()):
            raise EmptyBatch
        now = self._database.now()
        batch = BatchRow(
            id=new_id(now),
            kind=kind.name,
            masters=[master.id for master in chosen],
            selector=selector,
            force=force,
            dry_run=dry_run,
            requested_by=requested_by,
            created_at=now,
            updated_at=now,
        )
        jobs = [_new_job(batch, kode, total) for kode, total in totals.items() if total]
        with self._database.write() as session:
            if once and (earlier := made_before(session, once, batch.created_at)):
                return earlier
            session.add(batch)
            session.flush()
            session.execute(insert(JobRow), jobs)
            message = OutboxRow(
                topic=BATCH_REQUESTED, subject=batch.id, created_at=batch.created_at
            )
            session.add(message)
            if once:
                remember(session, once, batch.id, batch.created_at)
            if not batch.dry_run:
                detail = f"{len(jobs)} satker: {batch.selector}"
                self._note(session, batch.id, "batch.requested", detail)
            return batch.id

    def _note(self, session: Session, batch_id: str, action: str, detail: str = "") -> None:
        note_of(session, self._database.now(), self._by, action, batch_id, detail)

    def _offices(self, selector: str) -> list[Satker]:
        """The offices selected, each once; `semua` and the levels mean those within the scope."""
        found: dict[str, Satker] = {}
        for part in selector.split(","):
            within = [one for one in registry().select(part) if self._scope.covers(one.kode)]
            if not within:
                raise UnknownSatker(part.strip())
            found |= {one.kode: one for one in within}
        return [found[kode] for kode in sorted(found)]

    def get(self, batch_id: str) -> Batch | None:
        """The batch, or None where there is none with an office within the scope."""
        with self._database.read() as session:
            found = self._counted(session, [batch_id])
            return found[0] if found else None

    def newest(self, *, kind: str = "", before: str = "", limit: int = 20) -> list[Batch]:
        """Batches, newest first; `before` is the id after which to go on."""
        mine = select(JobRow.id).where(JobRow.batch_id == BatchRow.id, self._mine(JobRow))
        query = select(BatchRow.id).where(mine.exists())
        if kind:
            query = query.where(BatchRow.kind == kind)
        if before:
            query = query.where(BatchRow.id < before)
        with self._database.read() as session:
            ids = session.scalars(query.order_by(BatchRow.id.desc()).limit(limit)).all()
            return self._counted(session, ids)

    def _counted(self, session: Session, ids: Sequence[str]) -> list[Batch]:
        counts = _Counts.query(session, self._share(JobRow.batch_id.in_(ids)))
        lately = JobRow.finished_at > self._database.now() - RATE_WINDOW
        recent = _Counts.query(session, self._share(JobRow.batch_id.in_(ids), lately))
        rows = session.scalars(
            select(BatchRow).where(BatchRow.id.in_(list(counts))).order_by(BatchRow.id.desc())
        )
        return [self._batch(row, counts[row.id], recent.get(row.id)) for row in rows]

    def _batch(self, row: BatchRow, counts: "_Counts", recent: "_Counts | None") -> Batch:
        return Batch(
            id=row.id,
            kind=row.kind,
            masters=tuple(row.masters),
            selector=row.selector,
            force=row.force,
            dry_run=row.dry_run,
            requested_by=row.requested_by,
            status=counts.status,
            total=counts.total,
            done=counts.done,
            skipped=counts.skipped,
            failed=counts.failed,
            seconds_left=self._seconds_left(counts, recent),
            created_at=row.created_at,
            finished_at=row.finished_at,
        )

    def _seconds_left(self, counts: "_Counts", recent: "_Counts | None") -> float | None:
        if counts.status not in {"queued", "running"}:
            return 0.0
        if recent is None or recent.started_at is None or not recent.settled:
            return None
        now = self._database.now()
        window = (now - max(recent.started_at, now - RATE_WINDOW)).total_seconds()
        return (counts.total - counts.settled) * max(window, 0.1) / recent.settled

    def offices(self, batch_id: str) -> list[OfficeShare]:
        """How far the batch is in each office, in the order of their codes."""
        query = select(JobRow).where(self._share(JobRow.batch_id == batch_id))
        with self._database.read() as session:
            return [
                OfficeShare(row.satker, row.status, row.total, row.done, row.skipped, row.failed)
                for row in session.scalars(query.order_by(JobRow.satker))
            ]

    def failures(self, batch_id: str, limit: int = 1_000) -> list[Item]:
        """What could not be made, and why."""
        return self._items(batch_id, ItemRow.status == "failed", limit)

    def items(self, batch_id: str) -> Iterator[Item]:
        """What became of each document so far, office by office.

        Each office is a query of its own: a reader that takes its time keeps no transaction open.
        """
        for office in self.offices(batch_id):
            yield from self._items(batch_id, ItemRow.satker == office.satker)

    def _items(
        self, batch_id: str, condition: ColumnElement[bool], limit: int | None = None
    ) -> list[Item]:
        query = (
            select(ItemRow)
            .where(ItemRow.batch_id == batch_id, ItemRow.status.in_(SETTLED))
            .where(condition, self._scope.condition(ItemRow.satker))
            .order_by(ItemRow.satker, ItemRow.master)
            .limit(limit)
        )
        with self._database.read() as session:
            return [_item(row) for row in session.scalars(query)]

    def changed(self, batch_id: str) -> list[Changed]:
        """What changed in the documents that were made anew, alike ones together, by master."""
        query = (
            select(ItemRow)
            .where(ItemRow.batch_id == batch_id, ItemRow.status == "done", ItemRow.previous != "")
            .where(self._scope.condition(ItemRow.satker))
            .order_by(ItemRow.master, ItemRow.satker)
        )
        groups: dict[tuple[str, ...], list[ItemRow]] = {}
        with self._database.read() as session:
            batch = session.get(BatchRow, batch_id)
            for row in session.scalars(query):
                step = (row.master, row.reason, of_input(row.previous), of_input(row.fingerprint))
                groups.setdefault(step, []).append(row)
            return (
                [_changed(session, batch.kind, rows) for rows in groups.values()] if batch else []
            )

    def cancel(self, batch_id: str) -> bool:
        """Stop what is not finished; False where nothing of it was left.

        What an office's worker has in hand is dropped: it may finish, and is not recorded.
        """
        open_ = self._share(JobRow.batch_id == batch_id, JobRow.status.in_(("queued", "running")))
        with self._database.write() as session:
            stopped = self._move(session, open_, "cancelled")
            if stopped:
                close_batch(session, batch_id, self._database.now())
                self._note(session, batch_id, "batch.cancelled")
            return bool(stopped)

    def resume(self, batch_id: str) -> bool:
        """Go on with what was cancelled; False where nothing was."""
        cancelled = self._share(JobRow.batch_id == batch_id, JobRow.status == "cancelled")
        with self._database.write() as session:
            return self._again(session, batch_id, cancelled, "batch.resumed")

    def retry(self, batch_id: str) -> bool:
        """Try again what failed; what was made stays. False where nothing had failed."""
        failed = self._share(
            JobRow.batch_id == batch_id, JobRow.status == "done", JobRow.failed > 0
        )
        with self._database.write() as session:
            # Locked: of two that try again at once, the second must not take what the first began.
            offices = session.scalars(select(JobRow.satker).where(failed).with_for_update()).all()
            session.execute(
                delete(ItemRow).where(
                    ItemRow.batch_id == batch_id,
                    ItemRow.satker.in_(offices),
                    ItemRow.status == "failed",
                )
            )
            return self._again(session, batch_id, failed, "batch.retried", failed=0)

    def _again(
        self,
        session: Session,
        batch_id: str,
        jobs: ColumnElement[bool],
        action: str,
        **values: int,
    ) -> bool:
        if not self._move(session, jobs, "queued", attempts=0, reason="", **values):
            return False
        now = self._database.now()
        session.execute(
            update(BatchRow).where(BatchRow.id == batch_id).values(finished_at=None, updated_at=now)
        )
        session.add(OutboxRow(topic=BATCH_REQUESTED, subject=batch_id, created_at=now))
        self._note(session, batch_id, action)
        return True

    def _move(
        self,
        session: Session,
        jobs: ColumnElement[bool],
        status: str,
        **values: Any,  # noqa: ANN401  columns of different types
    ) -> int:
        moved = session.scalars(
            update(JobRow)
            .where(jobs)
            .values(
                status=status,
                lease_owner=None,
                lease_until=None,
                updated_at=self._database.now(),
                **values,
            )
            .returning(JobRow.id)
        )
        return len(moved.all())

    def _mine(self, table: type[JobRow]) -> ColumnElement[bool]:
        return self._scope.condition(table.satker)

    def _share(self, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(*conditions, self._mine(JobRow))


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the jobs of a batch come to."""

    total: int
    done: int
    skipped: int
    failed: int
    by_status: Mapping[str, int]
    started_at: dt.datetime | None

    @classmethod
    def query(cls, session: Session, jobs: ColumnElement[bool]) -> "dict[str, _Counts]":
        """By batch; those without such a job are not among them."""
        rows = session.execute(
            select(
                JobRow.batch_id,
                JobRow.status,
                func.count(),
                func.sum(JobRow.total),
                func.sum(JobRow.done),
                func.sum(JobRow.skipped),
                func.sum(JobRow.failed),
                func.min(JobRow.started_at),
            )
            .where(jobs)
            .group_by(JobRow.batch_id, JobRow.status)
        ).all()
        found: dict[str, _Counts] = {}
        for batch_id, status, jobs_, total, done, skipped, failed, started in rows:
            one = cls(total, done, skipped, failed, {status: jobs_}, started)
            found[batch_id] = found[batch_id].plus(one) if batch_id in found else one
        return found

    def plus(self, other: "_Counts") -> "_Counts":
        moments = [one for one in (self.started_at, other.started_at) if one]
        return _Counts(
            self.total + other.total,
            self.done + other.done,
            self.skipped + other.skipped,
            self.failed + other.failed,
            {**self.by_status, **other.by_status},
            min(moments, default=None),
        )

    @property
    def settled(self) -> int:
        return self.done + self.skipped + self.failed

    @property
    def status(self) -> BatchStatus:
        present = self.by_status.keys()
        if not present & {"queued", "running"}:
            return "cancelled" if "cancelled" in present else "done"
        return "queued" if present == {"queued"} and not self.settled else "running"


def choose_masters(
    kind: DocumentKind[Any], wanted: Sequence[str] | Literal["semua"]
) -> list[Master]:
    """The masters of these ids, in the kind's order.

    Raises:
        UnknownMaster: The kind has no such master.
    """
    masters = load_masters(kind)
    names = list(masters) if wanted == SEMUA else [*wanted]
    for name in names:
        if name not in masters:
            raise UnknownMaster(name, masters)
    return [masters[name] for name in masters if name in names]


def close_batch(session: Session, batch_id: str, now: dt.datetime) -> None:
    """Mark the batch finished where it is; the one transaction that does so announces it.

    The batch's row is written first, so that of two last jobs one waits and sees the other's end.
    """
    session.execute(update(BatchRow).where(BatchRow.id == batch_id).values(updated_at=now))
    is_open = and_(JobRow.batch_id == batch_id, JobRow.status.in_(("queued", "running")))
    if session.scalar(select(func.count()).select_from(JobRow).where(is_open)):
        return
    closed = session.scalars(
        update(BatchRow)
        .where(BatchRow.id == batch_id, BatchRow.finished_at.is_(None))
        .values(finished_at=now)
        .returning(BatchRow.id)
    ).all()
    if closed:
        _announce(session, session.get_one(BatchRow, batch_id), now)


def _announce(session: Session, batch: BatchRow, now: dt.datetime) -> None:
    """Tell those who want to hear that a batch is finished, and what came of it."""
    if batch.dry_run:
        return
    of_batch = JobRow.batch_id == batch.id
    counts = _Counts.query(session, of_batch)[batch.id]
    offices = session.scalars(select(JobRow.satker).where(of_batch)).all()
    here = f"{API_PREFIX}/batches/{batch.id}"
    data = {
        "id": batch.id,
        "kind": batch.kind,
        "status": counts.status,
        "total": counts.total,
        "done": counts.done,
        "skipped": counts.skipped,
        "failed": counts.failed,
        "links": {"self": here, "archive": f"{here}/archive"},
    }
    announce(session, "batch.finished", batch.id, offices, data, now)


def _new_job(batch: BatchRow, kode: str, total: int) -> dict[str, Any]:
    return {
        "id": new_id(batch.created_at),
        "batch_id": batch.id,
        "satker": kode,
        "status": "queued",
        "total": total,
        "done": 0,
        "skipped": 0,
        "failed": 0,
        "attempts": 0,
        "reason": "",
        "updated_at": batch.created_at,
    }


def _changed(session: Session, kind: str, rows: Sequence[ItemRow]) -> Changed:
    first = rows[0]
    offices = tuple(row.satker for row in rows)
    if says_the_same(first.previous, first.fingerprint):
        return Changed(first.master, offices, first.reason, ())
    before, now = origin_of(session, first.previous), origin_of(session, first.fingerprint)
    changes = what_changed(get_kind(kind), before, now) if before and now else []
    return Changed(first.master, offices, first.reason, tuple(changes))


def _item(row: ItemRow) -> Item:
    return Item(
        row.satker,
        row.master,
        cast("ItemStatus", row.status),
        row.reason,
        row.naskah,
        row.filename,
        row.size,
        row.sha256,
    )
