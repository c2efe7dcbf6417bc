"""Planted faults: each is found, by its cell, and nothing else is."""

import datetime as dt
import itertools
import time

import pytest

from docgen.workbooks import write_workbook
from docgen.workbooks.layout import ISIAN, sheets_of
from docgen.workbooks.places import column_letters
from tests.conftest import examples
from tests.workbooks.conftest import error_cells, errors

DOCUMENTS = 200
PLANTED = 50


def with_error(cell):
    cell.value = "#REF!"


def without_result(cell):
    cell.value = "=A1&B1"


def date_in_text(cell):
    cell.value = dt.date(2026, 2, 1)
    cell.number_format = "d-mmm"


def long_number(cell):
    cell.value = 197203141998031002


def yes(cell):
    cell.value = True


def no_such_day(cell):
    cell.value = "2026-02-30"


def no_number(cell):
    cell.value = "dua ribu"


def no_choice(cell):
    cell.value = "entah"


def emptied(cell):
    cell.value = None


def unknown_name(cell):
    cell.value = "tidak-ada"


ANY = (with_error, without_result)
FAULTS = {
    "text": (*ANY, date_in_text, long_number, yes),
    "lines": (*ANY, date_in_text, long_number, yes),
    "choice": (*ANY, no_choice),
    "date": (*ANY, no_such_day),
    "number": (*ANY, no_number),
    "time": (*ANY, no_number),
    "yes_no": (*ANY, no_choice),
}


def places_to_plant(kind):
    """Faults of every sort in every sheet: the sheet, the column from 1, what is done to the cell."""
    for sheet in sheets_of(kind):
        for number, _ in enumerate(sheet.links, 1):
            # Of a document with one such row, its only one is meant where none is named.
            faults = (unknown_name, with_error, *([emptied] if number == 1 else []))
            yield from ((sheet.name, number, fault) for fault in faults)
        first = len(sheet.links) + bool(sheet.key) + 1
        for number, column in enumerate(sheet.columns, first):
            for fault in FAULTS[column.type]:
                yield sheet.name, number, fault
            if column.required and len(sheet.columns) > 2:  # else the row would be an empty one
                yield sheet.name, number, emptied


def plant(kind, book):
    """Plant the faults, one in a document at most; answers with the cells."""
    planted = []
    rounds = itertools.cycle([list(places_to_plant(kind))])
    todo = [place for places in itertools.islice(rounds, PLANTED) for place in places]
    step = max(1, len(todo) // 397)
    for document in range(2, DOCUMENTS, 4):
        for name, column, fault in todo[document * step :]:
            worksheet = book[name]
            row = row_of(worksheet, document, is_isian=name == ISIAN)
            if row and (cell := worksheet.cell(row, column)).value not in {None, ""}:
                fault(cell)
                planted.append((name, f"{column_letters(column - 1)}{row}"))
                break
    return planted


def smallest_example(kind):
    return min((e.data for e in examples() if e.kind is kind), key=lambda data: len(str(data)))


def row_of(worksheet, document, *, is_isian):
    if is_isian:
        return document + 1
    rows = [cell.row for cell in worksheet["A"] if str(cell.value) == str(document)]
    return rows[len(rows) // 2] if rows else None


def test_fifty_planted_faults_in_two_hundred_rows_are_found_each_by_its_cell(kind, check, edit):
    raw = write_workbook(kind, [smallest_example(kind)] * DOCUMENTS)
    assert errors(check(kind, raw)) == []
    planted = []
    faulty = edit(raw, lambda book: planted.extend(plant(kind, book)))
    assert len(planted) == PLANTED
    checked = check(kind, faulty)
    assert error_cells(checked) == sorted(planted)
    assert len(checked.inputs) == DOCUMENTS


def test_what_only_the_kind_knows_is_told_by_cell_too(kind, check, edit):
    """A name that no row of the list has: known only to a kind whose form says that fields refer."""
    pointing = [
        (sheet, number, column)
        for sheet in sheets_of(kind)
        for number, column in enumerate(sheet.columns, len(sheet.links) + bool(sheet.key) + 1)
        if kind.form.hint(f"{sheet.pattern}/*/{column.path[-1]}").refers_to
        or kind.form.hint(f"{sheet.pattern}/*/{column.path[-1]}").choices_from
    ]
    if not pointing:
        pytest.skip("no field of this kind refers to another")
    data = next(example.data for example in examples() if example.kind is kind)
    for sheet, number, column in pointing:

        def change(book, sheet=sheet, number=number):
            book[sheet.name].cell(3, number).value = "tidak-ada"

        checked = check(kind, edit(write_workbook(kind, [data]), change))
        found = [line for line in errors(checked) if "tidak-ada" in line]
        where = f"Lembar {sheet.name}, sel {column_letters(number - 1)}3, "
        assert found != []
        assert all(line.startswith(f"{where}{column.title[:1].lower()}") for line in found)


def test_a_thousand_rows_are_read_and_checked_in_two_seconds(kind, check):
    data = smallest_example(kind)
    sheets = sheets_of(kind)
    rows = sum(len(data.get(sheet.pattern, ())) for sheet in sheets[1:] if "/" not in sheet.pattern)
    raw = write_workbook(kind, [data] * (1_000 // (rows + 1)))
    began = time.process_time()
    checked = check(kind, raw)
    assert time.process_time() - began < 2
    assert not checked.has_errors
