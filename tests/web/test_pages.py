"""Every page at three widths, light and dark: nothing that axe finds, nothing that sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from docgen.masters import load_masters
from docgen.registry import kinds
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.fixtures.pages import send_form
from web.controls import form_sections
from web.forms import write_form

pytestmark = pytest.mark.browser

EXAMPLE = examples()[0]
FORM = f"/buat/{EXAMPLE.kind.name}?satker={EXAMPLE_OFFICE}"
OFFICE = f"/satker/{EXAMPLE_OFFICE}"
MASTER = next(
    f"{kind.name}/{next(iter(load_masters(kind)))}" for kind in kinds().values() if kind.masters
)
NAMED = f"{EXAMPLE.kind.name}/{EXAMPLE.kind.naskah[0].name}"
ADDRESSES = ["/", "/masuk", "/entah", FORM, "/satker", OFFICE, f"{OFFICE}/ubah"]
SETTINGS = [
    f"{OFFICE}/nomor",
    *("/sambungan", "/sambungan/token/baru", "/sambungan/penerima/baru", "/sambungan/sumber/baru"),
    *("/catatan", "/acuan/dasar-hukum", "/acuan/dasar-hukum/baru", "/acuan/master"),
    *(f"/acuan/master/{MASTER}?satker={EXAMPLE_OFFICE}", f"/acuan/master/{MASTER}/satker/13.71"),
    *("/acuan/templat", f"/acuan/templat/{NAMED}", "/massal", "/panduan", "/panduan/mengatur"),
    "/dokumen?q=tidak+ada",
]
BLUE_RING = "solid 3px rgb(21, 88, 176) none"
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def complaints(page):
    """What is wrong with a page: broken rules with their places, and what is wider than it."""
    found = [
        (rule["id"], node["target"])
        for rule in Axe().run(page, options=RULES).response["violations"]
        for node in rule["nodes"]
    ]
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["scrolls sideways"] if sideways else [])]


LOOKS = [
    (390, "dark"),
    *(
        pytest.param(width, scheme, marks=pytest.mark.long)
        for width, scheme in ((1280, "light"), (1920, "light"), (1280, "dark"), (390, "light"))
    ),
]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_can_be_read_and_used_by_everybody(new_page, width, scheme):
    page = new_page(width, color_scheme=scheme)
    found = {}
    # Each page of the settings takes a second; in every run they are looked at on a phone only.
    for address in [*ADDRESSES, *([] if (width, scheme) == (1280, "light") else SETTINGS)]:
        page.goto(address)
        if wrong := complaints(page):
            found[address] = wrong
    page.goto(FORM)
    typed = {"pelaksana": ["Staf"], "unit": "x", "langkah": [{"kegiatan": "Menerima"}]}
    send_form(page, write_form(form_sections(EXAMPLE.kind), typed), "buat")
    found["errors"] = complaints(page)
    page.goto(FORM)
    send_form(page, write_form(form_sections(EXAMPLE.kind), EXAMPLE.data), "buat")
    expect(page.get_by_role("status")).to_have_text("Selesai", timeout=60_000)
    page.locator(".textview summary").first.click()
    found["document"] = complaints(page)
    for address in ("/dokumen", "/dokumen?keadaan=draf"):
        page.goto(address)
        found[address] = complaints(page)
    page.goto(FORM)
    page.locator(".picker summary").first.click()
    found["lists"] = complaints(page)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [640, 768])  # 640: a laptop's page at 200 %
def test_no_page_scrolls_sideways_between_phone_and_desk(new_page, width):
    page = new_page(width)
    wide = []
    for address in [*ADDRESSES, *SETTINGS]:
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []


RINGS = """() => {
  const found = {};
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0;
  for (const one of document.querySelectorAll("a, button, input, select, textarea, summary")) {
    if (!shown(one) || one.disabled) continue;
    const sort = [one.tagName, one.type, one.className].join(" ");
    if (sort in found) continue;
    one.focus();
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
    found[sort] = [outlineStyle, outlineWidth, outlineColor, boxShadow].join(" ");
  }
  return found;
}"""


def test_whatever_has_the_keyboards_focus_wears_the_same_ring(page):
    rings = {}
    for address in ["/masuk", "/", "/dokumen", FORM, "/massal"]:
        page.goto(address)
        page.keyboard.press("Tab")  # from now on the keyboard is what is used
        rings |= page.evaluate(RINGS)
    assert len(rings) > 15
    assert {sort: ring for sort, ring in rings.items() if ring != BLUE_RING} == {}


MOST_BYTES = 150_000


@pytest.mark.parametrize("address", ["/", FORM, "/dokumen"])
def test_a_page_with_all_that_it_loads_is_light(page, address):
    loaded = {}
    page.on("response", lambda answer: loaded.setdefault(answer.url, answer))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(loaded) > 5
    weights = [int(answer.request.sizes()["responseBodySize"]) for answer in loaded.values()]
    assert sum(weights) < MOST_BYTES
