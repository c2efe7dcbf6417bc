"""Documents that contradict each other: each rule with a set that it is about, and one that it is not."""

import datetime as dt

import pytest
from pydantic import Field

from docgen.agreement import Document, disagreements
from docgen.facts import Facts, Orang, Stated, StatedDay
from docgen.kinds import Part, Payload, Teks
from docgen.satker import registry

PADANG, SOLOK = registry().get("13.71"), registry().get("13.72")


class Peserta(Part):
    nama: Teks = Field(title="Nama")


class Isian(Payload):
    judul: Teks = Field(title="Judul")
    nomor: Teks = Field(title="Nomor")
    tanggal: Teks = Field(title="Tanggal")
    peserta: tuple[Peserta, ...] = Field((), title="Peserta")


def said(*facts, offices=()):
    offices = offices or [PADANG] * len(facts)
    documents = [
        Document(f"{number}.yaml", office, Isian, one)
        for number, (one, office) in enumerate(zip(facts, offices, strict=True), 1)
    ]
    return [(f.code, f.input, f.pointer) for f in disagreements(documents)]


def nomor(text):
    return Facts(nomor=[Stated(text, "/nomor")])


def orang(*people):
    return Facts(
        orang=[
            Orang(nama, jabatan, peran, f"/peserta/{position}/nama")
            for position, (nama, jabatan, peran) in enumerate(people)
        ]
    )


def rapat(*day, sop=(), area=()):
    return Facts(
        rapat=StatedDay(dt.date(*day), "/tanggal"),
        sop_disebut=[Stated(title, "/judul") for title in sop],
        area_disebut=[Stated(title, "/judul") for title in area],
    )


def tim(*day):
    return Facts(penetapan_tim=StatedDay(dt.date(*day), "/tanggal"))


def sop(title):
    return Facts(sop=Stated(title, "/judul"))


def area(*titles):
    return Facts(area=[Stated(title, "/judul") for title in titles])


def tahun(text):
    return Facts(tahun=[Stated(text, "/judul")])


ANGGOTA, HADIR, TANDA = "anggota_tim", "hadir", "penanda_tangan"

CASES = [
    ("X01", [nomor("1/PW.02-Und/1371/2026"), nomor("1/PW.02-und/1371/2026")], "2.yaml", "/nomor"),
    (
        "X02",
        [orang(("Dr. Rina Wati, M.H.", "", ANGGOTA)), orang(("Budi", "", HADIR))],
        "2.yaml",
        "/peserta/0/nama",
    ),
    ("X03", [tim(2026, 2, 6), rapat(2026, 2, 6)], "2.yaml", "/tanggal"),
    ("X03", [tim(2026, 2, 9), rapat(2026, 2, 6)], "2.yaml", "/tanggal"),
    ("X04", [sop("Surat Masuk"), rapat(2026, 2, 6, sop=["Surat Keluar", "Surat Masuk"])], "2.yaml", "/judul"),
    ("X05", [sop("Surat Masuk"), rapat(2026, 2, 6)], "1.yaml", "/judul"),
    (
        "X06",
        [area("Manajemen Perubahan"), rapat(2026, 2, 6, area=["Penguatan Pengawasan"])],
        "2.yaml",
        "/judul",
    ),
    ("X07", [tahun("2025"), tahun("2026")], "2.yaml", "/judul"),
    (
        "X08",
        [orang(("Rina", "Sekretaris", TANDA)), orang(("Budi", "Sekretaris KPU Kota Padang", TANDA))],
        "2.yaml",
        "/peserta/0/nama",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts", "where", "pointer"), CASES)
def test_a_contradiction_is_found_where_it_stands(code, facts, where, pointer):
    assert said(*facts) == [(code, where, pointer)]


@pytest.mark.parametrize(
    "facts",
    [
        [nomor("1/PW.02-Und/1371/2026"), nomor("2/PW.02-Und/1371/2026")],
        [orang(("Dr. Rina Wati, M.H.", "", ANGGOTA)), orang(("RINA  WATI", "", HADIR))],
        [orang(("Rina", "", HADIR)), orang(("Budi", "", HADIR))],
        [tim(2026, 2, 5), rapat(2026, 2, 6)],
        [sop("Surat Masuk"), rapat(2026, 2, 6, sop=["SOP surat masuk."])],
        [rapat(2026, 2, 6, sop=["Surat Masuk"]), rapat(2026, 2, 7)],
        [sop("Surat Masuk"), sop("Surat Keluar")],
        [area("Manajemen Perubahan"), rapat(2026, 2, 6, area=["MANAJEMEN PERUBAHAN"])],
        [rapat(2026, 2, 6, area=["Penguatan Pengawasan"]), rapat(2026, 2, 7)],
        [tahun("2026"), tahun("2026")],
        [orang(("Rina", "Sekretaris", TANDA)), orang(("Budi", "Plh. Sekretaris", TANDA))],
        [orang(("Rina", "Ketua", TANDA)), orang(("Budi", "Ketua Tim", TANDA))],
    ],
)  # fmt: skip
def test_documents_that_agree_have_no_finding(facts):
    assert said(*facts) == []


@pytest.mark.parametrize("facts", [case[1] for case in CASES])
def test_documents_of_different_offices_are_not_compared(facts):
    assert said(*facts, offices=[PADANG, SOLOK]) == []


def test_a_finding_says_the_place_as_people_count_it_and_names_the_other_input():
    facts = [orang(("Rina", "", ANGGOTA)), orang(("Rina", "", HADIR), ("Budi", "", HADIR))]
    documents = [Document(f"{n}.yaml", PADANG, Isian, one) for n, one in enumerate(facts)]
    (finding,) = disagreements(documents)
    assert finding.message == "Peserta 2, nama: “Budi” tidak ada dalam susunan tim di 0.yaml."
    assert not finding.is_error
