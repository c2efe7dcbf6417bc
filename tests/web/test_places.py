"""Every place that a page speaks of is on it, once: labels, hints, links, the way back to a row."""

import pytest
from lxml import html
from playwright.sync_api import expect

from docgen.masters import load_masters
from docgen.registry import kinds
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.web.test_form_page import ADDRESS as FORM
from tests.web.test_form_page import WITHOUT, fill_lanes
from tests.web.test_making import fields

MASTER = next(
    f"/acuan/master/{kind.name}/{next(iter(load_masters(kind)))}/satker/{EXAMPLE_OFFICE}"
    for kind in kinds().values()
    if kind.masters
)


def wrong_places(page: str) -> dict[str, list[str]]:
    """Ids that stand twice on a page, and those that are spoken of and stand nowhere."""
    tree = html.fromstring(page)
    for template in tree.xpath("//template"):
        template.drop_tree()
    ids = tree.xpath("//@id")
    assert len(ids) > 4
    spoken = [
        *tree.xpath("//@for"),
        *" ".join(tree.xpath("//@aria-describedby | //@aria-labelledby")).split(),
        *(one[1:] for one in tree.xpath("//a/@href") if one.startswith("#")),
    ]
    return {
        "twice": sorted({one for one in ids if ids.count(one) > 1}),
        "nowhere": sorted(set(spoken) - set(ids)),
    }


NONE = {"twice": [], "nowhere": []}


def test_a_new_form_speaks_only_of_places_that_are_on_it(client, kind):
    assert wrong_places(client.get(f"/buat/{kind.name}?satker={EXAMPLE_OFFICE}").text) == NONE


def test_a_form_with_findings_speaks_only_of_places_that_are_on_it(client, kind):
    example = next(one for one in examples() if one.kind is kind)
    address = f"/buat/{kind.name}?satker={EXAMPLE_OFFICE}"
    good = [pair for pair in fields(example) if "berkas" not in pair[0]]
    bad = [(name, f"\x01{value}") for name, value in good]
    for sent, status in ((good, 200), (bad, 422)):
        answer = client.send(address, [*sent, ("periksa", "1")])
        assert answer.status_code == status
        assert wrong_places(answer.text) == NONE


@pytest.mark.parametrize("address", [MASTER, f"/satker/{EXAMPLE_OFFICE}/ubah", "/", "/massal"])
def test_other_forms_speak_only_of_places_that_are_on_them(client, address):
    assert wrong_places(client.get(address).text) == NONE


def test_a_hint_of_a_sheet_is_read_out_at_every_row(client):
    tree = html.fromstring(client.get(FORM).text)
    (told,) = tree.xpath("//*[@id='langkah-1-waktu']/@aria-describedby")
    assert "Angka dengan satuan" in tree.get_element_by_id(told).text_content()


@pytest.mark.browser
def test_without_javascript_a_row_button_leads_back_to_the_row(new_page):
    page = new_page(**WITHOUT)
    page.goto(FORM)
    focused = page.locator(":focus")
    page.get_by_role("button", name="Tambah pelaksana").click()
    expect(focused).to_have_attribute("name", "pelaksana/1")
    page.get_by_role("button", name="Turunkan langkah 2").click()
    expect(focused).to_have_attribute("name", "langkah/2/kegiatan")
    expect(focused).to_be_in_viewport()
    page.get_by_role("button", name="Hapus langkah 3").click()
    expect(focused).to_have_attribute("name", "langkah/1/kegiatan")


@pytest.mark.browser
def test_escape_closes_the_choice_of_lanes_and_stays_there(page):
    page.goto(FORM)
    fill_lanes(page, "Staf")
    summary = page.locator("[data-rows=langkah] summary").first
    summary.press("Enter")
    box = page.get_by_role("checkbox", name="Staf").first
    box.check()
    box.press("Escape")
    expect(box).to_be_hidden()
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Staf")
