"""What offices say of themselves: seat, letterhead, emblem, officials."""

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class OfficeRow(Base):
    """What an office changed of what we ship; an empty text leaves it as shipped."""

    __tablename__ = "offices"

    kode: Mapped[str] = mapped_column(String(16), primary_key=True)
    ibu_kota: Mapped[str] = mapped_column(Text)
    alamat: Mapped[str] = mapped_column(Text)
    telepon: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    lambang: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_by: Mapped[str | None] = mapped_column(String(32))
    updated_at: Mapped[dt.datetime]


class OfficialRow(Base):
    """Somebody who holds, held or will hold a post at an office."""

    __tablename__ = "officials"

    kode: Mapped[str] = mapped_column(
        ForeignKey("offices.kode", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    jabatan: Mapped[str] = mapped_column(Text)
    nama: Mapped[str] = mapped_column(Text)
    nip: Mapped[str] = mapped_column(Text)
    pangkat: Mapped[str] = mapped_column(Text)
    sifat: Mapped[str] = mapped_column(String(16))
    mulai: Mapped[dt.date | None]
    sampai: Mapped[dt.date | None]
