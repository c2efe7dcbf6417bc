"""Photographs in documents: looked at by their content, set upright, made small enough to send."""

import functools
import struct
from io import BytesIO

from PIL import Image, ImageOps

from docgen.errors import UnusablePicture
from docgen.rendering import Picture

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""The largest photographs that telephones take; a small file that claims more is a bomb."""

LONGEST_PX = 1200
"""150 mm at 200 dots per inch."""

QUALITY = 85
EMU_PER_MM = 36_000
WHITE = (255, 255, 255)

# What Pillow raises over a damaged file, its Exif block among it.
_DAMAGED = (OSError, ValueError, SyntaxError, TypeError, KeyError, EOFError, struct.error)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def ready(content: bytes) -> bytes:
    """The picture as a document carries it: an upright JPEG, at most 1200 pixels long.

    Without what the camera wrote beside it, such as the place. What is ready stays as it is, and
    the same picture gives the same bytes.

    Raises:
        UnusablePicture: It is too large, no JPEG or PNG, or damaged.
    """
    if len(content) > MAX_BYTES:
        raise UnusablePicture(
            "G04",
            f"lebih besar dari {MAX_BYTES // 1024 // 1024} MB.",
            "Perkecil fotonya, misalnya dengan mengirimnya lewat aplikasi pesan.",
        )
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as image:
            _refuse_bomb(image)
            return content if _is_ready(image) else _made_ready(image)
    except _BOMBS as error:
        raise _too_many_pixels() from error
    except _DAMAGED as error:
        raise UnusablePicture(
            "G03", "bukan gambar JPEG atau PNG yang utuh.", "Pilih foto lain, atau simpan ulang."
        ) from error


def check_picture(content: bytes) -> str:
    """What is wrong with the picture, in Indonesian; empty where nothing is."""
    try:
        ready(content)
    except UnusablePicture as error:
        return f"Gambar ini {error}"
    return ""


def fitted(content: bytes, width_mm: float, height_mm: float, description: str) -> Picture:
    """The picture as large as it goes into a box of that size, its shape kept; errors as `ready`."""
    usable = ready(content)
    width, height = _size(usable)
    scale = min(width_mm / width, height_mm / height) * EMU_PER_MM
    return Picture(usable, round(width * scale), round(height * scale), description)


def _refuse_bomb(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> UnusablePicture:
    return UnusablePicture(
        "G05",
        f"memuat lebih dari {MAX_PIXELS // 1_000_000} juta titik.",
        "Perkecil ukuran gambarnya.",
    )


def _is_ready(image: Image.Image) -> bool:
    # A JFIF header and its resolution are all that our own pictures carry.
    extras = set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    is_plain = image.format == "JPEG" and image.mode == "RGB" and not extras
    if not is_plain or max(image.size) > LONGEST_PX:
        return False
    image.load()
    return True


def _made_ready(image: Image.Image) -> bytes:
    # Lets the JPEG decoder leave out detail that is thrown away anyway; a PNG ignores it.
    image.draft("RGB", (2 * LONGEST_PX, 2 * LONGEST_PX))
    upright = _opaque(ImageOps.exif_transpose(image))
    upright.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.LANCZOS)
    made = BytesIO()
    upright.save(made, "JPEG", quality=QUALITY, subsampling=0)
    return made.getvalue()


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in three colours, on white where one could see through it."""
    if image.mode.startswith("I"):
        # 16 bits of grey, which a plain conversion would cut off at 255.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, (*WHITE, 255))
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")


@functools.lru_cache(maxsize=64)
def _size(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as image:
        return image.size
