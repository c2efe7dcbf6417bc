"""What is written into a workbook comes back as it was: for every kind, from its layout."""

import io

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from docgen.generate import prepare
from docgen.input_yaml import as_yaml
from docgen.inputs import parse_input
from docgen.registry import kinds
from docgen.validation import FORBIDDEN
from docgen.workbooks import import_tables, read_tables, write_workbook
from docgen.workbooks.layout import sheets_of

TEXTS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "'kutip",
            "'1",
            "''",
            "-",
            "+62",
            "@nama",
            "#REF!",
            "_x0041_",
            "TRUE",
            "ya",
            "13.10",
            "007",
            "1e5",
            "a\nb",
            " tepi ",
            "{{ x }}",
            '<&>"',
            "↵",
            "a↵\n↵b",
            "\n\na",
            "2026-02-06",
        ]
    ),
).filter(lambda text: text.strip() and not FORBIDDEN.search(text) and "\r" not in text)


def values(column):
    if column.type == "lines":
        entries = st.text("0123456789abc ", min_size=1, max_size=4) if column.several else TEXTS
        return st.lists(entries.filter(str.strip), min_size=1, max_size=3)
    if column.choices:
        return st.sampled_from([value for value, _ in column.choices])
    if column.type == "number":
        return st.one_of(
            st.integers(-(10**14), 10**14).map(str), st.sampled_from(["1.5", "007", "x"])
        )
    if column.type == "date":
        return st.one_of(st.dates().map(str), st.sampled_from(["6/2/2026", "besok", "2026-02-30"]))
    return TEXTS


@st.composite
def objects(draw, sheets, sheet):
    """Data as a row of this sheet and the rows below it can hold."""
    data = {}
    columns = draw(st.lists(st.sampled_from(sheet.columns), min_size=1, max_size=6, unique=True))
    for column in columns:
        put(data, column.path, draw(values(column)))
    for below in sheets:
        if below.parent is sheet:
            items = draw(st.lists(objects(sheets, below), max_size=2))
            (first,) = below.columns[0].path
            if below.takes_text:
                items = [item[first] if set(item) == {first} else item for item in items]
            if items:
                put(data, below.path, items)
    return data


def put(data, path, value):
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = value


@pytest.mark.parametrize("name", kinds())
def test_any_data_comes_back_from_a_workbook_and_from_yaml_as_it_was(name):
    kind = kinds()[name]
    sheets = sheets_of(kind)

    @settings(max_examples=15, phases=[Phase.reuse, Phase.generate])  # shrinking takes minutes
    @given(st.lists(objects(sheets, sheets[0]), min_size=1, max_size=3))
    def come_back(inputs):
        imported = import_tables(kind, read_tables("a.xlsx", write_workbook(kind, inputs)))
        assert [one.finding for one in imported.findings if one.finding.is_error] == []
        assert [one.data for one in imported.inputs] == inputs
        assert [parse_input(as_yaml(one).encode()) for one in inputs] == inputs

    come_back()


def test_an_example_is_the_same_document_from_a_workbook(example, check):
    checked = check(example.kind, write_workbook(example.kind, [example.data]), satker=None)
    if not example.data.get("satker"):
        checked = check(example.kind, write_workbook(example.kind, [example.data]))
    (entry,) = checked.inputs
    (office,) = checked.offices
    assert (
        prepare(example.kind, entry.data, office).payload
        == prepare(example.kind, example.data, office).payload
    )
    assert not checked.has_errors


def test_every_example_together_gives_as_many_inputs_in_order(kind, check):
    from tests.conftest import examples

    inputs = [example.data for example in examples() if example.kind is kind]
    checked = check(kind, write_workbook(kind, inputs))
    office = checked.offices[0]
    assert [prepare(kind, entry.data, office).payload for entry in checked.inputs] == [
        prepare(kind, data, office).payload for data in inputs
    ]


def test_a_template_has_notes_drop_downs_frozen_headers_and_a_guide(kind):
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(kind)))
    sheets = sheets_of(kind)
    assert book.sheetnames == [*(sheet.name for sheet in sheets), "Petunjuk", "Pilihan"]
    assert book["Pilihan"].sheet_state == "hidden"
    for sheet in sheets:
        worksheet = book[sheet.name]
        assert [str(cell.value).removesuffix(" *") for cell in worksheet[1]] == list(sheet.headers)
        assert worksheet.freeze_panes is not None
        with_choices = [column for column in sheet.columns if column.choices]
        offered = worksheet.data_validations.dataValidation
        chosen = [column for column in sheet.columns if column.chosen_from]
        assert len(offered) == len(with_choices) + len(chosen) + len(sheet.links)
        noted = {str(cell.value).removesuffix(" *") for cell in worksheet[1] if cell.comment}
        assert {c.title for c in sheet.columns if c.help or c.example or c.required} <= noted


def test_an_empty_template_says_that_nothing_is_filled_in(kind, check):
    checked = check(kind, write_workbook(kind))
    assert [str(one.finding) for one in checked.findings] == [
        "Lembar Isian: belum ada baris yang diisi."
    ]
