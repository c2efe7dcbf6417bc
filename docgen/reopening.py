"""A document opened again: the input that it carries, and where the file is no longer what we made."""

import difflib
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen import __version__
from docgen.errors import AlteredDocument
from docgen.generate import generate, input_fingerprint, prepare
from docgen.input_yaml import plain_number
from docgen.inputs import parse_input
from docgen.kinds import DocumentKind
from docgen.letterhead import EMPTY_BOX
from docgen.registry import get_kind
from docgen.rendering.errors import InvalidTemplate
from docgen.rendering.input_part import read_input_words
from docgen.rendering.package import read_package
from docgen.rendering.provenance import read_provenance
from docgen.rendering.text import read_passages
from docgen.satker import Satker
from docgen.validation import fits

MOST_COMPARED = 4_000_000
"""Pairs of passages beyond which they are compared in their order only: a file may be anybody's."""

OTHER_OFFICE_DATA = (
    "Data satker, gambar, atau isian tidak sama lagi dengan saat dokumen ini dibuat."
)
DAMAGED = "Isian di dalam dokumen ini rusak."
_SHA256 = re.compile("[0-9a-f]{64}")
OTHER_VERSION = "Dokumen ini dibuat oleh docgen {}, sekarang {}."


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that is not as it was made: its place, its words then and now; empty: not there."""

    place: str
    was: str
    now: str

    def __str__(self) -> str:
        place = self.place[:1].upper() + self.place[1:]
        if not self.was:
            return f"{place}: ditambahkan “{self.now}”."
        if not self.now:
            return f"{place}: dihapus “{self.was}”."
        return f"{place}: “{self.was}” menjadi “{self.now}”."


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a document carries.

    `data` is the input with its office in it. `pictures` are those that the file still has, by the
    names that the input gives them; `missing` the names of the others, and `digests` the SHA-256 of
    all. `altered` are parts of the file that are not as they were made.
    """

    kind: DocumentKind[Any]
    naskah: str
    satker: str
    data: Mapping[str, Any]
    srikandi: bool
    pictures: Mapping[str, bytes]
    missing: tuple[str, ...]
    digests: Mapping[str, str]
    altered: tuple[str, ...]
    fingerprint: str
    version: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where the words of a file differ from a new rendering of its input.

    `doubts` say why a difference may be another's doing than an editor's.
    """

    differences: tuple[Difference, ...]
    doubts: tuple[str, ...]


def reopen(content: bytes) -> Reopened:
    """The input that the document carries.

    Raises:
        AlteredDocument: It is not one of ours, or it carries no input, or one that is damaged.
        UnknownKind: Its kind is none of ours.
        InvalidInput: What it carries is too large or too deep.
    """
    provenance = read_provenance(content)
    said = provenance.properties
    parts = read_package(content)
    carried = _carried(parts)
    kind = get_kind(said.get("docgen.kind", ""))
    naskah = said.get("docgen.naskah", "")
    if naskah not in {one.name for one in kind.naskah} or not fits(kind.payload, carried["isian"]):
        raise AlteredDocument(DAMAGED)
    satker = said.get("docgen.satker", "")
    pictures, missing = _pictures(parts, carried["gambar"])
    return Reopened(
        kind,
        naskah,
        satker,
        {"satker": satker, **{k: v for k, v in carried["isian"].items() if k != "satker"}},
        carried["srikandi"],
        pictures,
        missing,
        carried["gambar"],
        provenance.altered,
        said.get("docgen.input", ""),
        said.get("docgen.version", ""),
    )


def compare(opened: Reopened, content: bytes, satker: Satker) -> Comparison:
    """Where the file that was opened differs from what its input makes for the office today.

    Raises:
        InvalidInput: The input has errors by today's rules.
        AlteredDocument: The file's XML is damaged.
    """
    payload = prepare(opened.kind, opened.data, satker).valid_payload()
    # A naskah of words has none of the pictures of its packet, and only words are compared.
    stand_ins = dict.fromkeys(opened.missing, EMPTY_BOX.read_bytes())
    (fresh,) = generate(
        opened.kind,
        payload,
        satker,
        naskah=opened.naskah,
        srikandi=opened.srikandi,
        assets={**opened.pictures, **stand_ins},
    )
    try:
        here = read_passages(content)
    except InvalidTemplate as error:
        raise AlteredDocument(str(error)) from error
    found = _differences(read_passages(fresh.content), here)
    doubts = []
    now = input_fingerprint(payload, satker, srikandi=opened.srikandi, pictures=opened.digests)
    if found and now != opened.fingerprint:
        doubts.append(OTHER_OFFICE_DATA)
    if found and opened.version != __version__:
        doubts.append(OTHER_VERSION.format(opened.version, __version__))
    return Comparison(tuple(found), tuple(doubts))


def as_typed(value: Any) -> Any:  # noqa: ANN401  JSON-like data of any shape
    """The data with every value as the text that a person would type.

    >>> as_typed({"tahun": 2026, "selesai": True, "daftar": [1.5, "a"]})
    {'tahun': '2026', 'selesai': 'ya', 'daftar': ['1.5', 'a']}
    """
    if isinstance(value, Mapping):
        return {key: as_typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_typed(inner) for inner in value]
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, float)):
        return plain_number(value)
    return value


def _carried(parts: Mapping[str, bytes]) -> Mapping[str, Any]:
    words = read_input_words(parts)
    if words is None:
        raise AlteredDocument("Dokumen ini tidak membawa isiannya.")
    carried = parse_input(words.encode(errors="replace"), is_json=True)
    expected = {"isian": dict, "srikandi": bool, "gambar": dict}
    if not all(isinstance(carried.get(name), of) for name, of in expected.items()):
        raise AlteredDocument(DAMAGED)
    if not all(
        isinstance(one, str) and _SHA256.fullmatch(one) for one in carried["gambar"].values()
    ):
        raise AlteredDocument(DAMAGED)
    return carried


def _pictures(
    parts: Mapping[str, bytes], digests: Mapping[str, Any]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The pictures by name, and the names of those that are not there.

    Word gives pictures other names when it saves a file, so they are known by their content.
    """
    media = {
        hashlib.sha256(content).hexdigest(): content
        for name, content in parts.items()
        if name.startswith("word/media/")
    }
    found = {name: media[digest] for name, digest in digests.items() if digest in media}
    return found, tuple(name for name in digests if name not in found)


def _differences(
    made: Sequence[tuple[str, str]], here: Sequence[tuple[str, str]]
) -> list[Difference]:
    same = _same_at_start(made, here)
    made, here = made[same:], here[same:]
    if len(made) * len(here) > MOST_COMPARED:
        return list(_paired(made, here))
    before, after = [words for _, words in made], [words for _, words in here]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        difference
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
        for difference in _paired(made[start:end], here[first:last])
    ]


def _same_at_start(made: Sequence[tuple[str, str]], here: Sequence[tuple[str, str]]) -> int:
    pairs = zip(made, here, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0][1] == pair[1][1], pairs))


def _paired(
    made: Sequence[tuple[str, str]], here: Sequence[tuple[str, str]]
) -> Iterator[Difference]:
    """Passages one beside the other, as far as there are two; the rest is gone, or new."""
    for (_, was), (place, now) in zip(made, here, strict=False):
        yield Difference(place, was, now)
    yield from (Difference(place, was, "") for place, was in made[len(here) :])
    yield from (Difference(place, "", now) for place, now in here[len(made) :])
