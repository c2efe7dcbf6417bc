"""The use case: a kind, a payload and an office make files. No disk but templates, no network, no clock."""

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from docgen import __version__
from docgen.errors import InvalidInput, UnknownNaskah
from docgen.filenames import file_name, slug
from docgen.findings import Finding
from docgen.kinds import DocumentKind, DocumentOrder, Naskah, Payload
from docgen.masters import check_master, fill_master, is_master
from docgen.rendering import PageSetup, Template, load
from docgen.satker import Satker
from docgen.validation import validate

P = TypeVar("P", bound=Payload)

SEMUA = "semua"
NO_ASSETS: Mapping[str, bytes] = MappingProxyType({})
NO_DIGESTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Prepared(Generic[P]):
    """An input that was looked at: the payload, None where there are errors, and all findings."""

    payload: P | None
    findings: tuple[Finding, ...]

    def valid_payload(self) -> P:
        """The payload.

        Raises:
            InvalidInput: There are errors.
        """
        if self.payload is None:
            raise InvalidInput(self.findings)
        return self.payload


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """One Word file; `sha256` is of `content`, in lower-case hexadecimal."""

    naskah: str
    filename: str
    content: bytes
    sha256: str


def prepare(kind: DocumentKind[P], data: Mapping[str, Any], satker: Satker) -> Prepared[P]:
    """Check an input for an office: its form first, then what a reviewer would raise.

    A master is filled with the office's words first.
    """
    about_master: list[Finding] = []
    if is_master(data):
        about_master, data = check_master(data, satker), fill_master(data, satker)
    payload, findings = validate(kind.payload, data)
    findings = [*about_master, *findings]
    if payload is not None:
        findings += kind.check(payload, satker)
    if any(finding.is_error for finding in findings):
        payload = None
    return Prepared(payload, tuple(findings))


def generate(
    kind: DocumentKind[P],
    payload: P,
    satker: Satker,
    *,
    naskah: str = "",
    srikandi: bool = False,
    assets: Mapping[str, bytes] = NO_ASSETS,
    cache_dir: Path | None = None,
    embed_input: bool = True,
) -> tuple[GeneratedFile, ...]:
    """The files of a payload that has no errors, in the kind's order.

    `naskah` names one, `semua` takes every one that the payload can fill, empty the kind's first.
    `assets` are pictures by the names that the payload gives them. With `embed_input` the input
    travels in each file, for `docgen.reopening`.

    Raises:
        UnknownNaskah: The kind has no naskah of this name.
        InvalidInput: The payload lacks what the named naskah needs, or `assets` a picture.
        TemplateError: A template cannot be compiled or filled.
    """
    chosen = choose_naskah(kind, payload, naskah)
    _refuse_missing_pictures(kind, payload, assets)
    digests = {name: _content_digest(content) for name, content in assets.items()}
    fingerprint = input_fingerprint(payload, satker, srikandi=srikandi, pictures=digests)
    words = input_words(payload, digests, srikandi=srikandi) if embed_input else ""
    base = slug(kind.archive(payload, satker).judul, kind.name)
    files = []
    for one in chosen:
        order = DocumentOrder(payload, satker, one.name, assets, srikandi)
        template = template_for(kind, payload, one, cache_dir, embed_input=embed_input)
        if not srikandi:
            template.check_marks()
        package = template.fill(
            kind.build_context(order),
            properties={
                "docgen.kind": kind.name,
                "docgen.naskah": one.name,
                "docgen.satker": satker.kode,
                "docgen.input": fingerprint,
                "docgen.template": template.fingerprint,
                "docgen.version": __version__,
            },
            input_words=words,
        )
        files.append(
            GeneratedFile(
                one.name,
                file_name(base, one.name, is_only_one=len(kind.naskah) == 1),
                package.content,
                hashlib.sha256(package.content).hexdigest(),
            )
        )
    return tuple(files)


def template_for(
    kind: DocumentKind[P],
    payload: P,
    naskah: Naskah[P],
    cache_dir: Path | None = None,
    *,
    embed_input: bool = False,
) -> Template:
    """The naskah's compiled template, on the paper and in the font that the payload asks for."""
    opsi = kind.opsi(payload)
    setup = PageSetup(
        kertas=opsi.kertas,
        huruf=opsi.huruf,
        ukuran_huruf=opsi.ukuran_huruf,
        carries_input=embed_input,
    )
    return load(kind.template_path(naskah), setup, cache_dir)


def choose_naskah(kind: DocumentKind[P], payload: P, name: str) -> Sequence[Naskah[P]]:
    """The naskah to make, in the kind's order; the same errors as `generate`."""
    if name == SEMUA:
        return [one for one in kind.naskah if not one.needs(payload)]
    one = naskah_of(kind, name)
    if name and (lacking := one.needs(payload)):
        raise InvalidInput([Finding("N01", "error", "", f"{one.judul}: {lacking}")])
    return [one]


def naskah_of(kind: DocumentKind[P], name: str = "") -> Naskah[P]:
    """The kind's naskah of this name; the first one for an empty name.

    Raises:
        UnknownNaskah: The kind has no naskah of this name.
    """
    if not name:
        return kind.naskah[0]
    for one in kind.naskah:
        if one.name == name:
            return one
    raise UnknownNaskah(name, [one.name for one in kind.naskah])


def _refuse_missing_pictures(
    kind: DocumentKind[P], payload: P, assets: Mapping[str, bytes]
) -> None:
    missing = [
        Finding("G01", "error", picture.pointer, f"Gambar “{picture.name}”: tidak ditemukan.")
        for picture in kind.pictures(payload)
        if picture.name not in assets
    ]
    if missing:
        raise InvalidInput(missing)


def input_fingerprint(
    payload: Payload,
    satker: Satker,
    *,
    srikandi: bool = False,
    pictures: Mapping[str, str] = NO_DIGESTS,
) -> str:
    """SHA-256 over all that a document says: payload, office, options, pictures.

    `pictures` are their SHA-256 by name, in hexadecimal. Whether the input itself names the office
    makes no difference.
    """
    digest = hashlib.sha256(payload.model_dump_json(exclude={"satker"}).encode())
    digest.update(_satker_digest(satker))
    digest.update(b"srikandi" if srikandi else b"")
    for name in sorted(pictures):
        digest.update(name.encode() + bytes.fromhex(pictures[name]))
    return digest.hexdigest()


def input_words(payload: Payload, pictures: Mapping[str, str], *, srikandi: bool) -> str:
    """What travels in a document: JSON with `isian`, `srikandi` and `gambar`.

    `isian` is the payload without its office and what it leaves at its default; `gambar` has the SHA-256 of each
    picture by the name that the payload gives it.
    """
    # The payload writes itself: as JSON it is there sooner than as a mapping.
    isian = payload.model_dump_json(exclude_defaults=True, exclude={"satker"})
    rest = json.dumps({"srikandi": srikandi, "gambar": dict(pictures)}, ensure_ascii=False)
    return f'{{"isian":{isian},{rest[1:]}'


@functools.lru_cache(maxsize=64)
def _content_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@functools.lru_cache(maxsize=1024)
def _satker_digest(satker: Satker) -> bytes:
    return hashlib.sha256(repr(satker).encode()).digest()
