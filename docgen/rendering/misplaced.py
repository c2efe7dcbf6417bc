"""Tags of a template that are right in themselves, but stand where they do harm or nothing."""

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docgen.rendering.errors import Place, Problem
from docgen.rendering.measures import MEASURES, MERGES
from docgen.rendering.parts import is_filled
from docgen.rendering.passages import passages, words_of
from docgen.rendering.places import Places
from docgen.rendering.tag_reader import NEVER_FILLED
from docgen.rendering.tags import CHART_LEVELS, LEVELS, TAG
from docgen.rendering.xml import q

_HOMES = tuple(map(q, "w:tc w:footnote w:endnote w:txbxContent".split()))
"""What texts may not be joined across."""

_TAG_IN_ADDRESS = re.compile(rb"(?:\{|%7B){2}", re.IGNORECASE)
_OF_CELL = re.compile(rf"\{{%\s*({'|'.join([*MEASURES, *MERGES])})\b")
_WHERE = {
    **dict.fromkeys(("tr", "tc"), "di dalam tabel"),
    **dict.fromkeys(("p", "r"), "di dalam paragraf"),
    **dict.fromkeys(CHART_LEVELS, "di dalam grafik"),
}


def unreached(parts: Mapping[str, bytes], trees: Mapping[str, Any]) -> Iterator[Problem]:
    """Tags where nothing is filled: comments, data behind the document, deleted text."""
    mend = "Pindahkan ke isi naskah, atau hapus."
    for name, part in parts.items():
        if name.endswith(".rels") and _TAG_IN_ADDRESS.search(part):
            yield Problem(Place(name), f"{NEVER_FILLED}: di alamat sebuah tautan.", mend)
    for name, root in trees.items():
        for passage in () if is_filled(name) else passages(root, name):
            if TAG.search(passage.words):
                yield Problem(passage.place, f"{NEVER_FILLED}.", mend)
        places = Places(root, name)
        for paragraph in root.iter(q("w:p")):
            gone = paragraph.iter(q("w:delText"), q("w:delInstrText"))
            if TAG.search("".join(one.text or "" for one in gone)):
                message = f"{NEVER_FILLED}: teksnya sudah dihapus."
                yield Problem(places.of(paragraph), message, "Terima perubahan.")


def lost(trees: Mapping[str, Any]) -> Iterator[Problem]:
    """What stands beside a tag that takes its whole paragraph, row or cell with it."""
    for name, root in trees.items():
        places = Places(root, name)
        for level in ("p", "tr", "tc"):
            tag = _tag_of(level)
            for element in root.iter(LEVELS[level]):
                paragraphs = [element] if level == "p" else list(element.iter(q("w:p")))
                words = "".join(map(words_of, paragraphs))
                tags = tag.findall(words)
                if tags and (rest := _without_last(words, tags[-1])):
                    message = f"teks di samping {{%{level} …%}} akan hilang: “{rest}”."
                    yield Problem(places.of(paragraphs[0]), message, "Pindahkan ke tempat lain.")


def _tag_of(level: str) -> re.Pattern[str]:
    return re.compile(rf"\{{[{{%#]-?{level}\s.*?[%}}#]\}}", re.DOTALL)


def misplaced(root: Any, part: str) -> Iterator[Problem]:  # noqa: ANN401  lxml ships no types
    """Tags that want to take something with them that is not around them."""
    for passage in passages(root, part):
        around = {one.tag for one in (passage.element, *passage.element.iterancestors())}
        for level, element in {**LEVELS, **CHART_LEVELS}.items():
            is_in_run = level == "r" and LEVELS["p"] in around
            if element not in around and not is_in_run and _tag_of(level).search(passage.words):
                mend = f"Tulis {_WHERE[level]}, atau tanpa “{level}”."
                yield Problem(passage.place, f"{{%{level} …%}} tidak di tempatnya.", mend)
        if q("w:tc") not in around and (of_cell := _OF_CELL.search(passage.words)):
            message = f"{{% {of_cell[1]} %}} tidak di tempatnya."
            yield Problem(passage.place, message, "Tulis di dalam sel tabel.")


def joins_containers(root: Any, part: str) -> Iterator[Problem]:  # noqa: ANN401  lxml ships no types
    """Tags whose `-` would join the text of two cells, tables, text boxes or notes."""
    written = [one for one in passages(root, part) if one.element.tag == q("w:p")]
    for before, here in itertools.pairwise(written):
        if _home(before.element) is not _home(here.element):
            mend = "Hapus tanda hubungnya: yang digabung harus satu sel."
            if "-%}" in before.slots[-1].words:
                yield Problem(before.place, "“-%}” menggabungkan teks di luar selnya.", mend)
            if "{%-" in here.slots[0].words:
                yield Problem(here.place, "“{%-” menggabungkan teks di luar selnya.", mend)


def _home(paragraph: Any) -> Any:  # noqa: ANN401  lxml ships no types
    return next(paragraph.iterancestors(*_HOMES), None)


def _without_last(words: str, tag: str) -> str:
    before, _, behind = words.rpartition(tag)
    return (before + behind).strip()
