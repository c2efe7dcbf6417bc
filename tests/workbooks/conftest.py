"""Reading a workbook as an upload does, and changing one as a person does in Excel."""

import io

import openpyxl
import pytest

from docgen.input_set import choose_satker
from docgen.satker import registry
from docgen.workbooks import check_imported, import_tables, read_tables


@pytest.fixture
def check():
    """Read, import and check a workbook for one office."""

    def check(kind, raw, filename="isian.xlsx", satker="13.71"):
        office = registry().get(satker) if satker else None
        imported = import_tables(kind, read_tables(filename, raw))
        return check_imported(imported, lambda data: choose_satker(data, office))

    return check


@pytest.fixture
def edit():
    """Open a workbook with openpyxl, change it, save it."""

    def edit(raw, change):
        book = openpyxl.load_workbook(io.BytesIO(raw))
        change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return edit


def errors(checked):
    """The errors as lines that a person reads."""
    return [str(one.finding) for one in checked.findings if one.finding.is_error]


def error_cells(checked):
    """Where the errors are: sheet and cell."""
    return sorted(
        (one.place.sheet, one.place.address) for one in checked.findings if one.finding.is_error
    )
