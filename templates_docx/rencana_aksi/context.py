"""What the templates are filled with."""

from collections.abc import Mapping
from typing import Any

from docgen.kinds import DocumentOrder
from templates_docx.rencana_aksi.laporan import build_laporan
from templates_docx.rencana_aksi.matriks import build_matriks
from templates_docx.rencana_aksi.schema import RencanaAksi

MATRIKS, LAPORAN_MONEV = "matriks", "laporan_monev"

_BUILDERS = {MATRIKS: build_matriks, LAPORAN_MONEV: build_laporan}


def build_context(order: DocumentOrder[RencanaAksi]) -> Mapping[str, Any]:
    """The names that the naskah's template uses."""
    return _BUILDERS[order.naskah](order)
