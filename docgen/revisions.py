"""The revision that a new version of a document is: its number, its date, and what changed, in words.

What somebody typed stands; only what they left as it was in the version before, or empty, follows.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from docgen.changes import Change, compare
from docgen.kinds import DocumentKind, Payload, Revision
from docgen.validation import validate

Data = Mapping[str, Any]


def told(kind: DocumentKind[Any], old: Payload, new: Payload) -> list[Change]:
    """What changed besides the revision's own fields, which only say so again.

    Nor is the office told, which a document's versions share whether their inputs name it or not.
    """
    own = ("satker", *(kind.revision.fields if kind.revision else ()))
    changes = compare(kind, old, new)
    return [change for change in changes if change.pointer.split("/")[1] not in own]


def is_in_force(kind: DocumentKind[Any], data: Data, day: dt.date) -> bool:
    """Whether a document made from this input holds on that day, so that a change is a revision."""
    since = str(data.get(kind.revision.berlaku) or "") if kind.revision else ""
    return bool(since) and since <= day.isoformat()


def begun(kind: DocumentKind[Any], before: Data, data: Data, day: dt.date) -> dict[str, Any]:
    """The input with which the form of a new version begins: the next number, the date, no note.

    `before` is the version that is revised, `data` what the form starts from. Where `data` is a
    revision of `before` already, sent back to be mended, it keeps its number and date, and a note
    that somebody wrote.
    """
    revision = kind.revision
    if revision is None:
        return dict(data)
    without = {key: value for key, value in data.items() if key != revision.catatan}
    written = revised(kind, before, without, day).get(revision.catatan)
    is_own = _typed(revision.catatan, before, data) and data[revision.catatan] != written
    kept = data if is_own else without
    return _with(before, kept, _following(revision, before, day))


def revised(kind: DocumentKind[Any], before: Data, data: Data, day: dt.date) -> dict[str, Any]:
    """The input as the next revision of `before`, its note telling what changed.

    Where nothing else changed, and nothing but what was proposed is said of the revision, it is
    none, and says what `before` says. Data that is not valid stays as it is.
    """
    revision = kind.revision
    old, new = validate(kind.payload, before)[0], validate(kind.payload, data)[0]
    if revision is None or old is None or new is None:
        return dict(data)
    changes = [str(change) for change in told(kind, old, new)]
    if not changes and not _is_own(revision, before, data, day):
        return _as_before(revision, before, data)
    return _with(before, data, {**_following(revision, before, day), revision.catatan: changes})


def _is_own(revision: Revision, before: Data, data: Data, day: dt.date) -> bool:
    """Whether somebody wrote a note, or another number or date than was proposed."""
    proposed = _following(revision, before, day)
    return _typed(revision.catatan, before, data) or any(
        _typed(key, before, data) and str(data[key]) != value for key, value in proposed.items()
    )


def _following(revision: Revision, before: Data, day: dt.date) -> dict[str, Any]:
    number = str(before.get(revision.nomor) or "0").strip()
    following = str(int(number) + 1) if number.isdecimal() else ""
    return {revision.nomor: following, revision.tanggal: day.isoformat()}


def _with(before: Data, data: Data, said: Data) -> dict[str, Any]:
    """The data with what is said where nothing else was typed."""
    follows = {key: value for key, value in said.items() if not _typed(key, before, data)}
    without = {key: value for key, value in data.items() if key not in follows}
    return {**without, **{key: value for key, value in follows.items() if value}}


def _as_before(revision: Revision, before: Data, data: Data) -> dict[str, Any]:
    without = {key: value for key, value in data.items() if key not in revision.fields}
    return {**without, **{key: before[key] for key in revision.fields if before.get(key)}}


def _typed(key: str, before: Data, data: Data) -> bool:
    """Whether the field says something, and something else than before."""
    return bool(data.get(key)) and str(data[key]) != str(before.get(key))
