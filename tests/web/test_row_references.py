"""Fields that name rows by number name the same rows after these moved, whoever moves them."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.test_form_page import ADDRESS as FORM
from tests.web.test_form_page import fill_lanes
from tests.web.test_making import ADDRESS, KIND, shown
from web.controls import form_sections
from web.forms import read_form

STEPS = ["Menerima surat", "Memeriksa surat", "Memperbaiki surat", "Mengirim surat"]


def decision(**targets: str) -> list[tuple[str, str]]:
    """Four steps of which the second decides: `ya` to the fourth, `tidak` to the third."""
    sent = [("judul", "Surat"), ("pelaksana/0", "Staf")]
    for number, kegiatan in enumerate(STEPS):
        sent += [(f"langkah/{number}/kegiatan", kegiatan), (f"langkah/{number}/pelaksana", "Staf")]
    said = {"ya": "4", "tidak": "3"} | targets
    return [*sent, *((f"langkah/1/{key}", value) for key, value in said.items())]


def named(page: str) -> dict[str, str]:
    """The fields that name steps, as a page shows them."""
    keys = ("/ya", "/tidak", "/lanjut")
    return {name: value for name, value in shown(page) if name.endswith(keys)}


@pytest.mark.parametrize(
    ("button", "after"),
    [
        (("turun", "langkah/2"), {"langkah/1/ya": "3", "langkah/1/tidak": "4"}),
        (("naik", "langkah/1"), {"langkah/0/ya": "4", "langkah/0/tidak": "3"}),
        (("hapus", "langkah/0"), {"langkah/0/ya": "3", "langkah/0/tidak": "2"}),
        (("hapus", "langkah/2"), {"langkah/1/ya": "3"}),
    ],
)
def test_without_javascript_targets_follow_their_steps(client, button, after):
    assert named(client.send(ADDRESS, [*decision(), button]).text) == after


def test_without_javascript_a_target_that_was_removed_is_emptied_and_told_at_its_field(client):
    page = client.send(ADDRESS, [*decision(), ("hapus", "langkah/2")]).text
    note = page.partition('id="langkah-1-tidak-n1"')[2].partition("</p>")[0]
    assert "Dikosongkan, karena yang ditunjuknya dihapus." in note
    assert "Langkah 2, bila tidak, ke langkah: dikosongkan" in page


def test_a_step_named_by_its_own_mark_is_named_so_wherever_it_stands(client):
    sent = [*decision(ya="kirim", tidak="1"), ("langkah/3/id", "kirim"), ("langkah/0/id", "3")]
    page = client.send(ADDRESS, [*sent, ("naik", "langkah/3")]).text
    assert named(page) == {"langkah/1/ya": "kirim", "langkah/1/tidak": "1"}
    gone = client.send(ADDRESS, [*sent, ("hapus", "langkah/3")]).text
    assert named(gone) == {"langkah/1/tidak": "1"}


def test_a_blank_row_that_is_left_out_moves_no_target():
    moved = [(name.replace("langkah/3", "langkah/9"), value) for name, value in decision(ya="5")]
    blank = [*moved[:-4], ("langkah/8/kegiatan", " "), *moved[-4:]]
    data = read_form(form_sections(KIND), blank)
    assert [step["kegiatan"] for step in data["langkah"]] == STEPS
    assert (data["langkah"][1]["ya"], data["langkah"][1]["tidak"]) == (["4"], ["3"])


def test_a_blank_row_that_is_named_is_told_as_lacking_and_not_passed_over(client):
    sent = [*decision(ya="5"), ("langkah/8/kegiatan", " "), ("buat", "1")]
    answer = client.send(ADDRESS, sent)
    assert answer.status_code == 422
    assert "Langkah 5, kegiatan: harus diisi." in answer.text


# In a browser


def fill(page: Page) -> None:
    page.goto(FORM)
    fill_lanes(page, "Staf")
    page.locator('[data-add="langkah"]').click()
    for number, kegiatan in enumerate(STEPS):
        row = page.locator("[data-rows=langkah] > tr").nth(number)
        row.locator('[data-field="kegiatan"] textarea').fill(kegiatan)
    target(page, 2, "ya").fill("4")
    target(page, 2, "tidak").fill("3")


def target(page: Page, number: int, key: str):
    row = page.locator("[data-rows=langkah] > tr").nth(number - 1)
    return row.locator(f'[data-field="{key}"] input')


def said(page: Page, number: int) -> tuple[str, str]:
    return target(page, number, "ya").input_value(), target(page, number, "tidak").input_value()


@pytest.mark.browser
def test_targets_follow_steps_that_are_moved_added_dragged_and_removed(new_page):
    page = new_page(height=2400)  # all rows are in view: nothing scrolls while one is dragged
    fill(page)
    page.get_by_role("button", name="Turunkan langkah 3").click()
    assert said(page, 2) == ("3", "4")
    page.locator("[data-rows=langkah] > tr").nth(1).locator("textarea").first.press("Alt+Enter")
    assert said(page, 2) == ("4", "5")
    rows = page.locator("[data-rows=langkah] > tr")
    rows.nth(4).locator(".no").drag_to(rows.nth(0).locator(".no"))
    expect(rows.nth(0).locator("textarea").first).to_have_value(STEPS[2])
    assert said(page, 3) == ("5", "1")
    page.get_by_role("button", name="Hapus langkah 4").click()
    assert said(page, 3) == ("4", "1")
    expect(page.locator("[data-removed]")).to_be_empty()  # that row was blank


@pytest.mark.browser
def test_a_removed_step_empties_what_named_it_and_can_be_brought_back(page):
    fill(page)
    page.get_by_role("button", name="Hapus langkah 3").click()
    assert said(page, 2) == ("3", "")
    notice = page.locator("[data-removed]")
    expect(notice).to_contain_text(
        "Langkah 3 dihapus. Yang menunjuk ke sana dikosongkan: langkah 2 (Tidak ke)."
    )
    expect(page.locator("[data-save-words]")).to_contain_text("Tersimpan")
    notice.get_by_role("button", name="Kembalikan").click()
    assert said(page, 2) == ("4", "3")
    kegiatan = page.locator('[data-rows=langkah] [data-field="kegiatan"] textarea')
    assert [field.input_value() for field in kegiatan.all()] == STEPS
    expect(kegiatan.nth(2)).to_be_focused()
    expect(notice).to_be_empty()
