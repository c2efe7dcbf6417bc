"""Findings over the decree's payload, led by the place as people say it."""

from docgen.findings import Finding, Level, pointer
from docgen.validation import place
from templates_docx.keputusan_tim_zi.schema import KeputusanTim

Steps = tuple[str | int, ...]
"""The keys and 0-based positions that lead to a place in the input."""

TND = "PKPU 2/2021 jo. PKPU 8/2021, tata naskah dinas"
TEKNIK = "UU 12/2011 Lampiran II, teknik penyusunan"
PEMBANGUNAN_ZI = "PermenPAN-RB 90/2021 jo. 5/2024"


def warn(
    code: str,
    steps: Steps,
    message: str,
    hint: str = "",
    source: str = "",
    level: Level = "warning",
) -> Finding:
    """A warning, or what `level` says, at the place that these steps lead to."""
    where = place(KeputusanTim, steps)
    return Finding(
        code, level, pointer(*steps), f"{where}: {message}" if where else message, hint, source
    )
