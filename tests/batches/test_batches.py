"""Batches in the database: counted, kept once, cancelled, resumed, tried again."""

import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import select, update

from docgen.errors import InvalidInput, UnknownSatker
from docgen.jobs.batch import make_office
from docgen.rendering.text import read_text
from docgen.storage import (
    BatchWork,
    EmptyBatch,
    KeyInUse,
    OfficeChanges,
    Once,
    Scope,
    UnknownMaster,
    archive,
)
from docgen.storage.batch_work import GAVE_UP, Result
from docgen.storage.scope import PUSAT
from docgen.storage.tables import DeliveryRow, EndpointRow, ItemRow, JobRow, OutboxRow, VersionRow
from tests.batches.places import KIND, ONE_CITY, THREE_MASTERS


def counts(batch):
    return (batch.status, batch.total, batch.done, batch.skipped, batch.failed)


def open_archive(place, batch_id):
    content = b"".join(archive(place.batches, batch_id, place.shop.blobs))
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_batch_makes_every_master_for_every_office_once_and_in_its_right_bytes(place):
    batch_id = place.ask()
    assert counts(place.batches.get(batch_id)) == ("queued", 6, 0, 0, 0)
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 6, 6, 0, 0)
    items = list(place.batches.items(batch_id))
    assert [(item.satker, item.master) for item in items] == [
        (office, master) for office in ("13.71", "13.72") for master in sorted(THREE_MASTERS)
    ]
    for item in items:
        content = place.shop.blobs.get(item.sha256)
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (item.sha256, item.size)


def test_a_second_batch_skips_what_has_not_changed_and_the_archive_still_has_it(place):
    place.made()
    again = place.made()
    assert counts(place.batches.get(again)) == ("done", 6, 0, 6, 0)
    assert {item.reason for item in place.batches.items(again)} == {"tidak berubah"}
    with open_archive(place, again) as opened:
        assert len(opened.namelist()) == 7


def test_force_makes_again_what_has_not_changed(place):
    place.made()
    assert counts(place.batches.get(place.made(force=True))) == ("done", 6, 6, 0, 0)


def test_a_file_that_the_store_lost_is_made_again(place):
    first = next(iter(place.batches.items(place.made())))
    place.lose(first.sha256)
    again = place.made()
    remade = [item for item in place.batches.items(again) if item.status == "done"]
    assert [(item.master, item.reason) for item in remade] == [(first.master, "berkasnya hilang")]
    assert place.shop.blobs.get(first.sha256)


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(place):
    planned = place.made(dry_run=True)
    assert counts(place.batches.get(planned)) == ("done", 6, 6, 0, 0)
    assert {item.reason for item in place.batches.items(planned)} == {"belum ada"}
    assert {item.sha256 for item in place.batches.items(planned)} == {""}
    with place.shop.database.read() as session:
        assert session.scalars(select(VersionRow)).all() == []


def test_an_offices_changes_go_into_its_document_and_are_told_in_words(place):
    place.made()
    changes = OfficeChanges(place.shop.database, Scope(PUSAT))
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {"nomor": "7/OT/2026"})
    again = place.made()
    made = [item for item in place.batches.items(again) if item.status == "done"]
    assert [(item.satker, item.master) for item in made] == [(ONE_CITY, "penerimaan-tamu")]
    assert made[0].reason == "perubahan satker berubah"
    (changed,) = place.batches.changed(again)
    assert (changed.master, changed.offices) == ("penerimaan-tamu", (ONE_CITY,))
    assert changed.changes == ("Nomor: diisi “7/OT/2026”.",)
    assert place.seen_from("12").changed(again) == []


def test_a_changed_master_is_the_next_revision_which_the_document_tells(place):
    """Number, date and note follow; they stay where only something else is made anew."""
    changes = OfficeChanges(place.shop.database, Scope(PUSAT))
    holds = {"tanggal_efektif": "2026-01-05"}
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", holds)
    place.made(ONE_CITY)

    def text_after(**how):
        batch_id = place.made(ONE_CITY, **how)
        (item,) = [one for one in place.batches.items(batch_id) if one.master == "penerimaan-tamu"]
        return read_text(place.shop.blobs.get(item.sha256))

    assert "Revisi ke-" not in text_after()
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {**holds, "nomor": "7/OT/2026"})
    first = text_after()
    assert "6 Februari 2026 (Revisi ke-1)" in first
    assert "CATATAN REVISI KE-1:" in first
    assert "Nomor: diisi “7/OT/2026”." in first
    place.clock.forward(30 * 86_400)
    assert text_after(force=True) == first
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {**holds, "nomor": "8/OT/2026"})
    second = text_after()
    assert "8 Maret 2026 (Revisi ke-2)" in second
    assert "Nomor: “7/OT/2026” menjadi “8/OT/2026”." in second
    assert "Nomor: diisi" not in second


def test_what_does_not_hold_yet_is_mended_without_being_a_revision(place):
    changes = OfficeChanges(place.shop.database, Scope(PUSAT))
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {"tanggal_efektif": "2030-01-05"})
    place.made(ONE_CITY)
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {"nomor": "7/OT/2026"})
    batch_id = place.made(ONE_CITY)
    (item,) = [one for one in place.batches.items(batch_id) if one.status == "done"]
    assert "Revisi ke-" not in read_text(place.shop.blobs.get(item.sha256))


def test_changes_that_do_not_fit_their_master_are_refused_at_once(place):
    changes = OfficeChanges(place.shop.database, Scope(PUSAT))
    with pytest.raises(InvalidInput, match="tidak ada butir"):
        changes.set(KIND, ONE_CITY, "penerimaan-tamu", {"langkah": {"tidak-ada": {"waktu": "-"}}})
    with pytest.raises(UnknownMaster, match="penerimaan-tamu"):
        changes.set(KIND, ONE_CITY, "tidak-ada", {})
    assert changes.of("sop", ONE_CITY) == {}


def test_a_document_with_errors_fails_alone_with_its_reason_and_is_made_on_retry(place):
    changes = OfficeChanges(place.shop.database, Scope(PUSAT))
    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {"tanggal_efektif": "besok"})
    batch_id = place.made()
    assert counts(place.batches.get(batch_id)) == ("done", 6, 5, 0, 1)
    (failure,) = place.batches.failures(batch_id)
    assert (failure.satker, failure.master) == (ONE_CITY, "penerimaan-tamu")
    assert "besok" in failure.reason
    before = {item.sha256 for item in place.batches.items(batch_id) if item.sha256}

    changes.set(KIND, ONE_CITY, "penerimaan-tamu", {})
    assert place.batches.retry(batch_id)
    assert counts(place.batches.get(batch_id)) == ("running", 6, 5, 0, 0)
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 6, 6, 0, 0)
    assert before < {item.sha256 for item in place.batches.items(batch_id)}
    assert not place.batches.retry(batch_id)


def test_what_is_cancelled_stops_and_goes_on_when_resumed(place):
    batch_id = place.ask()
    first, second = place.shop.batch_work.queued(batch_id)
    make_office(place.shop, first)
    assert place.batches.cancel(batch_id)
    make_office(place.shop, second)
    assert counts(place.batches.get(batch_id)) == ("cancelled", 6, 3, 0, 0)
    assert not place.batches.cancel(batch_id)
    assert place.batches.resume(batch_id)
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 6, 6, 0, 0)


def test_what_a_worker_has_in_hand_when_it_is_cancelled_is_not_recorded(place):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    claim = place.shop.batch_work.claim(job, "pekerja")
    assert counts(place.batches.get(batch_id))[0] == "running"
    place.batches.cancel(batch_id)
    assert not place.shop.batch_work.renew(claim)
    assert not place.shop.batch_work.keep(claim, [], is_all=True)
    assert counts(place.batches.get(batch_id)) == ("cancelled", 3, 0, 0, 0)


def test_the_archive_has_a_folder_for_each_office_and_a_manifest_that_agrees(place):
    batch_id = place.made()
    with open_archive(place, batch_id) as opened:
        assert opened.testzip() is None
        told = json.loads(opened.read("manifest.json"))
        assert told["counts"] == {"made": 6, "skipped": 0, "failed": 0}
        assert {row["file"] for row in told["documents"]} == {
            name for name in opened.namelist() if name != "manifest.json"
        }
        for row in told["documents"]:
            assert hashlib.sha256(opened.read(row["file"])).hexdigest() == row["sha256"]
            assert row["file"].startswith(f"{row['satker']}/")


def test_what_the_store_lost_is_told_in_the_archive_and_does_not_break_it(place):
    batch_id = place.made(ONE_CITY)
    lost = next(iter(place.batches.items(batch_id)))
    place.lose(lost.sha256)
    with open_archive(place, batch_id) as opened:
        assert opened.testzip() is None
        told = json.loads(opened.read("manifest.json"))["documents"]
    assert [(row["input"], row["status"]) for row in told if row["status"] != "made"] == [
        (lost.master, "failed")
    ]


def test_an_office_sees_its_own_share_of_a_batch_and_nothing_of_the_others(place):
    batch_id = place.made()
    of_padang = place.seen_from(ONE_CITY)
    assert counts(of_padang.get(batch_id)) == ("done", 3, 3, 0, 0)
    assert {item.satker for item in of_padang.items(batch_id)} == {ONE_CITY}
    assert [share.satker for share in of_padang.offices(batch_id)] == [ONE_CITY]
    assert place.seen_from("12").get(batch_id) is None
    assert place.seen_from("12").newest() == []
    assert b"".join(archive(place.seen_from("12"), batch_id, place.shop.blobs)) == b""
    assert of_padang.changed(batch_id) == []


def test_cancelling_touches_only_the_offices_within_the_scope(place):
    batch_id = place.ask()
    assert place.seen_from(ONE_CITY).cancel(batch_id)
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("cancelled", 6, 3, 0, 0)
    assert counts(place.seen_from("13.72").get(batch_id)) == ("done", 3, 3, 0, 0)


def test_all_and_levels_mean_the_offices_within_the_scope_but_a_named_one_outside_is_refused(place):
    of_province = place.seen_from("13")
    batch_id = of_province.request(KIND, THREE_MASTERS[:1], "kota")
    assert {share.satker[:3] for share in of_province.offices(batch_id)} == {"13."}
    with pytest.raises(UnknownSatker, match=r"12\.71"):
        of_province.request(KIND, THREE_MASTERS, "13.71,12.71")
    with pytest.raises(UnknownSatker):
        of_province.request(KIND, THREE_MASTERS, "12.*")


def test_an_unknown_master_and_a_batch_of_nothing_are_refused(place):
    with pytest.raises(UnknownMaster, match="tidak-ada"):
        place.ask(masters=("tidak-ada",))
    with pytest.raises(EmptyBatch):
        place.ask("00", masters=("paw-dprd",))


def test_the_rest_of_the_time_is_told_from_the_last_minute_and_not_before_something_is_done(place):
    batch_id = place.ask()
    first, second = place.shop.batch_work.queued(batch_id)
    assert place.batches.get(batch_id).seconds_left is None
    claim = place.shop.batch_work.claim(first, "pekerja")
    place.clock.forward(10)
    results = [Result(master, "failed", "-") for master in claim.masters]
    assert place.shop.batch_work.keep(claim, results, is_all=True)
    assert place.batches.get(batch_id).seconds_left == pytest.approx(10)
    place.clock.forward(3600)
    assert place.batches.get(batch_id).seconds_left is None
    make_office(place.shop, second)
    assert place.batches.get(batch_id).seconds_left == 0


def listen(place):
    """Register a receiver of finished batches."""
    with place.shop.database.write() as session:
        session.add(
            EndpointRow(
                id="1",
                url="https://arsip.example/",
                events="batch.finished",
                selector="semua",
                secret="whsec_x",
                disabled_because="",
                created_at=place.clock(),
            )
        )


def test_a_finished_batch_is_announced_once(place):
    listen(place)
    batch_id = place.made()
    with place.shop.database.read() as session:
        (delivery,) = session.scalars(select(DeliveryRow))
    told = json.loads(delivery.body)["data"]
    assert (told["id"], told["total"], told["done"]) == (batch_id, 6, 6)


def test_a_batch_is_one_message_to_the_queue(place):
    batch_id = place.ask()
    with place.shop.database.read() as session:
        (message,) = session.scalars(select(OutboxRow))
    assert (message.topic, message.subject) == ("batch.requested", batch_id)


# What workers that die leave behind.


def test_a_job_whose_worker_died_is_taken_over_and_made_once(place):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    dead = place.shop.batch_work.claim(job, "mati")
    assert place.shop.batch_work.take_over_abandoned() == 0
    place.clock.forward(place.shop.settings.lease_seconds + 1)
    assert place.shop.batch_work.take_over_abandoned() == 1
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)
    late = [Result(master, "failed", "terlambat") for master in dead.masters]
    assert not place.shop.batch_work.keep(dead, late, is_all=True)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)


@pytest.mark.parametrize("jump_seconds", [3600, -3600])
def test_a_clock_that_jumps_leaves_nothing_running_for_ever(place, jump_seconds):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    place.shop.batch_work.claim(job, "mati")
    place.clock.forward(jump_seconds)
    assert place.shop.batch_work.take_over_abandoned() == 1
    place.clock.forward(jump_seconds)
    assert place.shop.batch_work.waiting(older_than_seconds=10) == [job]
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)


def test_a_document_that_kills_its_worker_fails_alone(place):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    work = place.shop.batch_work
    work.claim(job, "mati")
    for _ in range(2):  # each dies at the second document, which the first attempt cannot know
        place.clock.forward(place.shop.settings.lease_seconds + 1)
        claim = work.claim(job, "mati")
        for master in claim.masters[:2]:
            if master in claim.settled:
                continue
            assert work.begin(claim, master)
            if master != claim.masters[1]:
                assert work.keep(claim, [Result(master, "skipped", "-")], is_all=False)
    place.clock.forward(place.shop.settings.lease_seconds + 1)
    make_office(place.shop, job)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 1, 1, 1)
    (failure,) = place.batches.failures(batch_id)
    assert (failure.master, failure.reason) == (claim.masters[1], GAVE_UP)


class Faulty(BatchWork):
    """Records that break when something is to be kept."""

    def keep(self, *_, **__):
        raise OSError("putus")


def test_a_document_is_not_blamed_for_what_breaks_while_it_is_kept(place):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    sound = place.shop.batch_work
    place.shop.batch_work = Faulty(place.shop.database, place.shop.settings.lease_seconds)
    for _ in range(4):
        with pytest.raises(OSError, match="putus"):
            make_office(place.shop, job)
        place.clock.forward(place.shop.settings.lease_seconds + 1)
    place.shop.batch_work = sound
    make_office(place.shop, job)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)


def test_a_store_that_cannot_be_written_is_tried_thrice_then_said_and_all_is_made_on_retry(place):
    batch_id = place.ask(ONE_CITY)
    (job,) = place.shop.batch_work.queued(batch_id)
    place.break_store()
    for _ in range(2):
        make_office(place.shop, job)
        assert place.batches.get(batch_id).status == "queued"
    make_office(place.shop, job)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 0, 0, 3)
    assert {failure.reason for failure in place.batches.failures(batch_id)} == {
        "Penyimpanan berkas tidak dapat ditulis sekarang; mungkin penuh."
    }
    place.mend_store()
    assert place.batches.retry(batch_id)
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)


def test_a_master_that_is_gone_by_the_time_it_is_made_leaves_the_batch_done(place):
    batch_id = place.ask(ONE_CITY)
    with place.shop.database.write() as session:
        session.execute(update(JobRow).values(total=4))
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 3, 3, 0, 0)
    with place.shop.database.read() as session:
        assert len(session.scalars(select(ItemRow)).all()) == 3


def test_an_office_that_has_gone_meanwhile_fails_with_the_reason_and_the_batch_ends(place):
    batch_id = place.ask()
    with place.shop.database.write() as session:
        session.execute(update(JobRow).where(JobRow.satker == "13.72").values(satker="13.99"))
    place.work(batch_id)
    assert counts(place.batches.get(batch_id)) == ("done", 6, 3, 0, 3)
    assert {one.satker for one in place.batches.failures(batch_id)} == {"13.99"}
    assert all("13.99" in one.reason for one in place.batches.failures(batch_id))


@pytest.mark.parametrize("cancelled_first", [True, False])
def test_what_is_announced_of_a_batch_that_was_cancelled_in_part_is_what_is_answered(
    place, cancelled_first
):
    listen(place)
    batch_id = place.ask()
    solok = place.seen_from("13.72")
    padang, _ = place.shop.batch_work.queued(batch_id)
    if cancelled_first:
        assert solok.cancel(batch_id)
    make_office(place.shop, padang)
    if not cancelled_first:
        assert solok.cancel(batch_id)
    with place.shop.database.read() as session:
        (delivery,) = session.scalars(select(DeliveryRow))
    told = json.loads(delivery.body)["data"]
    batch = place.batches.get(batch_id)
    assert counts(batch) == ("cancelled", 6, 3, 0, 0)
    assert (told["status"], told["total"], told["done"], told["failed"]) == ("cancelled", 6, 3, 0)


def test_the_same_request_twice_is_one_batch(place):
    once = Once("pemanggil", "kunci", "isi")
    first = place.ask(once=once)
    assert place.ask(once=once) == first
    with pytest.raises(KeyInUse):
        place.ask(once=Once("pemanggil", "kunci", "isi lain"))
    place.clock.forward(86_401)
    assert place.ask(once=once) != first


def test_a_manifest_counts_what_its_rows_say_though_a_file_was_lost(place):
    batch_id = place.made(ONE_CITY)
    lost = next(iter(place.batches.items(batch_id)))
    place.lose(lost.sha256)
    told = json.loads(open_archive(place, batch_id).read("manifest.json"))
    assert told["counts"] == {"made": 2, "skipped": 0, "failed": 1}
