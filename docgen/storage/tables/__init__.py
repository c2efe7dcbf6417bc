"""The tables, a module for each part of the service. Every moment is stored in UTC."""

from docgen.storage.tables.access import AuditRow, SessionRow, SettingRow, SignInLinkRow, UserRow
from docgen.storage.tables.api import IdempotencyRow, TokenRow, UploadRow
from docgen.storage.tables.base import Base, new_id
from docgen.storage.tables.batches import (
    BatchRow,
    ItemRow,
    JobRow,
    OfficeChangesRow,
    SnapshotRow,
    VersionRow,
)
from docgen.storage.tables.documents import AreaRow, DocumentRow, FileRow, LeaderRow, OutboxRow
from docgen.storage.tables.drafts import DraftRow
from docgen.storage.tables.offices import OfficeRow, OfficialRow
from docgen.storage.tables.pdfs import PdfPageRow, PdfRow
from docgen.storage.tables.reference import LegalBasisRow, NumberPatternRow, TakenNumberRow
from docgen.storage.tables.webhooks import (
    AttemptRow,
    DeliveryRow,
    EndpointRow,
    ReceivedRow,
    SourceRow,
)

__all__ = [
    "AreaRow",
    "AttemptRow",
    "AuditRow",
    "Base",
    "BatchRow",
    "DeliveryRow",
    "DocumentRow",
    "DraftRow",
    "EndpointRow",
    "FileRow",
    "IdempotencyRow",
    "ItemRow",
    "JobRow",
    "LeaderRow",
    "LegalBasisRow",
    "NumberPatternRow",
    "OfficeChangesRow",
    "OfficeRow",
    "OfficialRow",
    "OutboxRow",
    "PdfPageRow",
    "PdfRow",
    "ReceivedRow",
    "SessionRow",
    "SettingRow",
    "SignInLinkRow",
    "SnapshotRow",
    "SourceRow",
    "TakenNumberRow",
    "TokenRow",
    "UploadRow",
    "UserRow",
    "VersionRow",
    "new_id",
]
