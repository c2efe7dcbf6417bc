"""Masters: an input for many offices, with `{{ satker.X }}` where an office's own words go.

Only a master is filled in; in any other input `{{` is text. Names that an office does not offer
stay text too. An office's document is made from the master with the office's own changes in it.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen.errors import DocgenError, InvalidInput
from docgen.filenames import title_of
from docgen.findings import Finding
from docgen.inputs import read_input
from docgen.kinds import DocumentKind
from docgen.merge_patch import merged
from docgen.satker import Satker, registry

PLACEHOLDER = re.compile(r"\{\{\s*satker\.([a-z_]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Master:
    """A master: its id, its title with placeholders, the offices that it holds for, its data."""

    id: str
    judul: str
    berlaku: str
    data: Mapping[str, Any]

    def holds_for(self, satker: Satker) -> bool:
        """Whether the office uses this master."""
        return satker.kode in offices_of(self.berlaku)


def load_masters(kind: DocumentKind[Any]) -> Mapping[str, Master]:
    """The kind's starter masters by id, in their order; empty where it has none."""
    return _load_folder(kind.masters) if kind.masters else MappingProxyType({})


@functools.cache
def _load_folder(folder: Path) -> Mapping[str, Master]:
    masters = (read_master(read_input(path)) for path in sorted(folder.glob("*.yaml")))
    return MappingProxyType({master.id: master for master in masters})


def is_master(data: Mapping[str, Any]) -> bool:
    """Whether this input says that it is a master."""
    return isinstance(data.get("master"), Mapping)


def read_master(data: Mapping[str, Any]) -> Master:
    """The master in this data, of which `is_master` must hold; what it lacks is empty."""
    says = data["master"]
    return Master(str(says.get("id", "")), title_of(data), str(says.get("berlaku", "")), data)


@functools.lru_cache(maxsize=1024)
def offices_of(selector: str) -> frozenset[str]:
    """The codes of the offices that a selector names; the same errors as `Registry.select`."""
    return frozenset(satker.kode for satker in registry().select(selector))


def check_master(data: Mapping[str, Any], satker: Satker) -> list[Finding]:
    """What is wrong with where a master holds, or that the office is none of these."""
    master = read_master(data)
    if not master.berlaku:
        return []  # the schema says that it must be filled in
    try:
        holds = master.holds_for(satker)
    except DocgenError as error:
        return [Finding("S05", "error", "/master/berlaku", f"Master, berlaku untuk: {error}")]
    if holds:
        return []
    message = f"Master, berlaku untuk: {master.berlaku}, jadi tidak untuk {satker.nama}."
    return [Finding("S04", "warning", "/master/berlaku", message)]


def apply_changes(master: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The master's data with an office's changes in it, placeholders still in their places.

    `changes` are a JSON merge patch (RFC 7396), and `docgen.merge_patch` says how one step is changed,
    added, moved or taken out by its id. What makes it a master is not an office's to change.

    Raises:
        InvalidInput: A change names what the master does not have; findings point into the changes.
    """
    if "master" in changes:
        message = "Perubahan: id dan satker sebuah master tidak dapat diganti oleh satu satker."
        raise InvalidInput([Finding("V04", "error", "/master", message)])
    return merged(master, changes)


def title_for(data: Mapping[str, Any], satker: Satker) -> str:
    """The title that a document from this master's data has at the office."""
    return title_of(fill_master({"judul": title_of(data)}, satker))


def fill_master(data: Mapping[str, Any], satker: Satker) -> dict[str, Any]:
    """A copy of the master's data with the office's words in every text."""
    words = satker.placeholder_values()

    def fill(value: Any) -> Any:  # noqa: ANN401  JSON-like data of any shape
        if isinstance(value, str):
            if "{{" not in value:
                return value
            return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), value)
        if isinstance(value, (list, tuple)):
            return [fill(inner) for inner in value]
        if isinstance(value, Mapping):
            return {key: fill(inner) for key, inner in value.items()}
        return value

    return {key: fill(value) for key, value in data.items()}
