"""Reads the tags of one part as their author wrote them, and tells what is wrong with each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docgen.rendering.codegen import ONLY_LANGUAGE, SAME_LEVEL, check_expression
from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.filters import FILTERS
from docgen.rendering.measures import MEASURES, MERGES
from docgen.rendering.shapes import Possible, Shape
from docgen.rendering.tags import LEVELS, TAG, tag_as_typed

NEVER_FILLED = "tanda di sini tidak akan pernah diisi"

_ANATOMY = re.compile(r"\{([{%])-?(?:(p|r|tr|tc|pt|ser)(?=\s))?\s*(.*?)\s*-?[}%]\}", re.DOTALL)
_FOR = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
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


@dataclass(frozen=True, slots=True)
class _Open:
    """A for or an if that waits for its end."""

    word: str
    level: str
    place: Place
    scope: Mapping[str, Possible]


@dataclass
class TagReader:
    """Reads one part's tags in their order, each by itself, so that one mistake hides no other."""

    part: str
    shape: Shape
    problems: list[Problem]
    _open: list[_Open] = field(default_factory=list)

    def read(self, words: str, place: Place) -> None:
        """Go past a paragraph, or any other text that is read as one."""
        for comment in _COMMENT.findall(words):
            if TAG.search(comment):
                self._report(place, f"{NEVER_FILLED}: di dalam {{# #}}.", "Hapus {# dan #}.")
        words = _COMMENT.sub("", words)
        self._read_rest(TAG.sub("", words), place)
        for tag in TAG.findall(words):
            self._read_tag(tag_as_typed(tag), place)

    def finish(self) -> None:
        """Report what is still open at the end of the part."""
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
        elif word in MERGES and "loop" not in self._scope:
            self._report(place, f"{{% {word} %}} di luar for.", "Tulis di dalam {% for … %}.")
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


def _level_typed(word: str) -> str:
    """The level that was meant by `tr` (in `{% tr for`) or `trfor`; empty if none was."""
    for level in LEVELS:
        if word in {level, *(f"{level}{one}" for one in ("for", "if", "else", "elif", *_ENDS))}:
            return level
    return ""
