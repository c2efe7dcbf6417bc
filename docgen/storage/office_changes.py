"""What offices have changed in masters: their own steps, times and texts, beside the master."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from docgen.errors import DocgenError, UnknownSatker
from docgen.kinds import DocumentKind
from docgen.masters import apply_changes, load_masters
from docgen.storage.access import SignedIn
from docgen.storage.audit import note
from docgen.storage.database import Database, take_turns
from docgen.storage.scope import Scope
from docgen.storage.tables import OfficeChangesRow


class UnknownMaster(DocgenError):
    """The kind has no master of this id."""

    def __init__(self, name: str, known: Mapping[str, object]) -> None:
        super().__init__(f"Master “{name}” tidak ada. Yang ada: {', '.join(known)}.")
        self.name = name


class OfficeChanges:
    """The changes of the offices within a scope. Who made them (`by`) is written down."""

    def __init__(self, database: Database, scope: Scope, by: SignedIn | None = None) -> None:
        self._database = database
        self._scope = scope
        self._by = by

    def of(self, kind: str, satker: str) -> dict[str, Mapping[str, Any]]:
        """An office's changes by master; those it did not change are not among them."""
        query = select(OfficeChangesRow).where(
            OfficeChangesRow.kind == kind,
            OfficeChangesRow.satker == satker,
            self._scope.condition(OfficeChangesRow.satker),
        )
        with self._database.read() as session:
            return {row.master: row.changes for row in session.scalars(query)}

    def set(
        self,
        kind: DocumentKind[Any],
        satker: str,
        master: str,
        changes: Mapping[str, Any],
        *,
        updated_by: str | None = None,
    ) -> None:
        """Keep an office's changes instead of those before; without any, the master holds as it is.

        Raises:
            UnknownSatker: The office is outside the scope.
            UnknownMaster: The kind has no such master.
            InvalidInput: A change names what the master does not have.
        """
        if not self._scope.covers(satker):
            raise UnknownSatker(satker)
        masters = load_masters(kind)
        if master not in masters:
            raise UnknownMaster(master, masters)
        apply_changes(masters[master].data, changes)
        key = {"kind": kind.name, "satker": satker, "master": master}
        with self._database.write() as session:
            take_turns(session, f"changes {satker}")
            session.execute(delete(OfficeChangesRow).filter_by(**key))
            now = self._database.now()
            if self._by:
                action = "master.changed" if changes else "master.restored"
                note(session, now, self._by, action, satker=satker, subject=master[:64])
            if changes:
                row = OfficeChangesRow(
                    **key, changes=dict(changes), updated_by=updated_by, updated_at=now
                )
                session.add(row)
