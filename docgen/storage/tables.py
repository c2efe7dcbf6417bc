"""The tables. Every moment is stored in UTC."""

import datetime as dt
import secrets
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment with its zone; SQLite keeps none, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> Any:  # noqa: ANN401  the driver's type
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401  the driver's type
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def new_id(now: dt.datetime) -> str:
    """An id of 32 hexadecimal digits that sorts by time and cannot be guessed."""
    return f"{int(now.timestamp() * 1000):012x}{secrets.token_hex(10)}"


class Base(DeclarativeBase):
    """All tables of ours."""

    type_annotation_map: ClassVar = {
        dt.datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[dict[str, str]]: JSON(),
    }


class DocumentRow(Base):
    """A document that somebody asked for; its state is the truth about it."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_by_status", "status", "lease_until"),
        Index("documents_by_satker", "satker", "id"),
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


class UserRow(Base):
    """Somebody who may sign in; `scope` is the office that they see with all below it."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[str] = mapped_column(String(32))
    scope: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(256))
    created_at: Mapped[dt.datetime]


class SignInLinkRow(Base):
    """A link that signs its holder in, once; only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class SessionRow(Base):
    """A signed-in browser; only the hash of its token is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[dt.datetime]


class SettingRow(Base):
    """What the service made up once and must remember."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
