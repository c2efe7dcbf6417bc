"""Zona Integritas: the six areas and the LKE's questions, which several kinds of document share."""

from docgen.zi.lke import (
    ambang,
    areas,
    find_area,
    find_question,
    nearest_area,
    nearest_question,
    questions,
)
from docgen.zi.model import SUMBER, Ambang, Area, Bagian, Pertanyaan, Predikat, Subarea

__all__ = [
    "SUMBER",
    "Ambang",
    "Area",
    "Bagian",
    "Pertanyaan",
    "Predikat",
    "Subarea",
    "ambang",
    "areas",
    "find_area",
    "find_question",
    "nearest_area",
    "nearest_question",
    "questions",
]
