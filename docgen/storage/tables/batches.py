"""Batches: who asked for what, one job for each office, what came of each document."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class BatchRow(Base):
    """A request for many documents; how far it is, its jobs say."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    masters: Mapped[list[str]] = mapped_column(JSON)
    selector: Mapped[str] = mapped_column(Text)
    force: Mapped[bool]
    dry_run: Mapped[bool]
    requested_by: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


class JobRow(Base):
    """One office's share of a batch, done by one worker under a lease; the counts are of its items."""

    __tablename__ = "batch_jobs"
    __table_args__ = (
        Index("batch_jobs_by_office", "batch_id", "satker", unique=True),
        Index("batch_jobs_by_status", "status", "lease_until"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"))
    satker: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    total: Mapped[int]
    done: Mapped[int]
    skipped: Mapped[int]
    failed: Mapped[int]
    attempts: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    updated_at: Mapped[dt.datetime]


class ItemRow(Base):
    """A document of a batch, once there is something to say of it; until then its job is queued.

    `fingerprint` is what it was made from, `previous` the same of the version before it.
    """

    __tablename__ = "batch_items"
    __table_args__ = (
        Index(
            "batch_items_failed",
            "batch_id",
            sqlite_where=text("status = 'failed'"),
            postgresql_where=text("status = 'failed'"),
        ),
        Index("batch_items_by_content", "sha256"),
    )

    batch_id: Mapped[str] = mapped_column(
        ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True
    )
    satker: Mapped[str] = mapped_column(String(16), primary_key=True)
    master: Mapped[str] = mapped_column(String(120), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(120))
    previous: Mapped[str] = mapped_column(String(120))
    naskah: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(160))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class VersionRow(Base):
    """The newest version of an office's document from a master, whichever batch made it."""

    __tablename__ = "versions"
    __table_args__ = (Index("versions_by_content", "sha256"),)

    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    satker: Mapped[str] = mapped_column(String(16), primary_key=True)
    master: Mapped[str] = mapped_column(String(120), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(120))
    naskah: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(160))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    revision: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[dt.datetime]


class SnapshotRow(Base):
    """A part of what documents were made from, as it was: a master, an office, its changes.

    Kept once under its fingerprint, because hundreds of offices share a master and dozens of
    documents an office.
    """

    __tablename__ = "snapshots"

    fingerprint: Mapped[str] = mapped_column(String(16), primary_key=True)
    data: Mapped[dict[str, Any]]


class OfficeChangesRow(Base):
    """What an office has changed in a master; `docgen.merge_patch` says how it is read."""

    __tablename__ = "office_changes"

    kind: Mapped[str] = mapped_column(String(64), primary_key=True)
    satker: Mapped[str] = mapped_column(String(16), primary_key=True)
    master: Mapped[str] = mapped_column(String(120), primary_key=True)
    changes: Mapped[dict[str, Any]]
    updated_by: Mapped[str | None] = mapped_column(String(32))
    updated_at: Mapped[dt.datetime]
