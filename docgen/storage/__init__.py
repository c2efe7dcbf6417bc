"""Records and blobs: what was asked, from which input, what came out. The database is the truth."""

from docgen.storage.access import Access, SignedIn
from docgen.storage.blobs import Blobs
from docgen.storage.database import Database
from docgen.storage.documents import Document, DocumentFile, Documents, KeyInUse, Once
from docgen.storage.migrate import is_up_to_date, upgrade
from docgen.storage.scope import Scope
from docgen.storage.tokens import Token, Tokens
from docgen.storage.uploads import Uploads
from docgen.storage.work import Claim, Work

__all__ = [
    "Access",
    "Blobs",
    "Claim",
    "Database",
    "Document",
    "DocumentFile",
    "Documents",
    "KeyInUse",
    "Once",
    "Scope",
    "SignedIn",
    "Token",
    "Tokens",
    "Uploads",
    "Work",
    "is_up_to_date",
    "upgrade",
]
