"""Masters: where they hold, whose words they take, and what an office changes in them."""

import pytest

from docgen.errors import InvalidInput, InvalidSelector
from docgen.generate import prepare
from docgen.masters import apply_changes, fill_master, load_masters, read_master
from docgen.registry import kinds
from docgen.satker import registry

KIND, MASTER = next(
    (kind, next(iter(load_masters(kind).values()))) for kind in kinds().values() if kind.masters
)


def test_a_kind_without_a_library_has_no_masters(kind):
    assert bool(load_masters(kind)) == bool(kind.masters)


def test_every_master_of_every_kind_is_valid_for_an_office_of_each_level_it_holds_for(kind):
    for master in load_masters(kind).values():
        offices = {office.jenis: office for office in registry().select(master.berlaku)}
        for office in offices.values():
            prepared = prepare(kind, master.data, office)
            assert prepared.payload is not None, (master.id, office.kode, prepared.findings)


def test_the_office_s_words_take_the_placeholders_places_and_other_braces_stay():
    data = {
        "master": {},
        "a": ["{{ satker.nama }}", {"b": "{{satker.ketua}} {{ satker.x }} {{ a }}"}],
    }
    filled = fill_master(data, registry().get("11.18"))
    assert filled["a"] == [
        "KIP Kabupaten Pidie Jaya",
        {"b": "Ketua KIP Kabupaten Pidie Jaya {{ satker.x }} {{ a }}"},
    ]


def test_a_master_holds_where_its_selector_says():
    master = read_master({"judul": "Tamu", "master": {"id": "tamu", "berlaku": "kota,11"}})
    held = {office.kode for office in registry().all() if master.holds_for(office)}
    assert held == {office.kode for office in registry().select("kota,11")}
    assert (master.id, master.judul) == ("tamu", "Tamu")


def test_a_selector_that_cannot_be_read_is_an_error_of_the_master():
    master = read_master({"master": {"id": "x", "berlaku": "kabupatn"}})
    with pytest.raises(InvalidSelector):
        master.holds_for(registry().get("13.71"))
    data = {**MASTER.data, "master": {"id": "x", "berlaku": "kabupatn"}}
    findings = prepare(KIND, data, registry().get("13.71")).findings
    assert [(f.code, f.level, f.pointer) for f in findings] == [("S05", "error", "/master/berlaku")]


def test_a_master_for_an_office_it_does_not_hold_for_is_made_with_a_warning():
    data = {**MASTER.data, "master": {"id": "x", "berlaku": "kota"}}
    prepared = prepare(KIND, data, registry().get("13"))
    assert prepared.payload is not None
    assert [(f.code, f.level) for f in prepared.findings] == [("S04", "warning")]


def test_an_office_s_document_is_the_master_with_its_own_values_and_one_step_changed():
    satker = registry().get("13.71")
    first, second = MASTER.data["langkah"][:2]
    changes = {
        "nomor": "1/OT.03.1-SOP/1371/2026",
        "tanggal_efektif": "2026-03-02",
        "disahkan_oleh": {"nama": "Rina, S.H."},
        "langkah": {second["id"]: {"waktu": "99 Menit"}},
    }
    data = apply_changes(MASTER.data, changes)
    assert data["langkah"][0] == first
    assert data["langkah"][1] == {**second, "waktu": "99 Menit"}
    payload = prepare(KIND, data, satker).valid_payload()
    assert payload.nomor == changes["nomor"]
    assert payload.langkah[1].waktu == "99 Menit"


def test_what_makes_it_a_master_is_not_an_office_s_to_change():
    with pytest.raises(InvalidInput) as caught:
        apply_changes(MASTER.data, {"master": {"berlaku": "semua"}})
    assert [finding.pointer for finding in caught.value.findings] == ["/master"]
