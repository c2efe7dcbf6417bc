"""What batches made for an office from its masters: the newest file of each."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select

from docgen.storage.database import Database
from docgen.storage.scope import Scope
from docgen.storage.tables import VersionRow


@dataclass(frozen=True, slots=True)
class MasterDocument:
    """The newest document that an office has from a master; `size` is in bytes."""

    kind: str
    satker: str
    master: str
    naskah: str
    filename: str
    size: int
    sha256: str
    made_at: dt.datetime


class MasterDocuments:
    """Those of the offices within a scope."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._mine = scope.condition(VersionRow.satker)

    def of(self, satker: str) -> list[MasterDocument]:
        """An office's, by kind and master."""
        query = (
            select(VersionRow)
            .where(VersionRow.satker == satker, self._mine)
            .order_by(VersionRow.kind, VersionRow.master)
        )
        with self._database.read() as session:
            return [_made(row) for row in session.scalars(query)]

    def get(self, kind: str, satker: str, master: str) -> MasterDocument | None:
        """One of them; None where it was never made or is not for the one who asks."""
        return next(
            (one for one in self.of(satker) if (one.kind, one.master) == (kind, master)), None
        )

    def counts(self) -> dict[str, int]:
        """How many each office has, by its code; offices without any are not among them."""
        query = (
            select(VersionRow.satker, func.count())
            .where(self._mine)
            .group_by(VersionRow.satker)
            .order_by(VersionRow.satker)
        )
        with self._database.read() as session:
            return dict(iter(session.execute(query)))


def _made(row: VersionRow) -> MasterDocument:
    return MasterDocument(
        kind=row.kind,
        satker=row.satker,
        master=row.master,
        naskah=row.naskah,
        filename=row.filename,
        size=row.size,
        sha256=row.sha256,
        made_at=row.made_at,
    )
