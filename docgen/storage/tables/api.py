"""What other systems come with: tokens, keys against doing twice, uploaded pictures."""

import datetime as dt

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class TokenRow(Base):
    """A token of the API; only hashes are kept, while it is rotated those of two."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    selector: Mapped[str] = mapped_column(Text)
    owner_satker: Mapped[str] = mapped_column(String(16))
    permissions: Mapped[str] = mapped_column(String(120))
    requests_per_minute: Mapped[int]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    previous_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    previous_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]


class IdempotencyRow(Base):
    """A key that a request came with, and the id of the document or batch that it made."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[dt.datetime] = mapped_column(index=True)


class UploadRow(Base):
    """A picture that was sent before the document that shows it, or a workbook before its drafts.

    Its content lies in the blobs. `kept_until` is None for what may be shown for ever.
    """

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    uploaded_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[dt.datetime]
    kept_until: Mapped[dt.datetime | None] = mapped_column(index=True)
