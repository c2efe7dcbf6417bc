"""How wide text is, and how many lines it takes, without a font file or a word processor.

The advance widths in `widths.json` come from `make_widths`. Word and LibreOffice do not kern
unless asked to, so advances alone decide where a line breaks.
"""

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from docgen.swimlane.model import TWIPS_PER_POINT

FALLBACK_FONT = "Arial"
# Wrapping against a little less than the true width costs a line now and then; a line too few
# would make the row grow under its arrows.
SAFETY = 0.97
TAB_STOP = 720

_AVERAGE = 560  # of letters in scripts that the table does not hold
# A line may break after spaces, hyphens and dashes; after a slash neither Word nor LibreOffice does.
_PIECES = re.compile(r"[^ \t\-–—]*(?:[ \t]+|[-–—]|$)")

Widths = dict[str, int]


@lru_cache(maxsize=1)
def _tables() -> dict[str, tuple[Widths, Widths]]:
    raw = json.loads(Path(__file__).with_name("widths.json").read_text(encoding="utf-8"))
    return {name: (_expand(regular), _expand(bold)) for name, (regular, bold) in raw.items()}


def _expand(runs: dict[str, list[int]]) -> Widths:
    return {
        chr(int(start, 16) + offset): width
        for start, widths in runs.items()
        for offset, width in enumerate(widths)
    }


def fonts() -> tuple[str, ...]:
    """The names of the fonts that can be measured; any other is measured as Arial."""
    return tuple(_tables())


@lru_cache(maxsize=20_000)
def _thousandths(text: str, font: str, bold: bool) -> int:
    tables = _tables()
    widths = tables.get(font, tables[FALLBACK_FONT])[bold]
    return sum(widths[char] if char in widths else _unlisted(char) for char in text)


def _unlisted(char: str) -> int:
    """A width for any character: none for marks, a full em for wide ones, else an average."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1000
    return _AVERAGE


def text_width(text: str, font: str, points: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in twips.

    >>> text_width("Ya", "Arial", 10)
    244.6
    """
    return _thousandths(text, font, bold) * points * TWIPS_PER_POINT / 1000


def longest_word_width(text: str, font: str, points: float, *, bold: bool = False) -> float:
    """The width in twips of the widest part of a text that no line break may split."""
    return max(
        (text_width(piece.rstrip(), font, points, bold=bold) for piece in _pieces(text)),
        default=0.0,
    )


@lru_cache(maxsize=20_000)
def wrap(
    text: str, width: float, font: str, points: float, *, bold: bool = False
) -> tuple[str, ...]:
    """The lines a word processor makes of a text in this width (twips); one empty line for none.

    >>> wrap("Memeriksa surat masuk", 1300, "Arial", 8)
    ('Memeriksa surat', 'masuk')
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, width, font, points, bold))
    return tuple(lines)


def _wrap_paragraph(
    paragraph: str, width: float, font: str, points: float, bold: bool
) -> list[str]:
    limit = width * SAFETY * 1000 / (points * TWIPS_PER_POINT)
    lines = [""]
    used = 0
    for piece in _pieces(paragraph):
        visible = _thousandths(piece.rstrip(" \t"), font, bold)
        if used and used + visible > limit:
            lines.append("")
            used = 0
        parts = [piece] if visible <= limit else _split_by_character(piece, limit, font, bold)
        lines[-1] += parts[0]
        lines.extend(parts[1:])
        used = _advance(used if len(parts) == 1 else 0, parts[-1], font, points, bold)
    return [line.rstrip(" \t") for line in lines]


def _advance(used: int, piece: str, font: str, points: float, bold: bool) -> int:
    """Where the next piece begins, in thousandths of the size; a tab leads to the next stop."""
    stop = TAB_STOP * 1000 / (points * TWIPS_PER_POINT)
    *before, last = piece.split("\t")
    for part in before:
        used += _thousandths(part, font, bold)
        used = round((used // stop + 1) * stop)
    return used + _thousandths(last, font, bold)


def _split_by_character(piece: str, limit: float, font: str, bold: bool) -> list[str]:
    """A piece that fits no line, cut where each line is full."""
    parts = [""]
    used = 0
    for char in piece:
        width = _thousandths(char, font, bold)
        if used + width > limit and parts[-1]:
            parts.append("")
            used = 0
        parts[-1] += char
        used += width
    return parts


def _pieces(text: str) -> list[str]:
    """The text in the pieces between which a line may break."""
    pieces = [piece for piece in _PIECES.findall(text) if piece]
    if text.isascii():
        return pieces
    return [part for piece in pieces for part in _cut_wide(piece)]


def _cut_wide(piece: str) -> list[str]:
    """Ideographs may stand on a line by themselves."""
    parts: list[str] = []
    for char in piece:
        wide = unicodedata.east_asian_width(char) in "WF"
        if not parts or wide or unicodedata.east_asian_width(parts[-1][-1]) in "WF":
            parts.append(char)
        else:
            parts[-1] += char
    return parts
