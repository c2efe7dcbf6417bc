"""Offices named in a text: what is left of another office when a document is copied."""

import functools
import re
from collections.abc import Mapping

from docgen.satker.model import Satker
from docgen.satker.register import is_within, registry

LONGEST_NAME_WORDS = 6
_LEVELS = {
    "kabupaten": "Kabupaten",
    "kab": "Kabupaten",
    "kota": "Kota",
    "provinsi": "Provinsi",
    "prov": "Provinsi",
}
_MENTION = re.compile(
    r"\b(kabupaten|kab|kota|provinsi|prov)\b\.?\s+"
    rf"([^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){{0,{LONGEST_NAME_WORDS - 1}}})",
    re.IGNORECASE,
)


def mentions_of_other_office(text: str, satker: Satker) -> tuple[str, ...]:
    """The regions named in the text that are not the office's own, each once, in order.

    A region is named with its level (`Kota Mataram`, `Kab. Solok`, `Provinsi Bali`). The office's
    own region, those above it and those below it are its own. The longest name wins, so that
    `Kota Padang Panjang` is not `Kota Padang`.
    """
    return tuple(
        " ".join(registry().get(kode).kop[1].title().split())
        for kode in _mentioned(text)
        if not is_within(kode, satker.kode) and not is_within(satker.kode, kode)
    )


def mentions_region(text: str) -> bool:
    """Whether the text names any region, an office's own or another's."""
    return bool(_mentioned(text))


@functools.lru_cache(maxsize=4096)
def _mentioned(text: str) -> tuple[str, ...]:
    """The codes of the regions named in the text; the same text is asked about by many offices."""
    found = (
        _region(_LEVELS[match[1].lower()], match[2].split()) for match in _MENTION.finditer(text)
    )
    return tuple(dict.fromkeys(kode for kode in found if kode))


def _region(level: str, words: list[str]) -> str | None:
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length]).casefold()
        if kode := _regions().get((level, name)):
            return kode
    return None


@functools.cache
def _regions() -> Mapping[tuple[str, str], str]:
    regions = {}
    for office in registry().all():
        level = "Provinsi" if office.jenis == "provinsi" else office.jenis.capitalize()
        name = office.wilayah.removeprefix(level).strip()
        regions[level, name.casefold()] = office.kode
    return regions
