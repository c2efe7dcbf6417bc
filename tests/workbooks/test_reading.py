"""What Excel, LibreOffice and people put into cells, and what is made of it."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from docgen.errors import InvalidInput
from docgen.registry import kinds
from docgen.workbooks import import_tables, read_tables, write_workbook
from docgen.workbooks.layout import ISIAN, sheets_of
from docgen.workbooks.limits import MAX_CELLS
from tests.workbooks.conftest import errors


def column_of(kind, type_, sheet=0):
    """The first column of this type, in a kind's sheet: its header."""
    found = [one for one in sheets_of(kind)[sheet].columns if one.type == type_]
    return found[0] if found else None


# A kind that has dates, times, numbers and lists in its first sheet.
KIND = next(
    kind
    for kind in kinds().values()
    if all(column_of(kind, one) for one in ("date", "time", "number", "choice", "lines"))
)
SHEETS = sheets_of(KIND)
LIST = next(sheet for sheet in SHEETS if sheet.parent is SHEETS[0])


def book_of(*rows, sheet=ISIAN, more=()):
    """A workbook with a sheet of these rows, headers first."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for name, others in more:
        worksheet = book.create_sheet(name)
        for row in others:
            worksheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def data_of(raw, name="isian.xlsx"):
    return [one.data for one in import_tables(KIND, read_tables(name, raw)).inputs]


def value_of(type_, value):
    """What the input says where a cell of this type holds this value."""
    column = column_of(KIND, type_)
    (data,) = data_of(book_of([column.title], [value]))
    for key in column.path:
        data = data[key]
    return data


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        ("date", dt.date(2026, 2, 6), "2026-02-06"),
        ("date", dt.datetime(2026, 2, 6), "2026-02-06"),  # noqa: DTZ001  Excel knows no zones
        ("date", "6 Februari 2026", "2026-02-06"),
        ("time", dt.time(9, 0), "09.00"),
        ("time", dt.timedelta(hours=13, minutes=30), "13.30"),
        ("time", 9.3, "09.30"),
        ("time", 0.375, "09.00"),
        ("number", 3.0, "3"),
        ("number", 11.5, "11.5"),
        ("number", "11,5", "11.5"),
        ("text", 12, "12"),
        ("text", "'197203141998031002", "197203141998031002"),
        ("text", "0012", "0012"),
        ("lines", "satu\n\ndua", ["satu", "dua"]),
        ("lines", 3.0, ["3"]),
    ],
)
def test_what_excel_keeps_as_a_value_becomes_the_text_that_was_meant(type_, value, text):
    assert value_of(type_, value) == text


def test_a_number_shown_as_percent_keeps_its_sign(edit):
    title = column_of(KIND, "text").title

    def show_percent(book):
        book[ISIAN]["A2"].number_format = "0.0%"

    raw = edit(book_of([title], [0.125]), show_percent)
    assert list(data_of(raw)[0].values()) == ["12,5%"]


def test_headers_are_known_by_title_by_path_and_in_any_order():
    date, text = column_of(KIND, "date"), column_of(KIND, "text")
    raw = book_of(["/".join(date.path), f"  {text.title.upper()} *"], ["2026-02-06", "isi"])
    assert data_of(raw) == [{date.path[0]: "2026-02-06", text.path[0]: "isi"}]


def test_an_unknown_column_is_named_with_the_nearest_known_one(check):
    required = [one.title for one in SHEETS[0].columns if one.required]
    raw = book_of(["Dokumen", required[0][:-1] + "x"], ["1", "isi"])
    assert [line for line in errors(check(KIND, raw)) if "tidak dikenal" in line] == [
        f"Lembar Isian, sel B1: kolom “{required[0][:-1]}x” tidak dikenal. Mungkin “{required[0]}”?"
    ]


def test_hidden_sheets_are_not_read_and_strange_ones_are_a_warning(check, edit):
    text = column_of(KIND, "text").title
    raw = book_of([text], ["isi"], more=[("Rahasia", [["x"]]), ("Coretan", [["y"]])])

    def hide(book):
        book["Rahasia"].sheet_state = "hidden"

    found = [str(one.finding) for one in check(KIND, edit(raw, hide)).findings]
    assert "Lembar Coretan: lembar ini tidak dikenal dan tidak dibaca." in found
    assert not any("Rahasia" in line for line in found)


def test_a_merged_link_stands_for_all_its_rows_and_empty_rows_for_nothing(edit):
    text, item = column_of(KIND, "text").title, LIST.columns[0]
    rows = [["Dokumen", item.title], ["b", "satu"], [None, "dua"], [], ["a", "tiga"], ["a", None]]
    raw = book_of(["Dokumen", text], ["a", "isi a"], [], ["b", "isi b"], more=[(LIST.name, rows)])

    def merge(book):
        book[LIST.name].merge_cells("A2:A3")

    first, second = data_of(edit(raw, merge))
    assert first[LIST.path[0]] == [{item.path[0]: "tiga"}]
    assert second[LIST.path[0]] == [{item.path[0]: "satu"}, {item.path[0]: "dua"}]


def test_a_key_used_twice_and_a_link_to_nothing_are_told(check):
    text, item = column_of(KIND, "text").title, LIST.columns[0].title
    raw = book_of(
        ["Dokumen", text],
        ["a", "isi"],
        ["A", "isi"],
        more=[(LIST.name, [["Dokumen", item], ["c", "x"], [None, "y"]])],
    )
    lines = errors(check(KIND, raw))
    assert "Lembar Isian, sel A3: dokumen “A” sudah dipakai di baris 2. Beri nama lain." in lines
    assert (
        f"Lembar {LIST.name}, sel A2: dokumen “c” tidak ada di lembar Isian. Yang ada: a." in lines
    )
    assert (
        f"Lembar {LIST.name}, sel A3: dokumen harus diisi. Isi dengan salah satu dari: a." in lines
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_usual_encoding_and_with_every_usual_delimiter(encoding, delimiter):
    text, lines = column_of(KIND, "text"), column_of(KIND, "lines")
    table = delimiter.join([text.title, f'"{lines.title}"']) + "\r\n"
    table += delimiter.join(['"Rapat – “é”; a, b"', '"satu\ndua"']) + "\r\n"
    (data,) = data_of(table.encode(encoding), "isian.csv")
    assert data == {text.path[0]: "Rapat – “é”; a, b", lines.path[0]: ["satu", "dua"]}


def test_excels_line_about_the_delimiter_keeps_the_row_numbers():
    required = next(one for one in SHEETS[0].columns if one.required and one.type == "text")
    raw = f"sep=;\n{required.title};Dokumen\n ;1\n;2\nx;3".encode()
    (entry,) = import_tables(KIND, read_tables("isian.csv", raw)).inputs
    assert (entry.data, entry.row + 1) == ({required.path[0]: "x"}, 5)


def test_csv_files_together_are_a_workbook():
    text, item = column_of(KIND, "text"), LIST.columns[0]
    isian = read_tables("isian.csv", f"Dokumen;{text.title}\n1;isi\n".encode())
    rows = read_tables(f"{LIST.name}.csv", f"Dokumen;{item.title}\n1;x\n".encode())
    (entry,) = import_tables(KIND, [*isian, *rows]).inputs
    assert entry.data == {text.path[0]: "isi", LIST.path[0]: [{item.path[0]: "x"}]}


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_sheet_xml(change):
    """A workbook whose first sheet's XML was tampered with."""
    raw = book_of(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    return zipped(**{**parts, name: change(parts[name])})


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
FAR_BARE = b'<row r="1048576"><c><v>1</v></c>' + b"<c><v>1</v></c>" * 20 + b"</row></sheetData>"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04", "rusak"),
        (zipped(a="b"), "rusak"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "berkata sandi"),
        (b"\0\1\2", "bukan XLSX atau CSV"),
        (b"x" * (10 * 1024 * 1024 + 1), "lebih besar dari 10 MB"),
        (zipped(**{"xl/a.xml": b" " * (151 * 1024 * 1024)}), "lebih dari 150 MB"),
        (with_sheet_xml(lambda xml: xml.replace(b"</sheetData>", FAR)), f"{MAX_CELLS} sel"),
        (with_sheet_xml(lambda xml: xml.replace(b"</sheetData>", FAR_BARE)), f"{MAX_CELLS} sel"),
        (with_sheet_xml(lambda xml: b"<!DOCTYPE x []>" + xml), "rusak"),
        (with_sheet_xml(lambda xml: xml[:200]), "rusak"),
    ],
    ids=["cut", "other", "password", "binary", "large", "bomb", "far", "bare", "doctype", "torn"],
)
def test_a_file_that_cannot_be_read_or_would_cost_too_much_is_refused(raw, said):
    with pytest.raises(InvalidInput, match=said):
        read_tables("isian.xlsx", raw)


def test_a_text_too_long_for_a_cell_is_refused_not_cut():
    text = column_of(KIND, "text")
    with pytest.raises(InvalidInput, match="32767"):
        write_workbook(KIND, [{text.path[0]: "x" * 40_000}])


DAY_1904 = 44_597
"""6 February 2026 in days since 1 January 1904."""

RICH = (
    '<c r="{at}" t="inlineStr"><is><r><t xml:space="preserve">Rapat </t></r>'
    "<r><rPr><b/></rPr><t>internalisasi</t></r></is></c>"
)


def hand_made(cells, date_1904=False, styles=""):
    """A workbook as another program writes it: a sheet `Isian` of these cells."""
    raw = book_of(["x"])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index("<sheetData>"), sheet.index("</sheetData>")
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + f"<sheetData>{cells}" + sheet[end:]
    if date_1904:
        book = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = book.replace("<workbookPr", '<workbookPr date1904="1"', 1)
        assert 'date1904="1"' in parts["xl/workbook.xml"]
    if styles:
        xfs = parts["xl/styles.xml"]
        at = xfs.index("</cellXfs>")
        parts["xl/styles.xml"] = xfs[:at] + styles + xfs[at:]
    return zipped(**parts)


def inline(at, text):
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_dates_since_1904_are_the_days_that_were_meant():
    date = column_of(KIND, "date")
    style = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    raw = hand_made(
        f'<row r="1">{inline("A1", date.title)}</row>'
        f'<row r="2"><c r="A2" s="1"><v>{DAY_1904}</v></c></row>',
        date_1904=True,
        styles=style,
    )
    (data,) = data_of(raw)
    for key in date.path:
        data = data[key]
    assert data == "2026-02-06"


def test_inline_and_formatted_texts_are_read_whole():
    text = column_of(KIND, "text")
    raw = hand_made(
        f'<row r="1">{inline("A1", text.title)}</row><row r="2">{RICH.format(at="A2")}</row>'
    )
    assert data_of(raw) == [{text.path[0]: "Rapat internalisasi"}]


def test_a_formula_with_its_result_is_its_result():
    text = column_of(KIND, "text")
    raw = hand_made(
        f'<row r="1">{inline("A1", text.title)}</row>'
        '<row r="2"><c r="A2" t="str"><f>"Ra"&amp;"pat"</f><v>Rapat</v></c></row>'
    )
    assert data_of(raw) == [{text.path[0]: "Rapat"}]


def test_a_hidden_sheet_of_ours_is_read(edit):
    text, item = column_of(KIND, "text").title, LIST.columns[0].title
    raw = book_of([text], ["isi"], more=[(LIST.name, [[item], ["satu"]])])

    def hide(book):
        book[LIST.name].sheet_state = "hidden"

    assert data_of(edit(raw, hide)) == data_of(raw)


def test_a_quote_that_is_not_closed_swallows_nothing():
    text = column_of(KIND, "text").title
    with pytest.raises(InvalidInput, match="tanda kutip"):
        read_tables("isian.csv", f'{text};x\n"Surat masuk;a\nSurat keluar;b\n'.encode())
