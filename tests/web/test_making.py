"""A form is filled, sent, refused or made: what a visitor without JavaScript sees."""

import html
import re
import time

import pytest

from docgen.registry import kinds
from docgen.storage import Documents, Scope
from tests.conftest import EXAMPLE_OFFICE, examples
from web.controls import form_sections
from web.forms import read_form, write_form

EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)
KIND = EXAMPLE.kind
ADDRESS = f"/buat/{KIND.name}?satker={EXAMPLE_OFFICE}"


def fields(example=EXAMPLE, **changes):
    """What a browser sends for an example with some keys changed."""
    data = {**example.data, **changes}
    sent = write_form(form_sections(example.kind), {k: v for k, v in data.items() if v})
    return [(name, str(value)) for name, value in sent]


def shown(page):
    """Every name and value that a page's form would send if it were sent as it stands."""
    found = re.findall(r'<input class="[^"]*" id="[^"]*" name="([^"]+)" value="([^"]*)"', page)
    areas = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    boxes = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]*)" checked', page)
    lists = re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = [
        (name, match[1] or match[2])
        for name, options in lists
        if (match := re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options))
    ]
    page_fields = [*found, *areas, *boxes, *chosen]
    return [
        (name, html.unescape(value)) for name, value in page_fields if value and "__n" not in name
    ]


@pytest.fixture
def requested(database):
    return lambda: Documents(database, Scope("00")).newest()


def test_the_start_page_leads_to_a_form_of_the_chosen_kind_and_office(client):
    for words in ("13.71", "13.71 KPU Kota Padang", "kpu kota padang"):
        answer = client.get("/buat", query_string={"jenis": KIND.name, "satker": words})
        assert answer.location == f"/buat/{KIND.name}?satker=13.71"


def test_an_office_that_does_not_exist_is_said_beside_its_field(client):
    answer = client.get("/buat", query_string={"jenis": KIND.name, "satker": "KPU Atlantis"})
    assert answer.status_code == 422
    assert "Satker “KPU Atlantis” tidak ada. Pilih dari daftar." in answer.text
    assert 'value="KPU Atlantis"' in answer.text


def test_every_kind_has_a_form_with_every_field_labelled(client, kind):
    page = client.get(f"/buat/{kind.name}?satker=13.71").text
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    named = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"[^>]* aria-label=', page))
    fields_of = set(re.findall(r'<(?:input|select|textarea) class="[^"]*" id="([^"]+)"', page))
    assert len(fields_of) > 5
    assert fields_of - labelled - named == set()


def test_what_a_form_is_sent_is_what_it_was_filled_with(example):
    sections = form_sections(example.kind)
    data = {k: v for k, v in example.data.items() if k not in ("satker", "master")}
    once = read_form(sections, [(n, str(v)) for n, v in write_form(sections, data)])
    again = read_form(sections, [(n, str(v)) for n, v in write_form(sections, once)])
    assert once == again
    assert set(once) == {key for key, value in data.items() if value}


def test_a_good_form_is_kept_queued_and_answered_with_its_page(client, requested):
    answer = client.send(ADDRESS, [*fields(), ("buat", "1")])
    (document,) = requested()
    assert answer.status_code == 303
    assert answer.location == f"/dokumen/{document.id}"
    assert (document.kind, document.satker, document.status) == (KIND.name, "13.71", "queued")
    page = client.get(answer.location)
    assert "Menunggu giliran" in page.text
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in page.text


def test_every_error_stands_at_its_field_at_once_and_nothing_typed_is_lost(client, requested):
    changed = fields(judul="", tanggal_efektif="2026-02-31")
    changed = [(n, "500" if n == "langkah/1/lanjut" else v) for n, v in changed]
    changed += [("langkah/1/lanjut", "500"), ("buat", "1")]
    answer = client.send(ADDRESS, changed)
    assert answer.status_code == 422
    assert requested() == []
    summary = answer.text.split('id="kesalahan"')[1].split("</div>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == ["judul", "tanggal_efektif"]
    for place in ("judul-n1", "tanggal_efektif-n1"):
        assert f'id="{place}"' in answer.text
        assert re.search(
            rf'aria-describedby="[^"]*{place}[^"]*"[^>]* aria-invalid="true"', answer.text
        )
    assert "Tanggal efektif: 31 Februari 2026 tidak ada di kalender." in answer.text
    kept = set(shown(answer.text))
    assert {pair for pair in changed if pair[1] and pair[0] != "buat"} - kept == set()


def test_checking_shows_findings_and_asks_for_nothing(client, requested):
    answer = client.send(ADDRESS, [*fields(), ("periksa", "1")])
    assert answer.status_code == 200
    assert "Tidak ada kesalahan. Dokumen dapat dibuat." in answer.text
    assert requested() == []


def rows(page, key):
    return [value for name, value in shown(page) if re.fullmatch(rf"{key}/\d+", name)]


def test_rows_are_added_moved_and_removed_by_submits(client):
    sent = [("pelaksana/0", "Ketua"), ("pelaksana/1", "Sekretaris"), ("pelaksana/2", "Staf")]
    moved = client.send(ADDRESS, [*sent, ("naik", "pelaksana/2")])
    assert rows(moved.text, "pelaksana") == ["Ketua", "Staf", "Sekretaris"]
    assert 'data-go-on="pelaksana-1"' in moved.text
    lowered = client.send(ADDRESS, [*sent, ("turun", "pelaksana/0")])
    assert rows(lowered.text, "pelaksana") == ["Sekretaris", "Ketua", "Staf"]
    removed = client.send(ADDRESS, [*sent, ("hapus", "pelaksana/1")])
    assert rows(removed.text, "pelaksana") == ["Ketua", "Staf"]
    added = client.send(ADDRESS, [*sent, ("tambah", "pelaksana")])
    assert rows(added.text, "pelaksana") == ["Ketua", "Sekretaris", "Staf"]
    assert 'name="pelaksana/3"' in added.text


@pytest.mark.parametrize(
    "path",
    ["langkah/99", "langkah/x", f"langkah/{'9' * 5000}", "tidak-ada/1", "judul/1", "", "a/b/c"],
)
@pytest.mark.parametrize("move", ["naik", "turun", "hapus", "tambah"])
def test_a_row_button_that_no_page_has_changes_nothing(client, move, path):
    answer = client.send(ADDRESS, [*fields(), (move, path)])
    assert answer.status_code in {200, 422}
    assert "bermasalah" not in answer.text
    assert EXAMPLE.data["judul"] in html.unescape(answer.text)


HOSTILE = "A & B <b>tebal</b> {{ x }} {% y %} \"kutip\" 'petik' \t tab"


def test_markup_typed_into_a_form_is_text_on_every_page(client, requested):
    answer = client.send(ADDRESS, [*fields(judul=HOSTILE), ("buat", "1")])
    (document,) = requested()
    assert document.judul == HOSTILE
    for address in (answer.location, "/"):
        page = client.get(address).text
        assert "<b>tebal" not in page
        assert HOSTILE in html.unescape(page)
    again = client.send(ADDRESS, [*fields(judul=HOSTILE, pelaksana=[]), ("buat", "1")])
    assert again.status_code == 422
    assert ("judul", HOSTILE) in shown(again.text)


def test_a_body_of_fifty_megabytes_is_refused_with_a_sentence(client, requested):
    answer = client.post(ADDRESS, data={"judul": "x" * (50 << 20)})
    assert answer.status_code == 413
    assert "lebih dari 10 MB" in answer.text
    assert requested() == []


def test_text_that_is_not_utf8_or_not_xml_is_a_sentence_not_a_fault(client):
    answer = client.send(ADDRESS, [*fields(judul="a\x01b"), ("buat", "1")])
    assert answer.status_code == 422
    assert "ada karakter U+0001 yang tidak dapat" in answer.text


@pytest.mark.parametrize(
    "address",
    ["/buat/entah?satker=13.71", f"/buat/{KIND.name}?satker=99.99", "/dokumen/entah", "/entah"],
)
def test_an_unknown_kind_office_document_or_page_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Halaman tidak ada" in answer.text


def test_the_drawing_and_the_findings_are_answered_as_one_types(client):
    page = client.get(ADDRESS).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    sent = {"csrf_token": token, **dict(fields())}
    answer = client.post(f"/buat/{KIND.name}/gambar?satker=13.71", data=sent)
    assert answer.status_code == 200
    assert set(answer.json) == {"pages", "findings", "state"}
    sent["langkah/0/kegiatan"] = "Surat masuk diterima"
    answer = client.post(f"/buat/{KIND.name}/gambar?satker=13.71", data=sent)
    (found,) = [one for one in answer.json["findings"] if one["pointer"] == "/langkah/0/kegiatan"]
    assert (
        found["message"] == f"Langkah 1, kegiatan: {found['short'][:1].lower()}{found['short'][1:]}"
    )


def test_thirty_steps_are_drawn_while_one_waits_for_it(client):
    lanes = [f"Pelaksana {number}" for number in range(8)]
    sent = {f"pelaksana/{number}": lane for number, lane in enumerate(lanes)}
    for number in range(30):
        sent[f"langkah/{number}/kegiatan"] = f"Memeriksa berkas nomor {number} dari pemohon"
        sent[f"langkah/{number}/pelaksana"] = lanes[number * 5 % 8]
        sent[f"langkah/{number}/waktu"] = "15 menit"
    for number in range(4, 29, 5):
        sent |= {
            f"langkah/{number}/ya": str(number + 2),
            f"langkah/{number}/tidak": str(number - 2),
        }
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(ADDRESS).text)[1]
    sent |= {"csrf_token": token, "judul": "Pemeriksaan berkas"}
    took = []
    for lane in lanes[:3]:
        sent["langkah/7/pelaksana"] = lane  # another drawing each time, so that none is kept
        began = time.process_time()
        answer = client.post(f"/buat/{KIND.name}/gambar?satker=13.71", data=sent)
        took.append(time.process_time() - began)
        assert len(answer.json["pages"]) > 1
    assert min(took) < 0.3


def test_an_office_sees_only_its_own(client, signed_in_for):
    location = client.send(ADDRESS, [*fields(), ("buat", "1")]).location
    for kode, status in (("13.71", 200), ("13", 200), ("13.01", 404), ("12", 404)):
        visitor = signed_in_for(kode)
        assert visitor.get(location).status_code == status, kode
        assert (EXAMPLE.data["judul"] in html.unescape(visitor.get("/").text)) == (status == 200)
        assert visitor.get(ADDRESS).status_code == status
        assert visitor.send(ADDRESS.replace("13.71", kode), fields(judul="")).status_code == 422


def test_all_kinds_are_offered_on_the_start_page(client):
    page = client.get("/").text
    assert re.findall(r'name="jenis" value="([^"]+)"', page) == list(kinds())


def test_a_step_without_a_lane_has_none_ticked(client):
    sent = [("pelaksana/0", "Staf"), ("langkah/0/kegiatan", "Menerima surat"), ("buat", "1")]
    page = client.send(ADDRESS, sent).text
    ticks = re.findall(
        r'<input type="checkbox" name="langkah/0/pelaksana" value="([^"]*)"(.*?)>', page
    )
    assert ticks == [("Staf", "")]
