"""What is being filled in."""

import datetime as dt
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class DraftRow(Base):
    """An input that somebody works on.

    `revision` counts what was saved, `editor` is the page from which it was saved last. A draft
    that is not open has become the document `document_id`; else that is the one it continues.
    """

    __tablename__ = "drafts"
    __table_args__ = (Index("drafts_of_owner", "owner", "is_open", "updated_at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    satker: Mapped[str] = mapped_column(String(16), index=True)
    judul: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]]
    filled: Mapped[int]
    required: Mapped[int]
    revision: Mapped[int]
    editor: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(32))
    updated_name: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(String(32))
    is_open: Mapped[bool]
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
