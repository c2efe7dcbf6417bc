"""Word files from templates: compile once, fill many times; knows Word and nothing else.

Filling a template whose compiled form lies in the cache imports neither lxml nor docxtpl nor jinja2.
"""

from docgen.rendering.errors import (
    FillingError,
    ForbiddenCharacter,
    InvalidTemplate,
    LeftoverMark,
    MissingValue,
    Place,
    Problem,
    UnsuitableValue,
)
from docgen.rendering.loading import load
from docgen.rendering.provenance import Provenance, read_provenance
from docgen.rendering.setup import PAPER_TWIPS, PageSetup
from docgen.rendering.template import Package, Template
from docgen.rendering.values import Picture, Xml

__all__ = [
    "PAPER_TWIPS",
    "FillingError",
    "ForbiddenCharacter",
    "InvalidTemplate",
    "LeftoverMark",
    "MissingValue",
    "Package",
    "PageSetup",
    "Picture",
    "Place",
    "Problem",
    "Provenance",
    "Template",
    "UnsuitableValue",
    "Xml",
    "load",
    "read_provenance",
]
