"""What changed between two versions: exactly what was changed, in words."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.changes import compare
from docgen.registry import get_kind

SOP = get_kind("sop")
DATA = {
    "judul": "Pelayanan Informasi",
    "nomor": "1/2026",
    "tanggal_efektif": "2026-02-06",
    "dasar_hukum": ["UU Nomor 14 Tahun 2008", "PKPU Nomor 1 Tahun 2015"],
    "pelaksana": ["Petugas", "PPID", "Sekretaris"],
    "langkah": [
        {"kegiatan": "Menerima permohonan informasi", "pelaksana": "Petugas", "waktu": "5 menit"},
        {"kegiatan": "Memeriksa kelengkapan berkas", "pelaksana": "PPID", "ya": "3", "tidak": "1"},
        {"kegiatan": "Menyiapkan jawaban tertulis", "pelaksana": "PPID", "id": "jawab"},
        {"kegiatan": "Menandatangani surat", "pelaksana": "Sekretaris"},
        {"kegiatan": "Mengirim kepada pemohon", "pelaksana": "Petugas", "output": ["Tanda terima"]},
    ],
}


def told(new, old=DATA):
    payload = SOP.payload.model_validate
    return [str(change) for change in compare(SOP, payload(old), payload(new))]


def changed(**fields):
    return {**copy.deepcopy(DATA), **fields}


def test_two_versions_that_say_the_same_differ_in_nothing():
    assert told(changed()) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"judul": "Layanan"}, "Nama SOP: “Pelayanan Informasi” menjadi “Layanan”."),
        ({"nomor": None}, "Nomor: dikosongkan, semula “1/2026”."),
        ({"unit": "Hukum"}, "Unit: diisi “Hukum”."),
        (
            {"tanggal_efektif": "2026-03-02"},
            "Tanggal efektif: 6 Februari 2026 menjadi 2 Maret 2026.",
        ),
        (
            {"opsi": {"label_ya": "Lengkap"}},
            "Tata letak, kata untuk jawaban ya: “Ya” menjadi “Lengkap”.",
        ),
        (
            {"dasar_hukum": ["UU Nomor 14 Tahun 2008"]},
            "Dasar hukum 2 dihapus: “PKPU Nomor 1 Tahun 2015”.",
        ),
        (
            {"dasar_hukum": ["UU Nomor 14 Tahun 2008", "PKPU Nomor 22 Tahun 2023"]},
            "Dasar hukum 2: “PKPU Nomor 1 Tahun 2015” menjadi “PKPU Nomor 22 Tahun 2023”.",
        ),
    ],
)
def test_a_field_is_told_with_what_it_was_and_is(fields, words):
    assert told(changed(**fields)) == [words]


def test_an_inserted_step_is_one_change_though_all_below_it_move():
    new = changed()
    new["langkah"].insert(1, {"kegiatan": "Mencatat di register", "pelaksana": "Petugas"})
    new["langkah"][2]["ya"] = "4"  # the same step as before, now the fourth
    assert told(new) == ["Langkah 2 ditambahkan: “Mencatat di register”."]


def test_a_target_left_as_it_was_means_another_step_after_an_insertion():
    new = changed()
    new["langkah"].insert(2, {"kegiatan": "Mencatat di register", "pelaksana": "Petugas"})
    assert told(new) == [
        "Langkah 3 ditambahkan: “Mencatat di register”.",
        "Langkah 2, bila ya, ke langkah: langkah 3 “Menyiapkan jawaban tertulis” menjadi "
        "langkah 3 “Mencatat di register”.",
    ]


def test_a_target_by_id_is_the_same_as_by_position():
    new = changed()
    new["langkah"][1]["ya"] = "jawab"
    assert told(new) == []


def test_a_removed_step_is_told_by_its_old_number():
    new = changed()
    del new["langkah"][3]
    assert told(new) == ["Langkah 4 dihapus: “Menandatangani surat”."]


def test_a_moved_step_is_one_change():
    new = changed()
    new["langkah"].insert(2, new["langkah"].pop(3))
    new["langkah"][1]["ya"] = "4"
    assert told(new) == ["Langkah 4 pindah menjadi nomor 3: “Menandatangani surat”."]


def test_what_changed_inside_a_step_is_told_at_the_step():
    new = changed()
    new["langkah"][0]["waktu"] = "10 menit"
    new["langkah"][1]["kegiatan"] = "Memeriksa kelengkapan berkas permohonan"
    new["langkah"][4]["output"] = ["Tanda terima", "Register"]
    assert told(new) == [
        "Langkah 1, waktu: “5 menit” menjadi “10 menit”.",
        "Langkah 2, kegiatan: “Memeriksa kelengkapan berkas” menjadi "
        "“Memeriksa kelengkapan berkas permohonan”.",
        "Langkah 5, output 2 ditambahkan: “Register”.",
    ]


def test_another_actor_is_told_and_a_renamed_one_only_once():
    new = changed()
    new["langkah"][3]["pelaksana"] = "PPID"
    assert told(new) == ["Langkah 4, pelaksana: “Sekretaris” menjadi “PPID”."]
    renamed = changed(pelaksana=["Petugas", "PPID Pelaksana", "Sekretaris"])
    for step in renamed["langkah"]:
        step["pelaksana"] = step["pelaksana"].replace("PPID", "PPID Pelaksana")
    assert told(renamed) == ["Pelaksana 2: “PPID” menjadi “PPID Pelaksana”."]


def test_a_moved_lane_is_one_change():
    assert told(changed(pelaksana=["PPID", "Petugas", "Sekretaris"])) == [
        "Pelaksana 2 pindah menjadi nomor 1: “PPID”."
    ]


WORDS = [
    "arsip",
    "berkas",
    "surat",
    "tanda",
    "nomor",
    "register",
    "pleno",
    "hasil",
    "rapat",
    "data",
]


@st.composite
def seeded(draw):
    """Steps that share no word, and edits of each sort on different steps."""
    count = draw(st.integers(4, 9))
    steps = [{"kegiatan": f"{word} " * 4, "pelaksana": "A"} for word in WORDS[:count]]
    removed = draw(st.integers(0, count - 1))
    retimed = draw(st.integers(0, count - 1).filter(lambda index: index != removed))
    added_at = draw(st.integers(0, count - 1))
    return steps, removed, retimed, added_at


@given(seeded())
@settings(max_examples=60, deadline=None)
def test_seeded_changes_are_told_and_no_others(seed):
    steps, removed, retimed, added_at = seed
    old = {"judul": "x", "pelaksana": ["A"], "langkah": steps}
    new = copy.deepcopy(old)
    new["langkah"][retimed]["waktu"] = "9 menit"
    del new["langkah"][removed]
    new["langkah"].insert(added_at, {"kegiatan": "zzz qqq xxx", "pelaksana": "A"})
    now = new["langkah"].index({**steps[retimed], "waktu": "9 menit"})
    assert sorted(told(new, old)) == sorted(
        [
            f"Langkah {removed + 1} dihapus: “{steps[removed]['kegiatan']}”.",
            f"Langkah {added_at + 1} ditambahkan: “zzz qqq xxx”.",
            f"Langkah {now + 1}, waktu: diisi “9 menit”.",
        ]
    )


def test_of_long_texts_what_is_shown_differs():
    head = "Pelayanan " * 30
    (said,) = told(changed(judul=f"{head}cepat"), old=changed(judul=f"{head}lambat"))
    assert "…Pelayanan" in said
    assert "lambat” menjadi “" in said
    assert said.endswith("cepat”.")


def test_what_keeps_its_number_is_not_said_to_move():
    said = told(changed(pelaksana=["Sekretaris", "PPID", "Petugas"]))
    assert said
    assert all("Pelaksana 2 " not in one for one in said)


def test_a_new_citation_elsewhere_is_not_an_old_one_that_moved():
    laws = [f"Peraturan KPU Nomor {n} Tahun 20{n}" for n in (14, 19, 21)]
    new = [laws[1], laws[2], "Peraturan KPU Nomor 5 Tahun 2025"]
    said = told(changed(dasar_hukum=new), old=changed(dasar_hukum=laws))
    assert sorted(said) == [
        "Dasar hukum 1 dihapus: “Peraturan KPU Nomor 14 Tahun 2014”.",
        "Dasar hukum 3 ditambahkan: “Peraturan KPU Nomor 5 Tahun 2025”.",
    ]
