"""Regulations that documents cite: those that the masters cite, and those that offices add.

What an office adds is for itself and all below it. Each has its time; what was replaced says by what.
"""

import datetime as dt
import functools
from dataclasses import dataclass

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from docgen.kinds import Part, Tanggal, Teks
from docgen.masters import load_masters
from docgen.peraturan import outdated_in
from docgen.registry import kinds
from docgen.satker import is_within
from docgen.storage.access import SignedIn
from docgen.storage.audit import note
from docgen.storage.database import Database
from docgen.storage.scope import PUSAT, Scope
from docgen.storage.tables import LegalBasisRow, new_id


class LegalBasisData(Part):
    """A regulation as somebody types it in."""

    judul: Teks = Field(
        title="Peraturan",
        description="Lengkap, seperti ditulis pada dokumen.",
        examples=["Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik"],
    )
    berlaku_sejak: Tanggal | None = Field(None, title="Berlaku sejak", examples=["2009-07-18"])
    berlaku_sampai: Tanggal | None = Field(
        None, title="Berlaku sampai", description="Hari terakhir; kosong bila masih berlaku."
    )
    diganti_oleh: Teks | None = Field(
        None, title="Diganti oleh", description="Peraturan penggantinya, bila ada."
    )

    @field_validator("berlaku_sampai")
    @classmethod
    def _in_order(cls, sampai: dt.date | None, info: ValidationInfo) -> dt.date | None:
        sejak = info.data.get("berlaku_sejak")
        if sejak and sampai and sampai < sejak:
            raise PydanticCustomError("masa_berlaku", "lebih awal dari hari mulai berlakunya")
        return sampai


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A regulation; one that masters cite has neither id nor owner."""

    id: str
    owner_satker: str
    judul: str
    berlaku_sejak: dt.date | None = None
    berlaku_sampai: dt.date | None = None
    diganti_oleh: str = ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether it may be cited on that day, as far as is known."""
        if outdated_in(self.judul):
            return False
        return (self.berlaku_sejak is None or self.berlaku_sejak <= day) and (
            self.berlaku_sampai is None or day <= self.berlaku_sampai
        )

    @property
    def instead(self) -> str:
        """What to cite instead of one that no longer holds; empty where nothing is known."""
        return self.diganti_oleh or next((one.instead for one in outdated_in(self.judul)), "")


@functools.cache
def cited_by_masters() -> tuple[LegalBasis, ...]:
    """What the masters that we ship cite, each once, in the order of their words."""
    found = {
        " ".join(text.split())
        for kind in kinds().values()
        for master in load_masters(kind).values()
        for text in master.data.get("dasar_hukum", ())
    }
    return tuple(LegalBasis("", "", text) for text in sorted(found))


class LegalBases:
    """The regulations that the one who is asking may see: their own, those above and below them."""

    def __init__(self, database: Database, who: SignedIn) -> None:
        self._database = database
        self._who = who

    def all(self) -> list[LegalBasis]:
        """What offices added, by its words."""
        return self._select(
            or_(self._who.scope.condition(LegalBasisRow.owner_satker), self._above())
        )

    def for_office(self, kode: str, day: dt.date) -> list[LegalBasis]:
        """What an office within the scope may cite on that day: to pick from; empty outside it."""
        if not self._who.scope.covers(kode):
            return []
        added = [one for one in self.all() if is_within(kode, one.owner_satker)]
        known = {one.judul for one in added}
        shipped = [one for one in cited_by_masters() if one.judul not in known]
        return [one for one in (*added, *shipped) if one.holds_on(day)]

    def get(self, basis_id: str) -> LegalBasis | None:
        """One that the one who is asking may change, or None."""
        with self._database.read() as session:
            row = self._row(session, basis_id)
            return _basis(row) if row else None

    def save(self, data: LegalBasisData, basis_id: str = "") -> bool:
        """Add one, or change the one with this id; False where there is none to change."""
        now = self._database.now()
        with self._database.write() as session:
            row = self._row(session, basis_id) if basis_id else None
            if basis_id and row is None:
                return False
            if row is None:
                row = LegalBasisRow(id=new_id(now), owner_satker=self._who.root)
                session.add(row)
            row.judul = " ".join(data.judul.split())
            row.berlaku_sejak, row.berlaku_sampai = data.berlaku_sejak, data.berlaku_sampai
            row.diganti_oleh = data.diganti_oleh or ""
            row.updated_by, row.updated_at = self._who.user_id, now
            self._note(session, row, "legal_basis.saved")
            return True

    def delete(self, basis_id: str) -> bool:
        """Forget one; False where there is none to change."""
        with self._database.write() as session:
            row = self._row(session, basis_id)
            if row is None:
                return False
            self._note(session, row, "legal_basis.deleted")
            session.delete(row)
            return True

    def _above(self) -> ColumnElement[bool]:
        """Those of the offices above, which hold for this one too."""
        parts = self._who.root.split(".")
        above = {PUSAT, *(".".join(parts[:count]) for count in range(1, len(parts)))}
        return LegalBasisRow.owner_satker.in_(above)

    def _select(self, condition: ColumnElement[bool]) -> list[LegalBasis]:
        query = select(LegalBasisRow).where(condition).order_by(LegalBasisRow.judul)
        with self._database.read() as session:
            return [_basis(row) for row in session.scalars(query)]

    def _row(self, session: Session, basis_id: str) -> LegalBasisRow | None:
        row = session.get(LegalBasisRow, basis_id)
        scope: Scope = self._who.scope
        return row if row is not None and scope.covers(row.owner_satker) else None

    def _note(self, session: Session, row: LegalBasisRow, action: str) -> None:
        now = self._database.now()
        note(
            session,
            now,
            self._who,
            action,
            satker=row.owner_satker,
            subject=row.id,
            detail=row.judul,
        )


def _basis(row: LegalBasisRow) -> LegalBasis:
    return LegalBasis(
        row.id,
        row.owner_satker,
        row.judul,
        row.berlaku_sejak,
        row.berlaku_sampai,
        row.diganti_oleh,
    )
