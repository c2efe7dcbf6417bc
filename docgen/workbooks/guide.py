"""The sheet that tells how a workbook is filled in."""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from docgen.kinds import DocumentKind
from docgen.workbooks.layout import ISIAN, KEY, Sheet
from docgen.workbooks.looks import BOLD, TITLE, WRAPPED, fit_row, print_wide

_WIDTHS = (26, 44, 10, 62, 44)
_HEADINGS = ("Lembar", "Kolom", "Wajib", "Isi", "Contoh")


def write_guide(worksheet: Worksheet, kind: DocumentKind[Any], sheets: Sequence[Sheet]) -> None:
    """Fill the sheet: how rows belong together, then every column."""
    worksheet.append([f"Petunjuk mengisi: {kind.judul}"])
    worksheet["A1"].font = TITLE
    for line in _lines(sheets):
        worksheet.append([line])
    worksheet.append([])
    worksheet.append(list(_HEADINGS))
    heading_row = worksheet.max_row
    for cell in worksheet[heading_row]:
        cell.font = BOLD
    for row in _column_rows(sheets):
        worksheet.append(row)
    for letters, width in zip("ABCDE", _WIDTHS, strict=True):
        worksheet.column_dimensions[letters].width = width
    for number, cells in enumerate(worksheet.iter_rows(min_row=heading_row), heading_row):
        for cell in cells:
            cell.alignment = WRAPPED
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        texts = [str(cell.value or "") for cell in cells]
        fit_row(worksheet, number, zip(texts, _WIDTHS, strict=True))
    print_wide(worksheet, in_one=True)


def _lines(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield f"Satu baris di lembar {ISIAN} adalah satu dokumen. Kolom bertanda * wajib diisi."
    if len(sheets) > 1:
        names = ", ".join(sheet.name for sheet in sheets[1:])
        yield (
            f"Lembar lain ({names}) memuat baris-baris milik dokumen itu: kolom {KEY} menyebut "
            f"dokumennya. Bila hanya ada satu dokumen, kolom {KEY} boleh kosong."
        )
    for sheet in sheets:
        if sheet.parent and sheet.parent.parent:
            yield (
                f"Di lembar {sheet.name}, kolom {sheet.parent.key} menyebut baris mana di lembar "
                f"{sheet.parent.name}."
            )
    if any(column.chosen_from for sheet in sheets for column in sheet.columns):
        yield (
            "Isi yang dipilih dari lembar lain ditawarkan di selnya. Tulis baris-baris milik satu "
            "dokumen berurutan. Beberapa sekaligus: ketik satu butir satu baris."
        )
    yield "Sel dengan beberapa butir: satu butir satu baris, dengan Alt+Enter di dalam sel."
    yield "Bila satu butir sendiri memuat ganti baris, akhiri baris yang berlanjut dengan tanda ↵."
    yield "Tanggal ditulis 2026-02-06, jam 09.00. Baris kosong dan lembar tersembunyi tidak dibaca."
    yield "Jangan mengubah judul kolom dan nama lembar; urutan kolom dan baris boleh diubah."


def _column_rows(sheets: Sequence[Sheet]) -> Iterator[list[str]]:
    for sheet in sheets:
        for column in sheet.columns:
            if not column.is_asked:
                continue
            words = ", ".join(words for _, words in column.choices)
            help_ = " ".join(
                filter(None, [column.help, words and f"Pilihan: {words.rstrip('.')}."])
            )
            required = "ya" if column.required else ""
            yield [sheet.name, column.title, required, help_, column.example]
