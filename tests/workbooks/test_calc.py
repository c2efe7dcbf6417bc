"""Workbooks in a spreadsheet program: opened, filled in, saved, and read back."""

import io
import subprocess
from shutil import which

import openpyxl
import pytest

from docgen.registry import kinds
from docgen.workbooks import import_tables, read_tables, write_workbook
from docgen.workbooks.layout import sheets_of
from docgen.workbooks.places import column_letters
from tests.conftest import examples

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def calc(tmp_path_factory):
    """Open workbooks in Calc and save them as they are, by name, in one go."""
    folder = tmp_path_factory.mktemp("calc")

    def calc(books, to="xlsx"):
        for name, raw in books.items():
            (folder / f"{name}.xlsx").write_bytes(raw)
        profile = f"-env:UserInstallation=file://{folder}/lo"
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            to,
            "--outdir",
            folder / "baru",
        ]
        subprocess.run(
            [*command, *(folder / f"{name}.xlsx" for name in books)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        suffix = to.partition(":")[0]
        saved = {name: folder / "baru" / f"{name}.{suffix}" for name in books}
        if not all(path.exists() for path in saved.values()):
            pytest.skip("this LibreOffice has no Calc")
        return {name: path.read_bytes() for name, path in saved.items()}

    return calc


def example_of(kind):
    return next(example.data for example in examples() if example.kind is kind)


def inputs_of(kind, raw, name="a.xlsx"):
    imported = import_tables(kind, read_tables(name, raw))
    assert [str(one.finding) for one in imported.findings if one.finding.is_error] == []
    return [one.data for one in imported.inputs]


def validations(worksheet):
    return sorted(
        # Calc keeps a validation only as far as there are rows in use.
        (str(one.sqref).partition(":")[0], str(one.formula1).replace("'", ""))
        for one in worksheet.data_validations.dataValidation
    )


def test_calc_keeps_data_drop_downs_notes_and_what_is_hidden(calc):
    written = {k.name: write_workbook(k, [example_of(k)]) for k in kinds().values()}
    for name, raw in calc(written).items():
        kind = kinds()[name]
        assert inputs_of(kind, raw) == inputs_of(kind, written[name])
        before, after = (openpyxl.load_workbook(io.BytesIO(one)) for one in (written[name], raw))
        assert after.sheetnames == before.sheetnames
        assert after["Pilihan"].sheet_state == "hidden"
        for sheet in sheets_of(kind):
            old, new = before[sheet.name], after[sheet.name]
            assert validations(new) == validations(old)
            noted = [[bool(cell.comment) for cell in one[1]] for one in (old, new)]
            assert noted[0] == noted[1]


def test_a_drop_down_offers_what_the_rows_own_document_lists(calc):
    """Calc works the formula out: of each of two documents the entries, of one the whole list."""
    seen = 0
    for kind in kinds().values():
        for sheet in sheets_of(kind):
            for number, column in enumerate(sheet.columns, len(sheet.links) + bool(sheet.key)):
                if column.chosen_from:
                    seen += 1
                    check_offered(kind, sheet, number, column.chosen_from, calc)
    assert seen


def check_offered(kind, sheet, number, source, calc):
    data = example_of(kind)
    listed = [["a1", "a2", "a3"], ["b1", "b2"]]
    inputs = [{**data, source: names} for names in listed]
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(kind, inputs)))
    worksheet = book[sheet.name]
    letters = column_letters(number)
    (formula,) = [
        one.formula1
        for one in worksheet.data_validations.dataValidation
        if str(one.sqref).startswith(f"{letters}2:")
    ]
    rows = [(row, cell.value) for row, (cell,) in enumerate(worksheet["A2:A200"], 2) if cell.value]
    (first, *_), (second, *_) = (
        [row for row, owner in rows if owner == name] for name in ("1", "2")
    )
    blank = rows[-1][0] + 1
    asked = [(first, 3), (second, 2), (blank, 5)]
    for at, (row, _) in enumerate(asked, 1):
        there = formula.replace("$A2", f"$A{row}")
        worksheet.cell(at, 60).value = f"=COUNTA({there})"
        worksheet.cell(at, 61).value = f"=INDEX({there},1)"
    stream = io.BytesIO()
    book.save(stream)
    counted = openpyxl.load_workbook(
        io.BytesIO(calc({"pilihan": stream.getvalue()})["pilihan"]), data_only=True
    )[sheet.name]
    assert [counted.cell(at, 60).value for at in (1, 2, 3)] == [count for _, count in asked]
    assert [counted.cell(at, 61).value for at in (1, 2, 3)] == ["a1", "b1", "a1"]


@pytest.mark.long
@pytest.mark.parametrize("encoding", ["csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"])
def test_a_sheet_saved_as_csv_with_semicolons_reads_the_same(calc, encoding):
    for kind in kinds().values():
        first = {key: v for key, v in example_of(kind).items() if not isinstance(v, list)}
        raw = write_workbook(kind, [first])
        saved = calc({f"isian-{kind.name}": raw}, encoding)
        assert inputs_of(kind, saved[f"isian-{kind.name}"], "isian.csv") == inputs_of(kind, raw)
