"""Offices as they stand on a day: what we ship, and over it what each says of itself.

Documents that were made keep what they say; only what is made later sees a change.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, cast

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docgen.errors import UnknownSatker
from docgen.kinds import Part, Tanggal, Teks
from docgen.satker import Pejabat, Satker, registry
from docgen.satker.model import Sifat
from docgen.storage.database import Database, take_turns
from docgen.storage.scope import Scope
from docgen.storage.tables import OfficeRow, OfficialRow

MAX_OFFICIALS = 200


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value.strip()):
        raise PydanticCustomError("email", "bukan alamat surel")
    return value.strip()


class OfficialData(Part):
    """Somebody with a post, as an office types them in."""

    nama: Teks = Field(title="Nama", description="Dengan gelar.", examples=["Rina Marlina, S.H."])
    jabatan: Teks = Field(
        title="Jabatan",
        description="Ketua, Anggota, Sekretaris, atau Kepala Subbagian …",
        examples=["Sekretaris"],
    )
    sifat: Sifat = Field("definitif", title="Bertindak sebagai")
    nip: Teks | None = Field(
        None, title="NIP", description="Kosongkan bila bukan PNS.", examples=["197203141998031002"]
    )
    pangkat: Teks | None = Field(None, title="Pangkat", examples=["Pembina (IV/a)"])
    mulai: Tanggal | None = Field(None, title="Menjabat sejak", examples=["2024-01-02"])
    sampai: Tanggal | None = Field(
        None, title="Sampai dengan", description="Hari terakhir; kosong bila belum tentu."
    )

    @field_validator("sampai")
    @classmethod
    def _in_order(cls, sampai: dt.date | None, info: ValidationInfo) -> dt.date | None:
        mulai = info.data.get("mulai")
        if mulai and sampai and sampai < mulai:
            raise PydanticCustomError("masa_tugas", "lebih awal dari hari pertamanya")
        return sampai

    def as_pejabat(self) -> Pejabat:
        """The same as documents name it."""
        return Pejabat(
            self.jabatan,
            self.nama,
            self.nip or "",
            self.pangkat or "",
            self.sifat,
            self.mulai,
            self.sampai,
        )


class OfficeData(Part):
    """What an office says of itself; what is left out stays as shipped."""

    pejabat: tuple[OfficialData, ...] = Field((), title="Pejabat", max_length=MAX_OFFICIALS)
    ibu_kota: Teks | None = Field(
        None,
        title="Tempat pada tanggal surat",
        description="Yang ditulis sesudah “Ditetapkan di”.",
        examples=["Painan"],
    )
    alamat: Teks | None = Field(
        None, title="Alamat", examples=["Jalan H. Agus Salim, Painan 25611"]
    )
    telepon: Teks | None = Field(None, title="Telepon", examples=["(0756) 21555"])
    email: Annotated[Teks, AfterValidator(_email)] | None = Field(
        None, title="Surel", examples=["kab_pesisirselatan@kpu.go.id"]
    )


class Offices:
    """The offices within a scope."""

    def __init__(self, database: Database, scope: Scope) -> None:
        self._database = database
        self._scope = scope

    def get(self, kode: str, day: dt.date | None = None) -> Satker:
        """The office with the officials of that day, of today at the office if none is given.

        Raises:
            UnknownSatker: There is none with this code within the scope.
        """
        shipped = self._shipped(kode)
        with self._database.read() as session:
            row = session.get(OfficeRow, kode)
            if row is None:
                return shipped
            officials = _officials(session, kode)
        on = day or self.today(shipped)
        return dataclasses.replace(
            shipped,
            ibu_kota=row.ibu_kota or shipped.ibu_kota,
            alamat=row.alamat or shipped.alamat,
            telepon=row.telepon or shipped.telepon,
            email=row.email or shipped.email,
            lambang=row.lambang,
            pejabat=tuple(one for one in map(_pejabat, officials) if one.holds_on(on)),
        )

    def today(self, satker: Satker) -> dt.date:
        """The date at the office now."""
        return self._database.now().astimezone(satker.zona).date()

    def officials(self, kode: str) -> tuple[Pejabat, ...]:
        """All that the office named, past and coming ones too, in its order.

        Raises:
            UnknownSatker: There is none with this code within the scope.
        """
        self._shipped(kode)
        with self._database.read() as session:
            return tuple(_pejabat(row) for row in _officials(session, kode))

    def save(self, kode: str, data: OfficeData, *, by: str | None = None) -> None:
        """Keep what the office says of itself; its emblem stays.

        Raises:
            UnknownSatker: There is none with this code within the scope.
        """
        self._shipped(kode)
        with self._database.write() as session:
            row = self._row(session, kode, by)
            row.ibu_kota = data.ibu_kota or ""
            row.alamat = data.alamat or ""
            row.telepon = data.telepon or ""
            row.email = data.email or ""
            session.flush()
            session.execute(delete(OfficialRow).where(OfficialRow.kode == kode))
            session.add_all(
                _official_row(kode, position, official.as_pejabat())
                for position, official in enumerate(data.pejabat)
            )

    def set_emblem(self, kode: str, content: bytes | None, *, by: str | None = None) -> None:
        """Keep the office's emblem, which `letterhead.checked_emblem` let pass; None takes it away.

        Raises:
            UnknownSatker: There is none with this code within the scope.
        """
        self._shipped(kode)
        with self._database.write() as session:
            self._row(session, kode, by).lambang = content

    def _shipped(self, kode: str) -> Satker:
        if not self._scope.covers(kode):
            raise UnknownSatker(kode)
        return registry().get(kode)

    def _row(self, session: Session, kode: str, by: str | None) -> OfficeRow:
        take_turns(session, f"office {kode}")
        row = session.get(OfficeRow, kode)
        if row is None:
            row = OfficeRow(kode=kode, ibu_kota="", alamat="", telepon="", email="", lambang=None)
            session.add(row)
        row.updated_at = self._database.now()
        row.updated_by = by
        return row


def _officials(session: Session, kode: str) -> Sequence[OfficialRow]:
    query = select(OfficialRow).where(OfficialRow.kode == kode).order_by(OfficialRow.position)
    return session.scalars(query).all()


def _pejabat(row: OfficialRow) -> Pejabat:
    sifat = cast("Sifat", row.sifat)  # only what OfficialData let pass is kept
    return Pejabat(row.jabatan, row.nama, row.nip, row.pangkat, sifat, row.mulai, row.sampai)


def _official_row(kode: str, position: int, pejabat: Pejabat) -> OfficialRow:
    return OfficialRow(
        kode=kode,
        position=position,
        jabatan=pejabat.jabatan,
        nama=pejabat.nama,
        nip=pejabat.nip,
        pangkat=pejabat.pangkat,
        sifat=pejabat.sifat,
        mulai=pejabat.mulai,
        sampai=pejabat.sampai,
    )
