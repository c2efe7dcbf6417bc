"""Whether bytes are a picture that a document may show: JPEG or PNG, by their content."""

import warnings
from io import BytesIO

from PIL import Image

MAX_BYTES = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG")


def check_picture(content: bytes) -> str:
    """What is wrong with the picture, in Indonesian; empty where nothing is."""
    if len(content) > MAX_BYTES:
        return f"Gambar lebih besar dari {MAX_BYTES // 1024 // 1024} MB."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning):
        return "Ini bukan gambar JPEG atau PNG yang utuh."
    return ""
