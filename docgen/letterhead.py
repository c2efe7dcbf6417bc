"""The emblem at the head of a document: the office's own, or a box where it will go."""

import functools
from io import BytesIO
from pathlib import Path

from PIL import Image

from docgen.rendering import Picture
from docgen.satker import Satker

EMU_PER_MM = 36_000
EMPTY_BOX = Path(__file__).with_name("lambang-kosong.png")


def emblem(satker: Satker, height_mm: float) -> Picture:
    """The office's emblem that many millimetres high, or an empty box of that size."""
    if satker.lambang is None:
        return _picture(EMPTY_BOX.read_bytes(), height_mm, "Tempat lambang, belum diunggah")
    return _picture(satker.lambang, height_mm, f"Lambang {satker.nama_lengkap}")


@functools.lru_cache(maxsize=64)
def _picture(content: bytes, height_mm: float, description: str) -> Picture:
    height = round(height_mm * EMU_PER_MM)
    with Image.open(BytesIO(content)) as image:
        return Picture(content, round(height * image.width / image.height), height, description)
