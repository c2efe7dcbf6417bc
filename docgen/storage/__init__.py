"""Records and blobs: what was asked, from which input, what came out. The database is the truth."""

from docgen.storage.access import Access, SignedIn, keep_secret_key
from docgen.storage.archive import archive, manifest
from docgen.storage.audit import Audit, Deed
from docgen.storage.batch_work import BatchWork, OfficeClaim, Result
from docgen.storage.batches import Batch, Batches, EmptyBatch, Item, OfficeShare
from docgen.storage.blobs import Blobs, MissingBlob, StoreUnavailable
from docgen.storage.database import Clock, Database, utc_now
from docgen.storage.documents import (
    Document,
    DocumentFile,
    Documents,
    Stage,
)
from docgen.storage.drafts import Draft, DraftChanged, Drafts, Typed
from docgen.storage.endpoints import Attempt, Delivery, Endpoint, Endpoints
from docgen.storage.events import EVENTS, Event
from docgen.storage.institution import Institution, Newcomer
from docgen.storage.legal_bases import LegalBases, LegalBasis, LegalBasisData
from docgen.storage.library import STANDINGS, Library, Standing, Total, Wanted
from docgen.storage.master_documents import MasterDocument, MasterDocuments
from docgen.storage.migrate import is_up_to_date, upgrade
from docgen.storage.numbers import InvalidPattern, NoPattern, Numbers, Pattern, checked_pattern
from docgen.storage.office_changes import OfficeChanges, UnknownMaster
from docgen.storage.offices import OfficeData, Offices, OfficialData
from docgen.storage.once import KeyInUse, Once
from docgen.storage.pdfs import Pdfs, StoredPdf
from docgen.storage.people import People, Person, fit_name, unfit_name
from docgen.storage.post import Parcel, Post
from docgen.storage.retention import Retention
from docgen.storage.scope import Scope
from docgen.storage.sources import Source, Sources
from docgen.storage.stages import Stages
from docgen.storage.tokens import Token, Tokens
from docgen.storage.uploads import Uploads
from docgen.storage.work import Claim, Work

__all__ = [
    "EVENTS",
    "STANDINGS",
    "Access",
    "Attempt",
    "Audit",
    "Batch",
    "BatchWork",
    "Batches",
    "Blobs",
    "Claim",
    "Clock",
    "Database",
    "Deed",
    "Delivery",
    "Document",
    "DocumentFile",
    "Documents",
    "Draft",
    "DraftChanged",
    "Drafts",
    "EmptyBatch",
    "Endpoint",
    "Endpoints",
    "Event",
    "Institution",
    "InvalidPattern",
    "Item",
    "KeyInUse",
    "LegalBases",
    "LegalBasis",
    "LegalBasisData",
    "Library",
    "MasterDocument",
    "MasterDocuments",
    "MissingBlob",
    "Newcomer",
    "NoPattern",
    "Numbers",
    "OfficeChanges",
    "OfficeClaim",
    "OfficeData",
    "OfficeShare",
    "Offices",
    "OfficialData",
    "Once",
    "Parcel",
    "Pattern",
    "Pdfs",
    "People",
    "Person",
    "Post",
    "Result",
    "Retention",
    "Scope",
    "SignedIn",
    "Source",
    "Sources",
    "Stage",
    "Stages",
    "Standing",
    "StoreUnavailable",
    "StoredPdf",
    "Token",
    "Tokens",
    "Total",
    "Typed",
    "UnknownMaster",
    "Uploads",
    "Wanted",
    "Work",
    "archive",
    "checked_pattern",
    "fit_name",
    "is_up_to_date",
    "keep_secret_key",
    "manifest",
    "unfit_name",
    "upgrade",
    "utc_now",
]
