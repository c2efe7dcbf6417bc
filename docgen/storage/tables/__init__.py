"""The tables, a module for each part of the service. Every moment is stored in UTC."""

from docgen.storage.tables.access import AuditRow, SessionRow, SettingRow, SignInLinkRow, UserRow
from docgen.storage.tables.api import IdempotencyRow, TokenRow, UploadRow
from docgen.storage.tables.base import Base, new_id
from docgen.storage.tables.documents import DocumentRow, FileRow, LeaderRow, OutboxRow
from docgen.storage.tables.offices import OfficeRow, OfficialRow
from docgen.storage.tables.webhooks import (
    AttemptRow,
    DeliveryRow,
    EndpointRow,
    ReceivedRow,
    SourceRow,
)

__all__ = [
    "AttemptRow",
    "AuditRow",
    "Base",
    "DeliveryRow",
    "DocumentRow",
    "EndpointRow",
    "FileRow",
    "IdempotencyRow",
    "LeaderRow",
    "OfficeRow",
    "OfficialRow",
    "OutboxRow",
    "ReceivedRow",
    "SessionRow",
    "SettingRow",
    "SignInLinkRow",
    "SourceRow",
    "TokenRow",
    "UploadRow",
    "UserRow",
    "new_id",
]
