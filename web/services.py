"""What the views work with, kept with the application."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from docgen.config import Settings
from docgen.storage import (
    Access,
    Batches,
    Blobs,
    Database,
    Documents,
    Drafts,
    Library,
    MasterDocuments,
    Numbers,
    Offices,
    SignedIn,
)

EXTENSION = "docgen"


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the database, the blobs and the counters of this process."""

    settings: Settings
    database: Database
    blobs: Blobs
    limiter: MovingWindowRateLimiter


def new_limiter(settings: Settings) -> MovingWindowRateLimiter:
    """Counters that all web processes share, kept in the engine."""
    scheme, _, rest = settings.redis_url.partition("://")
    uri = f"redis+unix://{rest}" if scheme == "unix" else settings.redis_url
    return MovingWindowRateLimiter(storage_from_string(uri, wrap_exceptions=True))


def services() -> Services:
    """This application's services."""
    return cast("Services", current_app.extensions[EXTENSION])


def access() -> Access:
    """Signing in and out."""
    return Access(services().database)


def signed_in() -> SignedIn:
    """Who is asking; only where `auth` let somebody in."""
    return cast("SignedIn", g.signed_in)


def offices() -> Offices:
    """The offices that the one who is asking may see and change."""
    return Offices(services().database, signed_in().scope)


def batches() -> Batches:
    """The batches with an office that the one who is asking may see."""
    return Batches(services().database, signed_in().scope, signed_in())


def numbers() -> Numbers:
    """The patterns and numbers of the offices that the one who is asking may see."""
    return Numbers(services().database, signed_in())


def documents() -> Documents:
    """The documents that the one who is asking may see. There is no other way to them."""
    return Documents(services().database, signed_in().scope)


def drafts() -> Drafts:
    """The drafts that the one who is asking may see."""
    return Drafts(services().database, signed_in())


def master_documents() -> MasterDocuments:
    """What batches made from masters for the offices of the one who is asking."""
    return MasterDocuments(services().database, signed_in().scope)


def library() -> Library:
    """The newest versions of the documents that the one who is asking may see."""
    return Library(services().database, signed_in().scope)
