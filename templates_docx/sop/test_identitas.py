"""The identity page: lists that give way in size, and a table that LibreOffice keeps on its page."""

import subprocess
from shutil import which

import pytest

from docgen.generate import generate, prepare
from docgen.masters import load_masters
from docgen.satker import registry
from templates_docx.sop import KIND
from templates_docx.sop.identitas import identity, list_points

MASTERS = load_masters(KIND)
SATKER = registry().get("13.71")
# Its legal basis alone fills the page.
ON_TWO_PAGES = "autentikasi-perolehan-suara-kursi"


def sop(items=1, **more):
    data = {
        "judul": "Surat Masuk",
        "pelaksana": ["Staf"],
        "langkah": [{"kegiatan": "Menerima surat", "pelaksana": "Staf"}],
        "dasar_hukum": [f"Undang-Undang Nomor {n} Tahun 2009" for n in range(items)],
    }
    return prepare(KIND, {**data, **more}, SATKER).valid_payload()


def test_lists_get_smaller_before_they_go_to_a_second_page():
    sizes = [list_points(sop(items)) for items in range(1, 19)]
    assert sizes[0] == 10
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes) == {10, 9.5, 9, 8.5, 8}


def test_lists_that_fit_no_page_keep_their_size():
    assert list_points(sop(60)) == 10


def test_lists_follow_the_base_size():
    assert list_points(sop(opsi={"ukuran_huruf": 12})) == 12


def test_wider_paper_lets_longer_items_stay_larger():
    items = {"dasar_hukum": ["Peraturan tentang " + "tata kerja sekretariat " * 6] * 8}
    assert list_points(sop(**items, opsi={"kertas": "F4"})) > list_points(sop(**items))


def test_only_a_row_taller_than_half_a_page_may_break():
    assert [identity(sop(5))[f"utuh_{row}"] for row in ("satu", "dua", "tiga")] == [True] * 3
    assert [identity(sop(60))[f"utuh_{row}"] for row in ("satu", "dua", "tiga")] == [False, True, True]  # fmt: skip


def points_of(master):
    return list_points(prepare(KIND, master.data, SATKER).valid_payload())


TIGHTEST = sorted(MASTERS, key=lambda name: points_of(MASTERS[name]))[:4]


@pytest.mark.office
@pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.skipif(not which("pdftotext"), reason="poppler-utils is not installed")
@pytest.mark.parametrize(
    "names", [[*TIGHTEST, ON_TWO_PAGES], pytest.param(list(MASTERS), marks=pytest.mark.long)]
)
def test_the_identity_of_a_master_fills_one_page_and_no_more(names, tmp_path):
    for name in names:
        payload = prepare(KIND, MASTERS[name].data, SATKER).valid_payload()
        (file,) = generate(KIND, payload, SATKER)
        (tmp_path / f"{name}.docx").write_bytes(file.content)
    convert(tmp_path)
    last = {name: last_page_with(tmp_path / f"{name}.pdf", "PENCATATAN") for name in names}
    assert last == dict.fromkeys(names, 1) | {ON_TWO_PAGES: 2}
    begins = {name: last_page_with(tmp_path / f"{name}.pdf", "DASAR HUKUM") for name in names}
    assert begins == dict.fromkeys(names, 1)


def convert(folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)


def last_page_with(pdf, words):
    run = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    pages = run.stdout.decode().split("\f")
    return max(number for number, page in enumerate(pages, 1) if words in page)
