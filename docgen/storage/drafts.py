"""What people are filling in: saved as they type, never over what somebody else saved."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from docgen.errors import DocgenError, UnknownSatker
from docgen.storage.access import SignedIn
from docgen.storage.database import Database, take_turns
from docgen.storage.tables import DraftRow, new_id

IDS = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An input that is being filled in.

    `filled` of `required` fields have something in them. `document_id` is the document that it
    continues, or has become where it is not open.
    """

    id: str
    kind: str
    satker: str
    judul: str
    data: Mapping[str, Any]
    filled: int
    required: int
    revision: int
    updated_name: str
    document_id: str | None
    is_open: bool
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sends to be saved.

    `revision` is the one that the page started from or saved last. `editor` tells pages apart: a
    page does not contradict itself, though an answer to it may have been lost on the way.
    """

    data: Mapping[str, Any]
    judul: str
    filled: int
    required: int
    revision: int
    editor: str


class DraftChanged(DocgenError):
    """Somebody else, or another tab, saved the draft meanwhile; `draft` is what they saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("Draf ini sudah disimpan di tempat lain.")
        self.draft = draft


class Drafts:
    """The drafts within the scope of `who`."""

    def __init__(self, database: Database, who: SignedIn) -> None:
        self._database = database
        self._who = who

    def new_id(self) -> str:
        """An id for a draft that is saved later, if at all."""
        return new_id(self._database.now())

    def get(self, draft_id: str) -> Draft | None:
        """The draft, or None where there is none within the scope."""
        with self._database.read() as session:
            row = self._row(session, draft_id)
            return _draft(row) if row else None

    def mine(self, limit: int = 5) -> list[Draft]:
        """The open drafts of this person, last saved first."""
        with self._database.read() as session:
            query = self._open().order_by(DraftRow.updated_at.desc()).limit(limit)
            return [_draft(row) for row in session.scalars(query)]

    def count(self) -> int:
        """How many open drafts this person has."""
        with self._database.read() as session:
            counted = select(func.count()).select_from(self._open().subquery())
            return session.scalar(counted) or 0

    def of_document(self, document_id: str) -> Draft | None:
        """This person's open draft that continues the document."""
        with self._database.read() as session:
            row = session.scalar(self._open().where(DraftRow.document_id == document_id).limit(1))
            return _draft(row) if row else None

    def that_became(self, document_id: str) -> Draft | None:
        """This person's draft that was made into the document, or that now continues it."""
        with self._database.read() as session:
            row = session.scalar(
                select(DraftRow)
                .where(DraftRow.owner == self._who.user_id, DraftRow.document_id == document_id)
                .order_by(DraftRow.updated_at.desc())
                .limit(1)
            )
            return _draft(row) if row else None

    def save(
        self, draft_id: str, kind: str, satker: str, typed: Typed, continues: str | None = None
    ) -> Draft:
        """Save what was typed, as a new draft where there is none of this id yet.

        Raises:
            UnknownSatker: The office is outside the scope, or the id is another office's draft.
            DraftChanged: Another page saved it since `typed.revision`; nothing is saved.
        """
        if not self._who.scope.covers(satker) or not IDS.fullmatch(draft_id):
            raise UnknownSatker(satker)
        with self._database.write() as session:
            take_turns(session, f"draft {draft_id}")
            row = session.get(DraftRow, draft_id)
            if row is None:
                row = self._new_row(draft_id, kind, satker, continues)
                session.add(row)
            elif (row.kind, row.satker) != (kind, satker):
                raise UnknownSatker(satker)
            elif typed.revision != row.revision and typed.editor != row.editor:
                raise DraftChanged(_draft(row))
            self._write(row, typed)
            session.flush()
            return _draft(row)

    def _new_row(self, draft_id: str, kind: str, satker: str, continues: str | None) -> DraftRow:
        return DraftRow(
            id=draft_id,
            kind=kind,
            satker=satker,
            owner=self._who.user_id,
            revision=0,
            document_id=continues,
            created_at=self._database.now(),
        )

    def _write(self, row: DraftRow, typed: Typed) -> None:
        if row.data != typed.data:
            row.is_open = True
        row.data = dict(typed.data)
        row.judul, row.filled, row.required = typed.judul, typed.filled, typed.required
        row.revision += 1
        row.editor = typed.editor
        row.updated_name = self._who.nama
        row.updated_at = self._database.now()

    def made(self, draft_id: str, document_id: str) -> None:
        """Close the draft that has become this document; saved again it continues the document."""
        with self._database.write() as session:
            row = self._row(session, draft_id)
            if row:
                row.document_id, row.is_open = document_id, False

    def discard(self, draft_id: str) -> bool:
        """Throw an open draft away; False where it is not there."""
        with self._database.write() as session:
            row = self._row(session, draft_id)
            if row is None or not row.is_open:
                return False
            session.execute(delete(DraftRow).where(DraftRow.id == row.id))
            return True

    def _row(self, session: Session, draft_id: str) -> DraftRow | None:
        return session.scalar(
            select(DraftRow).where(
                DraftRow.id == draft_id, self._who.scope.condition(DraftRow.satker)
            )
        )

    def _open(self) -> Select[DraftRow]:
        return select(DraftRow).where(
            DraftRow.owner == self._who.user_id,
            DraftRow.is_open,
            self._who.scope.condition(DraftRow.satker),
        )


def _draft(row: DraftRow) -> Draft:
    return Draft(
        id=row.id,
        kind=row.kind,
        satker=row.satker,
        judul=row.judul,
        data=row.data,
        filled=row.filled,
        required=row.required,
        revision=row.revision,
        updated_name=row.updated_name,
        document_id=row.document_id,
        is_open=row.is_open,
        updated_at=row.updated_at,
    )
