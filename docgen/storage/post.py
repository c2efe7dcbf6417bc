"""Messages on their way: claimed under a lease, tried again with growing pauses, given up at last.

A courier that dies leaves its lease; the message is tried again when the lease has run out. So a
message arrives at least once.
"""

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from docgen.storage.database import Database
from docgen.storage.tables import AttemptRow, DeliveryRow, EndpointRow

PAUSES_SECONDS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200)
"""Between attempts, 28 h in all; each is stretched or shortened by up to a fifth."""

JITTER = 0.2
_LONGEST_PAUSE = dt.timedelta(seconds=PAUSES_SECONDS[-1] * (1 + JITTER))
LEASE = dt.timedelta(seconds=60)
AT_ONCE_PER_ENDPOINT = 2
"""A receiver that hangs must not hold the messages to all others."""

FAILING_TOO_LONG = dt.timedelta(days=4)
GONE = "Penerima menjawab 410: tidak mau menerima kiriman lagi."
TOO_LONG = "Penerima tidak dapat dicapai selama empat hari."


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message that this courier holds, with where it goes."""

    id: str
    owner: str
    subject: str
    event: str
    url: str
    secrets: tuple[str, ...]
    body: str


class Post:
    """The couriers' side of the messages; it knows no scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim_due(self, owner: str, limit: int) -> list[Parcel]:
        """Take messages that are due, oldest first, few of them to one receiver."""
        now = self._database.now()
        with self._database.write() as session:
            taken = _fair(_due(session, now, limit * 10), _in_hand(session, now), limit)
            for row, _ in taken:
                row.status, row.lease_owner, row.next_at = "sending", owner, now + LEASE
            return [_parcel(row, endpoint, owner, now) for row, endpoint in taken]

    def settle(self, parcel: Parcel, *, status: int | None, said: str, milliseconds: int) -> str:
        """Record an attempt; answers with the message's state: arrived, waiting, given_up, stopped."""
        now = self._database.now()
        with self._database.write() as session:
            row = session.get(DeliveryRow, parcel.id)
            if row is None:
                return "stopped"  # its receiver was deleted meanwhile
            session.add(
                AttemptRow(
                    delivery_id=row.id, at=now, status=status, said=said, milliseconds=milliseconds
                )
            )
            if row.lease_owner == parcel.owner:
                _move_on(row, status, now)
                _note(session, session.get_one(EndpointRow, row.endpoint_id), status, now)
                session.flush()
                session.refresh(row)
            return row.status

    def waiting(self) -> int:
        """How many messages have not arrived yet and are not given up."""
        with self._database.read() as session:
            query = select(func.count()).where(DeliveryRow.status.in_(("waiting", "sending")))
            return session.scalar(query) or 0


def _due(session: Session, now: dt.datetime, limit: int) -> list[tuple[DeliveryRow, EndpointRow]]:
    query = (
        select(DeliveryRow, EndpointRow)
        .join(EndpointRow, EndpointRow.id == DeliveryRow.endpoint_id)
        .where(
            DeliveryRow.status.in_(("waiting", "sending")),
            # Further ahead than any pause: put down before the clock was set back.
            or_(DeliveryRow.next_at <= now, DeliveryRow.next_at > now + _LONGEST_PAUSE),
            EndpointRow.disabled_at.is_(None),
        )
        .order_by(DeliveryRow.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    return [(row, endpoint) for row, endpoint in session.execute(query)]


def _in_hand(session: Session, now: dt.datetime) -> Counter[str]:
    query = select(DeliveryRow.endpoint_id).where(
        DeliveryRow.status == "sending", DeliveryRow.next_at > now
    )
    return Counter(session.scalars(query))


def _fair(
    due: list[tuple[DeliveryRow, EndpointRow]], in_hand: Counter[str], limit: int
) -> list[tuple[DeliveryRow, EndpointRow]]:
    taken: list[tuple[DeliveryRow, EndpointRow]] = []
    for row, endpoint in due:
        if in_hand[endpoint.id] < AT_ONCE_PER_ENDPOINT and len(taken) < limit:
            in_hand[endpoint.id] += 1
            taken.append((row, endpoint))
    return taken


def _parcel(row: DeliveryRow, endpoint: EndpointRow, owner: str, now: dt.datetime) -> Parcel:
    secrets = [endpoint.secret]
    if endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > now:
        secrets.append(endpoint.previous_secret)
    return Parcel(row.id, owner, row.subject, row.event, endpoint.url, tuple(secrets), row.body)


def _move_on(row: DeliveryRow, status: int | None, now: dt.datetime) -> None:
    row.lease_owner = None
    row.attempts += 1
    if status is not None and 200 <= status < 300:
        row.status = "arrived"
    elif row.attempts > len(PAUSES_SECONDS):
        row.status = "given_up"
    else:
        row.status = "waiting"
        row.next_at = now + _pause(row.attempts)


def _pause(attempts: int) -> dt.timedelta:
    stretch = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  spreads load, guards nothing
    return dt.timedelta(seconds=PAUSES_SECONDS[attempts - 1] * stretch)


def _note(session: Session, endpoint: EndpointRow, status: int | None, now: dt.datetime) -> None:
    """What an attempt says of the receiver itself."""
    if status is not None and 200 <= status < 300:
        endpoint.failing_since = None
        return
    endpoint.failing_since = endpoint.failing_since or now
    if status == 410:
        _disable(session, endpoint, GONE, now)
    elif now - endpoint.failing_since > FAILING_TOO_LONG:
        _disable(session, endpoint, TOO_LONG, now)


def _disable(session: Session, endpoint: EndpointRow, because: str, now: dt.datetime) -> None:
    endpoint.disabled_at, endpoint.disabled_because = now, because
    session.flush()
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.endpoint_id == endpoint.id, DeliveryRow.status == "waiting")
        .values(status="stopped")
    )
