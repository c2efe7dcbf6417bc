"""Each rule with a case that raises it and one that does not."""

import copy
from pathlib import Path

import pytest

from docgen.findings import Finding
from docgen.generate import prepare
from docgen.inputs import read_input
from docgen.satker import registry
from docgen.zi import areas
from templates_docx.keputusan_tim_zi import KIND

DAY = "2026-01-14"
MEETING = "2026-01-12"
ZI = (
    "Peraturan Menteri PANRB Nomor 90 Tahun 2021 sebagaimana telah diubah dengan Nomor 5 Tahun 2024"
)
LAW = "Undang-Undang Nomor 7 Tahun 2017 (Lembaran Negara Republik Indonesia Tahun 2017 Nomor 182)"


def member(nama, kedudukan="Koordinator", **more):
    return {"nama": nama, "jabatan_dinas": "Pelaksana", "kedudukan": kedudukan, **more}


def group(kelompok, *anggota):
    return {"kelompok": kelompok, "anggota": list(anggota)}


def six_areas():
    return [group(f"Area {area.nama}", member(f"Koordinator {area.nomor}")) for area in areas()]


SOUND = {
    "nomor": "12",
    "tahun": 2026,
    "tentang": "Tim Kerja Zona Integritas Tahun 2026",
    "menimbang": ["bahwa perlu dibentuk tim kerja"],
    "mengingat": [LAW, ZI],
    "memperhatikan": ["Berita Acara Rapat Pleno Nomor 7/BA/13/2026 tanggal 12 Januari 2026"],
    "diktum": [
        {"isi": "Menetapkan Tim Kerja Zona Integritas Tahun 2026 sebagaimana dalam Lampiran."},
        {"isi": "Keputusan ini mulai berlaku pada tanggal ditetapkan."},
    ],
    "tanggal": DAY,
    "penandatangan": {"jabatan": "Ketua", "nama": "Rina Marlina"},
    "tim": six_areas(),
    "pleno": {
        "nomor": "7/BA/13/2026",
        "tanggal": MEETING,
        "mulai": "10.00",
        "selesai": "11.00",
        "tempat": "Ruang Rapat",
        "agenda": ["Pembentukan tim"],
        "peserta": [
            {"nama": "Rina Marlina", "jabatan": "Ketua"},
            {"nama": "Budi Santoso", "jabatan": "Anggota"},
        ],
        "keputusan": ["menyetujui pembentukan tim"],
    },
}


def check(changes=None, kode="13.71"):
    """The findings over the sound decree with values at paths like `pleno/tanggal` put in."""
    data = copy.deepcopy(SOUND)
    for path, value in (changes or {}).items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        here = data
        for step in steps:
            here = here[step]
        if isinstance(here, list) and last == len(here):
            here.append(value)
        else:
            here[last] = value
    return prepare(KIND, data, registry().get(kode)).findings


def raised(findings):
    return [(finding.code, finding.level, finding.pointer) for finding in findings]


def test_a_sound_decree_has_no_finding():
    assert check() == ()


TITLE = SOUND["tentang"]
DUTIES = [{"kelompok": f"Area {area.nama}", "tugas": ["bekerja"]} for area in areas()]
TWO_ANNEXES = {
    "uraian_tugas": DUTIES,
    "diktum/0/isi": "Menetapkan tim dalam Lampiran I dan tugasnya dalam Lampiran II.",
}

CASES = [
    # dates, years, numbers
    ({"tanggal": "2026-01-11"}, [("W01", "error", "/tanggal")]),
    ({"tanggal": MEETING}, [("W02", "warning", "/tanggal")]),
    ({"tahun": 2025}, [
        ("W03", "warning", "/tahun"),
        ("W04", "warning", "/tentang"),
        ("W05", "warning", "/diktum/0/isi"),
    ]),
    ({"tentang": "Tim Kerja Zona Integritas Tahun 2025"}, [
        ("W04", "warning", "/tentang"),
        ("R11", "warning", "/diktum/0/isi"),
    ]),
    ({"diktum/1/isi": "Biaya Tahun Anggaran 2025 dan mulai berlaku hari ini."}, [
        ("W05", "warning", "/diktum/1/isi"),
    ]),
    ({"diktum/1/isi": "Keputusan Nomor 3 Tahun 2025 dicabut; ini mulai berlaku hari ini."}, []),
    ({"menimbang/0": "bahwa pada Selasa, 12 Januari 2026 diputuskan tim"}, [
        ("W06", "warning", "/menimbang/0"),
    ]),
    ({"menimbang/0": "bahwa pada Senin, 12 Januari 2026 diputuskan tim"}, []),
    ({"menimbang/0": "bahwa pada Senin, 31 Februari 2026 diputuskan tim"}, [
        ("W06", "warning", "/menimbang/0"),
    ]),
    ({"tanggal": None}, [("W07", "warning", "/tanggal")]),
    ({"pleno/nomor": "7/BA/13/2025"}, [
        ("W08", "warning", "/pleno/nomor"),
        ("W09", "warning", "/memperhatikan/0"),
    ]),
    ({"memperhatikan/0": "Berita Acara Rapat Pleno Nomor 7/BA/13/2026 tanggal 13 Januari 2026"}, [
        ("W09", "warning", "/memperhatikan/0"),
    ]),
    ({"memperhatikan/0": "Surat Nomor 5 tanggal 2 Januari 2026"}, []),
    ({"pleno/selesai": "09.30"}, [("W10", "warning", "/pleno/selesai")]),
    # legal basis
    ({"mengingat/1": "Peraturan Menteri PANRB Nomor 10 Tahun 2019"}, [
        ("H03", "warning", "/mengingat"),
        ("H01", "warning", "/mengingat/1"),
    ]),
    ({"mengingat/2": "PermenPANRB Nomor 52 Tahun 2014"}, [
        ("H02", "warning", "/mengingat/2"),
        ("H01", "warning", "/mengingat/2"),
    ]),
    ({"mengingat": [ZI, LAW]}, [("H02", "warning", "/mengingat/1")]),
    ({"mengingat/0": "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum"}, [
        ("H04", "warning", "/mengingat/0"),
    ]),
    ({"mengingat": [LAW, LAW, ZI]}, [("H05", "warning", "/mengingat/1")]),
    ({"mengingat/1": "Peraturan Menteri PANRB Nomor 90 Tahun 2021"}, [
        ("H07", "warning", "/mengingat"),
    ]),
    # wording
    ({"menimbang/0": "perlu dibentuk tim kerja"}, [("R03", "warning", "/menimbang/0")]),
    ({"menimbang/0": "bahwa perlu dibentuk tim kerja."}, [("R04", "warning", "/menimbang/0")]),
    ({"menimbang/0": "bahwa perlu dibentuk tim kerja;"}, []),
    ({"menimbang/1": f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan tentang {TITLE};"}, [
        ("R05", "warning", "/menimbang/1"),
    ]),
    ({"menimbang/1": "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan tentang Perubahan Tim;"}, [
        ("R05", "warning", "/menimbang/1"),
        ("R06", "warning", "/menimbang/1"),
    ]),
    ({"menimbang/1": f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan tentang {TITLE};"}, [
        ("R05", "warning", "/menimbang/1"),
        ("R06", "warning", "/menimbang/1"),
    ]),
    (TWO_ANNEXES, []),
    ({"diktum/0/isi": "Menetapkan tim dalam Lampiran II."}, [
        ("R07", "warning", "/diktum/0"),
        ("R07", "warning", "/diktum"),
    ]),
    ({"uraian_tugas": DUTIES}, [
        ("R07", "warning", "/diktum/0"),
        ("R07", "warning", "/diktum"),
    ]),
    ({"diktum/1/isi": "Tim dalam Diktum KETIGA mulai berlaku hari ini."}, [
        ("R08", "warning", "/diktum/1"),
    ]),
    ({"diktum/1/isi": "Tim dalam Diktum KESATU mulai berlaku hari ini."}, []),
    ({"diktum/1/isi": "Biaya dibebankan pada DIPA."}, [("R09", "warning", "/diktum/1")]),
    ({"tentang": f"Keputusan {TITLE}"}, [("R10", "warning", "/tentang")]),
    ({"tentang": f"{TITLE}."}, [("R10", "warning", "/tentang")]),
    ({"tentang": f"Pembentukan {TITLE}"}, []),
    ({"diktum/0/isi": "Menetapkan Tim Penyusun Tahun 2026 sebagaimana dalam Lampiran."}, [
        ("R11", "warning", "/diktum/0/isi"),
    ]),
    ({"tim/0/anggota/0/nama": "NAMA KASUBBAG 1"}, [("R12", "warning", "/tim/0/anggota/0/nama")]),
    ({"pleno/tempat": "Ruang [nama ruang]"}, [("R01", "warning", "/pleno/tempat")]),
    ({"memperhatikan/1": "Surat Nomor ____"}, [("R01", "warning", "/memperhatikan/1")]),
    ({"menimbang/0": "bahwa KPU Kota Mataram perlu tim"}, [("R02", "warning", "/menimbang/0")]),
    ({"menimbang/0": "bahwa KPU Provinsi Sumatera Barat meminta tim"}, []),
    # team
    ({"tim/6": group("Pengarah", member("Koordinator 1", "Pengarah"))}, [
        ("T01", "warning", "/tim/6/anggota/0/kedudukan"),
    ]),
    ({"tim/6": group("Pelaksana", member("Ani", "Ketua Tim"), member("Ono", "Sekretaris Tim"))}, []),
    ({
        "tim/6": group("Pimpinan", member("Ani", "Ketua Tim")),
        "tim/7": group("Tata usaha", member("Ani, S.H.", "Sekretaris Tim")),
    }, [("T01", "warning", "/tim/7/anggota/0/kedudukan")]),
    ({"tim/0/anggota/0/nama": "Koordinator 2"}, []),
    ({"tim": six_areas()[:5]}, [("T02", "warning", "/tim")]),
    ({"tim": [group("Tim", member("Ani", "Ketua"))]}, [("T02", "warning", "/tim")]),
    ({"tim/0/kelompok": "Area Manajemen Perobahan"}, [
        ("T03", "warning", "/tim/0/kelompok"),
        ("T02", "warning", "/tim"),
    ]),
    ({"tim/3/kelompok": "Area Penguatan Akuntabilitas Kinerja"}, []),
    ({"tim/2/kelompok": "Area Penataan Manajemen SDM"}, [("T03", "warning", "/tim/2/kelompok")]),
    ({"tim/0/anggota/0/kedudukan": "Anggota"}, [("T04", "warning", "/tim/0")]),
    ({"tim/0/anggota/0/nip": "1972"}, [("T05", "warning", "/tim/0/anggota/0/nip")]),
    ({"tim/0/anggota/0/nip": "197203141998031002"}, []),
    ({
        "tim/0/anggota/0/nip": "197203141998031002",
        "tim/1/anggota/0/nip": "197203141998031002",
    }, [("T06", "warning", "/tim/1/anggota/0/nip")]),
    ({**TWO_ANNEXES, "uraian_tugas": DUTIES[1:]}, [("T07", "warning", "/uraian_tugas")]),
    ({**TWO_ANNEXES, "uraian_tugas": [*DUTIES, {"kelompok": "Lain", "tugas": ["bekerja"]}]}, [
        ("T07", "warning", "/uraian_tugas/6/kelompok"),
    ]),
    ({"tim/0/anggota/1": member("KOORDINATOR 1", "Anggota")}, [
        ("T08", "warning", "/tim/0/anggota/1"),
    ]),
    ({"tim/6": group("Agen Perubahan")}, [("T09", "error", "/tim/6/anggota")]),
    # people who sign
    ({"penerbit": "sekretariat"}, [("P01", "warning", "/penandatangan/jabatan")]),
    ({"penerbit": "sekretariat", "penandatangan": {"nama": "Sari Dewi, S.H."}}, []),
    ({"penandatangan/nama": "Rina Marlina, S.H.", "pleno/peserta/0/nama": "Rina Marlina, S.H."}, [
        ("P02", "warning", "/penandatangan/nama"),
    ]),
    ({"penandatangan/nama": "Budi Santoso"}, [("P03", "warning", "/penandatangan/nama")]),
    ({"penandatangan": {"nama": "Budi Santoso", "sifat": "Plh."}}, []),
    ({"pleno/peserta/0/jabatan": "Anggota"}, [("P05", "warning", "/pleno/peserta")]),
    ({"pleno/peserta/0/jabatan": "Plh. Ketua"}, []),
    ({"pleno/peserta/2": {"nama": "Sari", "jabatan": "Sekretaris"}}, [
        ("P06", "warning", "/pleno/peserta/2"),
    ]),
    ({"pleno/peserta/2": {"nama": "budi santoso", "jabatan": "Anggota"}}, [
        ("P07", "warning", "/pleno/peserta/2"),
    ]),
    ({"salinan": "ya"}, [("P08", "warning", "/salinan")]),
    ({"salinan": "ya", "salinan_oleh": {"nama": "Sari Dewi"}}, []),
    ({"penandatangan": {}}, [("P09", "warning", "/penandatangan")]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), CASES, ids=lambda case: str(case)[:60])
def test_a_defect_is_found_at_its_place_and_nothing_else_is(changes, expected):
    assert raised(check(changes)) == expected


def test_at_the_end_of_a_year_a_decree_may_be_about_the_next():
    december = {"tahun": 2025, "tanggal": "2025-12-20", "pleno": None, "memperhatikan": []}
    assert check(december) == ()
    assert {code for code, *_ in raised(check({**december, "tanggal": "2025-06-20"}))} == {
        "W04",
        "W05",
    }


def test_in_aceh_the_law_on_its_government_and_the_name_of_the_office_count():
    aceh = "Undang-Undang Nomor 11 Tahun 2006 (Lembaran Negara Tahun 2006 Nomor 62)"
    assert raised(check(kode="11.18")) == [("H06", "warning", "/mengingat")]
    assert raised(check({"mengingat": [aceh, LAW, ZI]}, kode="11.18")) == []
    leftover = {"mengingat": [aceh, LAW, ZI], "pleno/tempat": "Kantor KPU Kabupaten Pidie Jaya"}
    assert raised(check(leftover, kode="11.18")) == [("R13", "warning", "/pleno/tempat")]


def test_every_message_names_its_place_and_ends_as_a_sentence():
    findings = [finding for changes, _ in CASES for finding in check(changes)]
    assert all(isinstance(finding, Finding) for finding in findings)
    assert [f.message for f in findings if not f.message.endswith(".")] == []
    assert [f.message for f in findings if ": " not in f.message] == []


def test_every_code_in_the_rules_has_a_case():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__).parent / "rules").glob("*.py")
    )
    codes = {part.split('"')[0] for part in source.split('"') if part[:1] in "WHRTP"}
    codes = {code for code in codes if len(code) == 3 and code[1:].isdigit()}
    tested = {code for _, expected in CASES for code, *_ in expected} | {"H06", "R13"}
    assert codes == tested


def test_the_examples_have_warnings_only():
    for path in sorted((Path(__file__).parent / "examples").glob("*.yaml")):
        data = read_input(path)
        findings = prepare(KIND, data, registry().get(data["satker"])).findings
        assert [f for f in findings if f.is_error] == []
