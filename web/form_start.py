"""What a form begins with and offers: the office's own data, and entries of earlier documents."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.kinds import DocumentKind
from docgen.masters import Master, fill_master, load_masters
from docgen.peraturan import outdated_in
from docgen.registry import kinds
from docgen.satker import Satker
from web.controls import Control, FormSection
from web.form_state import is_blank

MOST_OFFERED = 60
LONGEST_OFFERED = 1_000
NAMED_BY = (("nama", "jabatan"), ("judul", "nomor"))
"""By which keys people know an entry: its name, and what tells it from its namesake."""

OF_PEOPLE = ("jabatan", "nama", "nip", "pangkat", "sifat")


def starting_data(sections: Iterable[FormSection], office: Satker) -> dict[str, Any]:
    """What is known before anything is typed: the signer, the place of dating."""
    return _known((one for section in sections for one in section.controls), office)


def _known(controls: Iterable[Control], office: Satker) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for control in controls:
        if control.office:
            data[control.key] = str(getattr(office, control.office))
        elif control.official:
            data[control.key] = _holder(control, office)
        elif control.widget == "group":
            data[control.key] = _known(control.fields, office)
    return {key: value for key, value in data.items() if not is_blank(value)}


def _holder(control: Control, office: Satker) -> dict[str, str]:
    """The holder of the post as the group asks for them; nothing where nobody is known."""
    if not any(one.jabatan == control.official for one in office.pejabat):
        return {}
    holder = office.holder(control.official)
    asked = [inner.key for inner in control.fields if inner.key in OF_PEOPLE]
    return {key: value for key in asked if (value := getattr(holder, key))}


def copied(data: Mapping[str, Any]) -> dict[str, Any]:
    """A document's input as the start of another: without what only that one has."""
    return {key: value for key, value in data.items() if key not in ("satker", "master")}


def as_copy(kind: DocumentKind[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what the form calls its own: number, dates, which revision it is."""
    start = copied(data)
    own = [pattern for pattern, hint in kind.form.hints.items() if hint.own]
    for pattern in (*own, *(kind.revision.fields if kind.revision else ())):
        start = _without(start, pattern.split("/"))
    return start


def _without(value: Any, pattern: Sequence[str]) -> Any:  # noqa: ANN401  JSON-like data of any shape
    """The data without the keys at the end of a pattern, `*` standing for every row."""
    step, *rest = pattern
    if step == "*" and isinstance(value, (list, tuple)):
        return [_without(row, rest) for row in value]
    if not isinstance(value, Mapping) or step not in value:
        return value
    if not rest:
        return {key: inner for key, inner in value.items() if key != step}
    return {**value, step: _without(value[step], rest)}


def masters_for(kind: DocumentKind[Any], office: Satker) -> list[Master]:
    """The masters that the office may begin with, by title."""
    return [one for one in load_masters(kind).values() if one.holds_for(office)]


def from_master(kind: DocumentKind[Any], office: Satker, master_id: str) -> dict[str, Any]:
    """The master filled with the office's words; nothing where there is none of this id."""
    master = load_masters(kind).get(master_id)
    if master is None or not master.holds_for(office):
        return {}
    return copied(fill_master(master.data, office))


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry that can be picked: its value as JSON, its words, what is wrong with it."""

    value: str
    words: str
    warning: str = ""


Input = tuple[str, Mapping[str, Any]]
"""The kind of a document and what it was made from."""


def pools_of(sections: Iterable[FormSection]) -> frozenset[str]:
    """The pools from which lists of this form take entries."""
    return frozenset(_pools(one for section in sections for one in section.controls))


def _pools(controls: Iterable[Control]) -> Iterator[str]:
    for control in controls:
        if control.pool:
            yield control.pool
        yield from _pools(control.fields)


def givers(pool: str) -> list[str]:
    """The kinds whose documents are entries of this pool."""
    return [kind.name for kind in kinds().values() if pool in kind.form.gives]


def offers(own: Mapping[str, Sequence[Any]], earlier: Sequence[Input]) -> dict[str, list[Offer]]:
    """What each pool of `own` offers; one that has nothing is left out.

    `own` are entries of the office's own by pool, `earlier` documents in which others stand,
    newest first.
    """
    offered = {
        pool: _offered([*entries, *_entries(pool, earlier)]) for pool, entries in own.items()
    }
    return {pool: found for pool, found in offered.items() if found}


def _offered(entries: Iterable[Any]) -> list[Offer]:
    found: dict[str, Offer] = {}
    for entry in entries:
        words = _words(entry)
        if words and len(words) <= LONGEST_OFFERED and words.casefold() not in found:
            warnings = [f"{one.wrong}. {one.instead}" for one in outdated_in(words)]
            value = json.dumps(entry, ensure_ascii=False)
            found[words.casefold()] = Offer(value, words, " ".join(warnings))
    # What is outdated comes last: it is there to be recognised, not to be preferred.
    return sorted(list(found.values())[:MOST_OFFERED], key=lambda one: bool(one.warning))


def _masters() -> Iterator[Input]:
    for kind in kinds().values():
        for master in load_masters(kind).values():
            yield kind.name, master.data


def given(pool: str, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of a pool that a document of this kind and input is itself."""
    keys = {str(of): keys for of, keys in kinds()[name].form.gives.items()}[pool]
    return {key: data[key] for key in keys if data.get(key)}


def _entries(pool: str, earlier: Iterable[Input]) -> Iterator[Any]:
    patterns = {
        name: [pattern.split("/") for pattern, hint in kind.form.hints.items() if hint.pool == pool]
        for name, kind in kinds().items()
    }
    for name, data in (*earlier, *_masters()):
        for pattern in patterns.get(name, ()):
            yield from _at(data, pattern)


def _at(value: Any, pattern: Sequence[str]) -> Iterator[Any]:  # noqa: ANN401  JSON-like data of any shape
    """The entries of the lists at the end of a pattern, `*` standing for every row."""
    if not pattern:
        yield from value if isinstance(value, list) else ()
    elif pattern[0] == "*":
        for row in value if isinstance(value, list) else ():
            yield from _at(row, pattern[1:])
    elif isinstance(value, Mapping):
        yield from _at(value.get(pattern[0]), pattern[1:])


def _words(entry: Any) -> str:  # noqa: ANN401  JSON-like data of any shape
    if isinstance(entry, str):
        return entry.strip() if "{{" not in entry else ""
    if isinstance(entry, Mapping):
        for name, beside in NAMED_BY:
            if entry.get(name):
                return " · ".join(str(entry[key]) for key in (name, beside) if entry.get(key))
    return ""


def picked(values: Iterable[str]) -> list[Any]:
    """The entries that were picked, as a form sends them; what cannot be read is left out."""
    entries = []
    for value in values:
        try:
            entries.append(json.loads(value))
        except (ValueError, RecursionError):  # no page sends such a thing
            continue
    return entries
