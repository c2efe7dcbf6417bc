"""The two documents, read as a Sekretaris and as Word read them."""

import zipfile
from io import BytesIO

import pytest
from openxml_audit import OpenXmlValidator

from docgen.errors import InvalidInput
from docgen.generate import SEMUA, generate, prepare
from docgen.rendering.text import read_text
from docgen.rendering.xml import parse, q
from docgen.satker import registry
from docgen.zi import areas
from templates_docx.rencana_aksi import KIND

PADANG = registry().get("13.71")
LONG = "melakukan evaluasi pelaksanaan pelayanan publik secara berkala " * 6


def baris(area=1, **changes):
    return {"area": areas()[area - 1].nama, "rencana_kerja": "Rencana", **changes}


def plan(*rows, **changes):
    return {"judul": "Rencana Aksi ZI", "tahun": 2026, "baris": [*rows], **changes}


def make(data, naskah="matriks", satker=PADANG, *, srikandi=False):
    prepared = prepare(KIND, data, satker)
    files = generate(KIND, prepared.valid_payload(), satker, naskah=naskah, srikandi=srikandi)
    return files[0].content


def part(content, name="word/document.xml"):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return parse(package.read(name))


def text_of(element):
    return "".join(element.itertext(q("w:t")))


def body_rows(content):
    """The rows of the matrix below its head, as the texts of their cells."""
    rows = part(content).find(f".//{q('w:tbl')}").findall(q("w:tr"))[2:]
    return [[text_of(cell) for cell in row.findall(q("w:tc"))] for row in rows]


def lines(content):
    return read_text(content).split("\n")


def errors(content, tmp_path):
    path = tmp_path / "naskah.docx"
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def test_areas_stand_in_their_order_whatever_the_order_of_the_rows():
    content = make(plan(*(baris(number) for number in (6, 2, 5, 1, 4, 3))))
    bands = [row[0] for row in body_rows(content) if len(row) == 1]
    assert bands == [f"{'ABCDEF'[a.nomor - 1]}. {a.nama.upper()}" for a in areas()]


def test_an_empty_area_is_shown_as_empty():
    rows = body_rows(make(plan(baris(2))))
    assert rows[:2] == [["A. MANAJEMEN PERUBAHAN"], ["Belum ada rencana kerja pada area ini."]]


MERGES = [
    ([baris(lke="A.I.1.i.a"), baris(lke="A.I.1.i.a")], ["restart", "continue"]),
    ([baris(), baris()], ["restart", "continue"]),
    ([baris(lke="A.I.1.i.a"), baris(lke="A.I.1.i.b")], ["restart", "restart"]),
    ([baris(rencana_kerja="-"), baris(rencana_kerja="-")], ["restart", "restart"]),
    ([baris(lke="-"), baris(lke="-")], ["restart", "restart"]),
    ([baris(), baris(rencana_kerja="Lain"), baris()], ["restart", "continue", "restart"]),
    ([baris(1), baris(2)], ["restart", "restart"]),
]


@pytest.mark.parametrize(("rows", "expected"), MERGES)
def test_rows_of_one_rencana_kerja_are_one_cell_but_never_over_a_dash(rows, expected):
    table = part(make(plan(*rows))).find(f".//{q('w:tbl')}")
    merges = [
        [cell.find(f"{q('w:tcPr')}/{q('w:vMerge')}") for cell in row.findall(q("w:tc"))[:2]]
        for row in table.findall(q("w:tr"))[2:]
        if len(row.findall(q("w:tc"))) > 3
    ]
    assert [[one.get(q("w:val"), "continue") for one in pair] for pair in merges] == [
        [one, one] for one in expected
    ]


def test_months_are_marked_and_shaded_in_their_columns():
    content = make(plan(baris(jadwal=[2, 12])))
    row = next(row for row in body_rows(content) if len(row) > 3)
    assert [at + 1 for at, words in enumerate(row[8:20]) if words == "●"] == [2, 12]


def test_quarters_are_marked_where_a_month_of_theirs_is():
    content = make(
        plan(baris(jadwal=[4, 6, 12], target={"tw2": "50%"}), opsi={"jadwal": "triwulan"})
    )
    row = next(row for row in body_rows(content) if len(row) > 3)
    assert row[4:8] == ["", "50%●", "", "●"]
    assert len(row) == 11


def test_budgets_are_added_up_per_area_and_in_all():
    rows = [baris(1, anggaran="1.500.000"), baris(1, anggaran=500_000), baris(2, anggaran=10**13)]
    found = [row for row in body_rows(make(plan(*rows))) if row[0].lower().startswith("jumlah")]
    assert [row[:2] for row in found] == [
        ["Jumlah area Manajemen Perubahan", "2.000.000"],
        ["Jumlah area Penataan Tatalaksana", "10.000.000.000.000"],
        ["JUMLAH SELURUHNYA", "10.000.002.000.000"],
    ]


@pytest.mark.parametrize("kertas", ["A4", "F4"])
@pytest.mark.parametrize("jadwal", ["bulan", "triwulan"])
def test_the_columns_fill_the_paper_and_every_row_fills_the_columns(kertas, jadwal):
    root = part(make(plan(baris(anggaran=10**14), opsi={"kertas": kertas, "jadwal": jadwal})))
    table = root.find(f".//{q('w:tbl')}")
    grid = [int(column.get(q("w:w"))) for column in table.iter(q("w:gridCol"))]
    assert sum(grid) == {"A4": 16838, "F4": 18709}[kertas] - 2 * 709
    for row in table.findall(q("w:tr")):
        cells = [cell.find(q("w:tcPr")) for cell in row.findall(q("w:tc"))]
        assert sum(int(cell.find(q("w:tcW")).get(q("w:w"))) for cell in cells) == sum(grid)
        spans = [cell.find(q("w:gridSpan")) for cell in cells]
        assert sum(1 if s is None else int(s.get(q("w:val"))) for s in spans) == len(grid)


def test_the_head_is_repeated_and_only_a_row_too_high_for_a_page_may_break():
    content = make(plan(baris(kegiatan=["Rapat"]), baris(2, kegiatan=[LONG] * 30)))
    rows = part(content).find(f".//{q('w:tbl')}").findall(q("w:tr"))
    heads = [row.find(f"{q('w:trPr')}/{q('w:tblHeader')}") is not None for row in rows]
    assert heads == [True, True] + [False] * (len(rows) - 2)
    whole = [
        row.find(f"{q('w:trPr')}/{q('w:cantSplit')}").get(q("w:val"))
        for row in rows
        if len(row.findall(q("w:tc"))) > 3 and row not in rows[:2]
    ]
    assert whole == ["on", "off"]


@pytest.mark.parametrize("count", [18, pytest.param(200, marks=pytest.mark.long)])
def test_many_rows_with_long_texts_are_a_valid_word_file(count, tmp_path):
    rows = [
        baris(
            n % 6 + 1,
            rencana_kerja=f"Rencana {n // 3}",
            kegiatan=[LONG] * (n % 3 + 1),
            anggaran=10**13,
            jadwal=[n % 12 + 1],
            realisasi={"tw1": "10%"},
            target={"tw4": "100%"},
        )
        for n in range(count)
    ]
    for naskah in ("matriks", "laporan_monev"):
        assert errors(make(plan(*rows), naskah), tmp_path) == []


def test_the_report_needs_a_realisation():
    with pytest.raises(InvalidInput, match="realisasi"):
        make(plan(baris(target={"tw1": "1"})), "laporan_monev")
    payload = prepare(KIND, plan(baris()), PADANG).valid_payload()
    assert [f.naskah for f in generate(KIND, payload, PADANG, naskah=SEMUA)] == ["matriks"]


PERIODS = [({}, "TRIWULAN III"), ({"opsi": {"periode": "tw1"}}, "TRIWULAN I")]


@pytest.mark.parametrize(("changes", "expected"), PERIODS)
def test_the_report_is_of_the_last_quarter_with_a_realisation_unless_asked(changes, expected):
    data = plan(
        baris(realisasi={"tw1": "1", "tw3": "2"}), baris(2, realisasi={"tw2": "1"}), **changes
    )
    assert f"{expected} TAHUN 2026" in lines(make(data, "laporan_monev"))


def test_the_chart_says_what_the_table_says():
    data = plan(
        baris(1, target={"tw1": "50%", "tw4": "100%"}, realisasi={"tw1": "25%"}),
        baris(4, target={"tw4": "2 dokumen"}, realisasi={"tw1": "1 dokumen"}),
    )
    content = make(data, "laporan_monev")
    chart = part(content, "word/charts/chart1.xml")
    series = [
        [
            [v.text for v in data.iter(q("c:v"))]
            for data in (ser.find(q("c:cat")), ser.find(q("c:val")))
        ]
        for ser in chart.iter(q("c:ser"))
    ]
    names = [area.nama for area in areas()]
    assert series == [
        [names, ["50.0", "0", "0", "0", "0", "0"]],
        [names, ["25.0", "0", "0", "50.0", "0", "0"]],
    ]
    rows = [line.split(" | ")[1:] for line in lines(content) if line.startswith("| 1. | Manajemen")]
    assert rows[0] == ["Manajemen Perubahan", "1", "0", "50%", "25%", "50% |"]


def test_the_report_lists_obstacles_and_what_has_no_evidence():
    data = plan(
        baris(1, rencana_kerja="Pertama", realisasi={"tw1": "1"}, eviden="Notulen"),
        baris(
            2, rencana_kerja="Kedua", realisasi={"tw1": "1"}, kendala="Sibuk", tindak_lanjut="Rapat"
        ),
    )
    said = read_text(make(data, "laporan_monev"))
    assert "| 2. | Kedua | Sibuk | Rapat | - |" in said
    unproved = said.partition("EVIDEN YANG BELUM ADA")[2].partition("SIMPULAN")[0]
    assert "Kedua" in unproved
    assert "Pertama" not in unproved


MARKS = (
    "nomor_naskah",
    "tanggal_naskah",
    "jabatan_pengirim",
    "ttd_pengirim",
    "nama_pengirim",
    "nip_pengirim",
)


@pytest.mark.parametrize("naskah", ["matriks", "laporan_monev"])
def test_srikandi_s_marks_stand_each_in_one_run(naskah):
    data = plan(baris(realisasi={"tw1": "1"}), nomor="9", tanggal="2026-01-05")
    texts = [t.text or "" for t in part(make(data, naskah, srikandi=True)).iter(q("w:t"))]
    found = [sum(f"${{{mark}}}" in text for text in texts) for mark in MARKS]
    assert found == [1] * len(MARKS)
    assert "${" not in read_text(make(data, naskah))


@pytest.mark.parametrize("naskah", ["matriks", "laporan_monev"])
def test_everything_can_be_navigated_and_read_aloud(naskah):
    root = part(make(plan(baris(realisasi={"tw1": "1"})), naskah))
    styles = [style.get(q("w:val")) for style in root.iter(q("w:pStyle"))]
    assert {"Heading1"} <= set(styles)
    for properties in root.iter(q("w:tblPr")):
        assert properties.find(q("w:tblCaption")).get(q("w:val"))
        assert properties.find(q("w:tblDescription")).get(q("w:val"))
    assert all(drawing.get("descr") for drawing in root.iter(q("wp:docPr")))


@pytest.mark.parametrize("naskah", ["matriks", "laporan_monev"])
def test_every_character_of_every_text_appears(naskah):
    odd = "{{ a }} {% b %} <c> & \"d\" 'e' 日本 ${f}"
    row = baris(
        rencana_kerja=odd,
        kegiatan=odd,
        kendala=odd,
        tindak_lanjut=odd,
        eviden=odd,
        realisasi={"tw1": odd},
        target={"tw1": odd},
    )
    said = read_text(make(plan(row), naskah))
    assert said.count(odd) >= {"matriks": 5, "laporan_monev": 7}[naskah]


def test_who_signs_comes_from_the_office_where_the_input_does_not_say():
    said = read_text(make(plan(baris())))
    assert "Sekretaris KPU Kota Padang,\nNAMA SEKRETARIS" in said
    assert "Mengetahui" not in said


def test_a_title_with_the_year_or_the_predicate_is_not_told_them_again():
    data = plan(baris(), predikat="WBK") | {"judul": "Rencana Aksi Menuju WBK Tahun 2026"}
    assert lines(make(data))[:2] == [
        "Rencana Aksi Menuju WBK Tahun 2026",
        "KOMISI PEMILIHAN UMUM KOTA PADANG",
    ]
