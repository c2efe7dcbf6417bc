"""How this kind words a warning: the place as people count it, then what is wrong."""

from docgen.findings import Finding, pointer
from docgen.validation import place
from templates_docx.notulen_internalisasi.schema import Rapat

BUKTI = "LKE Zona Integritas (PermenPAN-RB 90/2021)"
TATA_NASKAH = "PKPU 2/2021 jo. PKPU 8/2021"

Steps = tuple[str | int, ...]


def warn(code: str, steps: Steps, message: str, hint: str = "", source: str = "") -> Finding:
    """A warning about the field at these keys and 0-based positions."""
    full = f"{place(Rapat, steps)}: {message}"
    return Finding(code, "warning", pointer(*steps), full, hint, source)
