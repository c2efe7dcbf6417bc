"""Very long titles, words and names leave the pages of others as they are."""

import pytest
from playwright.sync_api import expect

from docgen.storage import Documents, Scope
from tests.web.test_form_page import ADDRESS as FORM
from tests.web.test_making import ADDRESS, fields

WORD = "Pemutakhiran" * 25_000
NEW = {"nama_masuk": "rina@kpu.go.id", "peran": "operator", "satker": "13.71"}


def test_a_title_of_300000_letters_is_shown_shortened_and_kept_whole(client, database):
    location = client.send(ADDRESS, [*fields(judul=WORD), ("buat", "1")]).location
    (document,) = Documents(database, Scope("00")).newest()
    assert document.judul == WORD
    for address in ("/", "/dokumen", ADDRESS, f"{location}"):
        page = client.get(address).text
        assert WORD[:199] + "…" in page
        assert len(page) < 100_000, address
    assert f'title="{WORD[:2000]}"' in client.get("/dokumen").text


@pytest.mark.parametrize("name", ["x" * 101, "Rina\nMarlina", "Rina\u202eMarlina", "a\x07b", " "])
def test_a_name_that_no_list_can_bear_is_refused_with_a_reason(client, name):
    answer = client.send("/pengguna/baru", {**NEW, "nama": name})
    assert answer.status_code == 422
    assert "Nama: " in answer.text
    other = client.send("/pengguna/baru", {**NEW, "nama": "Rina", "nama_masuk": name})
    assert other.status_code == 422
    assert "Nama masuk: " in other.text


def test_a_name_of_100_letters_is_one(client):
    sent = {**NEW, "nama": "Ünï" * 33 + "x"}
    assert client.send("/pengguna/baru", sent).status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_one_long_word_widens_no_page(new_page, width):
    page = new_page(width)
    page.goto(FORM)
    page.get_by_label("Nama SOP").fill(WORD[:500])
    expect(page.locator("[data-save-words]")).to_contain_text("Tersimpan")
    here = page.url
    page.goto("/pengguna/baru")
    page.get_by_label("Nama", exact=True).fill(WORD[:100])
    page.get_by_label("Nama masuk").fill(f"{WORD[:90]}{width}")
    page.get_by_role("button", name="Tambah dan buat tautan").click()
    wide = []
    for address in (here, "/", "/dokumen?keadaan=draf", "/pengguna", "/catatan"):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []
