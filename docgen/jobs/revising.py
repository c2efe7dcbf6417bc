"""Which revision a batch's document is: the next where one that held has changed, else the same."""

import datetime as dt
import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.errors import InvalidInput
from docgen.kinds import DocumentKind
from docgen.registry import get_kind
from docgen.revisions import is_in_force, revised
from docgen.storage.batch_work import Version
from docgen.storage.snapshots import Origin, of_input, says_the_same

OriginOf = Callable[[str], Origin | None]


@dataclass(frozen=True, slots=True)
class _Step:
    """From one input to the next: the same for all offices that share both, so it is told once."""

    kind: str
    before: str
    now: str
    said: str
    day: dt.date
    old: Mapping[str, Any] = field(compare=False)
    new: Mapping[str, Any] = field(compare=False)


def revision_of(
    kind: DocumentKind[Any],
    version: Version | None,
    fingerprint: str,
    data: Mapping[str, Any],
    day: dt.date,
    origin_of: OriginOf,
) -> Mapping[str, Any]:
    """What the document says of its revision, by field; nothing where it is the first version."""
    if kind.revision is None or version is None:
        return {}
    if says_the_same(version.fingerprint, fingerprint):
        return version.revision
    before = _input(origin_of(version.fingerprint))
    if before is None or not is_in_force(kind, before, day):
        return version.revision
    said = json.dumps(version.revision, sort_keys=True)
    step = _Step(
        kind.name, of_input(version.fingerprint), of_input(fingerprint), said, day, before, data
    )
    return _told(step)


@functools.lru_cache(maxsize=4096)
def _told(step: _Step) -> Mapping[str, Any]:
    kind, said = get_kind(step.kind), json.loads(step.said)
    fields = kind.revision.fields if kind.revision else ()
    made = revised(kind, {**step.old, **said}, {**said, **step.new}, step.day)
    return {key: made[key] for key in fields if key in made}


def _input(origin: Origin | None) -> Mapping[str, Any] | None:
    try:
        return origin.input() if origin else None
    except InvalidInput:
        return None
