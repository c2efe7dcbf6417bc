"""Records and blobs: what was asked, from which input, what came out. The database is the truth."""

from docgen.storage.access import Access, SignedIn
from docgen.storage.blobs import Blobs
from docgen.storage.database import Clock, Database, utc_now
from docgen.storage.documents import Document, DocumentFile, Documents
from docgen.storage.migrate import is_up_to_date, upgrade
from docgen.storage.offices import OfficeData, Offices, OfficialData
from docgen.storage.scope import Scope
from docgen.storage.work import Claim, Work

__all__ = [
    "Access",
    "Blobs",
    "Claim",
    "Clock",
    "Database",
    "Document",
    "DocumentFile",
    "Documents",
    "OfficeData",
    "Offices",
    "OfficialData",
    "Scope",
    "SignedIn",
    "Work",
    "is_up_to_date",
    "upgrade",
    "utc_now",
]
