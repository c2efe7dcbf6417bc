"""A document's versions, and what is different between each and the one before, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from docgen.changes import compare
from docgen.generate import prepare
from docgen.registry import get_kind
from docgen.revisions import is_in_force, told
from docgen.satker import Satker
from docgen.storage import Document


@dataclass(frozen=True, slots=True)
class Version:
    """A version and what changed in it; `changes` is None where it cannot be told.

    `revision` is the number that the document itself gives; empty where it gives none.
    """

    document: Document
    changes: tuple[str, ...] | None
    revision: str = ""


def with_changes(versions: Sequence[Document], office: Satker) -> list[Version]:
    """The versions, newest first, each compared with the next in the list."""
    earlier = [*versions[1:], None]
    return [
        Version(new, _changes(old, new, office) if old else None, _revision(new))
        for new, old in zip(versions, earlier, strict=True)
    ]


def revised_by(document: Document, versions: Sequence[Document], day: dt.date) -> Document | None:
    """The version that one continuing this document on that day revises; None where none holds yet.

    A version holds once it is approved, or from the day that it says itself. One that was sent back
    or could not be made never did: what mends it is the same revision.
    """
    earlier = (one for one in versions if one.version <= document.version)
    return next((one for one in earlier if _holds(one, day)), None)


def _holds(document: Document, day: dt.date) -> bool:
    if document.note or document.status == "failed":
        return False
    is_approved = document.stage == "approved"
    return is_approved or is_in_force(get_kind(document.kind), document.data, day)


def _revision(document: Document) -> str:
    named = get_kind(document.kind).revision
    return str(document.data.get(named.nomor) or "") if named else ""


def _changes(old: Document, new: Document, office: Satker) -> tuple[str, ...] | None:
    kind = get_kind(new.kind)
    before = prepare(kind, old.data, office).payload
    after = prepare(kind, new.data, office).payload
    # A stricter program may refuse what an earlier one accepted.
    if before is None or after is None:
        return None
    changes = told(kind, before, after) or compare(kind, before, after)
    return tuple(change.message for change in changes)
