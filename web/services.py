"""What the views work with, kept with the application."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from docgen.config import Settings
from docgen.storage import Access, Blobs, Database, Documents, Offices, SignedIn

EXTENSION = "docgen"


@dataclass(frozen=True, slots=True)
class Services:
    """The settings, the database and the blobs of this process."""

    settings: Settings
    database: Database
    blobs: Blobs


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


def documents() -> Documents:
    """The documents that the one who is asking may see. There is no other way to them."""
    return Documents(services().database, signed_in().scope)
