"""Every rule once where it speaks and once where it must be silent."""

from copy import deepcopy

import pytest

from docgen.generate import prepare
from docgen.satker import registry
from docgen.zi import areas, questions
from templates_docx.rencana_aksi import KIND
from templates_docx.rencana_aksi.schema import RencanaAksi

PADANG = registry().get("13.71")


def row(**changes):
    """A row that no rule has anything to say of."""
    return {
        "area": "Manajemen Perubahan",
        "lke": "A.I.1.i.a",
        "rencana_kerja": "Membentuk tim kerja",
        "kegiatan": ["Rapat pleno"],
        "output": ["Keputusan tim kerja"],
        "jadwal": ["1"],
        "target": {"tw1": "50%", "tw2": "100%"},
        "penanggung_jawab": ["Sekretaris"],
        **changes,
    }


def done(**changes):
    """A row that is realised and proved."""
    return row(
        **{"realisasi": {"tw1": "50%"}, "eviden": ["Keputusan Nomor 5 Tahun 2025"], **changes}
    )


def whole_plan():
    """A row for every question of all areas, so that no area is empty or too light."""
    return [
        row(area=question.area.nama, lke=question.id, rencana_kerja=f"Rencana {question.id}")
        for question in questions().values()
        if question.area
    ]


def plan(*rows, **changes):
    """A plan of these rows; of one for every question where none are given."""
    return {
        "judul": "Rencana Aksi Zona Integritas",
        "tahun": "2026",
        "baris": [*rows] or whole_plan(),
        **changes,
    }


def findings(data, satker=PADANG):
    return prepare(KIND, data, satker).findings


def codes(data):
    return [finding.code for finding in findings(data)]


def report(**changes):
    return {"laporan": {"tanggal": "2026-07-06", **changes}}


def signer(**changes):
    return {"penandatangan": {"jabatan": "Ketua Tim", "nama": "Rina, S.H.", **changes}}


def without_area(number):
    return [one for one in whole_plan() if one["area"] != areas()[number - 1].nama]


ROWS = [
    ("R03", row(rencana_kerja="-"), row(), "rencana_kerja"),
    ("R04", row(kegiatan=[]), row(), "kegiatan"),
    ("R05", row(output=[]), row(), "output"),
    ("R06", row(jadwal=[]), row(), "jadwal"),
    ("R07", row(target={"tw1": "-"}), row(), "target"),
    ("R08", row(penanggung_jawab=[]), row(), "penanggung_jawab"),
    ("R09", row(lke=None), row(), "lke"),
    ("R10", row(lke="A.I.1.i.z"), row(), "lke"),
    ("R11", row(lke="A.I.2.i.a"), row(lke="A.II.1.i.a"), "lke"),
    ("R11", row(lke="B.I.a"), row(), "lke"),
    ("R12", done(eviden=[]), done(), "eviden"),
    ("R13", done(realisasi={"tw1": "60%"}), done(realisasi={"tw1": "50%"}), "realisasi/tw1"),
    ("R13", done(realisasi={"tw2": "110%"}), done(realisasi={"tw2": "100%"}), "realisasi/tw2"),
    (
        "R13",
        done(target={"tw1": "1 laporan", "tw2": "1 laporan"}, realisasi={"tw3": "3 laporan"}),
        done(target={"tw1": "1 laporan", "tw2": "1 laporan"}, realisasi={"tw3": "2 laporan"}),
        "realisasi/tw3",
    ),
    ("R14", done(realisasi={"tw1": "sebagian"}), done(), "realisasi"),
    (
        "R15",
        done(realisasi={"tw1": "20%"}),
        done(realisasi={"tw1": "20%"}, kendala=["Anggaran terlambat"], tindak_lanjut=["Revisi"]),
        "kendala",
    ),
    (
        "R16",
        done(kendala=["Anggaran terlambat"]),
        done(kendala=["Anggaran terlambat"], tindak_lanjut=["Revisi"]),
        "tindak_lanjut",
    ),
    ("R30", row(output=["SK [nama unit]"]), row(output=["SK [1]"]), "output"),
    ("R30", row(keterangan="diisi ____"), row(keterangan="a_b"), "keterangan"),
    ("R30", row(keterangan="{{ nama }}"), row(keterangan="{nama}"), "keterangan"),
    ("R31", row(output=["SK Kota Mataram"]), row(output=["SK Kota Padang"]), "output"),
    ("R32", row(kegiatan=["Rapat BPS"]), row(kegiatan=["Rapat BPSDM"]), "kegiatan"),
    ("R33", row(output=["Laporan Tahun 2025"]), row(output=["Laporan Tahun 2026"]), "output"),
    (
        "R33",
        row(output=["Laporan Tahun 2024"]),
        row(output=["Keputusan Nomor 5 Tahun 2024"]),
        "output",
    ),
    (
        "R38",
        row(keterangan="Senin, 6 Januari 2026"),
        row(keterangan="Selasa, 6 Januari 2026"),
        "keterangan",
    ),
    (
        "R34",
        row(keterangan="PermenPAN-RB Nomor 10 Tahun 2019"),
        row(keterangan="PermenPAN-RB Nomor 90 Tahun 2021"),
        "keterangan",
    ),
    ("R35", done(eviden=["scan001.pdf"]), done(eviden=["Notulen 6 April.pdf"]), "eviden/0"),
]


@pytest.mark.parametrize(
    ("code", "wrong", "right", "where"), ROWS, ids=[f"{c[0]}-{c[3]}" for c in ROWS]
)
def test_a_row_is_warned_of_only_where_it_is_wrong(code, wrong, right, where):
    found = [finding for finding in findings(plan(wrong)) if finding.code == code]
    assert [finding.pointer for finding in found] == [f"/baris/0/{where}"]
    assert [finding.level for finding in found] == ["warning"]
    assert found[0].message.startswith("Baris 1, ")
    assert found[0].hint
    assert found[0].source
    assert code not in codes(plan(right))


PLANS = [
    ("R01", plan(baris=without_area(3)), plan(), "/baris"),
    (
        "R02",
        {**plan(baris=[row(), *without_area(1)]), "predikat": "WBK"},
        plan(predikat="WBK"),
        "/baris",
    ),
    ("R20", plan(judul="Rencana Aksi 2025"), plan(judul="Rencana Aksi 2026"), "/judul"),
    ("R21", plan(tanggal="2024-12-30"), plan(tanggal="2025-12-30"), "/tanggal"),
    (
        "R22",
        plan(done(realisasi={"tw2": "100%"}), **report(tanggal="2026-06-20")),
        plan(done(realisasi={"tw2": "100%"}), **report(tanggal="2026-06-30")),
        "/laporan/tanggal",
    ),
    (
        "R23",
        plan(done(realisasi={"tw3": "100%"}), opsi={"periode": "tw2"}),
        plan(done(realisasi={"tw2": "100%"}), opsi={"periode": "tw2"}),
        "/baris/0/realisasi/tw3",
    ),
    (
        "R23",
        plan(done(realisasi={"tw3": "100%"}), **report(tanggal="2026-06-30")),
        plan(done(realisasi={"tw3": "100%"}), **report(tanggal="2026-07-01")),
        "/baris/0/realisasi/tw3",
    ),
    ("R36", plan(**signer(nama="NAMA KETUA TIM")), plan(**signer()), "/penandatangan/nama"),
    (
        "R37",
        plan(**signer(nip="1978")),
        plan(**signer(nip="19780522 200312 2 001")),
        "/penandatangan/nip",
    ),
    (
        "R33",
        plan(laporan={"simpulan": ["Tahun 2025 baik"]}),
        plan(laporan={"simpulan": ["Tahun 2026 baik"]}),
        "/laporan/simpulan/0",
    ),
]


@pytest.mark.parametrize(
    ("code", "wrong", "right", "where"), PLANS, ids=[f"{c[0]}{c[3]}" for c in PLANS]
)
def test_a_plan_is_warned_of_only_where_it_is_wrong(code, wrong, right, where):
    assert [f.pointer for f in findings(wrong) if f.code == code] == [where]
    assert code not in codes(right)


def test_a_plan_for_every_question_has_nothing_to_be_warned_of():
    assert findings(plan(predikat="WBBM", **signer())) == ()


def test_every_rule_is_tried_here():
    import re
    from pathlib import Path

    folder = Path(KIND.folder)
    written = {
        code
        for path in folder.glob("rules*.py")
        for code in re.findall(r'"(R\d\d)"', path.read_text(encoding="utf-8"))
    }
    assert written == {case[0] for case in (*ROWS, *PLANS)}


def test_an_unknown_lke_id_is_answered_with_the_nearest_question():
    found = next(f for f in findings(plan(row(lke="A.I.1.i.c"))) if f.code == "R10")
    assert "A.I.1.i.b" in found.hint


ERRORS = [
    ({"area": "Penguatan Pengawsan"}, "/baris/0/area", "Mungkin “Penguatan Pengawasan”?"),
    ({"area": "Xyzzy"}, "/baris/0/area", "Pilihannya: Manajemen Perubahan, "),
    ({"anggaran": "dua juta"}, "/baris/0/anggaran", ""),
    ({"anggaran": "-1"}, "/baris/0/anggaran", "Paling sedikit 0."),
    ({"jadwal": ["13"]}, "/baris/0/jadwal/0", "Paling banyak 12."),
    ({"rencana_kerja": " "}, "/baris/0/rencana_kerja", ""),
    ({"pic": "Ketua"}, "/baris/0/pic", ""),
]


@pytest.mark.parametrize(("changes", "where", "hint"), ERRORS, ids=[c[1] for c in ERRORS])
def test_what_cannot_be_read_is_an_error_at_its_place(changes, where, hint):
    found = [f for f in findings(plan(row(**changes))) if f.is_error]
    assert [f.pointer for f in found] == [where]
    assert found[0].hint.startswith(hint)


def test_all_errors_of_all_rows_are_told_at_once():
    data = plan(row(area="x"), row(anggaran="y"), row(jadwal=["0"]))
    assert [f.pointer for f in findings(data) if f.is_error] == [
        "/baris/0/area",
        "/baris/1/anggaran",
        "/baris/2/jadwal/0",
    ]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1500000", 1500000),
        ("1.500.000", 1500000),
        ("Rp1.500.000,00", 1500000),
        ("Rp 2.000,-", 2000),
        (123_000_000_000_000, 123_000_000_000_000),
    ],
)
def test_money_is_read_as_people_write_it(typed, amount):
    rencana = RencanaAksi.model_validate(plan(row(anggaran=typed)))
    assert rencana.baris[0].anggaran == amount


@pytest.mark.parametrize("typed", ["tw2", "TW II", "II", 2, "triwulan 2"])
def test_a_quarter_is_read_as_people_write_it(typed):
    assert RencanaAksi.model_validate(plan(opsi={"periode": typed})).opsi.periode == "tw2"


def test_a_plan_stays_as_it_was_after_its_check():
    data = plan(row())
    before = deepcopy(data)
    findings(data)
    assert data == before
