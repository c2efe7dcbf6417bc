"""Records and blobs: what was asked, from which input, what came out. The database is the truth."""

from docgen.storage.access import Access, SignedIn
from docgen.storage.audit import Audit, Deed
from docgen.storage.blobs import Blobs, MissingBlob
from docgen.storage.database import Clock, Database, utc_now
from docgen.storage.documents import Document, DocumentFile, Documents, KeyInUse, Once
from docgen.storage.endpoints import Attempt, Delivery, Endpoint, Endpoints
from docgen.storage.events import EVENTS, Event
from docgen.storage.migrate import is_up_to_date, upgrade
from docgen.storage.offices import OfficeData, Offices, OfficialData
from docgen.storage.people import People, Person
from docgen.storage.post import Parcel, Post
from docgen.storage.scope import Scope
from docgen.storage.sources import Refused, Source, Sources
from docgen.storage.tokens import Token, Tokens
from docgen.storage.uploads import Uploads
from docgen.storage.work import Claim, Work

__all__ = [
    "EVENTS",
    "Access",
    "Attempt",
    "Audit",
    "Blobs",
    "Claim",
    "Clock",
    "Database",
    "Deed",
    "Delivery",
    "Document",
    "DocumentFile",
    "Documents",
    "Endpoint",
    "Endpoints",
    "Event",
    "KeyInUse",
    "MissingBlob",
    "OfficeData",
    "Offices",
    "OfficialData",
    "Once",
    "Parcel",
    "People",
    "Person",
    "Post",
    "Refused",
    "Scope",
    "SignedIn",
    "Source",
    "Sources",
    "Token",
    "Tokens",
    "Uploads",
    "Work",
    "is_up_to_date",
    "upgrade",
    "utc_now",
]
