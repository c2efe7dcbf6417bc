"""The data file agrees with itself and with what the regulation asks for."""

import pytest

from docgen.zi import ambang, areas, find_area, find_question, nearest_area, questions


def test_the_six_areas_stand_in_their_official_order():
    assert [(area.nomor, area.nama, area.bobot) for area in areas()] == [
        (1, "Manajemen Perubahan", 8),
        (2, "Penataan Tatalaksana", 7),
        (3, "Penataan Sistem Manajemen SDM Aparatur", 10),
        (4, "Penguatan Akuntabilitas", 10),
        (5, "Penguatan Pengawasan", 15),
        (6, "Peningkatan Kualitas Pelayanan Publik", 10),
    ]


def test_weights_of_questions_add_up_to_their_area_and_to_a_hundred():
    for area in areas():
        own = [one.bobot for one in questions().values() if one.area == area]
        assert sum(own) == pytest.approx(area.bobot)
    assert sum(one.bobot for one in questions().values()) == pytest.approx(100)


def test_there_are_87_questions_of_pemenuhan_23_of_reform_and_3_of_hasil():
    parts = [one.subarea.bagian if one.subarea else "Hasil" for one in questions().values()]
    assert {part: parts.count(part) for part in parts} == {
        "Pemenuhan": 87,
        "Reform": 23,
        "Hasil": 3,
    }


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_an_area_minimum_is_the_predicates_share_of_its_weight(predikat):
    share = ambang(predikat).area_persen / 100
    for area in areas():
        assert area.minimal[predikat] == pytest.approx(area.bobot * share)


def test_minima_of_hasil_add_up_to_the_thresholds():
    hasil = {id_: one for id_, one in questions().items() if one.area is None}
    for predikat in ("WBK", "WBBM"):
        clean = hasil["B.I.a"].minimal[predikat] + hasil["B.I.b"].minimal[predikat]
        assert clean == ambang(predikat).birokrasi_bersih
        assert hasil["B.II.a"].minimal[predikat] == ambang(predikat).pelayanan_prima


def test_a_question_says_its_row_area_scale_and_weight():
    question = find_question("A.I.1.i.b")
    assert question is not None
    assert (question.baris, question.area, question.bobot) == (7, areas()[0], 0.25)
    assert question.pilihan == {"A": 1, "B": 0.5, "C": 0}


def test_an_id_that_the_lke_does_not_have_finds_nothing():
    assert find_question("A.I.1.i.z") is None


def test_rows_of_the_workbook_rise_with_the_questions():
    rows = [one.baris for one in questions().values()]
    assert rows == sorted(set(rows))


@pytest.mark.parametrize("name", ["Penataan Tata Laksana", "penataan  tatalaksana", "2"])
def test_an_area_is_found_by_older_spellings_and_its_number(name):
    assert find_area(name) == areas()[1]


def test_a_misspelt_area_is_unknown_but_has_a_nearest_one():
    assert find_area("Penguatan Pengawsan") is None
    assert nearest_area("Penguatan Pengawsan") == areas()[4]
    assert nearest_area("Xyzzy") is None
