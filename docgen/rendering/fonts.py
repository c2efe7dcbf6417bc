"""The fonts that a template asks for, and which of them are not the office's."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from docgen.rendering.errors import Place, Problem
from docgen.rendering.layout import THEME, theme_fonts
from docgen.rendering.places import Places
from docgen.rendering.xml import q

SYMBOL_FONTS = frozenset({"Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Courier New"})
"""What Word's own bullets are drawn in."""

_THEMED = {"+mn-lt": "minor", "+mj-lt": "major"}
"""How a drawing names the theme's fonts."""


def font_problems(
    parts: Mapping[str, bytes], trees: Mapping[str, Any], fonts: Collection[str]
) -> list[Problem]:
    """A warning for each font in each part that is not one of `fonts`, at its first use.

    `trees` are the parts that are filled, read.
    """
    first: dict[tuple[str, str], Place] = {}
    for font, place in _used_fonts(parts, trees):
        if font not in fonts and font not in SYMBOL_FONTS:
            first.setdefault((font, place.part), place)
    mend = f"Pakai {', '.join(sorted(fonts))}."
    return [
        Problem(place, f"huruf “{font}” bukan huruf kantor.", mend, "warning")
        for (font, _), place in first.items()
    ]


def _used_fonts(
    parts: Mapping[str, bytes], trees: Mapping[str, Any]
) -> Iterator[tuple[str, Place]]:
    theme = theme_fonts(parts.get(THEME))
    for name, root in trees.items():
        if name == THEME:
            # A font of the theme counts where it is used.
            continue
        places = Places(root, name)
        for element in root.iter(q("w:rFonts"), q("a:latin")):
            for font in _fonts_of(element, theme):
                yield font, places.of(element)


def _fonts_of(element: Any, theme: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401  lxml ships no types
    """The Latin fonts that the element names, by themselves or by the theme."""
    if element.tag == q("a:latin"):
        font = element.get("typeface", "")
        yield theme.get(_THEMED.get(font, ""), font)
        return
    for script in ("ascii", "hAnsi"):
        named = element.get(q(f"w:{script}"))
        themed = theme.get(element.get(q(f"w:{script}Theme"), "")[:5])
        if font := themed or named:
            yield font
