"""Many at once: counted, tried dry, made, stopped, gone on with, taken away as one file."""

import io
import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from docgen.jobs.batch import make_office
from docgen.jobs.workshop import Workshop
from docgen.masters import load_masters
from docgen.registry import kinds
from docgen.storage import Batches, OfficeChanges, Scope
from docgen.storage.scope import PUSAT

KIND = next(kind for kind in kinds().values() if kind.masters)
MASTERS = [m.id for m in load_masters(KIND).values() if "kota" in m.berlaku.split(",")][:2]
CITIES = ["13.71", "13.72"]
CHOICE = [
    *(("sop", one) for one in MASTERS),
    ("cakupan", "pilih"),
    *(("satker", one) for one in CITIES),
]


@pytest.fixture
def shop(settings, clock, database):  # noqa: ARG001  the database must be migrated
    shop = Workshop(settings, clock)
    yield shop
    shop.database.close()


def work(shop, page):
    """What workers do with the batch of this page."""
    for job in shop.batch_work.queued(page.rpartition("/")[2]):
        make_office(shop, job)


@pytest.fixture
def dry(client, shop):
    """The page of a dry run that has ended."""
    page = client.send("/massal", CHOICE).location
    work(shop, page)
    return page


@pytest.fixture
def made(client, shop, dry):
    """The page of a batch that has ended."""
    page = client.send(f"{dry}/buat", from_page=dry).location
    work(shop, page)
    return page


def numbers(page):
    """The counts on a page, by their words."""
    return {words: int(n) for words, n in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)}


def test_what_is_chosen_is_counted_without_a_script(client):
    page = client.send("/massal", [*CHOICE, ("hitung", "1")])
    assert page.status_code == 200
    assert numbers(page.text) == {KIND.judul: 2, "satker": 2, "dokumen diperiksa": 4}
    assert page.text.count(" checked") == 2 + 1 + 2


def test_offices_of_others_are_neither_offered_nor_counted(client, signed_in_for):
    assert "KPU Kota Padang" in client.get("/massal").text
    city = signed_in_for("13.71")
    page = city.get("/massal").text
    assert "Kota Solok" not in page
    assert numbers(page)["satker"] == 1
    counted = city.send("/massal", [*CHOICE, ("hitung", "1")])
    assert numbers(counted.text)["satker"] == 1


@pytest.mark.parametrize("sent", [[], [("sop", MASTERS[0]), ("cakupan", "pilih")], CHOICE[2:]])
def test_a_choice_of_nothing_is_told_and_nothing_is_started(client, database, sent):
    refused = client.send("/massal", sent)
    assert refused.status_code == 422
    assert "Pilih paling sedikit satu" in refused.text
    assert Batches(database, Scope(PUSAT)).newest() == []


def test_while_it_runs_the_page_asks_for_itself_again_and_then_no_more(client, shop):
    page = client.send("/massal", CHOICE).location
    waiting = client.get(page).text
    assert '<meta http-equiv="refresh" content="5">' in waiting
    assert 'data-live="yes"' in waiting
    assert re.search(r'<progress[^>]+value="0" max="4"', waiting)
    work(shop, page)
    settled = client.get(page).text
    assert 'http-equiv="refresh"' not in settled
    assert 'data-live="no"' in settled


def test_nothing_is_made_before_it_was_told_what_will_happen(client, dry, shop):
    told = numbers(client.get(dry).text)
    assert (told["akan dibuat"], told["belum bisa dibuat"]) == (4, 0)
    assert "Buat 4 dokumen" in client.get(dry).text
    assert shop.batch_work.queued(dry.rpartition("/")[2]) == []
    assert "Unduh" not in client.get(dry).text


def test_a_dry_run_that_is_not_over_makes_nothing(client):
    page = client.send("/massal", CHOICE).location
    assert client.send(f"{page}/buat", from_page=page).status_code == 409


def test_all_is_made_and_taken_away_as_one_file(client, made):
    page = client.get(made).text
    assert numbers(page)["selesai dibuat"] == 4
    with zipfile.ZipFile(io.BytesIO(client.get(f"{made}/zip").data)) as archive:
        names = archive.namelist()
        told = json.loads(archive.read("manifest.json"))
    assert told["counts"] == {"made": 4, "skipped": 0, "failed": 0}
    assert {name.partition("/")[0] for name in names} == {*CITIES, "manifest.json"}
    assert made in client.get("/massal").text


def test_a_second_time_there_is_nothing_to_do(client, shop, made):
    assert made
    again = client.send("/massal", CHOICE).location
    work(shop, again)
    assert "Tidak ada yang perlu dibuat." in client.get(again).text


def test_what_cannot_be_made_is_told_with_its_cause_and_where_to_mend_it(client, database, shop):
    # What no longer fits: the office took out a step that others lead to.
    steps = load_masters(KIND)[MASTERS[0]].data["langkah"]
    broken = {"langkah": {step["id"]: None for step in steps[1:]}}
    OfficeChanges(database, Scope(PUSAT)).set(KIND, CITIES[0], MASTERS[0], broken)
    page = client.send("/massal", CHOICE).location
    work(shop, page)
    told = client.get(page).text
    assert numbers(told)["belum bisa dibuat"] == 1
    mend = f"/acuan/master/{KIND.name}/{MASTERS[0]}/satker/{CITIES[0]}"
    assert f'href="{mend}"' in told
    assert client.get(mend).status_code == 200
    run = client.send(f"{page}/buat", from_page=page).location
    work(shop, run)
    assert numbers(client.get(run).text)["belum bisa dibuat"] == 1
    client.send(f"{mend}/semula", from_page=mend)
    client.send(f"{run}/coba-lagi", from_page=run)
    work(shop, run)
    assert numbers(client.get(run).text) == {
        "selesai dibuat": 4,
        "tidak berubah, dilewati": 0,
        "belum bisa dibuat": 0,
        "menunggu": 0,
    }


def test_it_is_stopped_and_gone_on_with(client, shop, dry):
    page = client.send(f"{dry}/buat", from_page=dry).location
    client.send(f"{page}/hentikan", from_page=page)
    work(shop, page)
    stopped = client.get(page).text
    assert "Dihentikan: 0 dari 4" in stopped
    assert numbers(stopped)["tidak dibuat"] == 4
    client.send(f"{page}/lanjutkan", from_page=page)
    work(shop, page)
    assert "Selesai: 4 dokumen" in client.get(page).text


def test_a_neighbour_sees_only_their_share_and_a_stranger_nothing(made, signed_in_for):
    page = signed_in_for("13.71").get(made).text
    assert numbers(page)["selesai dibuat"] == 2
    assert "Kota Solok" not in page
    foreign = signed_in_for("14")
    assert foreign.get(made).status_code == 404
    for act in ("hentikan", "lanjutkan", "coba-lagi", "buat"):
        assert foreign.send(f"{made}/{act}", from_page="/massal").status_code == 404
    assert foreign.get(f"{made}/zip").status_code == 404


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_an_administrator_makes_many_and_takes_them_away(new_page, script, tmp_path):
    page = new_page(java_script_enabled=script)
    page.goto("/massal")
    page.locator(f'input[name="sop"][value="{MASTERS[0]}"]').check()
    page.get_by_label("Pilih satu per satu", exact=True).check()
    page.get_by_text("Pilih satu per satu dari").click()
    for city in CITIES:
        page.locator(f'input[name="satker"][value="{city}"]').check()
    page.get_by_label("Buat ulang juga").check()
    page.get_by_role("button", name="Periksa dahulu").click()
    start = page.get_by_role("button", name="Buat 2 dokumen")
    expect(start).to_be_visible(timeout=60_000)
    start.click()
    page.goto(page.url)  # as one who comes back to it; a reload would race the page's own
    expect(page.get_by_role("heading", name="Selesai: 2 dokumen")).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh ZIP").click()
    download.value.save_as(tmp_path / "semua.zip")
    with zipfile.ZipFile(tmp_path / "semua.zip") as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} >= set(CITIES)


def test_what_changed_is_told_in_words_alike_offices_together(client, shop, made):
    changes = OfficeChanges(shop.database, Scope(PUSAT))
    for kode in CITIES:
        changes.set(KIND, kode, MASTERS[0], {"nomor": "7/OT/2026"})
    dry = client.send("/massal", CHOICE, from_page=made).location
    work(shop, dry)
    again = client.send(f"{dry}/buat", from_page=dry).location
    work(shop, again)
    page = client.get(again).text
    told = page.partition("Yang berubah sejak versi sebelumnya")[2].partition("</section>")[0]
    assert re.findall(r"<li>([^<]+)</li>", told) == ["Nomor: diisi “7/OT/2026”."]
    assert "dan 1 satker lain" in told
    assert "Yang berubah sejak" not in client.get(made).text


def test_an_office_finds_what_was_made_for_it_and_nothing_of_others(made, signed_in_for):
    assert made
    office = signed_in_for("13.71")
    assert f"{len(MASTERS)} dokumen dari master" in office.get("/").text
    page = office.get("/dokumen/dari-master")
    assert "KPU Kota Padang" in page.text
    links = re.findall(r'href="(/dokumen/dari-master/13\.71/[^"]+\.docx)"', page.text)
    assert len(links) == len(MASTERS)
    assert zipfile.is_zipfile(io.BytesIO(office.get(links[0]).data))
    packed = office.get("/dokumen/dari-master/13.71/semua.zip")
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        assert len(archive.namelist()) == len(MASTERS)
    assert office.get(links[0].replace("13.71", "13.72")).status_code == 404
    assert office.get("/dokumen/dari-master?satker=13.72").status_code == 404
    assert office.get("/dokumen/dari-master/13.72/semua.zip").status_code == 404


def test_who_sees_several_offices_chooses_among_those_that_have_any(client, made):
    assert made
    page = client.get("/dokumen/dari-master").text
    assert [f"?satker={one}" in page for one in CITIES] == [True, True]
