"""The newest version of every document: searched, counted, and what of them waits or is due."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, or_, select

from docgen.storage.database import Database
from docgen.storage.documents import Document, Stage, as_document
from docgen.storage.scope import Scope
from docgen.storage.tables import AreaRow, DocumentRow

Standing = Literal["", "draft", "submitted", "checked", "approved", "failed", "making"]
"""How far a document is: its stage where it is made, else what became of the making."""

STANDINGS: tuple[Standing, ...] = ("draft", "submitted", "checked", "approved", "making", "failed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents: every word in title or number, and what is not empty of the rest."""

    words: str = ""
    kind: str = ""
    satker: str = ""
    standing: Standing = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is asked for in particular."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Total:
    """How many documents of a kind there are in one place, and how many of them are approved.

    `place` is an office's code or an area's number; 0 for documents that speak of no area.
    """

    place: str | int
    kind: str
    count: int
    approved: int


class Library:
    """The newest versions within a scope."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._all = (scope.condition(DocumentRow.satker), DocumentRow.is_latest)

    def find(self, wanted: Wanted, *, before: str = "", limit: int = 25) -> list[Document]:
        """Documents, newest first; `before` is the id after which to go on."""
        query = select(DocumentRow).where(*self._all, *_conditions(wanted))
        if before:
            query = query.where(DocumentRow.id < before)
        return self._documents(query.order_by(DocumentRow.id.desc()).limit(limit))

    def counts(self, wanted: Wanted) -> dict[Standing, int]:
        """How many there are of each standing, whatever `wanted` says of it; "" is all."""
        standing = case(
            (DocumentRow.status == "failed", "failed"),
            (DocumentRow.status != "done", "making"),
            else_=DocumentRow.stage,
        ).label("standing")
        conditions = _conditions(replace(wanted, standing=""))
        query = select(standing, func.count()).where(*self._all, *conditions).group_by("standing")
        with self._database.read() as session:
            found: dict[str, int] = dict(iter(session.execute(query)))
        counted: dict[Standing, int] = {one: found.get(one, 0) for one in STANDINGS}
        return {"": sum(counted.values()), **counted}

    def waiting(self, stages: Collection[Stage], limit: int = 8) -> list[Document]:
        """Made documents that stand at these stages and were not sent back, longest waiting first."""
        query = (
            select(DocumentRow)
            .where(
                *self._all,
                DocumentRow.status == "done",
                DocumentRow.stage.in_(stages),
                DocumentRow.note == "",
            )
            .order_by(DocumentRow.updated_at)
            .limit(limit)
        )
        return self._documents(query)

    def to_mend(self, user_id: str, limit: int = 8) -> list[Document]:
        """What this person asked for and was sent back or could not be made, newest first."""
        query = (
            select(DocumentRow)
            .where(
                *self._all,
                DocumentRow.requested_by == user_id,
                or_(DocumentRow.note != "", DocumentRow.status == "failed"),
            )
            .order_by(DocumentRow.id.desc())
            .limit(limit)
        )
        return self._documents(query)

    def dated(self, kinds: Collection[str], until: dt.date, limit: int = 8) -> list[Document]:
        """Made documents of these kinds that bear a date up to that day, oldest date first."""
        query = (
            select(DocumentRow)
            .where(
                *self._all,
                DocumentRow.status == "done",
                DocumentRow.kind.in_(kinds),
                DocumentRow.tanggal <= until,
            )
            .order_by(DocumentRow.tanggal)
            .limit(limit)
        )
        return self._documents(query)

    def totals_by_office(self) -> list[Total]:
        """Totals per office and kind, by office."""
        return self._totals(DocumentRow.satker)

    def totals_by_area(self) -> list[Total]:
        """Totals per area and kind; a document of several areas counts in each."""
        return self._totals(func.coalesce(AreaRow.area, 0))

    def _totals(self, place: Any) -> list[Total]:  # noqa: ANN401  a column or an expression
        approved = func.sum(case((DocumentRow.stage == "approved", 1), else_=0))
        query = (
            select(place.label("place"), DocumentRow.kind, func.count(DocumentRow.id), approved)
            .select_from(DocumentRow)
            .where(*self._all, DocumentRow.status == "done")
            .group_by("place", DocumentRow.kind)
            .order_by("place")
        )
        if place is not DocumentRow.satker:
            query = query.outerjoin(AreaRow, AreaRow.document_id == DocumentRow.id)
        with self._database.read() as session:
            return [Total(*row) for row in session.execute(query)]

    def _documents(self, query: Any) -> list[Document]:  # noqa: ANN401  select statements are generic
        with self._database.read() as session:
            rows: Sequence[DocumentRow] = session.scalars(query).all()
            return [as_document(session, row) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        or_(
            func.lower(DocumentRow.judul).contains(word, autoescape=True),
            func.lower(DocumentRow.nomor).contains(word, autoescape=True),
        )
        for word in wanted.words.lower().split()
    ]
    if wanted.kind:
        conditions.append(DocumentRow.kind == wanted.kind)
    if wanted.satker:
        conditions.append(DocumentRow.satker == wanted.satker)
    match wanted.standing:
        case "":
            pass
        case "failed":
            conditions.append(DocumentRow.status == "failed")
        case "making":
            conditions.append(DocumentRow.status.in_(("queued", "running")))
        case stage:
            conditions += [DocumentRow.status == "done", DocumentRow.stage == stage]
    return conditions
