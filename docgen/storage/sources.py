"""Outside systems that may ask for documents: registered, and each of their messages taken once."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from docgen.errors import NameTaken
from docgen.storage.access import SignedIn
from docgen.storage.audit import note_of
from docgen.storage.database import Database, take_turns
from docgen.storage.scope import PUSAT, Scope
from docgen.storage.tables import ReceivedRow, SourceRow

KEPT = dt.timedelta(days=30)
"""How long a message's id is remembered; its time must be within five minutes, so this is ample."""


@dataclass(frozen=True, slots=True)
class Source:
    """An outside system; `mapping` is a JMESPath expression from its JSON to the kind's input."""

    name: str
    kind: str
    selector: str
    mapping: str
    secret: str
    created_at: dt.datetime

    @property
    def scope(self) -> Scope:
        return Scope.selected(self.selector)


@dataclass(frozen=True, slots=True)
class Received:
    """A message that a source sent, and what came of it."""

    message_id: str
    at: dt.datetime
    outcome: str
    document_id: str | None


class Sources:
    """The outside systems of one database; those that an administrator manages are in their scope.

    What somebody does with them (`by`) is written down.
    """

    def __init__(self, database: Database, by: SignedIn | None = None) -> None:
        self._database = database
        self._by = by

    def create(
        self,
        name: str,
        *,
        kind: str,
        selector: str,
        mapping: str,
        secret: str,
        owner_satker: str = PUSAT,
    ) -> None:
        """Register a source; kind, selector and mapping were checked.

        Raises:
            NameTaken: There is one of this name.
        """
        row = SourceRow(
            name=name,
            kind=kind,
            selector=selector,
            owner_satker=owner_satker,
            mapping=mapping,
            secret=secret,
            created_at=self._database.now(),
        )
        try:
            with self._database.write() as session:
                session.add(row)
                session.flush()
                self._note(session, name, "source.created")
        except IntegrityError as error:
            raise NameTaken(f"Sumber bernama “{name}” sudah ada.") from error

    def get(self, name: str) -> Source | None:
        """The source of this name, or None."""
        with self._database.read() as session:
            row = session.get(SourceRow, name)
            return _source(row) if row else None

    def within(self, scope: Scope) -> list[Source]:
        """The sources that an administrator of this scope manages, by name."""
        with self._database.read() as session:
            return [_source(row) for row in session.scalars(_managed(scope))]

    def delete(self, name: str, scope: Scope) -> bool:
        """Forget the source with what it sent; False where it is not there."""
        with self._database.write() as session:
            take_turns(session, f"source {name}")
            row = session.scalar(_managed(scope).where(SourceRow.name == name))
            if row is None:
                return False
            session.delete(row)
            self._note(session, name, "source.deleted")
            return True

    def _note(self, session: Session, name: str, action: str) -> None:
        note_of(session, self._database.now(), self._by, action, name, name)

    def has_taken(self, source: str, message_id: str) -> bool:
        """Whether this message became a document."""
        with self._database.read() as session:
            row = session.get(ReceivedRow, (source, message_id))
            return row is not None and row.document_id is not None

    def note(self, source: str, message_id: str, outcome: str, document_id: str | None) -> None:
        """Keep what came of a message; what came long ago is forgotten.

        Of a source that was deleted meanwhile, nothing is kept.
        """
        now = self._database.now()
        with self._database.write() as session:
            take_turns(session, f"source {source}")
            if session.get(SourceRow, source) is None:
                return
            session.execute(delete(ReceivedRow).where(ReceivedRow.at < now - KEPT))
            session.merge(
                ReceivedRow(
                    source=source,
                    message_id=message_id,
                    at=now,
                    outcome=outcome,
                    document_id=document_id,
                )
            )

    def received(self, source: str, limit: int = 50) -> list[Received]:
        """What a source sent, newest first."""
        query = (
            select(ReceivedRow)
            .where(ReceivedRow.source == source)
            .order_by(ReceivedRow.at.desc())
            .limit(limit)
        )
        with self._database.read() as session:
            return [
                Received(row.message_id, row.at, row.outcome, row.document_id)
                for row in session.scalars(query)
            ]


def _managed(scope: Scope) -> Select[SourceRow]:
    return select(SourceRow).where(scope.condition(SourceRow.owner_satker)).order_by(SourceRow.name)


def _source(row: SourceRow) -> Source:
    return Source(row.name, row.kind, row.selector, row.mapping, row.secret, row.created_at)
