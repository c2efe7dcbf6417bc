"""Filling in by Excel: the template, a look at what was uploaded, the drafts."""

import io
import re

import openpyxl
import pytest

from docgen.workbooks import write_workbook
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.fixtures.front import CSRF

EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)
KIND = EXAMPLE.kind
FORM = f"/buat/{KIND.name}?satker={EXAMPLE_OFFICE}"
ADDRESS = f"/buat/{KIND.name}/excel?satker={EXAMPLE_OFFICE}"
DRAFTS = "/dokumen?keadaan=draf"


@pytest.fixture
def upload(client):
    """Send a workbook, or what a page has kept of one."""

    def upload(content=None, **fields):
        token = CSRF.search(client.get(ADDRESS).get_data(as_text=True))[1]
        data = {"csrf_token": token, **fields}
        if content is not None:
            data["berkas"] = (io.BytesIO(content), "isian.xlsx")
        return client.post(ADDRESS, data=data)

    return upload


def kept(page):
    """The fields that the page carries to make the drafts of the file that was looked at."""
    return dict(re.findall(r'<input type="hidden" name="(unggahan|nama)" value="([^"]+)"', page))


def workbook(*titles):
    return write_workbook(KIND, [{**EXAMPLE.data, "judul": title} for title in titles])


def test_the_form_leads_to_the_page_and_the_page_to_the_template(client):
    assert ADDRESS.replace("&", "&amp;") in client.get(FORM).get_data(as_text=True)
    page = client.get(ADDRESS).get_data(as_text=True)
    address = re.search(r'href="(/buat/[^"]+/excel/templat)"', page)[1]
    sent = client.get(address)
    assert openpyxl.load_workbook(io.BytesIO(sent.data)).sheetnames[0] == "Isian"


def test_a_look_says_how_many_documents_and_keeps_nothing(client, upload):
    sent = upload(workbook("Surat Masuk", "Surat Keluar"), periksa="1")
    assert sent.status_code == 200
    page = sent.get_data(as_text=True)
    assert "2 dokumen terbaca tanpa kesalahan" in page
    assert "Surat Keluar" in page
    assert "Surat Keluar" not in client.get(DRAFTS).get_data(as_text=True)


def test_drafts_are_made_of_what_was_looked_at_and_only_once(client, upload):
    page = upload(workbook("Surat Masuk", "Surat Keluar"), periksa="1").get_data(as_text=True)
    for _ in range(2):
        made = upload(**kept(page), buat="1")
        assert (made.status_code, made.location) == (303, DRAFTS)
    listed = client.get(DRAFTS).get_data(as_text=True)
    assert re.findall(r">(Surat (?:Masuk|Keluar))</a>", listed) == ["Surat Keluar", "Surat Masuk"]


def test_one_document_is_gone_on_with_in_its_form(client, upload):
    page = upload(workbook("Surat Masuk"), periksa="1").get_data(as_text=True)
    made = upload(**kept(page), buat="1")
    form = client.get(made.location).get_data(as_text=True)
    assert "Surat Masuk" in form
    assert EXAMPLE.data["langkah"][0]["kegiatan"] in form


def test_faults_are_told_by_cell_and_no_draft_is_made(client, upload):
    sent = upload(workbook("Surat Masuk", " "), buat="1")
    assert sent.status_code == 422
    page = sent.get_data(as_text=True)
    assert "Lembar Isian, sel B3, nama SOP: harus diisi." in page
    assert "Surat Masuk" not in client.get(DRAFTS).get_data(as_text=True)


def test_another_file_or_none_is_refused_in_a_sentence(upload):
    assert "Pilih berkas Excel atau CSV dahulu." in upload(periksa="1").get_data(as_text=True)
    sent = upload(b"PK\x03\x04rusak", periksa="1")
    assert sent.status_code == 422
    assert "rusak atau tidak lengkap" in sent.get_data(as_text=True)
