"""What only the papers of a meeting can get wrong."""

import copy
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from PIL import Image

from docgen.errors import InvalidInput
from docgen.generate import generate, prepare
from docgen.input_set import InputSet
from docgen.inputs import read_input
from docgen.registry import get_kind
from docgen.rendering.text import read_text
from docgen.satker import registry
from templates_docx.notulen_internalisasi.rules.texts import all_texts

KIND = get_kind("notulen_internalisasi")
PADANG, MERAUKE = registry().get("13.71"), registry().get("93.01")
EXAMPLES = Path(__file__).parent / "examples"
MARKS = "nomor_naskah tanggal_naskah ttd_pengirim nama_pengirim nip_pengirim jabatan_pengirim"
NASKAH = ["notulen", "undangan", "daftar_hadir", "laporan"]


def record(**changes):
    return {**read_input(EXAMPLES / "minimal.yaml"), **changes}


def photo(width=90, height=60):
    made = BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(made, "JPEG")
    return made.getvalue()


def make(data, satker=PADANG, naskah="semua", **options):
    payload = prepare(KIND, data, satker).valid_payload()
    assets = {one.name: photo() for one in KIND.pictures(payload)}
    files = generate(KIND, payload, satker, naskah=naskah, assets=assets, **options)
    return {file.naskah: file.content for file in files}


def body(content):
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()


def people(count):
    return [{"nama": f"Peserta {n:03}", "jabatan": f"Jabatan {n}"} for n in range(1, count + 1)]


COMPLETE = read_input(EXAMPLES / "kpu_merauke_risalah.yaml")


@pytest.fixture(scope="module")
def complete():
    """The papers of the complete example."""
    return make(COMPLETE, MERAUKE)


@pytest.mark.parametrize("naskah", NASKAH)
def test_day_hour_zone_and_place_are_the_same_in_every_naskah(complete, naskah):
    said = read_text(complete[naskah])
    for words in ("Kamis, 5 Maret 2026", "08.30 s.d. 11.45 WIT", "Aula KPU Kabupaten Merauke"):
        assert words in said


def test_every_text_of_the_record_stands_in_the_papers(complete):
    said = "\n".join(map(read_text, complete.values()))
    payload = prepare(KIND, COMPLETE, MERAUKE).valid_payload()
    # A number is written in its groups, a choice in words of its own.
    written_otherwise = {"nip", "moda", "sifat", "judul_naskah"}
    texts = [text for steps, text in all_texts(payload) if steps[-1] not in written_otherwise]
    assert len(texts) > 100
    assert [text for text in texts if text not in said] == []


@pytest.mark.parametrize(
    ("sebutan", "in_text"),
    [("Notulen", "notulen"), ("Notula", "notula"), ("Risalah Rapat", "risalah rapat")],
)
def test_the_minutes_bear_the_name_that_was_chosen(sebutan, in_text):
    said = read_text(make(record(judul_naskah=sebutan))["notulen"])
    assert sebutan.upper() in said.split("\n")
    assert f"Demikian {in_text} ini dibuat" in said


@pytest.mark.parametrize("count", [1, 2, 40, 300])
def test_the_attendance_list_names_everyone_and_its_signatures_alternate(count):
    xml = body(make(record(peserta=people(count)))["daftar_hadir"])
    assert re.findall(r"Peserta \d{3}", xml) == [f"Peserta {n:03}" for n in range(1, count + 1)]
    sides = re.findall(r'"(Paraf\w+)"', xml)
    assert sides == [("ParafGanjil", "ParafGenap")[n % 2] for n in range(count)]
    assert xml.count("<w:tblHeader/>") == 1


def test_empty_rows_are_added_for_those_who_come_unannounced():
    xml = body(make(record(peserta=people(3), opsi={"baris_kosong": 4}))["daftar_hadir"])
    assert len(re.findall('"Paraf(?:Ganjil|Genap)"', xml)) == 7


def test_more_than_300_people_are_an_error():
    (finding,) = prepare(KIND, record(peserta=people(301)), PADANG).findings
    assert (finding.code, finding.pointer) == ("A08", "/peserta")


@pytest.mark.parametrize(("count", "has_annex"), [(20, False), (21, True)])
def test_many_participants_move_from_the_head_of_the_minutes_to_an_annex(count, has_annex):
    said = read_text(make(record(peserta=people(count)))["notulen"])
    assert f"Peserta {count:03}" in said
    assert ("Daftar Peserta" in said.split("\n")) is has_annex
    assert (f"{count} orang, daftar peserta terlampir" in said) is has_annex


def test_the_invitation_is_made_only_where_there_is_one():
    assert sorted(make(record())) == sorted(set(NASKAH) - {"undangan"})
    with pytest.raises(InvalidInput) as error:
        make(record(), naskah="undangan")
    assert [finding.code for finding in error.value.findings] == ["N01"]


def test_the_invitation_is_signed_by_the_chairperson_unless_it_says_otherwise(complete):
    letter = {"tanggal": "2026-02-02", "kepada": ["Seluruh Pegawai"]}
    said = read_text(make(record(undangan=letter))["undangan"])
    assert "Dengan ini Ketua Komisi Pemilihan Umum Kota Padang mengundang" in said
    assert said.endswith("Ketua,\nNAMA KETUA")
    assert read_text(complete["undangan"]).endswith(
        "Plh. Sekretaris,\nYosefina Gebze\nNIP 19790612 200502 2 001"
    )


@pytest.mark.parametrize("naskah", NASKAH)
def test_srikandi_marks_stand_each_in_one_run(naskah):
    runs = re.findall(
        r"<w:t[^>]*>([^<]*)</w:t>", body(make(COMPLETE, MERAUKE, srikandi=True)[naskah])
    )
    for mark in MARKS.split():
        assert any(f"${{{mark}}}" in run for run in runs), mark


@pytest.mark.parametrize("naskah", NASKAH)
def test_without_srikandi_no_mark_is_left(complete, naskah):
    assert "${" not in body(complete[naskah])


def test_photographs_stand_two_a_page_with_numbered_captions_and_descriptions():
    photos = [{"berkas": f"{n}.jpg", "keterangan": f"Foto ke-{n}"} for n in range(1, 12)]
    xml = body(make(record(dokumentasi=photos))["laporan"])
    places = re.findall(r'"(Gambar(?:HalamanBaru)?)"/></w:pPr>', xml)
    assert [n for n, style in enumerate(places, 1) if style == "GambarHalamanBaru"] == [
        3,
        5,
        7,
        9,
        11,
    ]
    assert re.findall(r"SEQ Gambar .*?>(\d+)</w:t>", xml) == [str(n) for n in range(1, 12)]
    assert len(re.findall(r'descr="Foto \d+: Foto ke-\d+\.', xml)) == 11


def test_a_picture_that_is_not_in_the_folder_is_an_error_at_its_place(tmp_path):
    (tmp_path / "ada.jpg").write_bytes(photo())
    path = tmp_path / "rapat.yaml"
    photos = [{"berkas": "ada.jpg"}, {"berkas": "hilang.jpg"}, {"berkas": "../rahasia.jpg"}]
    path.write_text(yaml.safe_dump(dict(record(dokumentasi=photos))))
    entered = InputSet.read(KIND, [path], PADANG)
    assert [(f.code, f.pointer) for f in entered.findings if f.is_error] == [
        ("G01", "/dokumentasi/1/berkas"),
        ("G02", "/dokumentasi/2/berkas"),
    ]


def test_the_report_tells_how_many_of_all_came():
    said = read_text(make(record(peserta=people(22), jumlah_pegawai="26"))["laporan"])
    assert "22 dari 26 orang (84,6%), daftar hadir terlampir" in said


def test_a_row_that_no_page_could_hold_may_be_torn():
    question = {"penanya": "NAMA STAF 1", "pertanyaan": "Apa?", "jawaban": "Kata. " * 900}
    short = {**question, "jawaban": "Kata."}
    rows = re.findall(
        r"<w:tr>.*?</w:tr>", body(make(record(tanya_jawab=[short, question]))["notulen"])
    )
    asked = [row for row in rows if "Apa?" in row]
    assert ["<w:cantSplit/>" in row for row in asked] == [True, False]


def test_minutes_and_sop_point_at_each_other():
    data = copy.deepcopy(dict(COMPLETE))
    facts = KIND.facts(prepare(KIND, data, MERAUKE).valid_payload(), MERAUKE)
    assert [sop.text for sop in facts.sop_disebut] == [
        "Pelayanan Permohonan Informasi Publik",
        "Pengelolaan Surat Masuk",
        "Penanganan Benturan Kepentingan",
    ]
    assert [nomor.text for nomor in facts.nomor] == [
        "21/PW.02-Und/9301/2026",
        "7/PK.01-BA/9301/2026",
        "9/PW.02-LAP/9301/2026",
    ]
    assert len(facts.orang_sebagai("hadir")) == 22
    assert facts.orang_sebagai("penanda_tangan") == []


def test_a_person_of_the_meeting_is_named_once_though_they_lead_and_take_part():
    data = record(
        peserta=[{"nama": "Rina"}, {"nama": "Budi"}],
        pimpinan={"nama": "Rina, S.H.", "jabatan": "Sekretaris"},
        notulis={"nama": "Citra", "jabatan": "Pelaksana"},
    )
    facts = KIND.facts(prepare(KIND, data, PADANG).valid_payload(), PADANG)
    assert [(orang.nama, orang.pointer) for orang in facts.orang_sebagai("hadir")] == [
        ("Rina", "/peserta/0/nama"),
        ("Budi", "/peserta/1/nama"),
        ("Citra", "/notulis/nama"),
    ]
