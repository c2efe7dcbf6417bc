"""Receivers of webhooks, as those who own them manage them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from docgen.satker import registry
from docgen.storage.access import SignedIn
from docgen.storage.audit import note_of
from docgen.storage.database import Database, take_turns
from docgen.storage.events import Event
from docgen.storage.scope import Scope
from docgen.storage.tables import AttemptRow, DeliveryRow, EndpointRow, new_id

OVERLAP = dt.timedelta(hours=24)
"""How long messages still carry a signature by the secret before the last rotation."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A receiver; `disabled_because` is empty while it is told of events."""

    id: str
    url: str
    events: tuple[str, ...]
    selector: str
    created_at: dt.datetime
    failing_since: dt.datetime | None
    disabled_at: dt.datetime | None
    disabled_because: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to hand a message over; `status` is None where there was no answer."""

    at: dt.datetime
    status: int | None
    said: str
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to a receiver with its attempts, oldest first."""

    id: str
    event: str
    subject: str
    status: str
    created_at: dt.datetime
    next_at: dt.datetime | None
    attempts: tuple[Attempt, ...]


class Endpoints:
    """The receivers that hear of nothing outside the scope.

    What somebody does with them (`by`) is written down.
    """

    def __init__(self, database: Database, scope: Scope, by: SignedIn | None = None) -> None:
        self._database = database
        self._scope = scope
        self._by = by

    def create(self, url: str, events: Collection[Event], selector: str, secret: str) -> str:
        """Register a receiver whose address was checked; answers with its id."""
        now = self._database.now()
        row = EndpointRow(
            id=new_id(now),
            url=url,
            events=",".join(sorted(events)),
            selector=selector,
            secret=secret,
            disabled_because="",
            created_at=now,
        )
        with self._database.write() as session:
            session.add(row)
            self._note(session, row, "endpoint.created")
        return row.id

    def all(self) -> list[Endpoint]:
        """The receivers, newest first."""
        with self._database.read() as session:
            rows = session.scalars(select(EndpointRow).order_by(EndpointRow.id.desc()))
            return [_endpoint(row) for row in rows if self._may_see(row)]

    def get(self, endpoint_id: str) -> Endpoint | None:
        """The receiver, or None where there is none within the scope."""
        with self._database.read() as session:
            row = self._row(session, endpoint_id)
            return _endpoint(row) if row else None

    def delete(self, endpoint_id: str) -> bool:
        """Forget the receiver with its messages; False where there is none."""
        with self._database.write() as session:
            row = self._row(session, endpoint_id)
            if row is None:
                return False
            self._note(session, row, "endpoint.deleted")
            session.execute(delete(EndpointRow).where(EndpointRow.id == endpoint_id))
            return True

    def rotate(self, endpoint_id: str, secret: str) -> bool:
        """Sign with a new secret, and for 24 h with the old one too; False where there is none."""
        with self._database.write() as session:
            take_turns(session, f"endpoint {endpoint_id}")
            row = self._row(session, endpoint_id)
            if row is None:
                return False
            row.previous_secret, row.secret = row.secret, secret
            row.previous_until = self._database.now() + OVERLAP
            self._note(session, row, "endpoint.rotated")
            return True

    def enable(self, endpoint_id: str) -> bool:
        """Tell a receiver of events again; False where there is none."""
        with self._database.write() as session:
            row = self._row(session, endpoint_id)
            if row is None:
                return False
            row.disabled_at = row.failing_since = None
            row.disabled_because = ""
            self._note(session, row, "endpoint.enabled")
            return True

    def counts(self, endpoint_id: str) -> dict[str, int]:
        """How many messages to a receiver there are of each status."""
        query = (
            select(DeliveryRow.status, func.count())
            .where(DeliveryRow.endpoint_id == endpoint_id)
            .group_by(DeliveryRow.status)
        )
        with self._database.read() as session:
            if self._row(session, endpoint_id) is None:
                return {}
            return dict(session.execute(query).all())

    def deliveries(
        self, endpoint_id: str, before: str = "", limit: int = 50, statuses: Collection[str] = ()
    ) -> list[Delivery]:
        """Messages to a receiver, newest first; `before` is the id after which to go on.

        `statuses` are those wanted; none means all.
        """
        query = select(DeliveryRow).where(DeliveryRow.endpoint_id == endpoint_id)
        if statuses:
            query = query.where(DeliveryRow.status.in_(statuses))
        if before:
            query = query.where(DeliveryRow.id < before)
        with self._database.read() as session:
            if self._row(session, endpoint_id) is None:
                return []
            rows = session.scalars(query.order_by(DeliveryRow.id.desc()).limit(limit)).all()
            attempts = _attempts(session, [row.id for row in rows])
            return [_delivery(row, attempts) for row in rows]

    def redeliver(self, endpoint_id: str, delivery_id: str = "") -> int:
        """Send again: one message, or all that did not arrive. Counts those that will be sent."""
        chosen = update(DeliveryRow).where(DeliveryRow.endpoint_id == endpoint_id)
        if delivery_id:
            chosen = chosen.where(DeliveryRow.id == delivery_id)
        else:
            chosen = chosen.where(DeliveryRow.status.in_(("given_up", "stopped")))
        with self._database.write() as session:
            row = self._row(session, endpoint_id)
            if row is None:
                return 0
            again = chosen.where(DeliveryRow.status != "sending").values(
                status="waiting", attempts=0, next_at=self._database.now()
            )
            changed: int = session.execute(again).rowcount  # type: ignore[attr-defined]  # typed too widely
            if changed:
                self._note(session, row, "endpoint.redelivered", f", {changed} kiriman")
            return changed

    def _note(self, session: Session, row: EndpointRow, action: str, more: str = "") -> None:
        note_of(session, self._database.now(), self._by, action, row.id, f"{row.url}{more}")

    def _row(self, session: Session, endpoint_id: str) -> EndpointRow | None:
        row = session.get(EndpointRow, endpoint_id)
        return row if row is not None and self._may_see(row) else None

    def _may_see(self, row: EndpointRow) -> bool:
        return all(self._scope.covers(one.kode) for one in registry().select(row.selector))


def _attempts(session: Session, delivery_ids: Sequence[str]) -> dict[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = {}
    rows = session.scalars(
        select(AttemptRow).where(AttemptRow.delivery_id.in_(delivery_ids)).order_by(AttemptRow.id)
    )
    for row in rows:
        attempt = Attempt(row.at, row.status, row.said, row.milliseconds)
        found.setdefault(row.delivery_id, []).append(attempt)
    return found


def _endpoint(row: EndpointRow) -> Endpoint:
    return Endpoint(
        id=row.id,
        url=row.url,
        events=tuple(row.events.split(",")),
        selector=row.selector,
        created_at=row.created_at,
        failing_since=row.failing_since,
        disabled_at=row.disabled_at,
        disabled_because=row.disabled_because,
    )


def _delivery(row: DeliveryRow, attempts: dict[str, list[Attempt]]) -> Delivery:
    return Delivery(
        id=row.id,
        event=row.event,
        subject=row.subject,
        status=row.status,
        created_at=row.created_at,
        next_at=row.next_at if row.status == "waiting" else None,
        attempts=tuple(attempts.get(row.id, ())),
    )
