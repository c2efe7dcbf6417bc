"""A document's versions, and what is different between each and the one before, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.changes import compare
from docgen.generate import prepare
from docgen.registry import get_kind
from docgen.satker import Satker
from docgen.storage import Document


@dataclass(frozen=True, slots=True)
class Version:
    """A version and what changed in it; `changes` is None where it cannot be told."""

    document: Document
    changes: tuple[str, ...] | None


def with_changes(versions: Sequence[Document], office: Satker) -> list[Version]:
    """The versions, newest first, each compared with the next in the list."""
    earlier = [*versions[1:], None]
    return [
        Version(new, _changes(old, new, office) if old else None)
        for new, old in zip(versions, earlier, strict=True)
    ]


def _changes(old: Document, new: Document, office: Satker) -> tuple[str, ...] | None:
    kind = get_kind(new.kind)
    before = prepare(kind, old.data, office).payload
    after = prepare(kind, new.data, office).payload
    # A stricter program may refuse what an earlier one accepted.
    if before is None or after is None:
        return None
    return tuple(change.message for change in compare(kind, before, after))
