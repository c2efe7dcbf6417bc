"""What a reviewer would raise about the papers of a meeting, in the order of their places.

All of it is a warning: a meeting that broke a rule was held all the same, and its minutes say so.
The codes are T times, R people (rapat), K contents, N numbers, U texts, Z Zona Integritas.
"""

from docgen.findings import Finding
from docgen.satker import Satker
from templates_docx.notulen_internalisasi.rules.contents import check_contents
from templates_docx.notulen_internalisasi.rules.numbers import check_numbers
from templates_docx.notulen_internalisasi.rules.people import check_people
from templates_docx.notulen_internalisasi.rules.texts import check_texts
from templates_docx.notulen_internalisasi.rules.times import check_times
from templates_docx.notulen_internalisasi.schema import Rapat

__all__ = ["check"]


def check(rapat: Rapat, satker: Satker) -> list[Finding]:
    """All warnings about a valid record."""
    return [
        *check_times(rapat),
        *check_numbers(rapat, satker),
        *check_people(rapat, satker),
        *check_contents(rapat),
        *check_texts(rapat, satker),
    ]
