"""docgen workbook and docgen import, as a person at a terminal calls them."""

import sys

import openpyxl
import pytest

from docgen.cli import main
from docgen.generate import prepare
from docgen.inputs import read_input
from tests.conftest import examples

EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)
KIND = EXAMPLE.kind


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command; answers with its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["docgen", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_a_filled_workbook_becomes_inputs_that_render(run, tmp_path):
    workbook = tmp_path / "a.xlsx"
    assert run("workbook", KIND.name, EXAMPLE.path, EXAMPLE.path, "-o", workbook)[0] == 0
    code, out, _ = run("import", KIND.name, workbook, "-d", tmp_path / "isian", "--satker", "13.71")
    paths = out.split()
    assert (code, len(paths)) == (0, 2)
    assert paths[1].endswith("-2.yaml")
    office = EXAMPLE.satker
    assert {prepare(KIND, read_input(tmp_path / path), office).payload for path in paths} == {
        prepare(KIND, {**EXAMPLE.data, "satker": "13.71"}, office).payload
    }
    assert run("render", KIND.name, *paths, "-d", tmp_path / "hasil")[0] == 0


def test_a_dry_run_counts_and_writes_nothing(run, tmp_path):
    workbook = tmp_path / "a.xlsx"
    run("workbook", KIND.name, EXAMPLE.path, "-o", workbook)
    code, out, _ = run(
        "import", KIND.name, workbook, "-d", tmp_path / "d", "--satker", "13.71", "--dry-run"
    )
    assert (code, out) == (0, "1 isian dapat dibuat.\n")
    assert not (tmp_path / "d").exists()


def test_faults_are_told_all_at_once_by_cell_and_nothing_is_written(run, tmp_path):
    workbook = tmp_path / "a.xlsx"
    run("workbook", KIND.name, EXAMPLE.path, "-o", workbook)
    book = openpyxl.load_workbook(workbook)
    book["Isian"]["B2"].value = None
    book.worksheets[1]["A2"].value = "7"
    book.save(workbook)
    code, out, err = run("import", KIND.name, workbook, "-d", tmp_path / "d", "--satker", "13.71")
    assert (code, out) == (1, "")
    assert "Lembar Isian, sel B2, nama SOP: harus diisi." in err
    assert f"Lembar {book.worksheets[1].title}, sel A2: dokumen “7” tidak ada" in err
    assert not (tmp_path / "d").exists()


def test_what_does_not_exist_is_a_usage_error(run, tmp_path):
    assert run("import", KIND.name, tmp_path / "tidak-ada.xlsx")[0] == 2
    assert run("import", "spo", tmp_path / "tidak-ada.xlsx")[0] == 2
    assert (
        run("workbook", KIND.name, tmp_path / "tidak-ada.yaml", "-o", tmp_path / "a.xlsx")[0] == 2
    )
    (tmp_path / "a.xlsx").write_bytes(b"PK rusak")
    assert run("import", KIND.name, tmp_path / "a.xlsx")[0] == 1
