"""What a form offers to put into it: the office's next number, entries of lists, inside rows too."""

import html
import re

import pytest
from playwright.sync_api import expect

from docgen.registry import kinds
from docgen.storage import LegalBases, LegalBasisData, Numbers, checked_pattern
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.fixtures.pages import send_form
from tests.web.test_form_page import WITHOUT
from tests.web.test_making import ADDRESS, KIND, fields, shown
from web.controls import form_sections
from web.forms import write_form

NUMBERED = form_sections(KIND)[0].controls[1]
MEETING = next(one for one in examples() if one.data.get("peserta") and not one.assets)
NUMBERING = f"/satker/{EXAMPLE_OFFICE}/nomor"


def form_of(kind):
    return f"/buat/{kind.name}?satker={EXAMPLE_OFFICE}"


def taking(pool):
    """The first kind with a list of rows that takes from this pool, and the list's path."""
    for kind in kinds().values():
        for pattern, hint in kind.form.hints.items():
            if hint.pool == pool and hint.widget == "rows":
                return kind, pattern
    raise LookupError(pool)


def offered(page, path):
    """The words that a list is offered to pick from, in order."""
    inside = page.partition(f'id="pilih-{path.replace("/", "-")}" ')[2].partition("</ul>")[0]
    return [html.unescape(words) for words in re.findall(r"<span>([^<]+)<", inside)]


# Numbers


@pytest.fixture
def pattern(database, administrator):
    numbers = Numbers(database, administrator)
    naskah = checked_pattern("{no}/SOP/{tahun}", "", "")
    numbers.set_pattern(EXAMPLE_OFFICE, KIND.name, NUMBERED.numbers, naskah)
    return numbers


def test_every_number_that_a_form_asks_for_is_one_of_its_naskah(kind):
    named = [hint.numbers for hint in kind.form.hints.values() if hint.numbers]
    assert named
    assert set(named) <= {naskah.name for naskah in kind.naskah}


def test_a_number_is_offered_only_where_the_office_has_a_pattern(visitor):
    assert "Usulkan nomor" not in visitor("operator", EXAMPLE_OFFICE).get(ADDRESS).text


@pytest.mark.usefixtures("pattern")
def test_without_javascript_the_next_number_comes_back_in_its_field(visitor):
    clerk = visitor("operator", EXAMPLE_OFFICE)
    asked = [("judul", "Tetap <b>ada</b>"), ("usulkan", NUMBERED.key)]
    page = clerk.send(ADDRESS, asked).text
    assert (NUMBERED.key, "1/SOP/2026") in shown(page)
    assert ("judul", "Tetap <b>ada</b>") in shown(page)
    assert f'formaction="#{NUMBERED.key}"' in page


@pytest.mark.usefixtures("pattern")
def test_without_javascript_a_typed_number_is_never_replaced(visitor):
    clerk = visitor("operator", EXAMPLE_OFFICE)
    page = clerk.send(ADDRESS, [(NUMBERED.key, "Milik saya"), ("usulkan", NUMBERED.key)]).text
    assert (NUMBERED.key, "Milik saya") in shown(page)
    note = page.partition(f'id="{NUMBERED.key}-n1"')[2].partition("</p>")[0]
    assert "Sudah terisi. Kosongkan dahulu bila ingin nomor berikutnya." in note
    fresh = clerk.send(ADDRESS, {"usulkan": NUMBERED.key}).text
    assert (NUMBERED.key, "1/SOP/2026") in shown(fresh)


@pytest.mark.usefixtures("pattern")
@pytest.mark.parametrize("path", ["judul", "entah", "langkah/7/kegiatan", "nomor/0", "/"])
def test_a_place_that_has_no_number_takes_none(visitor, path):
    clerk = visitor("operator", EXAMPLE_OFFICE)
    assert clerk.send(ADDRESS, {"usulkan": path}).status_code == 200
    assert (NUMBERED.key, "1/SOP/2026") in shown(clerk.send(ADDRESS, {"usulkan": "nomor"}).text)


def test_a_number_inside_a_group_is_put_there(visitor, database, administrator):
    kind, path, naskah = next(
        (kind, path, hint.numbers)
        for kind in kinds().values()
        for path, hint in kind.form.hints.items()
        if hint.numbers and "/" in path
    )
    numbers = Numbers(database, administrator)
    numbers.set_pattern(EXAMPLE_OFFICE, kind.name, naskah, checked_pattern("{no}/X", "", ""))
    page = visitor("operator", EXAMPLE_OFFICE).send(form_of(kind), {"usulkan": path}).text
    assert (path, "1/X") in shown(page)


def test_a_number_without_a_pattern_says_so_at_its_field(visitor):
    page = visitor("operator", EXAMPLE_OFFICE).send(ADDRESS, {"usulkan": NUMBERED.key}).text
    assert "Satker ini belum punya pola nomor untuk naskah ini." in page


def set_pattern(page):
    page.goto(NUMBERING)
    page.locator(f'[name="{KIND.name}-{NUMBERED.numbers}-pola"]').fill("{no}/SOP/{tahun}")
    page.get_by_role("button", name="Simpan").click()


@pytest.mark.browser
def test_the_next_number_is_put_in_place_and_typed_text_only_when_one_agrees(page):
    set_pattern(page)
    page.goto(ADDRESS)
    field = page.locator(f'[name="{NUMBERED.key}"]')
    button = page.get_by_role("button", name="Usulkan nomor")
    button.click()
    expect(field).to_have_value(re.compile(r"^\d+/SOP/\d{4}$"))
    first = field.input_value()
    expect(page.locator("[data-number] [role=status]")).to_have_text(
        f"Nomor {first} diambil untuk dokumen ini."
    )
    expect(page.locator("[data-save-words]")).to_have_text(re.compile("Tersimpan"))
    page.reload()
    expect(field).to_have_value(first)
    button.click()
    page.get_by_role("button", name="Biarkan").click()
    expect(field).to_have_value(first)
    button.click()
    expect(page.get_by_role("dialog")).to_contain_text(f"“{first}” akan diganti")
    page.get_by_role("button", name="Ganti nomornya").click()
    expect(field).not_to_have_value(first)
    expect(button).to_be_focused()


@pytest.mark.browser
def test_a_number_that_cannot_be_had_is_said_and_the_field_stays(page):
    set_pattern(page)
    page.goto(ADDRESS)
    page.route("**/nomor/**", lambda route: route.abort())
    page.get_by_role("button", name="Usulkan nomor").click()
    said = page.locator("[data-number] [role=status]")
    expect(said).to_contain_text("sambungan terputus")
    expect(page.locator(f'[name="{NUMBERED.key}"]')).to_have_value("")


# Lists


def test_the_offices_procedures_are_offered_to_those_that_cite_them(visitor):
    clerk, other = visitor("operator", EXAMPLE_OFFICE), visitor("operator", "12.71")
    own = [*fields(judul="Surat Masuk", nomor="3/SOP/2026"), ("buat", "1")]
    assert clerk.send(ADDRESS, own).status_code == 303
    foreign = [*fields(judul="Milik lain"), ("buat", "1")]
    assert other.send(ADDRESS.replace(EXAMPLE_OFFICE, "12.71"), foreign).status_code == 303
    kind, path = taking("sop")
    page = clerk.send(form_of(kind), {"daftar": path}).text
    assert offered(page, path) == ["Surat Masuk · 3/SOP/2026"]
    (entry,) = re.findall(rf'name="pilih/{path}" value="([^"]*)"', page)
    sent = [(f"pilih/{path}", html.unescape(entry)), ("ambil", path)]
    taken = dict(shown(clerk.send(form_of(kind), sent).text))
    assert taken[f"{path}/0/judul"] == "Surat Masuk"
    assert taken[f"{path}/0/nomor"] == "3/SOP/2026"


def test_a_row_given_as_text_is_shown_in_its_first_field(visitor):
    kind, path = taking("sop")
    example = next(one for one in examples() if one.kind is kind and one.data.get(path))
    (text, *_) = example.data[path]
    assert isinstance(text, str)
    clerk = visitor("operator", EXAMPLE_OFFICE)
    sent = [pair for pair in fields(example) if "berkas" not in pair[0]]
    made = clerk.send(form_of(kind), [*sent, ("buat", "1")])
    again = clerk.get(f"{made.location}/ubah", follow_redirects=True).text
    assert (f"{path}/0/judul", text) in shown(again)


def test_regulations_that_offices_add_are_offered(visitor, database, administrator):
    LegalBases(database, administrator).save(LegalBasisData(judul="Perda Nomor 1 Tahun 2024"))
    page = visitor("operator", EXAMPLE_OFFICE).send(ADDRESS, {"daftar": "dasar_hukum"}).text
    assert "Perda Nomor 1 Tahun 2024" in offered(page, "dasar_hukum")


def list_in_rows():
    """A kind with a list inside rows that takes from a pool; the outer and the inner list's key."""
    for kind in kinds().values():
        for pattern, hint in kind.form.hints.items():
            if hint.pool and "/*/" in pattern:
                outer, _, inner = pattern.partition("/*/")
                return kind, outer, inner
    raise LookupError("no list inside rows takes from a pool")


PERSON = '{"nama": "Rina <i>Wati</i>", "jabatan": "Kepala Subbagian"}'


def test_without_javascript_entries_are_taken_into_a_list_inside_rows(client):
    kind, outer, inner = list_in_rows()
    path = f"{outer}/1/{inner}"
    sent = [(f"{outer}/0/{inner}/0/nama", "A"), (f"{outer}/1/{inner}/0/nama", "B")]
    page = client.send(form_of(kind), [*sent, (f"pilih/{path}", PERSON), ("ambil", path)]).text
    assert (f"{path}/0/nama", "B") in shown(page)
    assert (f"{path}/1/nama", "Rina <i>Wati</i>") in shown(page)
    assert (f"{outer}/0/{inner}/1/nama", "Rina <i>Wati</i>") not in shown(page)


@pytest.mark.browser
@pytest.mark.parametrize("has_javascript", [True, False])
def test_people_of_earlier_documents_are_picked_into_an_added_row(new_page, has_javascript):
    page = new_page(**({} if has_javascript else WITHOUT))
    kind, outer, _ = list_in_rows()
    page.goto(form_of(MEETING.kind))
    send_form(page, write_form(form_sections(MEETING.kind), MEETING.data), "buat")
    name = MEETING.data["peserta"][0]["nama"]
    page.goto(form_of(kind))
    page.locator(f'[data-add="{outer}"]').click()
    row = page.locator(f'[data-rows="{outer}"] > [data-row]').nth(1 if has_javascript else 0)
    row.locator("[data-picker] summary").click()
    if not has_javascript:
        row.get_by_role("button", name="Buka daftar").click()
    row.get_by_label(name).first.check()
    row.get_by_role("button", name="Tambahkan yang dipilih").click()
    expect(row.locator('[name$="/nama"]').first).to_have_value(name)
