"""Make `widths.json` from fonts whose advance widths equal those of the fonts that offices name.

Run by hand, where these Debian packages and fontTools are installed: fonts-liberation,
fonts-urw-base35, fonts-crosextra-carlito, fonts-crosextra-caladea.

    python -m docgen.swimlane.make_widths
"""

import json
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path("/usr/share/fonts")
STAND_INS = {
    "Arial": (
        "truetype/liberation/LiberationSans-Regular.ttf",
        "truetype/liberation/LiberationSans-Bold.ttf",
    ),
    "Bookman Old Style": (
        "opentype/urw-base35/URWBookman-Light.otf",
        "opentype/urw-base35/URWBookman-Demi.otf",
    ),
    "Calibri": (
        "truetype/crosextra/Carlito-Regular.ttf",
        "truetype/crosextra/Carlito-Bold.ttf",
    ),
    "Cambria": (
        "truetype/crosextra/Caladea-Regular.ttf",
        "truetype/crosextra/Caladea-Bold.ttf",
    ),
    "Times New Roman": (
        "truetype/liberation/LiberationSerif-Regular.ttf",
        "truetype/liberation/LiberationSerif-Bold.ttf",
    ),
}
# Latin with its extensions, punctuation, currency, arrows, and the signs of arithmetic.
WANTED = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2060),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2194),
    *range(0x2200, 0x2266),
]


def thousandths(path: Path) -> dict[int, int]:
    """Advance widths by code point, in thousandths of the font's size."""
    font = TTFont(path, lazy=True)
    glyphs = font.getBestCmap()
    advances = font["hmtx"].metrics
    unit = font["head"].unitsPerEm
    return {
        code: round(advances[glyphs[code]][0] * 1000 / unit) for code in WANTED if code in glyphs
    }


def runs(widths: dict[int, int]) -> dict[str, list[int]]:
    """The same widths, as lists for unbroken runs of code points, by the first one in hex."""
    codes = sorted(widths)
    starts = [codes[0], *(code for last, code in pairwise(codes) if code != last + 1)]
    found: dict[str, list[int]] = {f"{start:04x}": [] for start in starts}
    current = found[f"{starts[0]:04x}"]
    for code in codes:
        current = found.get(f"{code:04x}", current)
        current.append(widths[code])
    return found


def main() -> None:
    """Write the table beside this script."""
    table = {
        name: [runs(thousandths(FONTS / face)) for face in faces]
        for name, faces in STAND_INS.items()
    }
    target = Path(__file__).with_name("widths.json")
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
