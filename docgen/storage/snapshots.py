"""What documents were made from, kept so that it can be told later what changed between two."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from docgen.fingerprints import data_fingerprint, satker_fingerprint
from docgen.kinds import DocumentKind
from docgen.masters import apply_changes
from docgen.revisions import told
from docgen.satker import Pejabat, Satker
from docgen.storage.tables import SnapshotRow
from docgen.validation import validate

DIGITS = 16
"""Of each part's digest: 64 bits, among some thousands of versions of masters and offices."""

PARTS = ("isian master", "perubahan satker", "data satker", "templat", "docgen")
"""What a document's fingerprint joins, in this order; the first three are kept as snapshots."""

UNCHANGED = "tidak berubah"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document is made from: the master's data, the office's changes to it, the office."""

    master: Mapping[str, Any]
    changes: Mapping[str, Any]
    satker: Satker

    def input(self) -> Mapping[str, Any]:
        """The input, with the office's changes in it and placeholders where its words go.

        Raises:
            InvalidInput: A change names what the master does not have.
        """
        return apply_changes(self.master, self.changes) if self.changes else self.master


def short(digest: str) -> str:
    """A digest as fingerprints hold it."""
    return digest[:DIGITS]


def changes_digest(changes: Mapping[str, Any]) -> str:
    """Of an office's changes; empty where there are none."""
    return short(data_fingerprint(changes)) if changes else ""


def satker_digest(satker: Satker) -> str:
    """Of all that documents say of an office."""
    return short(satker_fingerprint(satker))


def says_the_same(before: str, now: str) -> bool:
    """Whether two fingerprints are of the same input, whatever the office, template or program."""
    return of_input(before) == of_input(now)


def of_input(fingerprint: str) -> str:
    """The part of a fingerprint that is of the input: the master and the office's changes to it."""
    return ":".join(fingerprint.split(":")[:2])


def what_differs(before: str, now: str) -> str:
    """Which parts of two fingerprints are not the same, in words."""
    pairs = zip(PARTS, before.split(":"), now.split(":"), strict=False)
    return f"{' dan '.join(part for part, old, new in pairs if old != new)} berubah"


def what_changed(kind: DocumentKind[Any], before: Origin, now: Origin) -> list[str]:
    """What is different between two inputs, a sentence each; none where one is no longer valid.

    An office's own words stand as placeholders: that they are others is not the input's change.
    """
    old, new = (validate(kind.payload, origin.input())[0] for origin in (before, now))
    return [str(change) for change in told(kind, old, new)] if old and new else []


def keep_snapshots(session: Session, origins: Mapping[str, Origin]) -> None:
    """Keep what documents of these fingerprints were made from, where it is not kept already."""
    parts: dict[str, dict[str, Any]] = {}
    for fingerprint, origin in origins.items():
        master, changes, satker, *_ = fingerprint.split(":")
        parts[master] = dict(origin.master)
        parts[satker] = _as_data(origin.satker)
        if changes:
            parts[changes] = dict(origin.changes)
    known = set(
        session.scalars(select(SnapshotRow.fingerprint).where(SnapshotRow.fingerprint.in_(parts)))
    )
    rows = [{"fingerprint": key, "data": parts[key]} for key in sorted(parts.keys() - known)]
    insert_missing(session, SnapshotRow, rows)


def origin_of(session: Session, fingerprint: str) -> Origin | None:
    """What a document was made from; None where that was not kept."""
    master, changes, satker, *_ = fingerprint.split(":")
    wanted = [part for part in (master, changes, satker) if part]
    found = {
        row.fingerprint: row.data
        for row in session.scalars(select(SnapshotRow).where(SnapshotRow.fingerprint.in_(wanted)))
    }
    if len(found) < len(set(wanted)):
        return None
    return Origin(found[master], found.get(changes, {}), _as_satker(found[satker]))


def insert_missing(session: Session, table: Any, rows: list[dict[str, Any]]) -> None:  # noqa: ANN401  any table of ours
    """Insert rows; one whose key is there already stays as it is."""
    if rows:
        session.execute(dialect_insert(session, table).on_conflict_do_nothing(), rows)


def dialect_insert(session: Session, table: Any) -> Any:  # noqa: ANN401  the two share no type
    """An insert that knows what to do where the key is there already."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    return (sqlite.insert if is_sqlite else postgresql.insert)(table)


def _as_data(satker: Satker) -> dict[str, Any]:
    data = asdict(satker)
    del data["lambang"]  # a picture; that it changed is in the fingerprint
    for pejabat in data["pejabat"]:
        for key in ("mulai", "sampai"):
            pejabat[key] = pejabat[key] and pejabat[key].isoformat()
    return data


def _as_satker(data: Mapping[str, Any]) -> Satker:
    pejabat = tuple(Pejabat(**{**one, "mulai": None, "sampai": None}) for one in data["pejabat"])
    return Satker(**{**data, "pejabat": pejabat})
