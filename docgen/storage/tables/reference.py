"""What offices look up: legal bases with their validity, numbering patterns and the last numbers."""

import datetime as dt

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class LegalBasisRow(Base):
    """A regulation as documents cite it; `owner_satker` added it, for itself and all below."""

    __tablename__ = "legal_bases"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_satker: Mapped[str] = mapped_column(String(16), index=True)
    judul: Mapped[str] = mapped_column(Text)
    berlaku_sejak: Mapped[dt.date | None]
    berlaku_sampai: Mapped[dt.date | None]
    diganti_oleh: Mapped[str] = mapped_column(Text)
    updated_by: Mapped[str | None] = mapped_column(String(32))
    updated_at: Mapped[dt.datetime]


class NumberPatternRow(Base):
    """How an office numbers one naskah of a kind."""

    __tablename__ = "number_patterns"

    satker: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    naskah: Mapped[str] = mapped_column(String(64), primary_key=True)
    pola: Mapped[str] = mapped_column(String(200))
    klas: Mapped[str] = mapped_column(String(40))
    jenis: Mapped[str] = mapped_column(String(40))


class TakenNumberRow(Base):
    """A number that was given out; the key is what keeps it from being given out again."""

    __tablename__ = "taken_numbers"
    __table_args__ = (Index("taken_numbers_newest", "satker", "taken_at"),)

    satker: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    naskah: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    nomor: Mapped[str] = mapped_column(Text)
    taken_by: Mapped[str | None] = mapped_column(String(32))
    taken_at: Mapped[dt.datetime]
