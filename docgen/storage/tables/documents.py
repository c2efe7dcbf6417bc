"""Documents, their files, and what is to be told to the queue."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


def _own_id(context: Any) -> str:  # noqa: ANN401  SQLAlchemy's context of an insert
    document_id: str = context.get_current_parameters()["id"]
    return document_id


class DocumentRow(Base):
    """A document that somebody asked for; its state is the truth about it.

    `series` is the id of its first version. `status` says how far the making is, `stage` how far
    the checking: `draft`, `submitted`, `checked`, `approved`. `note` says why it was sent back.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_by_status", "status", "lease_until"),
        Index("documents_by_satker", "satker", "id"),
        Index("documents_of_series", "series", "version", unique=True),
        Index("documents_latest", "is_latest", "id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    satker: Mapped[str] = mapped_column(String(16))
    naskah: Mapped[str] = mapped_column(String(64))
    srikandi: Mapped[bool]
    judul: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(String(16))
    findings: Mapped[list[dict[str, str]]]
    error: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[dt.datetime | None]
    requested_by: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    series: Mapped[str] = mapped_column(String(32), default=_own_id)
    version: Mapped[int] = mapped_column(default=1)
    is_latest: Mapped[bool] = mapped_column(default=True)
    nomor: Mapped[str] = mapped_column(Text, default="")
    tanggal: Mapped[dt.date | None]
    stage: Mapped[str] = mapped_column(String(16), default="draft")
    note: Mapped[str] = mapped_column(Text, default="")
    requested_name: Mapped[str] = mapped_column(Text, default="")
    submitted_name: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[dt.datetime | None]
    checked_name: Mapped[str] = mapped_column(Text, default="")
    checked_at: Mapped[dt.datetime | None]
    approved_name: Mapped[str] = mapped_column(Text, default="")
    approved_at: Mapped[dt.datetime | None]


class AreaRow(Base):
    """An area of change that a document speaks of, by its number from 1."""

    __tablename__ = "document_areas"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    area: Mapped[int] = mapped_column(primary_key=True)


class FileRow(Base):
    """A Word file of a document; its content lies in the blobs under its SHA-256."""

    __tablename__ = "document_files"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    )
    naskah: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    filename: Mapped[str] = mapped_column(String(160))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class OutboxRow(Base):
    """Something to be told to the queue; written with what it tells of, in one transaction."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    topic: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[dt.datetime]


class LeaderRow(Base):
    """Who does what only one may do at a time, and until when."""

    __tablename__ = "leaders"

    duty: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    until: Mapped[dt.datetime]
