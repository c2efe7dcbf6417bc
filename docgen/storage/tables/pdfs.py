"""PDFs of Word files, each made once, and the pictures of their pages."""

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from docgen.storage.tables.base import Base


class PdfRow(Base):
    """The PDF of the Word file whose SHA-256 is `source`; `sha256` is the PDF's own, once made."""

    __tablename__ = "pdfs"
    __table_args__ = (Index("pdfs_by_status", "status", "lease_until"),)

    source: Mapped[str] = mapped_column(String(64), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    pages: Mapped[int]
    error: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[dt.datetime | None]
    updated_at: Mapped[dt.datetime]


class PdfPageRow(Base):
    """A page as a PNG; `number` is from 1."""

    __tablename__ = "pdf_pages"

    source: Mapped[str] = mapped_column(
        ForeignKey("pdfs.source", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
