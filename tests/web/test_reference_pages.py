"""Reference data: legal bases, masters with offices' changes, numbers, Word templates."""

import datetime as dt
import threading
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.masters import load_masters
from docgen.registry import kinds
from docgen.satker import registry
from docgen.storage import (
    Access,
    InvalidPattern,
    LegalBases,
    LegalBasisData,
    NoPattern,
    Numbers,
    OfficeChanges,
    Scope,
    checked_pattern,
)
from docgen.storage.legal_bases import cited_by_masters
from tests.fixtures.front import CSRF
from web.controls import form_sections
from web.forms import write_form

KIND = next(kind for kind in kinds().values() if kind.masters)
MASTER = next(iter(load_masters(KIND).values()))
OFFICE = "13.71"
EDIT = f"/acuan/master/{KIND.name}/{MASTER.id}/satker/{OFFICE}"
BASES = "/acuan/dasar-hukum"
TODAY = dt.date(2026, 2, 6)


@pytest.fixture
def who(database):
    """The one who is asking, of an office: `who("13")`."""

    def who(root):
        access = Access(database)
        signed_in = access.who(access.use_link(access.first_link()))
        return type(signed_in)(signed_in.user_id, "a", "A", "admin_provinsi", root, False)

    return who


# Legal bases


def test_the_list_starts_with_what_masters_cite(client):
    page = client.get(BASES).text
    assert cited_by_masters()
    assert "Belum ada tambahan" in page
    words = cited_by_masters()[0].judul.split()
    assert words[0] in client.get(f"{BASES}?q={words[0]}").text
    assert "Tidak ada yang cocok" in client.get(f"{BASES}?q=atlantis").text


def test_a_regulation_is_added_changed_and_forgotten(client, database, who):
    sent = {"judul": "Perda <Kota> Nomor 1 Tahun 2024", "berlaku_sejak": "2024-01-01"}
    assert client.send(f"{BASES}/baru", sent).location == BASES
    page = client.get(BASES).text
    assert "Perda &lt;Kota&gt; Nomor 1 Tahun 2024" in page
    assert "sejak 1 Januari 2024" in page
    (basis,) = LegalBases(database, who("00")).all()
    ended = {**sent, "berlaku_sampai": "2025-01-01", "diganti_oleh": "Perda Nomor 2 Tahun 2025"}
    client.send(f"{BASES}/{basis.id}", ended)
    page = client.get(BASES).text
    assert "Tidak berlaku lagi" in page
    assert "Perda Nomor 2 Tahun 2025" in page
    client.send(f"{BASES}/{basis.id}/hapus", from_page=f"{BASES}/{basis.id}")
    assert "Belum ada tambahan" in client.get(BASES).text


def test_a_regulation_that_ends_before_it_begins_is_told_at_its_field(client):
    sent = {"judul": "x", "berlaku_sejak": "2024-01-02", "berlaku_sampai": "2024-01-01"}
    refused = client.send(f"{BASES}/baru", sent)
    assert refused.status_code == 422
    assert 'id="berlaku_sampai-n1"' in refused.text


def test_an_office_may_cite_its_own_and_those_from_above_while_they_hold(database, who):
    LegalBases(database, who("00")).save(LegalBasisData(judul="Dari pusat"))
    LegalBases(database, who("13")).save(LegalBasisData(judul="Dari provinsi"))
    LegalBases(database, who("14")).save(LegalBasisData(judul="Dari tetangga"))
    city = LegalBases(database, who("13.71"))
    city.save(LegalBasisData(judul="Sudah lewat", berlaku_sampai=TODAY - dt.timedelta(1)))
    own = [one.judul for one in city.for_office("13.71", TODAY) if one.owner_satker]
    assert own == ["Dari provinsi", "Dari pusat"]
    assert city.for_office("13.72", TODAY) == []
    assert {one.judul for one in city.all()} == {"Dari pusat", "Dari provinsi", "Sudah lewat"}
    (above,) = [one for one in city.all() if one.judul == "Dari provinsi"]
    assert not city.delete(above.id)
    assert not city.save(LegalBasisData(judul="Direbut"), above.id)


def test_nothing_is_offered_to_cite_that_was_replaced(database, who):
    bases = LegalBases(database, who("00"))
    bases.save(LegalBasisData(judul="Peraturan KPU Nomor 1 Tahun 2015 tentang Pengelolaan"))
    assert "Nomor 1 Tahun 2015" not in str(bases.for_office("13.71", TODAY))
    assert "Nomor 22 Tahun 2023" in bases.all()[0].instead


# Masters


def test_every_master_can_be_seen_with_its_drawing(client):
    page = client.get("/acuan/master").text
    for kind in kinds().values():
        for master in load_masters(kind).values():
            assert f"/acuan/master/{kind.name}/{master.id}" in page
    shown = client.get(f"/acuan/master/{KIND.name}/{MASTER.id}?satker={OFFICE}").text
    assert "<svg" in shown
    assert MASTER.data["master"]["belum_diverifikasi"][0] in shown


def as_sent(**changes):
    return [*write_form(form_sections(KIND), {**MASTER.data, **changes}), ("simpan", "1")]


def test_a_form_sent_back_untouched_changes_nothing(client, database):
    assert client.send(EDIT, as_sent()).status_code == 303
    assert OfficeChanges(database, Scope("00")).of(KIND.name, OFFICE) == {}


def test_only_what_an_office_changed_is_kept_and_it_can_be_taken_back(client, database):
    steps = [dict(step) for step in MASTER.data["langkah"]]
    steps[1]["waktu"] = "45 Menit"
    client.send(EDIT, as_sent(nomor="7/SOP/2026", langkah=steps))
    changes = OfficeChanges(database, Scope("00")).of(KIND.name, OFFICE)[MASTER.id]
    assert changes == {"nomor": "7/SOP/2026", "langkah": {steps[1]["id"]: {"waktu": "45 Menit"}}}
    shown = client.get(f"/acuan/master/{KIND.name}/{MASTER.id}?satker={OFFICE}").text
    assert "Disesuaikan oleh KPU Kota Padang" in shown
    assert 'value="45 Menit"' in client.get(EDIT).text
    client.send(f"{EDIT}/semula", from_page=EDIT)
    assert OfficeChanges(database, Scope("00")).of(KIND.name, OFFICE) == {}


def test_a_change_that_cannot_be_drawn_is_told_and_not_kept(client, database):
    steps = [dict(step) for step in MASTER.data["langkah"]]
    steps[0]["pelaksana"] = "Tidak Ada"
    refused = client.send(EDIT, as_sent(langkah=steps))
    assert refused.status_code == 422
    assert "Tidak Ada" in refused.text
    assert OfficeChanges(database, Scope("00")).of(KIND.name, OFFICE) == {}


def test_a_row_is_moved_without_a_script(client):
    moved = client.send(EDIT, [*as_sent()[:-1], ("turun", "langkah/0")])
    assert moved.status_code == 200
    assert 'data-go-on="langkah-1"' in moved.text


# Numbers


def pattern_of(numbers, pola="{no}/{klas}-{jenis}/{wil}/{tahun}", **other):
    kind = next(iter(kinds().values()))
    pattern = checked_pattern(pola, other.get("klas", "PK.01"), other.get("jenis", "BA"))
    numbers.set_pattern(OFFICE, kind.name, kind.naskah[0].name, pattern)
    return OFFICE, kind.name, kind.naskah[0].name


def test_numbers_follow_the_pattern_and_begin_anew_each_year(database, who):
    numbers = Numbers(database, who("13.71"))
    key = pattern_of(numbers)
    assert numbers.next(*key, TODAY) == "1/PK.01-BA/1371/2026"
    assert [numbers.take(*key, TODAY) for _ in range(2)] == [
        "1/PK.01-BA/1371/2026",
        "2/PK.01-BA/1371/2026",
    ]
    assert numbers.take(*key, dt.date(2027, 1, 2)) == "1/PK.01-BA/1371/2027"
    assert numbers.start_at(*key, 2026, 40)
    assert not numbers.start_at(*key, 2026, 3)
    assert numbers.take(*key, TODAY) == "40/PK.01-BA/1371/2026"


def test_no_number_is_given_twice_to_those_who_ask_at_once(database, who):
    numbers = Numbers(database, who("13.71"))
    key = pattern_of(numbers)
    taken, failed = [], []

    def ask():
        try:
            taken.extend(numbers.take(*key, TODAY) for _ in range(5))
        except Exception as error:  # noqa: BLE001  whatever it is, the test tells it
            failed.append(error)

    people = [threading.Thread(target=ask) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert failed == []
    assert len(set(taken)) == len(taken) == 20


@pytest.mark.parametrize(
    ("pola", "words"),
    [("SOP/{tahun}", "{no}"), ("{no}/{entah}", "Yang dikenal"), ("{no", "Yang dikenal")],
)
def test_a_pattern_that_makes_no_number_is_refused(pola, words):
    with pytest.raises(InvalidPattern, match=words):
        checked_pattern(pola, "", "")
    with pytest.raises(InvalidPattern, match="klas harus diisi"):
        checked_pattern("{no}/{klas}", "", "")


@given(st.text(max_size=30))
def test_any_text_around_the_places_stays_as_it_is(text):
    around = text.replace("{", "").replace("}", "").strip()
    number = checked_pattern(f"{around}{{no}}", "", "").number(7, registry().get(OFFICE), TODAY)
    assert number == f"{around}7"


def test_patterns_are_set_on_the_office_page_all_or_none(client, database, who):
    kind = next(iter(kinds().values()))
    first = f"{kind.name}-{kind.naskah[0].name}"
    page = f"/satker/{OFFICE}/nomor"
    sent = {f"{first}-pola": "{no}/SOP/{wil}/{tahun}", f"{first}-mulai": "13"}
    assert client.send(page, sent).status_code == 303
    assert "13/SOP/1371/2026" in client.get(page).text
    assert "13/SOP/1371/2026" in client.get(f"/satker/{OFFICE}").text
    refused = client.send(page, {f"{first}-pola": "tanpa nomor"})
    assert refused.status_code == 422
    assert "Harus memuat {no}" in refused.text
    assert Numbers(database, who("13.71")).patterns(OFFICE)


def test_a_number_is_taken_by_a_button(client, database, who):
    kind = next(iter(kinds().values()))
    address = f"/satker/{OFFICE}/nomor/{kind.name}/{kind.naskah[0].name}"
    page = f"/satker/{OFFICE}/nomor"
    refused = client.send(address, from_page=page)
    assert (refused.status_code, refused.json["nomor"]) == (409, "")
    pattern_of(Numbers(database, who("13.71")), "{no}/{tahun}")
    assert client.send(address, from_page=page).json == {"nomor": "1/2026"}
    assert client.send(address, from_page=page).json == {"nomor": "2/2026"}
    with pytest.raises(NoPattern):
        Numbers(database, who("13.71")).take(OFFICE, kind.name, "lain", TODAY)


# Word templates


def check(client, content, naskah=KIND.naskah[0].name):
    page = f"/acuan/templat/{KIND.name}/{naskah}"
    token = CSRF.search(client.get(page).text)[1]
    sent = {"csrf_token": token, "templat": (BytesIO(content), "suntingan.docx")}
    return client.post(page, data=sent, content_type="multipart/form-data")


def test_a_template_that_was_taken_away_and_brought_back_can_be_used(client):
    page = client.get("/acuan/templat").text
    for kind in kinds().values():
        for naskah in kind.naskah:
            assert f"/acuan/templat/{kind.name}/{naskah.name}/unduh" in page
    taken = client.get(f"/acuan/templat/{KIND.name}/{KIND.naskah[0].name}/unduh", buffered=True)
    assert taken.data.startswith(b"PK")
    assert "suntingan.docx dapat dipakai." in check(client, taken.data).text
    assert client.get("/acuan/templat/pedoman", buffered=True).data.startswith(b"#")


@pytest.mark.parametrize("content", [b"", b"bukan word", b"PK\x03\x04rusak"])
def test_what_is_no_template_is_told_so(client, content):
    refused = check(client, content)
    assert refused.status_code == 422
    assert "belum dapat dipakai" in refused.text
