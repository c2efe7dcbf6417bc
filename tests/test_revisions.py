"""The next revision: number, date and note follow what changed; what was typed stands."""

import copy
import datetime as dt

import pytest

from docgen.generate import generate, prepare
from docgen.registry import kinds
from docgen.rendering.text import read_text
from docgen.revisions import begun, revised
from docgen.satker import registry
from tests.conftest import examples
from tests.test_changes import DATA, SOP, changed

DAY = dt.date(2026, 3, 2)
REVISION = SOP.revision
TIMED = "Langkah 1, waktu: “5 menit” menjadi “10 menit”."


def timed(**fields):
    new = changed(**fields)
    new["langkah"][0]["waktu"] = "10 menit"
    return new


def said(data):
    return tuple(data.get(key) for key in REVISION.fields)


def test_the_first_change_is_revision_one_with_the_day_and_what_changed():
    assert said(revised(SOP, DATA, timed(), DAY)) == ("1", "2026-03-02", [TIMED])


def test_the_number_follows_the_one_before_and_the_old_note_does_not_stay():
    before = changed(revisi_ke="4", tanggal_revisi="2026-01-05", catatan_revisi=["Lama."])
    new = {**timed(), **{key: before[key] for key in REVISION.fields}}
    assert said(revised(SOP, before, new, DAY)) == ("5", "2026-03-02", [TIMED])


def test_what_was_typed_stands():
    typed = timed(revisi_ke="7", tanggal_revisi="2026-02-28", catatan_revisi=["Waktu dikoreksi."])
    assert revised(SOP, DATA, typed, DAY) == typed
    number_only = revised(SOP, DATA, timed(revisi_ke="7"), DAY)
    assert said(number_only) == ("7", "2026-03-02", [TIMED])


def test_what_did_not_change_is_no_revision_unless_a_note_says_why():
    begun_form = begun(SOP, DATA, DATA, DAY)
    assert said(begun_form) == ("1", "2026-03-02", None)
    assert revised(SOP, DATA, begun_form, DAY) == DATA
    reviewed = {**begun_form, "catatan_revisi": ["Ditinjau; tidak ada perubahan."]}
    assert revised(SOP, DATA, reviewed, DAY) == reviewed


def test_one_that_was_sent_back_keeps_its_number_and_what_somebody_wrote():
    sent_back = revised(SOP, DATA, timed(), DAY)
    again = begun(SOP, DATA, sent_back, DAY + dt.timedelta(days=3))
    assert said(again) == ("1", "2026-03-02", None)
    by_hand = {**sent_back, "catatan_revisi": ["Waktu dikoreksi."]}
    assert said(begun(SOP, DATA, by_hand, DAY)) == ("1", "2026-03-02", ["Waktu dikoreksi."])


def test_data_that_is_not_valid_stays_as_it_is():
    broken = timed(tanggal_efektif="besok")
    assert revised(SOP, DATA, broken, DAY) == broken


def test_a_kind_without_revisions_is_left_alone():
    kind = next(kind for kind in kinds().values() if kind.revision is None)
    data = next(example.data for example in examples() if example.kind is kind)
    assert begun(kind, data, data, DAY) == revised(kind, data, data, DAY) == data


def test_the_named_fields_are_the_kinds_own(kind):
    fields = kind.revision.fields if kind.revision else ()
    assert set(fields) <= set(kind.payload.model_fields)


SEEDED = {
    "a field": (lambda data: data.update(unit="Hukum"), ["Unit: diisi “Hukum”."]),
    "a date": (
        lambda data: data.update(tanggal_efektif="2026-03-02"),
        ["Tanggal efektif: 6 Februari 2026 menjadi 2 Maret 2026."],
    ),
    "an actor": (
        lambda data: data["langkah"][3].update(pelaksana="PPID"),
        ["Langkah 4, pelaksana: “Sekretaris” menjadi “PPID”."],
    ),
    "an added step": (
        lambda data: data["langkah"].append({"kegiatan": "Mengarsip", "pelaksana": "Petugas"}),
        ["Langkah 6 ditambahkan: “Mengarsip”."],
    ),
    "a removed step": (
        lambda data: data["langkah"].pop(3),
        ["Langkah 4 dihapus: “Menandatangani surat”."],
    ),
}


@pytest.mark.parametrize(("seed", "told"), SEEDED.values(), ids=list(SEEDED))
def test_the_word_file_tells_exactly_the_seeded_changes(seed, told):
    new = copy.deepcopy(DATA)
    seed(new)
    office = registry().get("13.71")
    payload = prepare(SOP, revised(SOP, DATA, new, DAY), office).valid_payload()
    (file,) = generate(SOP, payload, office)
    lines = read_text(file.content).splitlines()
    start = next(at for at, line in enumerate(lines) if "CATATAN REVISI KE-1" in line)
    assert [line.strip() for line in lines[start + 1 :] if line.strip()] == told
    assert any("2 Maret 2026 (Revisi ke-1)" in line for line in lines)


def test_a_number_or_date_typed_by_hand_alone_stands():
    for typed in ({"revisi_ke": "7"}, {"tanggal_revisi": "2026-02-28"}):
        new = {**begun(SOP, DATA, DATA, DAY), **typed}
        for key, value in typed.items():
            assert revised(SOP, DATA, new, DAY)[key] == value
