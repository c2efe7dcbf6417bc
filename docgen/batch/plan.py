"""What a batch would make, what it leaves as it is, and why: it reads, and writes nothing."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.assets import PictureSource, folder_source
from docgen.batch.ledger import Made
from docgen.errors import DocgenError, InvalidInput, UnusablePicture
from docgen.filenames import distinct, file_name, slug, title_of
from docgen.findings import Finding
from docgen.fingerprints import (
    data_fingerprint,
    engine_fingerprint,
    satker_fingerprint,
    template_fingerprint,
)
from docgen.inputs import read_input
from docgen.kinds import DocumentKind
from docgen.masters import Master, is_master, read_master, title_for
from docgen.satker import Satker
from docgen.validation import validate

PARTS = ("isian", "data satker", "templat", "docgen")
"""What a fingerprint joins, in this order."""

UNCHANGED = "tidak berubah"


@dataclass(frozen=True, slots=True)
class BatchInput:
    """An input as it was read; `findings` are not empty where it could not be."""

    path: Path
    data: Mapping[str, Any]
    fingerprint: str
    master: Master | None
    findings: tuple[Finding, ...] = ()

    def holds_for(self, satker: Satker) -> bool:
        """Whether it is made for the office; a master that cannot say so is, to be refused there."""
        if self.master is None:
            return True
        try:
            return self.master.holds_for(satker)
        except DocgenError:
            return True

    def title_for(self, satker: Satker) -> str:
        return title_for(self.data, satker) if self.master else title_of(self.data)


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to be made or left: `file` is relative to the folder, `input` a position.

    `sha256` is that of the file as it lies there, where it is unchanged. `replaces` are files that
    the same input made under other names, each with its SHA-256 as it was made.
    """

    satker: str
    input: int
    naskah: str
    file: str
    fingerprint: str
    reason: str
    sha256: str = ""
    replaces: tuple[tuple[str, str], ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return self.reason == UNCHANGED

    @property
    def has_other_input(self) -> bool:
        """Whether a file that was made from another input is to be replaced."""
        return bool(self.replaces) or self.reason.startswith(PARTS[0])


@dataclass(frozen=True, slots=True)
class Plan:
    """All documents in the order of offices and inputs, and which input is for which office not."""

    kind: DocumentKind[Any]
    folder: Path
    inputs: tuple[BatchInput, ...]
    documents: tuple[Planned, ...]
    excluded: tuple[tuple[int, str], ...]
    embed_input: bool = True


def read_inputs(kind: DocumentKind[Any], paths: Sequence[Path]) -> tuple[BatchInput, ...]:
    """The inputs in their order.

    Raises:
        UnreadableInput: A path cannot be read.
    """
    return tuple(_read(kind, path) for path in paths)


def _read(kind: DocumentKind[Any], path: Path) -> BatchInput:
    try:
        data = read_input(path)
    except InvalidInput as error:
        return BatchInput(path, {}, "", None, error.findings)
    master = read_master(data) if is_master(data) else None
    pictures = _pictures(kind, data, folder_source(path.parent))
    return BatchInput(path, data, data_fingerprint(data, pictures), master)


def _pictures(
    kind: DocumentKind[Any], data: Mapping[str, Any], source: PictureSource
) -> Iterator[bytes]:
    """The pictures that an input names, nothing for those that are refused when it is made."""
    payload, _ = validate(kind.payload, data)
    for one in kind.pictures(payload) if payload is not None else ():
        try:
            yield source(one.name)
        except UnusablePicture:
            yield b""


def plan(
    kind: DocumentKind[Any],
    inputs: Sequence[BatchInput],
    offices: Sequence[Satker],
    folder: Path,
    made: Mapping[str, Made],
    *,
    force: bool = False,
    embed_input: bool = True,
) -> Plan:
    """What to do for these offices, where `made` is what earlier runs made in the folder."""
    planner = _Planner(kind, inputs, folder, made, force=force, embed_input=embed_input)
    documents = [document for office in offices for document in planner.office(office)]
    excluded = tuple(
        (position, office.kode)
        for position, one in enumerate(inputs)
        for office in offices
        if not one.holds_for(office)
    )
    return Plan(kind, folder, tuple(inputs), tuple(documents), excluded, embed_input)


class _Planner:
    """What is the same for all offices, and the earlier documents by input."""

    def __init__(
        self,
        kind: DocumentKind[Any],
        inputs: Sequence[BatchInput],
        folder: Path,
        made: Mapping[str, Made],
        *,
        force: bool,
        embed_input: bool,
    ) -> None:
        self.kind = kind
        self.inputs = inputs
        self.folder = folder
        self.made = made
        self.force = force
        self.naskah = kind.naskah[0]
        template = template_fingerprint(kind, self.naskah, embed_input=embed_input)
        self.rest = (template, engine_fingerprint(kind.folder))
        self.made_by: dict[tuple[str, str], list[str]] = {}
        for file, one in made.items():
            self.made_by.setdefault((file.partition("/")[0], one.input), []).append(file)

    def office(self, satker: Satker) -> list[Planned]:
        holding = [position for position, one in enumerate(self.inputs) if one.holds_for(satker)]
        titles = [self.inputs[position].title_for(satker) for position in holding]
        here = {_path(self.inputs[position]) for position in holding}

        def is_anothers(index: int, base: str) -> bool:
            return self._is_anothers(
                self._file(satker, base), self.inputs[holding[index]].fingerprint, here
            )

        bases = distinct((slug(title, self.kind.name) for title in titles), is_anothers)
        files = [self._file(satker, base) for base in bases]
        return [
            self._document(satker, position, file, set(files))
            for position, file in zip(holding, files, strict=True)
        ]

    def _file(self, satker: Satker, base: str) -> str:
        is_only_one = len(self.kind.naskah) == 1
        return f"{satker.kode}/{file_name(base, self.naskah.name, is_only_one=is_only_one)}"

    def _is_anothers(self, file: str, fingerprint: str, here: Collection[str]) -> bool:
        """Whether an input that is not among these made the file, which is still there.

        The same input under another path, because it was moved, is no other.
        """
        known = self.made.get(file)
        if known is None or known.input in here:
            return False
        is_moved = known.fingerprint.startswith(f"{fingerprint[:16]}:")
        return not is_moved and (self.folder / file).exists()

    def _document(self, satker: Satker, position: int, file: str, files: set[str]) -> Planned:
        one = self.inputs[position]
        fingerprint = ":".join(
            part[:16] for part in (one.fingerprint, satker_fingerprint(satker), *self.rest)
        )
        reason, sha256 = self._look(file, fingerprint)
        earlier = self.made_by.get((satker.kode, _path(one)), [])
        replaces = tuple((name, self.made[name].sha256) for name in earlier if name not in files)
        if replaces and reason == UNCHANGED:
            reason = "namanya berubah"
        naskah = self.naskah.name
        return Planned(satker.kode, position, naskah, file, fingerprint, reason, sha256, replaces)

    def _look(self, file: str, fingerprint: str) -> tuple[str, str]:
        """Why the document is to be made, or that it is unchanged; and the file's SHA-256."""
        sha256 = sha256_of(self.folder / file)
        if self.force:
            return "diminta dibuat ulang", sha256
        known = self.made.get(file)
        if known is None:
            return ("belum tercatat" if sha256 else "belum ada"), sha256
        if not sha256:
            return "berkasnya hilang", sha256
        if known.sha256 != sha256:
            return "berkasnya diubah sejak dibuat", sha256
        if known.fingerprint != fingerprint:
            return _what_changed(known.fingerprint, fingerprint), sha256
        return UNCHANGED, sha256


def _path(one: BatchInput) -> str:
    return str(one.path.absolute())


def _what_changed(before: str, now: str) -> str:
    pairs = zip(PARTS, before.split(":"), now.split(":"), strict=False)
    return f"{' dan '.join(part for part, old, new in pairs if old != new)} berubah"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty where there is no file that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
