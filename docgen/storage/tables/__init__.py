"""The tables, a module for each part of the service. Every moment is stored in UTC."""

from docgen.storage.tables.access import SessionRow, SettingRow, SignInLinkRow, UserRow
from docgen.storage.tables.base import Base, new_id
from docgen.storage.tables.documents import DocumentRow, FileRow, LeaderRow, OutboxRow
from docgen.storage.tables.offices import OfficeRow, OfficialRow

__all__ = [
    "Base",
    "DocumentRow",
    "FileRow",
    "LeaderRow",
    "OfficeRow",
    "OfficialRow",
    "OutboxRow",
    "SessionRow",
    "SettingRow",
    "SignInLinkRow",
    "UserRow",
    "new_id",
]
