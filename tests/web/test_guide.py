"""The guide: two pages, with pictures of the pages as they are (made with `--accept`)."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from docgen.masters import load_masters
from docgen.registry import kinds
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.fixtures.pages import send_form
from web.assets import FOLDER
from web.controls import form_sections
from web.forms import write_form

PICTURES = FOLDER / "panduan"
PAGES = ("/panduan", "/panduan/mengatur")
SIZE = (960, 600)
LARGEST_BYTES = 150_000
EXAMPLE = next(one for one in examples() if one.kind.masters)
FORM = f"/buat/{EXAMPLE.kind.name}?satker={EXAMPLE_OFFICE}"
KIND = next(kind for kind in kinds().values() if kind.masters)


def shown(client):
    return {
        name for page in PAGES for name in re.findall(r"panduan/(\w+)\.png", client.get(page).text)
    }


def test_every_picture_of_the_guide_is_there_and_none_beside_them(client):
    names = shown(client)
    assert names == {path.stem for path in PICTURES.glob("*.png")}
    assert len(names) >= 5
    for name in names:
        with Image.open(PICTURES / f"{name}.png") as picture:
            assert picture.size == SIZE
        assert (PICTURES / f"{name}.png").stat().st_size < LARGEST_BYTES


def test_each_page_leads_to_the_other_and_to_what_it_tells_of(client):
    for page in PAGES:
        text = client.get(page).text
        assert next(other for other in PAGES if other != page) in text
        for address in re.findall(r"<main.*</main>", text, re.DOTALL):
            for inner in set(re.findall(r'href="(/[^"#]*)"', address)):
                assert client.get(inner, buffered=True).status_code == 200, inner


def keep(page, name):
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    with Image.open(PICTURES / f"{name}.png") as picture:
        colours = picture.convert("RGB").quantize(64)
    colours.save(PICTURES / f"{name}.png", optimize=True)


@pytest.mark.browser
def test_the_pictures_are_made_from_the_pages(new_page, accept):
    """Walks what the guide tells; keeps the pictures only when asked to."""
    page = new_page(*SIZE)
    take = keep if accept else lambda _page, _name: None
    Path(PICTURES).mkdir(exist_ok=True)
    page.goto("/")
    take(page, "beranda")
    page.goto(FORM)
    send_form(page, write_form(form_sections(EXAMPLE.kind), EXAMPLE.data), "periksa")
    page.locator("#langkah").scroll_into_view_if_needed()
    take(page, "isi")
    send_form(page, write_form(form_sections(EXAMPLE.kind), EXAMPLE.data), "buat")
    expect(page.get_by_role("status")).to_have_text("Selesai", timeout=60_000)
    page.evaluate("scrollTo(0, 0)")
    take(page, "dokumen")
    page.goto(f"/satker/{EXAMPLE_OFFICE}")
    take(page, "satker")
    page.goto("/massal")
    for master in list(load_masters(KIND).values())[:4]:
        page.locator(f'input[name="sop"][value="{master.id}"]').check()
    page.locator('input[value="kota"]').check()
    expect(page.locator('[data-part="sop"]')).to_contain_text("4 dari")
    expect(page.locator('[data-part="jumlah"]')).to_contain_text("98")
    page.evaluate("scrollTo(0, 0)")
    take(page, "massal")
    page.goto("/sambungan")
    take(page, "sambungan")
