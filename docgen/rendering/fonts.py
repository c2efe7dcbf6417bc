"""The fonts that a template asks for, and which of them are not the office's."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from docgen.rendering.errors import Place, Problem
from docgen.rendering.layout import THEME, theme_fonts
from docgen.rendering.tags import placed_paragraphs
from docgen.rendering.xml import parse, q

SYMBOL_FONTS = frozenset({"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Courier New"})
"""What Word's own bullets are drawn in."""

STYLE_PARTS = ("word/styles.xml", "word/numbering.xml")


def font_problems(
    parts: Mapping[str, bytes], word_parts: Collection[str], fonts: Collection[str]
) -> list[Problem]:
    """A warning for each font in each part that is not one of `fonts`, at its first use."""
    first: dict[tuple[str, str], Place] = {}
    for font, place in _used_fonts(parts, word_parts):
        if font not in fonts and font not in SYMBOL_FONTS:
            first.setdefault((font, place.part), place)
    mend = f"Pakai {', '.join(sorted(fonts))}."
    return [
        Problem(place, f"huruf “{font}” bukan huruf kantor.", mend, "warning")
        for (font, _), place in first.items()
    ]


def _used_fonts(
    parts: Mapping[str, bytes], word_parts: Collection[str]
) -> Iterator[tuple[str, Place]]:
    theme = theme_fonts(parts.get(THEME))
    for name in word_parts:
        for paragraph, place in placed_paragraphs(parse(parts[name]), name):
            for font in _fonts_in(paragraph, theme):
                yield font, place
    for name in STYLE_PARTS:
        if name in parts:
            for font in _fonts_in(parse(parts[name]), theme):
                yield font, Place(name)


def _fonts_in(element: Any, theme: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401  lxml ships no types
    for fonts in element.iter(q("w:rFonts")):
        for script in ("ascii", "hAnsi"):
            named = fonts.get(q(f"w:{script}"))
            themed = theme.get(fonts.get(q(f"w:{script}Theme"), "")[:5])
            if font := themed or named:
                yield font
