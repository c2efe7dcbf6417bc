"""The catalogue of findings: for each rule an SOP that breaks it, and one that just does not."""

from copy import deepcopy
from dataclasses import replace

import pytest

from docgen.findings import Finding
from docgen.generate import prepare
from docgen.satker import Pejabat, registry
from templates_docx.sop import KIND
from templates_docx.sop.rules import OWN_OF_OFFICE

SATKER = registry().get("13.71")


def good():
    """An SOP about which there is nothing to say."""
    return {
        "judul": "Pengelolaan Surat Masuk",
        "nomor": "1/SOP/2026",
        "tanggal_pembuatan": "2026-01-05",
        "tanggal_revisi": "2026-01-12",
        "revisi_ke": "1",
        "catatan_revisi": ["Langkah 2, waktu: “2 jam” menjadi “1 jam”."],
        "tanggal_efektif": "2026-02-02",
        "disahkan_oleh": {"nama": "Rina, S.H.", "nip": "197203141998032002"},
        "dasar_hukum": ["PermenPAN-RB Nomor 35 Tahun 2012", "PKPU Nomor 3 Tahun 2025"],
        "kualifikasi_pelaksana": ["Memahami tata naskah dinas"],
        "peralatan": ["Komputer"],
        "peringatan": ["Apabila tidak dilaksanakan maka surat terlambat"],
        "pencatatan": ["Buku agenda KPU Kota Padang"],
        "pelaksana": ["Staf", "Kasubbag", "Sekretaris"],
        "langkah": [
            step("Menerima surat masuk", "Staf", "Surat", "5 menit", "Surat tercatat"),
            step("Memeriksa isi surat", "Kasubbag", "Surat", "1 jam", "Catatan", ya=3, tidak=1),
            step("Memberikan disposisi", "Sekretaris", "Catatan", "1 - 2 hari", "Disposisi"),
            step("Mengarsipkan surat", "Staf", "Disposisi", "-", "Arsip"),
        ],
    }


def step(kegiatan, pelaksana, kelengkapan, waktu, output, **more):
    return {
        "kegiatan": kegiatan,
        "pelaksana": pelaksana,
        "kelengkapan": kelengkapan,
        "waktu": waktu,
        "output": output,
        **more,
    }


def changed(changes):
    """The good SOP with values at pointers changed; None takes the key away."""
    data = good()
    for place, value in changes.items():
        *path, last = (int(key) if key.isdigit() else key for key in place[1:].split("/"))
        target = data
        for key in path:
            target = target[key]
        if value is None:
            del target[last]
        elif isinstance(target, list) and last == len(target):
            target.append(deepcopy(value))
        else:
            target[last] = deepcopy(value)
    return data


def findings(changes):
    return prepare(KIND, changed(changes), SATKER).findings


LONG = "Menerima " + "surat " * 24
EXTRA = step("Menyimpan surat", "Staf", "Arsip", "1 jam", "Arsip")

# Code, level, place; what breaks the rule; what comes near to it and does not.
RULES = [
    ("F01", "warning", "/langkah/0", {"/langkah/0/jenis": "proses"}, {"/langkah/0/jenis": "mulai"}),
    (
        "F02",
        "warning",
        "/langkah/3",
        {"/langkah/2/jenis": "selesai", "/langkah/3/jenis": "proses", "/langkah/3/lanjut": 1,
         "/langkah/0/lanjut": [2, 4]},
        {"/langkah/3/jenis": "selesai"},
    ),
    ("F03", "warning", "/langkah/2/jenis", {"/langkah/2/jenis": "mulai"}, {"/langkah/0/jenis": "mulai"}),
    ("F05", "warning", "/langkah/2/id", {"/langkah/0/id": "a", "/langkah/2/id": "a"}, {"/langkah/0/id": "a", "/langkah/2/id": "b"}),
    ("F05", "warning", "/langkah/2/kegiatan", {"/langkah/2/kegiatan": "11. Memberikan disposisi"}, {"/langkah/2/kegiatan": "3. Memberikan disposisi"}),
    ("F07", "error", "/langkah/0/lanjut", {"/langkah/0/lanjut": 5}, {"/langkah/0/lanjut": 2}),
    ("F08", "error", "/langkah/3", {"/langkah/3/jenis": "proses"}, {"/langkah/3/jenis": "selesai"}),
    ("F09", "error", "/langkah/1", {"/langkah/0/lanjut": 3}, {"/langkah/0/lanjut": [2, 3]}),
    ("F10", "error", "/langkah/2", {"/langkah/2/lanjut": 1, "/langkah/1/ya": 3}, {"/langkah/2/lanjut": 4}),
    ("D01", "error", "/langkah/2", {"/langkah/2/jenis": "keputusan"}, {"/langkah/2/jenis": "proses"}),
    ("D02", "warning", "/langkah/1", {"/langkah/1/ya": None}, {"/langkah/1/ya": 3}),
    ("D03", "error", "/langkah/1/tidak", {"/langkah/1/tidak": 3}, {"/langkah/1/tidak": 4}),
    ("D04", "error", "/langkah/1/tidak", {"/langkah/1/tidak": 2}, {"/langkah/1/tidak": 1}),
    ("D05", "warning", "/langkah/1/pelaksana", {"/langkah/1/pelaksana": ["Staf", "Kasubbag"]}, {"/langkah/1/pelaksana": ["Kasubbag"]}),
    ("D06", "warning", "/langkah/0", {"/langkah/0/lanjut": [2, 3]}, {"/langkah/0/lanjut": [2]}),
    ("D07", "warning", "/langkah/1/lanjut", {"/langkah/1/lanjut": 4}, {"/langkah/2/lanjut": 4}),
    ("K01", "warning", "/langkah/0/kegiatan", {"/langkah/0/kegiatan": "Verifikasi surat"}, {"/langkah/0/kegiatan": "Berkoordinasi tentang surat"}),
    ("K01", "warning", "/langkah/0/kegiatan", {"/langkah/0/kegiatan": "Berkas surat diterima"}, {"/langkah/0/kegiatan": "a. Menerima surat"}),
    ("K02", "warning", "/langkah/0/kegiatan", {"/langkah/0/kegiatan": "Staf menerima surat"}, {"/langkah/0/kegiatan": "Menerima staf pengantar"}),
    ("K03", "warning", "/langkah/1/kegiatan", {"/langkah/1/kegiatan": "Apakah surat lengkap"}, {"/langkah/1/kegiatan": "Memeriksa apakah surat lengkap"}),
    ("K03", "warning", "/langkah/1/kegiatan", {"/langkah/1/kegiatan": "Surat sudah lengkap?"}, {"/langkah/1/kegiatan": "Memeriksa surat lengkap (?)."}),
    ("K04", "warning", "/langkah/0/kegiatan", {"/langkah/0/kegiatan": LONG}, {"/langkah/0/kegiatan": LONG[:150]}),
    ("K05", "warning", "/langkah/0/kegiatan", {"/langkah/0/kegiatan": "Menerima dan mencatat surat"}, {"/langkah/0/kegiatan": "Menerima surat dan berkas, media penyimpan"}),
    ("M01", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": None}, {"/langkah/0/waktu": "-"}),
    ("M02", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": "30"}, {"/langkah/0/waktu": "30 menit"}),
    ("M03", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": "segera"}, {"/langkah/0/waktu": "± 2 Menit"}),
    ("M04", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": "120 Menit / 3 Hari"}, {"/langkah/0/waktu": "120 Menit (2 Jam)"}),
    ("M04", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": "480 Menit (7 Jam)"}, {"/langkah/0/waktu": "480 Menit (8 Jam)"}),
    ("M04", "warning", "/langkah/0/waktu", {"/langkah/0/waktu": "10 hari kerja + 7 hari kerja"}, {"/langkah/0/waktu": "1 jam 30 menit"}),
    ("M05", "warning", "/langkah/0/kelengkapan", {"/langkah/0/kelengkapan": None}, {"/langkah/0/kelengkapan": "-"}),
    ("M06", "warning", "/langkah/0/output", {"/langkah/0/output": None}, {"/langkah/0/output": "-"}),
    ("M07", "warning", "/langkah/3/kelengkapan", {"/langkah/3/kelengkapan": "Kendaraan"}, {"/langkah/3/kelengkapan": "Lembar disposisinya"}),
    ("M08", "warning", "/langkah/3/keterangan", {"/langkah/3/keterangan": "Total waktu 3 hari"}, {"/langkah/3/keterangan": "Total waktu 1 jam 5 menit", "/langkah/2/waktu": "-"}),
    ("P02", "warning", "/langkah/0/pelaksana", {"/langkah/0/pelaksana": ["Staf", "Kasubbag"]}, {"/langkah/0/pelaksana": ["Staf"]}),
    ("P03", "error", "/langkah/0/pelaksana/0", {"/langkah/0/pelaksana": "Staff"}, {"/langkah/0/pelaksana": "Staf "}),
    ("P04", "warning", "/pelaksana/3", {"/pelaksana/3": "Ketua"}, {"/langkah/2/keterangan": "Ketua mengetahui"}),
    ("P05", "warning", "/pelaksana", {"/pelaksana": ["Kasubbag", "Staf", "Sekretaris"]}, {"/langkah/3/pelaksana": "Kasubbag"}),
    ("I01", "warning", "/peringatan", {"/peringatan": []}, {"/keterkaitan": []}),
    ("I02", "warning", "/nomor", {"/nomor": None}, {"/tanggal_revisi": None}),
    ("I02", "warning", "/tanggal_efektif", {"/tanggal_efektif": None}, {"/tanggal_revisi": None}),
    ("I03", "warning", "/disahkan_oleh/nama", {"/disahkan_oleh": {}}, {"/disahkan_oleh": {"nama": "Rina"}}),
    ("I03", "warning", "/disahkan_oleh", {"/disahkan_oleh": None}, {"/disahkan_oleh/nip": None}),
    ("I10", "warning", "/peralatan/0", {"/peralatan/0": "{{ nama }}"}, {"/peralatan/0": "Map {merah}"}),
    ("I11", "warning", "/disahkan_oleh/nip", {"/disahkan_oleh/nip": "19650603 19903 1 006"}, {"/disahkan_oleh/nip": "19650603 199003 1 006"}),
    ("I11", "warning", "/disahkan_oleh/nip", {"/disahkan_oleh/nip": "197213141998032002"}, {"/disahkan_oleh/nip": "197212141998032002"}),
    ("I12", "warning", "/tanggal_efektif", {"/tanggal_efektif": "2026-01-11"}, {"/tanggal_efektif": "2026-01-12"}),
    ("I13", "warning", "/dasar_hukum/0", {"/dasar_hukum/0": "Permenpan 35 Tahun 2013"}, {"/dasar_hukum/0": "Permenpan RB No. 35 Tahun 2012"}),
    ("I13", "warning", "/dasar_hukum/0", {"/dasar_hukum/0": "PKPU 6/2017"}, {"/dasar_hukum/0": "PKPU 16/2017"}),
    ("I13", "warning", "/dasar_hukum/0", {"/dasar_hukum/0": "PER/21/M.PAN/11/2008"}, {"/dasar_hukum/0": "PER/20/M.PAN/11/2008"}),
    ("I14", "warning", "/langkah/2/keterangan", {"/langkah/2/keterangan": "Renja Kota Mataram"}, {"/langkah/2/keterangan": "Renja Kota Padang, Provinsi Sumatera Barat"}),
    ("T01", "warning", "/langkah", {"/langkah/0/keterangan": "Surat\n" * 30}, {"/langkah/0/keterangan": "Surat\n" * 6}),
    ("T05", "warning", "/langkah/0", {"/langkah/0/keterangan": "Surat\n" * 90}, {"/langkah/0/keterangan": "Surat\n" * 30}),
]  # fmt: skip


def test_a_good_sop_is_left_in_peace():
    assert findings({}) == ()


@pytest.mark.parametrize(
    ("code", "level", "place", "breaks", "keeps"),
    RULES,
    ids=[f"{rule[0]}{rule[2]}-{n}" for n, rule in enumerate(RULES)],
)
def test_each_rule_speaks_up_at_its_place_and_only_then(code, level, place, breaks, keeps):
    found = [one for one in findings(breaks) if (one.code, one.pointer) == (code, place)]
    assert found, findings(breaks)
    assert {one.level for one in found} == {level}
    assert all(one.message.endswith(".") and one.hint for one in found)
    assert code not in {one.code for one in findings(keeps)}


MASTER = {"id": "surat", "berlaku": "kota"}


def master(**own):
    """The good SOP as a master, with what an office put in of its own."""
    bare = changed({"/" + key: None for key in OWN_OF_OFFICE})
    return {**bare, "master": MASTER, **own}


def test_a_bare_master_leaves_open_what_is_its_office_s():
    assert prepare(KIND, master(), SATKER).findings == ()


def test_a_master_that_an_office_filled_in_is_checked_like_any_other_sop():
    data = master(tanggal_pembuatan="2026-02-02", tanggal_efektif="2026-01-05")
    found = [(one.code, one.pointer) for one in prepare(KIND, data, SATKER).findings]
    assert found == [("I02", "/nomor"), ("I03", "/disahkan_oleh"), ("I12", "/tanggal_efektif")]
    data = master(nomor="1/SOP/2026", disahkan_oleh={"nama": "Rina, S.H."})
    found = [(one.code, one.pointer) for one in prepare(KIND, data, SATKER).findings]
    assert found == [("I02", "/tanggal_pembuatan"), ("I02", "/tanggal_efektif")]


def lanes(count, **opsi):
    names = [f"Kepala Subbagian Penyelenggaraan {n + 1}" for n in range(count)]
    steps = [step("Menulis surat", name, "Surat", "1 jam", "Surat") for name in names]
    return {**good(), "pelaksana": names, "langkah": steps, "opsi": opsi}


def layout_codes(data) -> set[str]:
    return {one.code for one in prepare(KIND, data, SATKER).findings if one.code.startswith("T")}


def test_lane_labels_that_stand_upright_are_told():
    assert layout_codes(lanes(4)) == set()
    assert "T03" in layout_codes(lanes(12))


def test_lanes_too_narrow_to_read_are_told():
    assert "T04" not in layout_codes(lanes(12))
    assert "T04" in layout_codes(lanes(20))


def test_heads_that_had_to_shrink_much_are_told():
    data = lanes(5)
    data["pelaksana"] = [f"Kasubbag {n + 1}" for n in range(5)]
    for one, label in zip(data["langkah"], data["pelaksana"], strict=True):
        one["pelaksana"] = label
    assert layout_codes(data) == set()
    data["pelaksana"][0] = data["langkah"][0]["pelaksana"] = "Kesekretariatan"
    assert layout_codes(data) <= {"T02", "T03"}
    data["pelaksana"][0] = data["langkah"][0]["pelaksana"] = "Penyelenggaraannya"
    assert layout_codes(data) & {"T02", "T03"}


def test_a_chart_too_dense_to_draw_cleanly_is_told():
    data = lanes(12)
    for position, one in enumerate(data["langkah"][:-1]):
        one["lanjut"] = [n + 1 for n in range(12) if n != position]
    assert "T06" in layout_codes(data)
    assert "T06" not in layout_codes(good())


def test_the_offices_own_official_is_enough_to_sign():
    office = replace(SATKER, pejabat=(Pejabat("Sekretaris", "Rina"),))
    data = {**good(), "disahkan_oleh": {}}
    assert prepare(KIND, data, office).findings == ()


def test_a_finding_knows_all_that_is_asked_of_it():
    (found,) = findings({"/langkah/0/waktu": "30"})
    assert isinstance(found, Finding)
    assert found.as_dict() == {
        "input": "",
        "code": "M02",
        "level": "warning",
        "pointer": "/langkah/0/waktu",
        "message": "Langkah 1, waktu: “30” satuannya belum ada.",
        "hint": "Tulis menit, jam, atau hari.",
        "source": "PermenPAN-RB 35/2012",
    }
