"""Inputs in Excel workbooks and CSV tables: a template for every kind, and what was filled in.

One row of the sheet `Isian` is one document; every list of objects has a sheet of its own, whose
rows name the document that they belong to.
"""

from docgen.workbooks.checking import CheckedWorkbook, OfficeOf, check_imported
from docgen.workbooks.headers import PlacedFinding
from docgen.workbooks.importing import Imported, ImportedInput, import_tables
from docgen.workbooks.places import CellPlace
from docgen.workbooks.tables import Table, read_tables
from docgen.workbooks.writing import write_workbook

__all__ = [
    "CellPlace",
    "CheckedWorkbook",
    "Imported",
    "ImportedInput",
    "OfficeOf",
    "PlacedFinding",
    "Table",
    "check_imported",
    "import_tables",
    "read_tables",
    "write_workbook",
]
