"""The tables, a module for each part of the service. Every moment is stored in UTC."""

from docgen.storage.tables.access import SessionRow, SettingRow, SignInLinkRow, UserRow
from docgen.storage.tables.api import IdempotencyRow, TokenRow, UploadRow
from docgen.storage.tables.base import Base, new_id
from docgen.storage.tables.documents import DocumentRow, FileRow, LeaderRow, OutboxRow

__all__ = [
    "Base",
    "DocumentRow",
    "FileRow",
    "IdempotencyRow",
    "LeaderRow",
    "OutboxRow",
    "SessionRow",
    "SettingRow",
    "SignInLinkRow",
    "TokenRow",
    "UploadRow",
    "UserRow",
    "new_id",
]
