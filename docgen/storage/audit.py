"""Who did what: written in the same transaction as the doing."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.storage.access import SignedIn
from docgen.storage.database import Database
from docgen.storage.scope import Scope
from docgen.storage.tables import AuditRow, new_id


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody did; `action` is a word of ours, `detail` Indonesian for people."""

    id: str
    at: dt.datetime
    nama: str
    satker: str
    action: str
    subject: str
    detail: str


def note(
    session: Session,
    now: dt.datetime,
    who: SignedIn | None,
    action: str,
    *,
    satker: str,
    subject: str,
    detail: str = "",
) -> None:
    """Write down a deed; `who` is None where the service itself did it."""
    session.add(
        AuditRow(
            id=new_id(now),
            at=now,
            user_id=who.user_id if who else None,
            nama=who.nama if who else "Sistem",
            satker=satker,
            action=action,
            subject=subject,
            detail=detail,
        )
    )


def note_of(
    session: Session, now: dt.datetime, who: SignedIn | None, action: str, subject: str, detail: str
) -> None:
    """Write down what somebody did for their own office; nothing where it was no person."""
    if who is not None:
        note(session, now, who, action, satker=who.root, subject=subject, detail=detail)


class Audit:
    """The deeds about offices within a scope."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope

    def newest(self, *, subject: str = "", before: str = "", limit: int = 50) -> list[Deed]:
        """Deeds, newest first; `before` is the id after which to go on."""
        query = select(AuditRow).where(self._scope.condition(AuditRow.satker))
        if subject:
            query = query.where(AuditRow.subject == subject)
        if before:
            query = query.where(AuditRow.id < before)
        with self._database.read() as session:
            rows = session.scalars(query.order_by(AuditRow.id.desc()).limit(limit))
            return [
                Deed(row.id, row.at, row.nama, row.satker, row.action, row.subject, row.detail)
                for row in rows
            ]
