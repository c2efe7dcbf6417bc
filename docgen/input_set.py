"""A set of inputs, for the command line: read, checked, made, written together."""

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.agreement import Document, disagreements
from docgen.assets import folder_source, gather
from docgen.errors import InvalidInput, UnknownSatker, UnreadableInput
from docgen.filenames import distinct, file_name, slug
from docgen.findings import Finding
from docgen.generate import generate, prepare
from docgen.inputs import read_input, with_input_name
from docgen.kinds import DocumentKind, Payload
from docgen.satker import Satker, registry
from docgen.validation import validate


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: its kind, its path, its office and its payload, None where there are errors.

    `assets` are the pictures that the payload names.
    """

    kind: DocumentKind[Any]
    path: Path
    satker: Satker | None
    payload: Payload | None
    findings: tuple[Finding, ...]
    assets: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputSet:
    """Inputs in the order given; `companions`, of any kind, are only to agree with them."""

    kind: DocumentKind[Any]
    entries: tuple[Entry, ...]
    companions: tuple[Entry, ...] = ()

    @classmethod
    def read(
        cls,
        kind: DocumentKind[Any],
        paths: Sequence[Path],
        satker: Satker | None,
        companions: Sequence[tuple[DocumentKind[Any], Path]] = (),
    ) -> "InputSet":
        """Read and check every input; `satker` overrides what they say.

        Raises:
            UnreadableInput: A path cannot be read.
        """
        return cls(
            kind,
            tuple(_read_entry(kind, path, satker) for path in paths),
            tuple(_read_entry(other, path, satker) for other, path in companions),
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What each input's own check says, then where the inputs contradict each other."""
        every = (*self.entries, *self.companions)
        of_each = [finding for entry in every for finding in entry.findings]
        return (*of_each, *disagreements(_documents(every)))

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)

    def generate(
        self,
        *,
        naskah: str = "",
        srikandi: bool = False,
        cache_dir: Path | None = None,
        embed_input: bool = True,
    ) -> dict[str, bytes]:
        """The documents' bytes by file name, in input order; `has_errors` must be false."""
        bases = distinct(self._slug(entry) for entry in self.entries)
        documents = {}
        for base, entry in zip(bases, self.entries, strict=True):
            payload, satker = _complete(entry)
            files = generate(
                self.kind,
                payload,
                satker,
                naskah=naskah,
                srikandi=srikandi,
                assets=entry.assets,
                cache_dir=cache_dir,
                embed_input=embed_input,
            )
            for file in files:
                name = file_name(base, file.naskah, is_only_one=len(self.kind.naskah) == 1)
                documents[name] = file.content
        return documents

    def _slug(self, entry: Entry) -> str:
        return slug(self.kind.archive(*_complete(entry)).judul, self.kind.name)


def _documents(entries: Sequence[Entry]) -> Iterator[Document]:
    for entry in entries:
        if entry.payload is not None and entry.satker is not None:
            facts = entry.kind.facts(entry.payload, entry.satker)
            yield Document(str(entry.path), entry.satker, entry.kind.payload, facts)


def _complete(entry: Entry) -> tuple[Payload, Satker]:
    if entry.payload is None or entry.satker is None:
        raise InvalidInput(entry.findings)
    return entry.payload, entry.satker


def _read_entry(kind: DocumentKind[Any], path: Path, override: Satker | None) -> Entry:
    try:
        data = read_input(path)
    except InvalidInput as error:
        return Entry(kind, path, None, None, with_input_name(error.findings, str(path)))
    satker, about_satker = choose_satker(data, override)
    if satker is None:
        about_form = validate(kind.payload, data)[1]
        return Entry(
            kind, path, None, None, with_input_name([*about_satker, *about_form], str(path))
        )
    return checked_entry(kind, path, data, satker, about_satker)


def checked_entry(
    kind: DocumentKind[Any],
    path: Path,
    data: Mapping[str, Any],
    satker: Satker,
    findings: Sequence[Finding] = (),
) -> Entry:
    """An input's data checked for an office, with its pictures; `findings` come first."""
    prepared = prepare(kind, data, satker)
    payload = prepared.payload
    named = kind.pictures(payload) if payload is not None else ()
    assets, about_pictures = gather(named, folder_source(path.parent))
    findings = [*findings, *prepared.findings, *about_pictures]
    return Entry(
        kind,
        path,
        satker,
        None if about_pictures else payload,
        with_input_name(findings, str(path)),
        assets,
    )


def choose_satker(
    data: Mapping[str, Any], override: Satker | None
) -> tuple[Satker | None, list[Finding]]:
    """The office of an input: the override, else the one it names; and what to say of that."""
    named = data.get("satker")
    if override:
        if isinstance(named, str) and named.strip() and named.strip() != override.kode:
            message = f"Satker: isian menyebut {named}, yang dipakai {override.kode}."
            return override, [Finding("S02", "warning", "/satker", message)]
        return override, []
    if not isinstance(named, str) or not named.strip():
        hint = "Tulis satker: 13.71 di isian, atau pakai --satker 13.71."
        return None, [Finding("S01", "error", "/satker", "Satker: harus diisi.", hint)]
    try:
        return registry().get(named.strip()), []
    except UnknownSatker as error:
        return None, [Finding("S03", "error", "/satker", str(error))]


def beside(path: Path, pictures: Mapping[str, bytes]) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """Where an input's pictures go that is to lie at this path, and the names that cannot be there.

    What lies there already stays: it may be the photograph that the picture was made from.
    """
    home = path.parent.resolve()
    places = {name: (home / name).resolve() for name in pictures if "\0" not in name}
    inside = {name: place for name, place in places.items() if place.is_relative_to(home)}
    refused = tuple(name for name in pictures if name not in inside)
    return {place: pictures[name] for name, place in inside.items() if not place.exists()}, refused


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: each beside its place first, then all moved into place.

    Raises:
        UnreadableInput: A folder cannot be made or written; what was there before is unchanged.
    """
    waiting: list[tuple[str, Path]] = []
    # Moving onto a folder fails only when its turn comes, with the files before it in place.
    if folder := next((path for path in contents if path.is_dir()), None):
        raise UnreadableInput(f"{folder}: tidak dapat ditulis (di situ ada folder).")
    place = Path()
    try:
        for place, content in contents.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((write_beside(place, content), place))
        for temporary, place in waiting:
            Path(temporary).replace(place)
    except OSError as error:
        # A full disk has no file name, and a temporary one says nothing.
        raise UnreadableInput(f"{place}: tidak dapat ditulis ({error.strerror}).") from error
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)


def write_beside(path: Path, content: bytes) -> str:
    """Write a file beside the path, to be moved there; its name begins with `.docgen-`."""
    name = path.with_name(f".docgen-{secrets.token_hex(8)}")
    # Made as any new file is: mkstemp's would be for its owner alone.
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
    except OSError:
        name.unlink(missing_ok=True)
        raise
    return str(name)
