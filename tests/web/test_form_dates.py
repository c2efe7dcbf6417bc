"""Dates in forms: written as people write them, kept as data holds them."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.bahasa import tanggal
from docgen.storage import Documents, Scope
from tests.conftest import EXAMPLE_OFFICE
from tests.web.test_making import ADDRESS, KIND, fields, shown
from web import dates
from web.controls import form_sections
from web.forms import read_form, write_form

KEY = "tanggal_efektif"
OFFICE = f"/satker/{EXAMPLE_OFFICE}/ubah"


@pytest.mark.parametrize(
    "typed", ["2 Maret 2026", " 2 maret 2026 ", "2-3-2026", "02/03/2026", "2.3.2026", "2026-03-02"]
)
def test_a_date_is_taken_as_people_write_it_and_kept_as_data_holds_it(client, database, typed):
    sent = [pair for pair in fields() if pair[0] != KEY]
    assert client.send(ADDRESS, [*sent, (KEY, typed), ("buat", "1")]).status_code == 303
    (document,) = Documents(database, Scope("00")).newest()
    assert document.data[KEY] == "2026-03-02"
    again = client.get(f"/dokumen/{document.id}/ubah", follow_redirects=True).text
    assert (KEY, "2 Maret 2026") in shown(again)


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("31 Februari 2026", "31 Februari 2026 tidak ada di kalender.", "31 Februari 2026"),
        ("31/02/2026", "31 Februari 2026 tidak ada di kalender.", "31 Februari 2026"),
        ("besok <b>", "“besok &lt;b&gt;” bukan tanggal.", "besok <b>"),
        ("3/13/2026", "“3/13/2026” bukan tanggal.", "3/13/2026"),
    ],
)
def test_what_is_no_date_is_told_with_an_example(client, typed, said, kept):
    page = client.send(ADDRESS, [("judul", "Surat"), (KEY, typed), ("periksa", "1")]).text
    assert f"Tanggal efektif: {said}</a> Contoh: 2 Maret 2026" in page
    note = page.partition(f'id="{KEY}-n1"')[2].partition("</p>")[0]
    assert f"{said[:1].upper()}{said[1:]} Contoh: 2 Maret 2026" in note
    assert (KEY, kept) in shown(page)


def test_as_one_types_a_wrong_date_is_told_in_the_same_words(client):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(ADDRESS).text)[1]
    sent = {"csrf_token": token, KEY: "31 Februari 2026"}
    found = client.post(ADDRESS.replace("?", "/gambar?"), data=sent).json["findings"]
    (wrong,) = [one for one in found if one["pointer"] == f"/{KEY}"]
    assert wrong["message"] == "Tanggal efektif: 31 Februari 2026 tidak ada di kalender."
    assert (wrong["short"], wrong["hint"]) == (
        "31 Februari 2026 tidak ada di kalender.",
        "Contoh: 2 Maret 2026",
    )


def test_every_field_for_a_date_has_an_example_and_no_keypad_without_letters(client, kind):
    page = client.get(f"/buat/{kind.name}?satker={EXAMPLE_OFFICE}").text
    keys = [c.key for part in form_sections(kind) for c in part.controls if c.widget == "date"]
    for key in keys:
        (field,) = re.findall(rf'<input [^>]*name="{key}"[^>]*>', page)
        assert "inputmode" not in field
        assert "placeholder" not in field
        hint = page.partition(f'id="{key}-h"')[2].partition("</span>")[0]
        assert re.search(r"Contoh: \d+ [A-Z][a-z]+ \d{4}", hint)


def test_other_forms_take_dates_so_too(client):
    sent = {"pejabat/0/nama": "Rina", "pejabat/0/jabatan": "Sekretaris"}
    assert client.send(OFFICE, {**sent, "pejabat/0/mulai": "1 Januari 2025"}).status_code == 303
    assert ("pejabat/0/mulai", "1 Januari 2025") in shown(client.get(OFFICE).text)
    wrong = client.send(OFFICE, {**sent, "pejabat/0/mulai": "30-2-2025"})
    assert "30 Februari 2025 tidak ada di kalender." in wrong.text


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_date_comes_back_as_it_was(day: dt.date):
    assert dates.as_iso(tanggal(day)) == day.isoformat()
    assert dates.as_iso(dates.in_words(day.isoformat())) == day.isoformat()


@given(st.text())
def test_any_text_stays_what_it_is_or_becomes_the_shape_of_a_date(text):
    iso = dates.as_iso(text)
    assert iso == text or re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso)


def test_what_a_form_shows_of_a_date_is_read_back_as_data():
    sections = form_sections(KIND)
    pairs = list(write_form(sections, {KEY: "2026-03-02"}))
    assert pairs == [(KEY, "2 Maret 2026")]
    assert read_form(sections, pairs) == {KEY: "2026-03-02"}
