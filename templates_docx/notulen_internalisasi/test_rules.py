"""Each rule with a record that it is about; the record without that mistake has no finding."""

import copy

import pytest

from docgen.generate import prepare
from docgen.registry import get_kind
from docgen.satker import registry

KIND = get_kind("notulen_internalisasi")
PADANG = registry().get("13.71")

GOOD = {
    "acara": "Internalisasi SOP Layanan Informasi Publik",
    "nomor": "3/PK.01-BA/1371/2026",
    "tanggal": "2026-02-06",
    "mulai": "09.00",
    "selesai": "11.00",
    "tempat": "Aula KPU Kota Padang",
    "undangan": {
        "nomor": "7/PW.02-Und/1371/2026",
        "tanggal": "2026-02-03",
        "kepada": ["Seluruh Pegawai"],
    },
    "pimpinan": {"nama": "Rina Wati, S.H.", "jabatan": "Sekretaris", "nip": "197203141998032002"},
    "notulis": {"nama": "Budi", "jabatan": "Arsiparis"},
    "agenda": ["Pembukaan"],
    "peserta": [
        {"nama": "Rina Wati", "jabatan": "Sekretaris KPU Kota Padang"},
        {"nama": "Budi", "jabatan": "Arsiparis"},
        {"nama": "Citra", "jabatan": "Pelaksana"},
    ],
    "jumlah_pegawai": "4",
    "narasumber": [{"nama": "Doni", "jabatan": "Kepala Bagian KPU Kota Solok", "materi": ["Satu."]}],
    "pembahasan": [{"pokok": "SOP", "isi": ["Dibacakan pada Jumat, 6 Februari 2026."]}],
    "sop_diinternalisasi": ["Layanan Informasi Publik"],
    "area_zi": ["Penataan Tatalaksana"],
    "tanya_jawab": [{"penanya": "Citra", "pertanyaan": "Kapan?", "jawaban": "Hari ini."}],
    "kesimpulan": ["SOP dilaksanakan."],
    "tindak_lanjut": [
        {"uraian": "Mencetak SOP", "penanggung_jawab": "Budi", "tenggat": "2026-02-09"}
    ],
    "dokumentasi": [{"berkas": "a.jpg", "keterangan": "Suasana"}],
    "laporan": {"nomor": "9/PW.02-LAP/1371/2026", "tanggal": "2026-02-06"},
}  # fmt: skip


def changed(path, value):
    """The good record with one field changed, or by None taken out."""
    data = copy.deepcopy(GOOD)
    *steps, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
    here = data
    for step in steps:
        here = here[step]
    if value is None:
        del here[last]
    elif isinstance(here, list) and last == len(here):
        here.append(value)
    else:
        here[last] = value
    return data


def said(data, satker=PADANG):
    prepared = prepare(KIND, data, satker)
    assert prepared.payload is not None, prepared.findings
    return [(finding.code, finding.pointer) for finding in prepared.findings]


def test_a_record_without_mistakes_has_no_finding():
    assert said(GOOD) == []


CASES = [
    ("T01", "/selesai", "selesai", "09.00"),
    ("T02", "/undangan/tanggal", "undangan/tanggal", "2026-02-07"),
    ("T03", "/laporan/tanggal", "laporan/tanggal", "2026-02-05"),
    ("T04", "/tindak_lanjut/0/tenggat", "tindak_lanjut/0/tenggat", "2026-02-05"),
    ("T05", "/acara", "acara", "Internalisasi SOP Tahun 2024"),
    ("N01", "/nomor", "nomor", "3/PK.01-BA/1371/2025"),
    ("N02", "/undangan/nomor", "undangan/nomor", "7/PW.02-Und/1372/2026"),
    ("N03", "/nomor", "nomor", "7/PW.02-Und/1371/2026"),
    ("N04", "/undangan/nomor", "undangan/nomor", None),
    ("R01", "/peserta/3/nama", "peserta/3", {"nama": "citra, S.E.", "jabatan": "Pelaksana"}),
    ("R02", "/pimpinan/nama", "pimpinan/nama", "Rini Wati"),
    ("R03", "/notulis/nama", "notulis/nama", "Bude"),
    ("R04", "/tanya_jawab/0/penanya", "tanya_jawab/0/penanya", "Eka"),
    ("R05", "/notulis/nama", "mengesahkan", {"nama": "Budi", "jabatan": "Arsiparis"}),
    ("R06", "/pimpinan/jabatan", "pimpinan/jabatan", "Ketua"),
    ("R07", "/peserta/2/jabatan", "peserta/2/jabatan", None),
    ("R08", "/pimpinan/nip", "pimpinan/nip", "1972"),
    ("R09", "/peserta/3/nama", "peserta/3", {"nama": "NAMA STAF 1", "jabatan": "Pelaksana"}),
    ("R10", "/jumlah_pegawai", "jumlah_pegawai", "2"),
    ("R11", "/jumlah_pegawai", "jumlah_pegawai", "7"),
    ("K01", "/agenda", "agenda", None),
    ("K02", "/pembahasan", "pembahasan", None),
    ("K03", "/kesimpulan", "kesimpulan", None),
    ("K04", "/tindak_lanjut", "tindak_lanjut", None),
    ("K05", "/dokumentasi", "dokumentasi", None),
    ("K06", "/undangan", "undangan", None),
    ("K07", "/pembahasan/0/isi", "pembahasan/0/isi", None),
    ("K08", "/tanya_jawab/0/jawaban", "tanya_jawab/0/jawaban", None),
    ("K09", "/tindak_lanjut/0/penanggung_jawab", "tindak_lanjut/0/penanggung_jawab", None),
    ("K10", "/tindak_lanjut/0/tenggat", "tindak_lanjut/0/tenggat", None),
    ("K11", "/dokumentasi/0/keterangan", "dokumentasi/0/keterangan", None),
    ("K12", "/dokumentasi/1/berkas", "dokumentasi/1", {"berkas": "a.jpg", "keterangan": "Lain"}),
    ("Z01", "/sop_diinternalisasi", "sop_diinternalisasi", None),
    ("Z02", "/area_zi", "area_zi", None),
    ("Z03", "/area_zi/0", "area_zi/0", "Penguatan Pengawas Keuangan"),
    ("Z04", "/area_zi/0", "area_zi/0", "penataan tata laksana"),
    ("Z05", "/area_zi/1", "area_zi/1", "Penataan Tatalaksana"),
    ("U01", "/kesimpulan/0", "kesimpulan/0", "SOP ____ dilaksanakan."),
    ("U02", "/pembahasan/0/isi/0", "pembahasan/0/isi/0", "Dibacakan pada Kamis, 6 Februari 2026."),
    ("U03", "/dasar/0", "dasar", ["PermenPAN-RB Nomor 52 Tahun 2014"]),
    ("U04", "/tempat", "tempat", "Aula KPU Kota Solok"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "pointer", "path", "value"), CASES)
def test_a_mistake_is_found_where_it_stands(code, pointer, path, value):
    assert said(changed(path, value)) == [(code, pointer)]


def test_a_meeting_on_a_weekend_is_worth_a_second_look():
    data = changed("tanggal", "2026-02-07")
    data["laporan"]["tanggal"] = "2026-02-09"
    assert said(data) == [("T06", "/tanggal")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("selesai", None),
        ("undangan/tanggal", "2026-02-06"),
        ("acara", "Internalisasi SOP Tahun 2026"),
        ("acara", "Internalisasi Rencana Aksi Tahun 2027"),
        ("nomor", "3/PK.01-BA/2026"),
        ("nomor", "3"),
        ("pimpinan/jabatan", "Sekretaris KPU Kota Padang"),
        ("tanya_jawab/0/penanya", "Doni"),
        ("narasumber/0/jabatan", "Kepala Bagian KPU Kota Padang Panjang"),
        ("penyelenggara", "KPU Provinsi Sumatera Barat"),
        ("jumlah_pegawai", "6"),
        ("jumlah_pegawai", None),
    ],
)
def test_what_only_looks_like_a_mistake_is_none(path, value):
    assert said(changed(path, value)) == []
