"""The emblem at the head of a document: the office's own, or a box where it will go."""

import functools
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from docgen.errors import InvalidPicture
from docgen.rendering import Picture
from docgen.satker import Satker

EMU_PER_MM = 36_000
MAX_EMBLEM_BYTES = 1024 * 1024
EMBLEM_PIXELS = range(60, 4001)
WIDEST_TO_HIGHEST = 4
"""An emblem is about as wide as high; this leaves room for one with a name beside it."""
EMPTY_BOX = Path(__file__).with_name("lambang-kosong.png")


def emblem(satker: Satker, height_mm: float) -> Picture:
    """The office's emblem that many millimetres high, or an empty box of that size."""
    if satker.lambang is None:
        return _picture(EMPTY_BOX.read_bytes(), height_mm, "Tempat lambang, belum diunggah")
    return _picture(satker.lambang, height_mm, f"Lambang {satker.nama_lengkap}")


def checked_emblem(raw: bytes) -> bytes:
    """The picture as it will be kept: drawn anew, so that nothing but the picture is left.

    Raises:
        InvalidPicture: It is no PNG or JPEG, or too large, too small or too long.
    """
    if len(raw) > MAX_EMBLEM_BYTES:
        raise InvalidPicture("Lambang lebih besar dari 1 MB. Perkecil gambarnya dahulu.")
    try:
        with Image.open(BytesIO(raw), formats=("PNG", "JPEG")) as image:
            _check_measures(image.width, image.height)
            kept = BytesIO()
            shape = "JPEG" if image.format == "JPEG" else "PNG"
            upright = ImageOps.exif_transpose(image)
            upright.convert("RGB" if shape == "JPEG" else "RGBA").save(kept, shape, quality=92)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InvalidPicture("Berkas ini bukan gambar PNG atau JPEG yang utuh.") from error
    return kept.getvalue()


def _check_measures(width: int, height: int) -> None:
    if width not in EMBLEM_PIXELS or height not in EMBLEM_PIXELS:
        raise InvalidPicture(
            f"Lambang berukuran {width} × {height} piksel. Pakai gambar antara "
            f"{EMBLEM_PIXELS[0]} dan {EMBLEM_PIXELS[-1]} piksel lebar dan tingginya."
        )
    if max(width, height) > WIDEST_TO_HIGHEST * min(width, height):
        raise InvalidPicture(
            f"Lambang berukuran {width} × {height} piksel: terlalu panjang untuk kop surat."
        )


@functools.lru_cache(maxsize=64)
def _picture(content: bytes, height_mm: float, description: str) -> Picture:
    height = round(height_mm * EMU_PER_MM)
    with Image.open(BytesIO(content)) as image:
        return Picture(content, round(height * image.width / image.height), height, description)
