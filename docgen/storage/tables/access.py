"""People, how they come in, what they did, and what the service made up once."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class UserRow(Base):
    """Somebody who may sign in; `scope` is the office that they see with all below it.

    `name` is what they type to sign in, `nama` what others read. Without a password they come in
    by a link only, or through the sign-in of the institution that knows them as `subject`.
    """

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    nama: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(32))
    scope: Mapped[str] = mapped_column(String(16), index=True)
    password_hash: Mapped[str] = mapped_column(String(256))
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    disabled_at: Mapped[dt.datetime | None]
    last_seen_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class SignInLinkRow(Base):
    """A link that signs its holder in, once; only the hash of its token is kept."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class SessionRow(Base):
    """A signed-in browser; only the hash of its token is kept.

    It ends when nothing came from it until `expires_at`, which moves on, and at `ends_at` at last.
    """

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    expires_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]


class AuditRow(Base):
    """Who did what, when, about which office; names stay as they were then."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_of_subject", "subject", "id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[dt.datetime]
    user_id: Mapped[str | None] = mapped_column(String(32))
    nama: Mapped[str] = mapped_column(Text)
    satker: Mapped[str] = mapped_column(String(16), index=True)
    action: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(Text)


class SettingRow(Base):
    """What the service made up once and must remember."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
