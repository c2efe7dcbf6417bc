"""How far a row has come, by the texts that offices type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_docx.rencana_aksi.capaian import baca, kemajuan
from templates_docx.rencana_aksi.schema import PERIODE, Baris


def baris(target, realisasi):
    row = {"area": "1", "rencana_kerja": "X", "target": target, "realisasi": realisasi}
    return Baris.model_validate(row)


RISING = {"tw1": "25%", "tw2": "50%", "tw3": "75%", "tw4": "100%"}
EACH = dict.fromkeys(PERIODE, "1 laporan")
WORDS = dict.fromkeys(PERIODE, "terlaksana")
LAST = {"tw4": "1 dokumen"}

CASES = [
    (RISING, {"tw1": "25%", "tw2": "40%"}, "tw2", 0.5, 0.4, "Belum tercapai"),
    (RISING, {"tw1": "25%"}, "tw2", 0.5, 0.25, "Belum tercapai"),
    (RISING, {"tw2": "50%", "tw3": "90%"}, "tw2", 0.5, 0.5, "Tercapai"),
    (RISING, {}, "tw1", 0.25, 0, "Belum tercapai"),
    (EACH, {"tw1": "1 laporan", "tw2": "1 laporan"}, "tw2", 0.5, 0.5, "Tercapai"),
    (EACH, {"tw1": "1", "tw2": "0"}, "tw2", 0.5, 0.25, "Belum tercapai"),
    (LAST, {"tw1": "25%", "tw2": "40%"}, "tw2", 0, 0.4, "Berjalan"),
    (LAST, {}, "tw3", 0, 0, "Belum jatuh tempo"),
    (LAST, {"tw2": "1 dokumen"}, "tw2", 0, 1, "Tercapai"),
    (LAST, {"tw4": "2 dokumen"}, "tw4", 1, 2, "Tercapai"),
    (LAST, {"tw4": "2 rapat"}, "tw4", None, None, "Tidak terukur"),
    (WORDS, {"tw1": "Terlaksana"}, "tw2", 0.5, 0.25, "Belum tercapai"),
    ({"tw4": "ditetapkan"}, {"tw2": "ditetapkan"}, "tw2", 0, 1, "Tercapai"),
    ({"tw4": "ditetapkan"}, {"tw2": "30%"}, "tw2", 0, 0.3, "Berjalan"),
    ({"tw4": "ditetapkan"}, {"tw2": "dibahas"}, "tw2", None, None, "Tidak terukur"),
    ({}, {"tw1": "10%"}, "tw1", None, None, "Tanpa target"),
    ({"tw1": "0%"}, {"tw1": "0%"}, "tw1", None, None, "Tidak terukur"),
    ({"tw1": "-", "tw4": "100%"}, {"tw1": "-"}, "tw1", 0, 0, "Belum jatuh tempo"),
    ({"tw2": "1.200 pemilih"}, {"tw2": "600 pemilih"}, "tw2", 1, 0.5, "Belum tercapai"),
]


@pytest.mark.parametrize(("target", "realisasi", "periode", "due", "done", "status"), CASES)
def test_a_row_is_measured_against_the_year_s_target(target, realisasi, periode, due, done, status):
    found = kemajuan(baris(target, realisasi), periode)
    assert (found.target, found.realisasi, found.status) == (
        pytest.approx(due) if due is not None else None,
        pytest.approx(done) if done is not None else None,
        status,
    )


quarters = st.dictionaries(st.sampled_from(PERIODE), st.text(min_size=1).filter(str.strip))


@given(target=quarters, realisasi=quarters, periode=st.sampled_from(PERIODE))
def test_any_text_is_measured_or_said_not_to_be(target, realisasi, periode):
    found = kemajuan(baris(target, realisasi), periode)
    assert (found.target is None) == (found.status in {"Tanpa target", "Tidak terukur"})
    assert found.target is None or 0 <= found.target <= 1


@given(st.integers(0, 10**12), st.sampled_from(["%", "dokumen", ""]))
def test_a_count_with_its_unit_is_read_back(number, unit):
    found = baca(f"{number:,}".replace(",", ".") + f" {unit}")
    assert found is not None
    assert (found.jumlah, found.satuan) == (number, unit)
