"""Every problem of an edited template at once, each with its place, its meaning and its mend."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.rendering.codegen import ONLY_LANGUAGE, SAME_LEVEL, check_expression
from docgen.rendering.compiler import compile_template
from docgen.rendering.errors import FillingError, InvalidTemplate, Place, Problem
from docgen.rendering.filters import FILTERS
from docgen.rendering.fonts import font_problems
from docgen.rendering.measures import MEASURES, MERGES
from docgen.rendering.package import read_package
from docgen.rendering.parts import is_filled
from docgen.rendering.passages import passages, words_of
from docgen.rendering.places import Places
from docgen.rendering.setup import PageSetup
from docgen.rendering.shapes import Possible, Shape
from docgen.rendering.source import part_tree
from docgen.rendering.tags import CHART_LEVELS, LEVELS, TAG, tag_as_typed
from docgen.rendering.template import Template
from docgen.rendering.xml import q

_ANATOMY = re.compile(r"\{([{%])-?(?:(p|r|tr|tc|pt|ser)(?=\s))?\s*(.*?)\s*-?[}%]\}", re.DOTALL)
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_TAG_IN_ADDRESS = re.compile(rb"(?:\{|%7B){2}", re.IGNORECASE)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_WHERE = {
    **dict.fromkeys(("tr", "tc"), "di dalam tabel"),
    **dict.fromkeys(("p", "r"), "di dalam paragraf"),
    **dict.fromkeys(CHART_LEVELS, "di dalam grafik"),
}
_ENDS = {"endfor": "for", "endif": "if"}

# SRIKANDI's own marks are `${nama}`; they are none of ours.
_NOT_TAGS = (
    (
        re.compile(r"\{\s+[{%]|[}%]\s+\}"),
        "kurung sebuah tanda terpisah",
        "Tulis rapat: {{ nama }}.",
    ),
    (
        re.compile(r"\{\{|\{%|\{#"),
        "tanda dibuka tetapi tidak ditutup",
        "Tutup di paragraf yang sama.",
    ),
    (
        re.compile(r"\}\}|%\}|#\}"),
        "tanda ditutup tetapi tidak dibuka",
        "Buka di paragraf yang sama.",
    ),
    (
        re.compile(r"(?<!\$)\{\s*\w+(?:\.\w+)*\s*\}"),
        "nama dalam satu kurung tidak diisi",
        "Tulis {{ nama }}.",
    ),
)
_SETUPS = (PageSetup("F4", "Arial", 12), PageSetup())
"""What a person who fills in the form may ask of the page."""

_MEND_VALUE = "Pakai nama lain, atau beri {% if %} di sekelilingnya."
_NEVER_FILLED = "tanda di sini tidak akan pernah diisi"


def check_template(
    content: bytes, samples: Sequence[Mapping[str, Any]], fonts: Collection[str]
) -> list[Problem]:
    """What is wrong with the template, in the order of its parts; empty if nothing is.

    `samples` are contexts such as it will be filled with, which together hold every name; `fonts`
    are those that the office uses.
    """
    try:
        parts = read_package(content)
        trees = {name: part_tree(name, part) for name, part in parts.items() if is_filled(name)}
    except InvalidTemplate as error:
        return list(error.problems)
    problems, shape = _written_problems(trees, samples)
    problems += _misplaced(trees)
    problems += _lost(trees)
    if not problems:
        problems += _problems_in_use(content, samples)
    problems += _unreached(parts, trees)
    problems += font_problems(parts, trees, fonts)
    return problems + _unused(shape)


def _problems_in_use(content: bytes, samples: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """What is only seen when all tags are right: parts that cross, values that do not fit."""
    try:
        templates = [Template(compile_template(content, setup, "")) for setup in _SETUPS]
    except InvalidTemplate as error:
        return list(error.problems)
    found: dict[str, Problem] = {}
    for sample in samples:
        try:
            templates[0].fill(sample)
        except FillingError as error:
            found.setdefault(str(error), Problem(error.place, error.message, _MEND_VALUE))
    return list(found.values())


def _written_problems(
    trees: Mapping[str, Any], samples: Sequence[Mapping[str, Any]]
) -> tuple[list[Problem], Shape]:
    shape = Shape(samples)
    problems: list[Problem] = []
    for name, root in trees.items():
        reader = _Reader(name, shape, problems)
        for passage in passages(root, name):
            reader.read(passage.words, passage.place)
        reader.finish()
    return problems, shape


def _unused(shape: Shape) -> list[Problem]:
    mend = "Tambahkan {{{{ {} }}}} bila perlu."
    return [
        Problem(Place("Templat"), f"“{name}” tidak dipakai.", mend.format(name), "warning")
        for name in shape.unused
    ]


def _unreached(parts: Mapping[str, bytes], trees: Mapping[str, Any]) -> Iterator[Problem]:
    """Tags where nothing is filled: comments, data behind the document, deleted text."""
    mend = "Pindahkan ke isi naskah, atau hapus."
    for name, part in parts.items():
        if name.endswith(".rels") and _TAG_IN_ADDRESS.search(part):
            yield Problem(Place(name), f"{_NEVER_FILLED}: di alamat sebuah tautan.", mend)
        if name.endswith(".xml") and name not in trees:
            for passage in passages(part_tree(name, part), name):
                if TAG.search(passage.words):
                    yield Problem(passage.place, f"{_NEVER_FILLED}.", mend)
    for name, root in trees.items():
        places = Places(root, name)
        for paragraph in root.iter(q("w:p")):
            gone = paragraph.iter(q("w:delText"), q("w:delInstrText"))
            if TAG.search("".join(one.text or "" for one in gone)):
                message = f"{_NEVER_FILLED}: teksnya sudah dihapus."
                yield Problem(places.of(paragraph), message, "Terima perubahan.")


def _lost(trees: Mapping[str, Any]) -> Iterator[Problem]:
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
    return re.compile(rf"\{{[{{%]-?{level}\s.*?[%}}]\}}", re.DOTALL)


def _misplaced(trees: Mapping[str, Any]) -> Iterator[Problem]:
    """Tags that want to take something with them that is not around them."""
    for name, root in trees.items():
        for passage in passages(root, name):
            around = {one.tag for one in (passage.element, *passage.element.iterancestors())}
            for level, element in {**LEVELS, **CHART_LEVELS}.items():
                is_in_run = level == "r" and LEVELS["p"] in around
                if element not in around and not is_in_run and _tag_of(level).search(passage.words):
                    mend = f"Tulis {_WHERE[level]}, atau tanpa “{level}”."
                    yield Problem(passage.place, f"{{%{level} …%}} tidak di tempatnya.", mend)


def _level_typed(word: str) -> str:
    """The level that was meant by `tr` (in `{% tr for`) or `trfor`; empty if none was."""
    for level in LEVELS:
        if word in {level, *(f"{level}{one}" for one in ("for", "if", "else", "elif", *_ENDS))}:
            return level
    return ""


def _without_last(words: str, tag: str) -> str:
    before, _, behind = words.rpartition(tag)
    return (before + behind).strip()


@dataclass(frozen=True, slots=True)
class _Open:
    """A for or an if that waits for its end."""

    word: str
    level: str
    place: Place
    scope: Mapping[str, Possible]


@dataclass
class _Reader:
    """Reads one part's tags in their order, each by itself, so that one mistake hides no other."""

    part: str
    shape: Shape
    problems: list[Problem]
    _open: list[_Open] = field(default_factory=list)

    def read(self, words: str, place: Place) -> None:
        for comment in _COMMENT.findall(words):
            if TAG.search(comment):
                self._report(place, f"{_NEVER_FILLED}: di dalam {{# #}}.", "Hapus {# dan #}.")
        words = _COMMENT.sub("", words)
        self._read_rest(TAG.sub("", words), place)
        for tag in TAG.findall(words):
            self._read_tag(tag_as_typed(tag), place)

    def finish(self) -> None:
        for one in self._open:
            self._report(
                one.place, f"{one.word} tidak ditutup.", f"Tambahkan {{% end{one.word} %}}."
            )

    @property
    def _scope(self) -> Mapping[str, Possible]:
        return self._open[-1].scope if self._open else {}

    def _report(self, place: Place, message: str, mend: str) -> None:
        self.problems.append(Problem(place, message, mend))

    def _read_rest(self, words: str, place: Place) -> None:
        for pattern, message, mend in _NOT_TAGS:
            if found := pattern.search(words):
                near = words[max(found.start() - 15, 0) : found.end() + 15].strip()
                self._report(place, f"{message}: “{near}”.", mend)
                return

    def _read_tag(self, tag: str, place: Place) -> None:
        found = _ANATOMY.fullmatch(tag)
        if found is None:
            self._report(place, f"tanda “{tag}” salah tulis.", ONLY_LANGUAGE)
            return
        kind, level, words = found.groups()
        if not words:
            self._report(place, f"tanda “{tag}” kosong.", "Isi, atau hapus.")
            return
        if kind == "{":
            self._read_expression(words, place, self.shape.written)
            return
        word, _, rest = words.partition(" ")
        if word in _ENDS or word in {"else", "elif"}:
            self._close(word, level or "", place)
        if word == "for":
            self._open_for(words, level or "", place)
        elif word == "if":
            self._read_expression(rest, place, self.shape.possible)
            self._open.append(_Open("if", level or "", place, self._scope))
        elif word == "elif":
            self._read_expression(rest, place, self.shape.possible)
        elif word in MEASURES:
            of = self.shape.possible if word == "kisi" else self.shape.written
            self._read_expression(rest, place, of)
        elif level := _level_typed(word):
            self._report(place, f"spasi salah di “{tag}”.", f"Tulis {{%{level} for …%}}.")
        elif word not in {*_ENDS, "else", *MERGES}:
            self._report(place, f"“{word}” tidak diperbolehkan.", ONLY_LANGUAGE)

    def _close(self, word: str, level: str, place: Place) -> None:
        opened = self._open[-1].word if self._open else ""
        wanted = {"else": opened, "elif": "if"}.get(word) or _ENDS.get(word, "")
        if not self._open:
            self._report(place, f"{word} tanpa pembuka.", "Tambahkan pembukanya, atau hapus.")
            return
        if opened != wanted:
            before = self._open[-1].place
            self._report(
                place, f"{word} menyilang {opened} di {before}.", f"Tutup {opened} lebih dahulu."
            )
        elif self._open[-1].level != level:
            self._report(place, f"{word} tidak setingkat dengan {opened}-nya.", SAME_LEVEL)
        if word in _ENDS:
            self._open.pop()

    def _open_for(self, words: str, level: str, place: Place) -> None:
        found = _FOR.fullmatch(words)
        items: Possible = None
        name = ""
        if found is None:
            self._report(place, f"“{words}” salah tulis.", "Tulis {% for butir in daftar %}.")
        else:
            name = found[1]
            items = self._read_expression(found[2], place, self.shape.repeated)
        self._open.append(_Open("for", level, place, {**self._scope, name: items, "loop": None}))

    def _read_expression(self, words: str, place: Place, look: Any) -> Possible:  # noqa: ANN401  a method of Shape
        try:
            node = check_expression(words, place, frozenset(FILTERS), self._scope)
        except InvalidTemplate as error:
            self.problems += error.problems
            return None
        result: Possible = look(
            node, self._scope, lambda message, mend: self._report(place, message, mend)
        )
        return result
