"""Requests that are carried out once: the same key and body again is the same request."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from docgen.errors import DocgenError
from docgen.storage.database import take_turns
from docgen.storage.tables import IdempotencyRow

KEY_LIFE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Once:
    """Who asks, with which key, and the hash of what is asked."""

    caller: str
    key: str
    body_hash: str


class KeyInUse(DocgenError):
    """The key came before with another body."""

    def __init__(self) -> None:
        super().__init__("Kunci Idempotency-Key ini sudah dipakai untuk permintaan lain.")


def made_before(session: Session, once: Once, now: dt.datetime) -> str | None:
    """The id of what this key made within the last day.

    Raises:
        KeyInUse: It made something else than is asked for now.
    """
    take_turns(session, f"key {once.caller} {once.key}")
    known = session.get(IdempotencyRow, (once.caller, once.key))
    if known is None:
        return None
    if known.created_at < now - KEY_LIFE:
        session.delete(known)
        session.flush()
        return None
    if known.body_hash != once.body_hash:
        raise KeyInUse
    return known.subject


def remember(session: Session, once: Once, subject: str, now: dt.datetime) -> None:
    """Note what the key made, in the transaction that asked `made_before`."""
    session.add(
        IdempotencyRow(
            caller=once.caller,
            key=once.key,
            body_hash=once.body_hash,
            subject=subject,
            created_at=now,
        )
    )
