"""What the two documents say and how they are built, for decrees of every size."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from docgen.bahasa import huruf, urutan_diktum
from docgen.generate import generate, prepare
from docgen.rendering.text import read_text
from docgen.satker import registry
from docgen.zi import areas
from templates_docx.keputusan_tim_zi import KIND

MARKS = "nomor_naskah tanggal_naskah jabatan_pengirim ttd_pengirim nama_pengirim nip_pengirim"


def decree(menimbang=2, diktum=3, anggota=6, **more):
    """A decree with so many considerations, rulings and members, these in six areas."""
    tim = [
        {
            "kelompok": f"Area {area.nama}",
            "anggota": [
                {"nama": f"Orang {n}", "jabatan_dinas": "Pelaksana", "kedudukan": "Anggota"}
                for n in range(area.nomor, anggota + 1, 6)
            ],
        }
        for area in areas()
    ]
    return {
        "nomor": "12",
        "tahun": "2026",
        "tentang": "Pembentukan Tim Kerja Zona Integritas Tahun 2026",
        "menimbang": [f"bahwa pertimbangan {n} perlu ditindaklanjuti" for n in range(menimbang)],
        "mengingat": ["Undang-Undang Nomor 7 Tahun 2017", "PermenPANRB Nomor 90 Tahun 2021"],
        "diktum": [{"isi": f"Isi diktum {n}."} for n in range(1, diktum)]
        + [{"isi": "Keputusan ini mulai berlaku pada tanggal ditetapkan."}],
        "tanggal": "2026-01-14",
        "penandatangan": {"jabatan": "Ketua", "nama": "Rina Marlina"},
        "tim": [group for group in tim if group["anggota"]],
        **more,
    }


PLENO = {
    "nomor": "7/PK.01-BA/1371/2026",
    "tanggal": "2026-01-12",
    "mulai": "09.05",
    "tempat": "Ruang Rapat",
    "jenis": "tertutup",
    "agenda": ["Pembentukan tim", "Pembagian tugas"],
    "peserta": [
        {"nama": "Budi", "jabatan": "Anggota"},
        {"nama": "Rina Marlina", "jabatan": "Ketua"},
        {"nama": "Sari", "jabatan": "Sekretaris"},
    ],
    "keputusan": ["menyetujui pembentukan tim"],
}


def make(data, naskah="keputusan", kode="13.71", *, srikandi=False):
    satker = registry().get(kode)
    payload = prepare(KIND, data, satker).valid_payload()
    (file,) = generate(KIND, payload, satker, naskah=naskah, srikandi=srikandi)
    return file.content


def said(data, **options):
    return read_text(make(data, **options))


def test_the_closing_consideration_refers_to_all_before_it():
    assert "dalam huruf a, perlu menetapkan" in said(decree(menimbang=1))
    assert "dalam huruf a dan huruf b, perlu menetapkan" in said(decree(menimbang=2))
    letters = [f"huruf {huruf(n)}" for n in range(1, 30)]
    closing = f"dalam {', '.join(letters[:-1])}, dan {letters[-1]}, perlu menetapkan"
    assert closing in said(decree(menimbang=29))
    assert (
        "perlu menetapkan Keputusan Komisi Pemilihan Umum Kota Padang tentang Pembentukan Tim "
        "Kerja Zona Integritas Tahun 2026; |"
    ) in said(decree())


def test_a_closing_consideration_that_was_typed_is_not_doubled():
    typed = "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu tim;"
    text = said({**decree(), "menimbang": ["bahwa perlu", typed]})
    assert text.count("bahwa berdasarkan pertimbangan") == 1


def items(content, style):
    """The paragraphs of a style, in order, also those in tables."""
    body = Document(BytesIO(content)).element.body
    return [
        "".join(text.text for text in paragraph.iter("{*}t"))
        for paragraph in body.iter("{*}p")
        if paragraph.style == style
    ]


def test_letters_that_word_would_count_otherwise_are_typed():
    content = make(decree(menimbang=40))
    assert len(items(content, "ButirMenimbang")) == 27
    typed = [text.split(".")[0] for text in items(content, "ButirHuruf")]
    assert typed == [huruf(number) for number in range(28, 42)]


def test_fifty_rulings_have_their_ordinals_and_the_last_stands_by_the_signature():
    rows = [row for row in said(decree(diktum=50)).splitlines() if row.startswith("| KE")]
    assert [row.split(" | ")[0][2:] for row in rows] == [urutan_diktum(n) for n in range(1, 51)]
    assert rows[-1] == "| KELIMA PULUH | : | Keputusan ini mulai berlaku pada tanggal ditetapkan. |"


def test_sub_items_are_closed_as_a_list_is():
    data = decree()
    data["diktum"][0] = {"isi": "Tim bertugas", "butir": ["menyusun", "melaksanakan", "melapor"]}
    assert "Tim bertugas:\nmenyusun; |\n|  |  | melaksanakan; dan |\n|  |  | melapor. |" in said(
        data
    )


def test_a_hundred_members_are_all_there_in_their_groups():
    text = said(decree(anggota=100))
    assert re.findall(r"\| (Orang \d+) \|", text) == [
        f"Orang {n}" for area in range(1, 7) for n in range(area, 101, 6)
    ]
    assert [line for line in text.splitlines() if line.startswith("| Area")] == [
        f"| Area {area.nama} |" for area in areas()
    ]


def test_one_item_alone_has_no_number():
    content = make(decree(mengingat=["Undang-Undang Nomor 7 Tahun 2017"]))
    assert items(content, "ButirMengingat") == []
    assert "Undang-Undang Nomor 7 Tahun 2017;" in items(content, "IsiKonsideran")


def test_annexes_are_numbered_only_where_there_are_two():
    one = said(decree())
    assert ("LAMPIRAN\n" in one, "LAMPIRAN I\n" in one) == (True, False)
    duties = [{"kelompok": "Area Manajemen Perubahan", "tugas": ["menyusun rencana"]}]
    two = said(decree(uraian_tugas=duties))
    assert ("LAMPIRAN\n" in two, "LAMPIRAN I\n" in two, "LAMPIRAN II\n" in two) == (
        False,
        True,
        True,
    )
    assert two.count("Ditetapkan di Padang") == 3


def test_a_draft_has_dots_for_number_and_date():
    text = said(decree(nomor=None, tanggal=None))
    assert "NOMOR ... TAHUN 2026" in text
    assert "pada tanggal ..." in text


def test_a_number_with_strokes_holds_its_year_already():
    text = said(decree(nomor="12/HK.03.1-Kpt/13/Prov/2021"))
    assert "NOMOR 12/HK.03.1-Kpt/13/Prov/2021\nTENTANG" in text


@pytest.mark.parametrize(
    ("kode", "signer", "expected"),
    [
        ("13.71", {}, "KETUA KOMISI PEMILIHAN UMUM\nKOTA PADANG,"),
        ("13.71", {"sifat": "Plt."}, "Plt. KETUA\nKOMISI PEMILIHAN UMUM\nKOTA PADANG,"),
        ("11.18", {}, "KETUA\nKOMISI INDEPENDEN PEMILIHAN\nKABUPATEN PIDIE JAYA,"),
        ("11", {"sifat": "Pj."}, "Pj. KETUA\nKOMISI INDEPENDEN PEMILIHAN\nACEH,"),
        (
            "13.71",
            {"jabatan": "Sekretaris", "sifat": "Plh."},
            "Plh. SEKRETARIS\nKOMISI PEMILIHAN UMUM\nKOTA PADANG,",
        ),
        (
            "00",
            {"jabatan": "Sekretaris"},
            "SEKRETARIS JENDERAL\nKOMISI PEMILIHAN UMUM\nREPUBLIK INDONESIA,",
        ),
    ],
)
def test_the_closing_block_names_the_post_as_the_office_does(kode, signer, expected):
    assert expected in said(decree(penandatangan={"nama": "Rina", **signer}), kode=kode)


def test_a_secretary_signs_decrees_of_the_secretariat_with_rank_and_nip():
    signer = {"nama": "Sari Dewi", "nip": "197203141998031002", "pangkat": "Pembina"}
    text = said(decree(penerbit="sekretariat", penandatangan=signer))
    assert "SEKRETARIAT KOMISI PEMILIHAN UMUM\nKOTA PADANG\n" in text
    assert "KEPUTUSAN SEKRETARIS KOMISI PEMILIHAN UMUM\nKOTA PADANG" in text
    assert "Sari Dewi\nPembina\nNIP 19720314 199803 1 002" in text


def test_a_copy_says_so_in_every_block_and_carbon_copies_stand_once():
    by = {"nama": "Ani", "jabatan": "Kepala Subbagian Hukum"}
    text = said(decree(salinan="ya", salinan_oleh=by, tembusan=["KPU RI", "Inspektorat"]))
    assert text.startswith("- 2 -\nSALINAN\n")
    block = "Salinan sesuai dengan aslinya\nSEKRETARIAT KOMISI PEMILIHAN UMUM\nKOTA PADANG\n"
    assert text.count(f"{block}Kepala Subbagian Hukum,\nAni") == 2
    assert text.count("\nttd.\n") == 2
    assert text.count("Tembusan:\nKPU RI;\nInspektorat.") == 1
    assert "SALINAN" not in said(decree())


@pytest.mark.parametrize("naskah", ["keputusan", "berita_acara"])
def test_srikandi_marks_stand_each_in_one_run(naskah):
    content = make(decree(pleno=PLENO), naskah, srikandi=True)
    runs = [run.text or "" for run in Document(BytesIO(content)).element.body.iter("{*}t")]
    found = {mark for run in runs for mark in re.findall(r"\$\{(\w+)\}", run)}
    assert found == set(MARKS.split())
    assert "${" not in said(decree(pleno=PLENO), naskah=naskah)


def test_the_berita_acara_opens_in_words_and_is_signed_by_ketua_and_members():
    text = said(decree(pleno=PLENO), naskah="berita_acara")
    assert (
        "Pada hari ini Senin, tanggal Dua Belas bulan Januari tahun Dua Ribu Dua Puluh Enam, "
        "bertempat di Ruang Rapat, pukul 09.05 WIB, Komisi Pemilihan Umum Kota Padang telah "
        "melaksanakan Rapat Pleno Tertutup dengan agenda sebagai berikut:\n"
        "Pembentukan tim; dan\nPembagian tugas.\n"
        "Rapat Pleno dihadiri pula oleh Sari (Sekretaris).\n"
        "Berdasarkan hasil pembahasan, Rapat Pleno memutuskan menyetujui pembentukan tim.\n"
    ) in text
    assert text.endswith(
        "KOMISI PEMILIHAN UMUM KOTA PADANG,\n| No. | Nama | Jabatan | Tanda Tangan |\n"
        "|  | Rina Marlina | Ketua |  |\n|  | Budi | Anggota |  |"
    )
    assert "09.05 WIT" in said(decree(pleno=PLENO), naskah="berita_acara", kode="91.03")


def test_paper_and_font_are_settings_with_f4_and_bookman_as_they_come():
    def look(**opsi):
        document = Document(BytesIO(make(decree(opsi=opsi))))
        style = document.styles["Penutup"]
        fonts = document.styles.element.find(".//{*}docDefaults//{*}rFonts")
        width = round(document.sections[0].page_width.mm)
        return width, next(iter(fonts.values())), round(style.paragraph_format.left_indent.mm)

    assert look() == (215, "Bookman Old Style", 85)
    assert look(kertas="A4", huruf="Arial", ukuran_huruf="11") == (210, "Arial", 80)


def test_tables_have_header_rows_captions_and_headings_that_can_be_read_aloud():
    duties = [{"kelompok": "Area Manajemen Perubahan", "tugas": ["menyusun rencana"]}]
    body = Document(BytesIO(make(decree(uraian_tugas=duties)))).element.body
    assert len(body.findall(".//{*}tblHeader")) == 1
    assert len(body.findall(".//{*}tblCaption")) == len(body.findall(".//{*}tbl")) == 4
    assert [p.style for p in body.iter("{*}p") if p.style in {"Heading1", "JudulLampiran"}] == [
        "Heading1",
        "JudulLampiran",
        "JudulLampiran",
    ]


def test_the_largest_decree_is_a_valid_word_file(tmp_path):
    path = tmp_path / "besar.docx"
    path.write_bytes(make(decree(40, 50, 100, salinan="ya", tembusan=["KPU RI"])))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None


ANY_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1
).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(ANY_TEXT)
def test_whatever_was_typed_is_in_the_document(text):
    data = decree(
        mengingat=[text, text],
        memperhatikan=[text],
        ditetapkan_di=text,
        tembusan=[text],
        penandatangan={"nama": text},
        uraian_tugas=[{"kelompok": text, "tugas": [text, text]}],
    )
    member = {"nama": text, "jabatan_dinas": text, "kedudukan": text}
    data["menimbang"] = [text]
    data["tim"] = [{"kelompok": text, "anggota": [member]}]
    data["diktum"][0] = {"isi": text, "butir": [text]}
    # The title's lines are broken anew; everywhere else a text stands as it was typed.
    found = said(data).count(text.rstrip())
    assert found >= 16


OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Lay decrees of many sizes out in one go; answers with each one's pages as text."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("halaman")
    duties = [
        {"kelompok": f"Kelompok {n}", "tugas": ["melaksanakan tugas dengan baik"] * 7}
        for n in range(1, 7)
    ]
    for size in range(8):
        data = decree(3 + size, 8 + 3 * size, 12 + 7 * size, uraian_tugas=duties)
        if size % 2:
            data |= {"salinan": "ya", "opsi": {"kertas": "A4", "huruf": "Arial"}}
        (folder / f"{size}.docx").write_bytes(make(data))
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profil"]
    command += ["--convert-to", "pdf", "--outdir", str(folder)]
    documents = sorted(str(path) for path in folder.glob("*.docx"))
    subprocess.run([*command, *documents], check=True, capture_output=True, timeout=240)
    return [
        [page.extract_text() for page in PdfReader(folder / f"{size}.pdf").pages]
        for size in range(8)
    ]


@pytest.mark.office
def test_a_signature_stands_with_the_last_lines_of_what_it_signs(pages):
    for number, document in enumerate(pages):
        signed = [page for page in document if "Ditetapkan di Padang" in page]
        assert len(signed) == 3
        before = [page.split("Ditetapkan di Padang")[0] for page in signed]
        assert "mulai berlaku pada tanggal ditetapkan" in before[0]
        assert re.search(r"Orang \d+", before[1]), f"ukuran {number}"
        assert "melaksanakan tugas" in before[2]


@pytest.mark.office
def test_pages_are_numbered_from_the_second_and_none_is_empty(pages):
    for document in pages:
        assert "- 1 -" not in document[0]
        for number, page in enumerate(document[1:], 2):
            assert page.lstrip().startswith(f"- {number} -")
            assert len(page.strip().splitlines()) > 1


@pytest.mark.office
def test_a_group_is_never_parted_from_its_first_member_nor_a_heading_from_its_first_duty(pages):
    for document in pages:
        for page in document:
            last = [line for line in page.strip().splitlines() if line.strip()][-1]
            assert not last.startswith("Area ")
            assert "Kelompok " not in last
