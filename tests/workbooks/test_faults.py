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
            hint = kind.form.hint(f"{sheet.pattern}/*/{column.path[-1]}")
            if hint.choices_from or hint.refers_to:
                yield sheet.name, number, unknown_name
            if column.required and len(sheet.columns) > 2:  # else the row would be an empty one
                yield sheet.name, number, emptied


def plant(kind, book):
    """Plant the faults, one in a document at most; answers with what was done to which cell.

    Every sort of fault in turn, and of each sort one sheet and column after the other.
    """
    owners = {sheet.name: owned_rows(book[sheet.name], sheet.name) for sheet in sheets_of(kind)}
    by_fault: dict[object, list] = {}
    for name, column, fault in places_to_plant(kind):
        row = owners[name].get("2")
        if row and book[name].cell(row, column).value not in {None, ""}:
            by_fault.setdefault(fault, []).append((name, column, fault))
    cycles = [itertools.cycle(sheet_by_sheet(places)) for places in by_fault.values()]
    planted = []
    for document, cycle in zip(range(2, DOCUMENTS, 4), itertools.cycle(cycles), strict=False):
        name, column, fault = next(cycle)
        row = owners[name][str(document)]
        fault(book[name].cell(row, column))
        planted.append((fault, name, f"{column_letters(column - 1)}{row}"))
    assert {fault for fault, *_ in planted} == set(by_fault)
    return planted


def sheet_by_sheet(places):
    """The places so that the next is in another sheet, as far as there is one."""
    groups = [list(group) for _, group in itertools.groupby(places, lambda place: place[0])]
    return [place for turn in itertools.zip_longest(*groups) for place in turn if place]


def smallest_example(kind):
    return min((e.data for e in examples() if e.kind is kind), key=lambda data: len(str(data)))


def fullest_example(kind):
    """The one of few rows that fills in the most columns."""
    small = [e.data for e in examples() if e.kind is kind and len(str(e.data)) < 9_000]
    return max(small or [smallest_example(kind)], key=lambda data: len(columns_in(data)))


def columns_in(data, path=()):
    if isinstance(data, dict):
        return {found for key, value in data.items() for found in columns_in(value, (*path, key))}
    if isinstance(data, list):
        return {path} | {found for item in data for found in columns_in(item, path)}
    return {path}


def owned_rows(worksheet, name):
    """A row in the middle of each document's, by the document."""
    if name == ISIAN:
        return {str(number): number + 1 for number in range(1, DOCUMENTS + 1)}
    rows: dict[str, list[int]] = {}
    for cell in worksheet["A"][1:]:
        if cell.value is not None:
            rows.setdefault(str(cell.value), []).append(cell.row)
    return {owner: found[len(found) // 2] for owner, found in rows.items()}


def test_fifty_planted_faults_in_two_hundred_rows_are_found_each_by_its_cell(kind, check, edit):
    raw = write_workbook(kind, [fullest_example(kind)] * DOCUMENTS)
    assert errors(check(kind, raw)) == []
    planted = []
    faulty = edit(raw, lambda book: planted.extend(plant(kind, book)))
    assert len(planted) == PLANTED
    checked = check(kind, faulty)
    assert error_cells(checked) == sorted((name, address) for _, name, address in planted)
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
