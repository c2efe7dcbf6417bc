"""The form of a document in a real browser: rows, errors, drawing, status page, download."""

import zipfile

import pytest
from playwright.sync_api import Page, expect

from docgen.rendering.text import read_text
from tests.conftest import EXAMPLE_OFFICE, examples
from web.controls import form_sections

pytestmark = pytest.mark.browser

EXAMPLE = next(one for one in examples() if "surat_masuk" in one.path.stem)
ADDRESS = f"/buat/{EXAMPLE.kind.name}?satker={EXAMPLE_OFFICE}"
WITHOUT = {"java_script_enabled": False}


def names(page: Page, key: str) -> list[str]:
    """What stands in the rows of a list, from top to bottom."""
    return [field.input_value() for field in page.locator(f"[data-rows={key}] textarea").all()]


def open_form(page: Page) -> None:
    """Go from the start page to the form, as a clerk does."""
    page.goto("/")
    page.get_by_label("Satker", exact=True).fill("13.71 KPU Kota Padang")
    page.get_by_role("radio", name="SOP Standar").check()
    page.get_by_role("button", name="Isi dokumen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SOP baru")


def fill_lanes(page: Page, *labels: str) -> None:
    for number, label in enumerate(labels):
        if number:
            page.get_by_role("button", name="Tambah pelaksana").click()
        page.locator("[data-rows=pelaksana] textarea").nth(number).fill(label)


def fill_step(page: Page, number: int, kegiatan: str, pelaksana: str, **rest: str) -> None:
    row = page.locator("[data-rows=langkah] > tr").nth(number - 1)
    row.locator('[data-field="kegiatan"] textarea').fill(kegiatan)
    row.locator("summary").click()
    row.get_by_role("checkbox", name=pelaksana).check()
    row.locator("summary").click()
    for key, value in rest.items():
        row.locator(f'[data-field="{key}"]').locator("input, textarea, select").first.fill(value)


def test_a_clerk_fills_a_sop_and_downloads_it(page, tmp_path):
    open_form(page)
    page.get_by_label("Nama SOP").fill("Pengelolaan Surat & <b>Disposisi</b> {{ x }}")
    page.get_by_role("textbox", name="Unit").fill("Subbagian Umum")
    fill_lanes(page, "Staf", "Kasubbag Umum", "Sekretaris")
    fill_step(page, 1, "Menerima surat masuk", "Staf", waktu="10 menit", output="Surat")
    fill_step(page, 2, "Memeriksa surat", "Kasubbag Umum", waktu="15 menit")
    fill_step(page, 3, "Menyetujui disposisi", "Sekretaris", waktu="1 jam")
    expect(page.locator("[data-pages] svg")).to_be_visible()
    page.get_by_role("button", name="Buat dokumen").click()
    expect(page.get_by_role("status")).to_have_text("Selesai")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh Word").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name == "pengelolaan-surat-b-disposisi-b-x.docx"
    assert zipfile.is_zipfile(path)
    said = read_text(path.read_bytes())
    for words in ("Pengelolaan Surat & <b>Disposisi</b> {{ x }}", "Menerima surat masuk", "PADANG"):
        assert words.upper() in said.upper()


def test_without_javascript_the_same_form_makes_the_same_document(new_page):
    page = new_page(**WITHOUT)
    open_form(page)
    page.get_by_label("Nama SOP").fill("Surat Keluar")
    fill_lanes(page, "Staf", "Sekretaris")
    page.get_by_role("button", name="Tambah pelaksana").click()
    fill_step(page, 1, "Menyusun surat", "Staf", waktu="10 menit")
    fill_step(page, 2, "Menandatangani surat", "Sekretaris", waktu="5 menit")
    page.get_by_role("button", name="Buat dokumen").click()
    expect(page.get_by_role("status")).to_have_text("Selesai", timeout=20_000)
    expect(page.get_by_role("link", name="Unduh Word")).to_be_visible()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_rows_are_added_moved_and_removed(new_page, has_javascript):
    page = new_page(java_script_enabled=has_javascript)
    page.goto(ADDRESS)
    page.get_by_label("Nama SOP").fill("Tetap ada")
    fill_lanes(page, "Satu", "Dua", "Tiga")
    page.get_by_role("button", name="Naikkan Pelaksana 3").click()
    assert names(page, "pelaksana") == ["Satu", "Tiga", "Dua"]
    page.get_by_role("button", name="Turunkan Pelaksana 1").click()
    assert names(page, "pelaksana") == ["Tiga", "Satu", "Dua"]
    page.get_by_role("button", name="Hapus Pelaksana 2").click()
    assert names(page, "pelaksana") == ["Tiga", "Dua"]
    expect(page.get_by_role("button", name="Naikkan Pelaksana 1")).to_be_disabled()
    expect(page.get_by_role("button", name="Turunkan Pelaksana 2")).to_be_disabled()
    expect(page.get_by_label("Nama SOP")).to_have_value("Tetap ada")


def test_rows_obey_the_keyboard(page):
    page.goto(ADDRESS)
    fill_lanes(page, "Satu")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("Dua")
    page.keyboard.press("Alt+ArrowUp")
    assert names(page, "pelaksana") == ["Dua", "Satu"]
    page.keyboard.type(" lagi")
    assert names(page, "pelaksana") == ["Dua lagi", "Satu"]


def test_enter_in_a_field_sends_nothing(page):
    page.goto(ADDRESS)
    page.get_by_label("Nama SOP").fill("Surat")
    page.get_by_label("Nama SOP").press("Enter")
    assert page.url.endswith(ADDRESS)
    expect(page.get_by_label("Nama SOP")).to_have_value("Surat")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_all_errors_stand_beside_their_fields_and_nothing_typed_is_lost(new_page, has_javascript):
    page = new_page(java_script_enabled=has_javascript)
    page.goto(ADDRESS)
    page.get_by_label("Tanggal efektif").fill("31-2-2026")
    page.get_by_role("textbox", name="Unit").fill('Unit <i>miring</i> & "kutip"')
    fill_lanes(page, "Staf", "Sekretaris")
    page.locator("[data-rows=langkah] textarea").first.fill("Menerima surat")
    page.get_by_role("button", name="Buat dokumen").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    assert summary.get_by_role("link").all_inner_texts() == [
        "Nama SOP: harus diisi.",
        "Tanggal efektif: 31 Februari 2026 tidak ada di kalender.",
        "Langkah 1, pelaksana: harus diisi.",
    ]
    expect(page.locator("#langkah-0-pelaksana-n1")).to_have_text("Harus diisi.")
    expect(page.get_by_label("Tanggal efektif")).to_have_value("31 Februari 2026")
    expect(page.get_by_label("Tanggal efektif")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="Unit")).to_have_value('Unit <i>miring</i> & "kutip"')
    assert names(page, "pelaksana") == ["Staf", "Sekretaris"]
    if has_javascript:
        expect(summary).to_be_focused()
    summary.get_by_role("link").nth(2).click()
    expect(page.locator("#langkah-0-pelaksana")).to_be_in_viewport()


def test_findings_stand_beside_the_steps_they_concern_as_one_types(page):
    page.goto(ADDRESS)
    page.get_by_label("Nama SOP").fill("Surat Masuk")
    fill_lanes(page, "Staf", "Sekretaris")
    fill_step(page, 2, "Surat diterima", "Staf", waktu="segera")
    rows = page.locator("[data-rows=langkah] > tr")
    kegiatan = rows.nth(1).locator('[data-field="kegiatan"]')
    expect(kegiatan.locator(".warnline")).to_contain_text("Tidak diawali kata kerja aktif")
    expect(rows.nth(1).locator('[data-field="waktu"] .warnline')).to_have_count(1)
    expect(rows.nth(0).locator(".warnline, .err")).to_have_count(0)
    described = kegiatan.locator("textarea").get_attribute("aria-describedby")
    assert kegiatan.locator(".warnline").get_attribute("id") in described
    rows.nth(1).get_by_role("button", name="Naikkan").click()
    moved = rows.nth(0).locator('[data-field="kegiatan"]')
    expect(moved.locator(".warnline")).to_have_count(1)
    link = page.locator("[data-findings] a", has_text="kata kerja aktif")
    link.click()
    expect(moved.locator("textarea")).to_be_focused()
    moved.locator("textarea").fill("Menerima surat")
    expect(moved.locator(".warnline")).to_have_count(0)
    assert "-n" not in (moved.locator("textarea").get_attribute("aria-describedby") or "")


def nested_rows():
    """An example whose form has rows inside rows, and the two lists' keys."""
    for example in examples():
        for section in form_sections(example.kind):
            for control in section.controls:
                inner = [one for one in control.fields if one.widget == "rows"]
                if control.widget == "rows" and inner:
                    return example, control.key, inner[0].key
    raise LookupError("no kind asks for rows inside rows")


def test_rows_added_inside_added_rows_keep_their_own_fields(page):
    example, outer, inner = nested_rows()
    page.goto(f"/buat/{example.kind.name}?satker={EXAMPLE_OFFICE}")
    rows = page.locator(f'[data-rows="{outer}"] > [data-row]')
    add_outer = page.locator(f'[data-add="{outer}"]')
    add_outer.click()
    add_outer.click()
    expect(rows).to_have_count(3)
    added = rows.nth(1)
    add_inner = added.locator("[data-add]").last
    add_inner.click()
    add_inner.click()
    inside = added.locator("[data-rows] > [data-row]")
    expect(inside).to_have_count(3)
    names = page.locator("form [name]").evaluate_all("fields => fields.map(one => one.name)")
    of_rows = [name for name in names if name.startswith(f"{outer}/") and f"/{inner}/" in name]
    assert len(of_rows) == len(set(of_rows)) > 4
    assert [name for name in names if "__n" in name] == []
    inside.first.locator('[data-act="down"]').click()
    rows.nth(1).locator('[data-act="up"]').last.click()
    expect(rows.first.locator("[data-rows] > [data-row]")).to_have_count(3)
    expect(rows.first.locator('[data-act="up"]').last).to_be_disabled()
