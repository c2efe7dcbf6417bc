"""Outside systems: where they hear from us, what they were told, what they may send us."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class EndpointRow(Base):
    """A receiver: what it wants to hear, of which offices; while rotated it has two secrets."""

    __tablename__ = "endpoints"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    events: Mapped[str] = mapped_column(Text)
    selector: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(80))
    previous_secret: Mapped[str | None] = mapped_column(String(80))
    previous_until: Mapped[dt.datetime | None]
    failing_since: Mapped[dt.datetime | None]
    disabled_at: Mapped[dt.datetime | None]
    disabled_because: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime]


class DeliveryRow(Base):
    """A message to one receiver; it stays until it has arrived or was given up."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("deliveries_due", "status", "next_at"),
        Index("deliveries_of_endpoint", "endpoint_id", "id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("endpoints.id", ondelete="CASCADE"))
    event: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int]
    next_at: Mapped[dt.datetime]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[dt.datetime]


class AttemptRow(Base):
    """One attempt to hand a message over, and what came of it."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    delivery_id: Mapped[str] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[dt.datetime]
    status: Mapped[int | None]
    said: Mapped[str] = mapped_column(Text)
    milliseconds: Mapped[int]


class SourceRow(Base):
    """An outside system that may ask for documents: its secret, the kind, the offices, the mapping."""

    __tablename__ = "sources"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    selector: Mapped[str] = mapped_column(Text)
    owner_satker: Mapped[str] = mapped_column(String(16))
    mapping: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[dt.datetime]


class ReceivedRow(Base):
    """A message that a source sent; the same id is not taken twice."""

    __tablename__ = "received"

    source: Mapped[str] = mapped_column(
        ForeignKey("sources.name", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(String(32))
