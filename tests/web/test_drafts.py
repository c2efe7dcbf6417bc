"""Drafts: saved as one types, never over somebody else's, by visitors with scripts and without."""

import hashlib
import io
import re

import pytest
from PIL import Image

from docgen.registry import kinds
from docgen.storage import Documents, OfficeData, Offices, Scope, Uploads
from tests.conftest import examples
from tests.web.test_making import ADDRESS, EXAMPLE, KIND, fields, shown
from web.controls import form_sections
from web.form_start import as_copy
from web.form_state import form_state
from web.forms import read_form

DRAFT = "0" * 31 + "a"
SAVE = f"/buat/{KIND.name}/draf?satker=13.71"
HERE = f"/buat/{KIND.name}?satker=13.71&draf={DRAFT}"


def saved(visitor, revision=0, editor="tab-1", draft=DRAFT, **texts):
    """Save a draft as the script of a page does."""
    sent = {"draf": draft, "revisi": str(revision), "editor": editor, **texts}
    return visitor.send(SAVE, sent, from_page="/akun")


def test_what_is_saved_is_there_when_the_form_is_opened_again(client):
    answer = saved(client, judul="Surat <b>masuk</b>", **{"pelaksana/0": "Staf"})
    assert (answer.status_code, answer.json["revision"]) == (200, 1)
    assert answer.json["pukul"] == "19.00"  # noon in UTC, at the office
    page = client.get(HERE).text
    assert ("judul", "Surat <b>masuk</b>") in shown(page)
    assert ("pelaksana/0", "Staf") in shown(page)
    assert "Tersimpan 19.00" in page
    assert "Surat &lt;b&gt;masuk&lt;/b&gt;" in client.get("/").text


def test_a_page_that_is_behind_saves_nothing_and_hears_who_was_first(client):
    saved(client, judul="Satu")
    late = saved(client, editor="tab-2", judul="Dua")
    assert (late.status_code, late.json["revision"]) == (409, 1)
    assert late.json["nama"] == "Administrator"
    assert ("judul", "Satu") in shown(client.get(HERE).text)
    decided = saved(client, revision=1, editor="tab-2", judul="Dua")
    assert decided.status_code == 200
    assert ("judul", "Dua") in shown(client.get(HERE).text)


def test_an_answer_lost_on_the_way_is_no_quarrel_with_oneself(client):
    saved(client, judul="Satu")
    again = saved(client, revision=0, judul="Satu dan dua")
    assert (again.status_code, again.json["revision"]) == (200, 2)


def test_without_javascript_a_draft_is_saved_and_two_pages_are_told_apart(client):
    sent = [("draf", DRAFT), ("revisi", "0"), ("editor", "satu"), ("judul", "Satu")]
    answer = client.send(ADDRESS, [*sent, ("simpan", "1")])
    assert (answer.status_code, answer.location) == (303, HERE)
    behind = [("draf", DRAFT), ("revisi", "0"), ("editor", "dua"), ("judul", "Dua")]
    refused = client.send(ADDRESS, [*behind, ("simpan", "1")])
    assert refused.status_code == 409
    assert "sudah disimpan Administrator di tempat lain pukul 19.00" in refused.text
    assert ("judul", "Dua") in shown(refused.text)
    assert ("judul", "Satu") in shown(client.get(HERE).text)
    mine = re.search(r'name="paksa" value="(\d+)"', refused.text)[1]
    assert client.send(ADDRESS, [*behind, ("paksa", mine)]).location == HERE
    assert ("judul", "Dua") in shown(client.get(HERE).text)


@pytest.mark.parametrize(
    "button",
    [
        *(("buat", "1"), ("periksa", "1"), ("tambah", "pelaksana"), ("usulkan", "nomor")),
        *(("daftar", "dasar_hukum"), ("ambil", "dasar_hukum")),
    ],
)
def test_whatever_button_shows_the_form_again_has_saved_it_and_says_so(client, button):
    sent = [("draf", DRAFT), ("revisi", "0"), ("editor", "satu"), ("judul", "Satu")]
    page = client.send(ADDRESS, [*sent, button]).text
    assert "Tersimpan 19.00" in page
    assert "Belum ada yang disimpan" not in page
    assert "Isi dari" not in page
    assert 'name="revisi" value="1"' in page
    assert ("judul", "Satu") in shown(client.get(HERE).text)


def test_a_row_button_writes_over_nobody(client):
    saved(client, judul="Satu")
    behind = [("draf", DRAFT), ("revisi", "0"), ("editor", "dua"), ("judul", "Dua")]
    refused = client.send(ADDRESS, [*behind, ("tambah", "pelaksana")])
    assert refused.status_code == 409
    assert "Belum tersimpan" in refused.text
    assert "Isi dari" not in refused.text
    assert ("judul", "Satu") in shown(client.get(HERE).text)


def test_a_page_whose_session_ended_is_told_so_and_comes_back_after_signing_in(app, visitor):
    stranger = app.test_client()
    assert stranger.post(SAVE, data={"draf": DRAFT}, follow_redirects=True).status_code == 401
    asked = stranger.get(HERE)
    assert "draf%3D" in asked.location or "draf=" in asked.location
    token = visitor("operator", "13.71").get("/sesi").json
    assert set(token) == {"user", "token"}


def test_a_draft_is_seen_inside_its_scope_only_and_listed_for_its_owner(visitor):
    rina, chief, stranger = (
        visitor("operator", "13.71"),
        visitor("admin_provinsi", "13"),
        visitor("operator", "12.71"),
    )
    saved(rina, judul="Milik Padang")
    assert ("judul", "Milik Padang") in shown(chief.get(HERE).text)
    assert "Milik Padang" in rina.get("/dokumen?keadaan=draf").text
    assert "Milik Padang" not in chief.get("/dokumen?keadaan=draf").text
    elsewhere = HERE.replace("13.71", "12.71")
    assert "Milik Padang" not in stranger.get(elsewhere).text
    taken = stranger.send(SAVE.replace("13.71", "12.71"), {"draf": DRAFT}, from_page="/akun")
    assert taken.status_code == 404
    thrown = stranger.send(f"/draf/{DRAFT}/hapus", from_page="/akun")
    assert thrown.status_code == 404
    assert rina.send(f"/draf/{DRAFT}/hapus", from_page="/akun").status_code == 303
    assert "Milik Padang" not in rina.get("/dokumen?keadaan=draf").text


def test_a_form_sent_twice_is_one_document_and_a_changed_one_its_next_version(client, database):
    sent = [*fields(), ("draf", DRAFT), ("editor", "e"), ("buat", "1")]
    first, again = client.send(ADDRESS, sent), client.send(ADDRESS, sent)
    assert first.location == again.location
    changed = [(n, "Judul lain" if n == "judul" else v) for n, v in sent]
    other = client.send(ADDRESS, changed)
    assert other.location != first.location
    versions = Documents(database, Scope("13.71")).newest()
    assert [(one.judul, one.version, one.is_latest) for one in versions] == [
        ("Judul lain", 2, True),
        (EXAMPLE.data["judul"], 1, False),
    ]
    assert len({one.series for one in versions}) == 1


def test_a_draft_that_became_a_document_is_no_longer_to_be_gone_on_with(client):
    client.send(ADDRESS, [*fields(), ("draf", DRAFT), ("editor", "e"), ("buat", "1")])
    assert 'Draf saya <span class="n">0' in client.get("/dokumen").text
    page = client.get(HERE).text
    assert "sudah menjadi" in page
    assert ("judul", EXAMPLE.data["judul"]) in shown(page)


def test_a_form_begins_with_the_offices_own_data(client, database):
    data = {"pejabat": [{"nama": "Yusrizal, S.Sos.", "jabatan": "Sekretaris", "nip": "1972"}]}
    Offices(database, Scope("00")).save("13.71", OfficeData(**data), by=None)
    page = client.get(ADDRESS).text
    assert ("disahkan_oleh/nama", "Yusrizal, S.Sos.") in shown(page)
    assert ("disahkan_oleh/nip", "1972") in shown(page)


def test_entries_of_earlier_documents_are_offered_and_taken_without_javascript(client):
    cited = "Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan"
    old = "PKPU Nomor 1 Tahun 2015 tentang Layanan Informasi"
    sent = [*fields(dasar_hukum=[cited, old]), ("buat", "1")]
    assert client.send(ADDRESS, sent).status_code == 303
    page = client.send(ADDRESS, {"daftar": "dasar_hukum"}).text
    offered = re.findall(r'name="pilih/dasar_hukum" value="([^"]*)"', page)
    assert f"&#34;{cited}&#34;" in offered
    assert "PKPU Nomor 1 Tahun 2015 sudah diganti" in page.partition("picklist")[2]
    picked = [("judul", "Baru"), ("pilih/dasar_hukum", f'"{cited}"'), ("ambil", "dasar_hukum")]
    taken = client.send(ADDRESS, picked)
    assert ("dasar_hukum/0", cited) in shown(taken.text)
    assert ("judul", "Baru") in shown(taken.text)
    for hostile in ("{", '{"nama": 1}', "[[]]", "null", "[" * 100_000, "9" * 10_000):
        answer = client.send(ADDRESS, [("pilih/dasar_hukum", hostile), ("ambil", "dasar_hukum")])
        assert answer.status_code == 200


def test_a_document_or_a_master_is_the_start_of_another(client, database):
    location = client.send(ADDRESS, [*fields(), ("buat", "1")]).location
    (document,) = Documents(database, Scope("00")).newest()
    copy = client.get(f"{ADDRESS}&dari={document.id}").text
    assert ("judul", EXAMPLE.data["judul"]) in shown(copy)
    assert 'name="lanjutan"' not in copy
    edit = client.get(f"{location}/ubah", follow_redirects=True).text
    assert f'name="lanjutan" value="{document.id}"' in edit
    masters = re.findall(r'href="([^"]*master=[^"]*)"', client.get(ADDRESS).text)
    assert masters
    begun = client.get(masters[0].replace("&amp;", "&")).text
    assert dict(shown(begun))["judul"]
    assert "{{" not in dict(shown(begun))["judul"]
    assert client.get(f"{ADDRESS}&dari=entah").status_code == 404


def own_fields(sections):
    """The names that a copy begins without: numbers, dates, the revision."""
    return {
        control.key
        for section in sections
        for control in section.controls
        if control.numbers or control.widget == "date"
    }


def test_a_copy_begins_without_what_only_the_first_one_has(example):
    sections, form = form_sections(example.kind), example.kind.form
    copy = as_copy(example.kind, example.data)
    own = own_fields(sections) & set(example.data)
    assert own & set(copy) == set()
    whole = {key for key in example.data if key not in ("satker", "master")}
    assert whole - set(copy) - own <= set(
        example.kind.revision.fields if example.kind.revision else ()
    )
    inner = [pattern for pattern, hint in form.hints.items() if hint.numbers and "/" in pattern]
    for outer, key in (pattern.split("/") for pattern in inner):
        assert key not in copy.get(outer, {})


def test_every_number_and_date_of_a_form_is_its_own(kind):
    asked = {p for p, hint in kind.form.hints.items() if hint.numbers or hint.widget == "date"}
    own = {pattern for pattern, hint in kind.form.hints.items() if hint.own}
    assert asked - set(kind.revision.fields if kind.revision else ()) <= own


def photograph():
    content = io.BytesIO()
    Image.new("RGB", (60, 40), (10, 90, 60)).save(content, "JPEG")
    return content.getvalue()


PICTURED = next(one for one in examples() if one.data.get("dokumentasi"))


def test_photographs_come_with_the_form_or_by_themselves(client, database, blobs):
    address = f"/buat/{PICTURED.kind.name}?satker=13.71"
    page = client.get(address).text
    assert 'enctype="multipart/form-data"' in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    name = "dokumentasi/0/berkas"
    sent = {"csrf_token": token, name: ["", (io.BytesIO(photograph()), "rapat.jpg")]}
    checked = client.post(address, data={**sent, "periksa": "1"})
    kept = re.search(r'name="dokumentasi/0/berkas" value="([0-9a-f]{32})"', checked.text)[1]
    assert hashlib.sha256(Uploads(database, blobs).get(kept)).digest() == (
        hashlib.sha256(photograph()).digest()
    )
    assert client.get(f"/foto/{kept}").mimetype == "image/jpeg"
    alone = client.post(
        "/foto", data={"csrf_token": token, "foto": (io.BytesIO(photograph()), "a.jpg")}
    )
    assert alone.status_code == 201
    broken = {**sent, name: ["", (io.BytesIO(b"bukan gambar"), "surat.jpg")]}
    refused = client.post(address, data={**broken, "buat": "1"})
    assert refused.status_code == 422
    assert "Foto surat.jpg: " in refused.text
    assert 'href="#dokumentasi-0-berkas"' in refused.text


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        ({}, "nama SOP, pelaksana, dan 1 lagi"),
        ({"judul": "A", "pelaksana": ["x"], "langkah": [{}, {"waktu": "1"}]}, None),
        ({"judul": "A", "pelaksana": ["x"], "langkah": [{"kegiatan": "b", "pelaksana": "x"}]}, ""),
    ],
)
def test_the_rail_says_what_is_missing_where(data, missing):
    state = form_state(form_sections(kinds()["sop"]), data, ())
    if missing is None:
        assert state.missing == "kegiatan langkah 2, pelaksana langkah 2"
        assert state.filled == state.required - 2
    else:
        assert state.missing == missing


def test_every_example_fills_all_that_its_form_asks_for(example):
    sections = form_sections(example.kind)
    data = read_form(sections, [(n, str(v)) for n, v in fields(example)])
    assert form_state(sections, data, ()).missing == ""
