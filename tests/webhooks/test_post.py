"""Messages on their way: none lost, none at two couriers at once, given up at last."""

import datetime as dt
import ipaddress
import json

import pytest
from standardwebhooks import Webhook

from docgen.config import Settings
from docgen.storage import DocumentFile, Documents, Endpoints, Post, Scope
from docgen.storage.post import GONE, PAUSES_SECONDS, TOO_LONG
from docgen.webhooks import new_secret
from docgen.webhooks.courier import Courier
from tests.webhooks.receiver import answer, die, hang, receiver

EVERYWHERE = Scope("00")
SECRET = new_secret()
ARCHIVE = {"judul": "Tamu", "nomor": "12/2026", "tanggal": "2026-02-06", "klasifikasi": ""}


@pytest.fixture
def here(settings):
    """The settings of an operator who lets messages go to this machine."""
    loopback = ipaddress.ip_network("127.0.0.0/8")
    return Settings.from_env(
        {"DOCGEN_DATA_DIR": str(settings.data_dir), "DOCGEN_WEBHOOK_ALLOW": str(loopback)}
    )


@pytest.fixture
def post(database):
    return Post(database)


@pytest.fixture
def endpoints(database):
    return Endpoints(database, EVERYWHERE)


def make_document(database, work, satker="13.71", error=""):
    document_id = Documents(database, EVERYWHERE).request("sop", satker, {}, judul="Tamu")
    claim = work.claim(document_id, "worker")
    if error:
        work.fail(claim, error)
    else:
        work.finish(claim, [DocumentFile("sop", "tamu.docx", 5, "ab" * 32)], ARCHIVE)
    return document_id


def register(endpoints, url="https://contoh.id/", events=("document.generated",), selector="semua"):
    return endpoints.create(url, events, selector, SECRET)


def attempt(post, clock, status, said=""):
    """Take what is due and settle it so; the states that follow."""
    parcels = post.claim_due("courier", 100)
    states = [post.settle(one, status=status, said=said, milliseconds=1) for one in parcels]
    clock.forward(1)
    return states


def test_a_finished_document_is_told_with_what_an_archive_needs(database, work, post, endpoints):
    register(endpoints)
    document_id = make_document(database, work)
    (parcel,) = post.claim_due("courier", 10)
    told = json.loads(parcel.body)
    assert told == {
        "type": "document.generated",
        "timestamp": database.now().isoformat(),
        "data": {
            "id": document_id,
            "kind": "sop",
            "satker": "13.71",
            "judul": "Tamu",
            "status": "done",
            "error": "",
            "files": [
                {
                    "naskah": "sop",
                    "filename": "tamu.docx",
                    "size": 5,
                    "sha256": "ab" * 32,
                    "href": f"/api/v1/documents/{document_id}/files/sop",
                }
            ],
            "archive": ARCHIVE,
            "links": {"self": f"/api/v1/documents/{document_id}"},
        },
    }


def test_a_failed_document_is_told_too_even_where_its_worker_died(
    database, work, post, endpoints, clock
):
    register(endpoints, events=("document.failed",))
    make_document(database, work, error="Lambang rusak.")
    document_id = Documents(database, EVERYWHERE).request("sop", "13.71", {}, judul="Tamu")
    for _ in range(3):
        work.claim(document_id, "worker")
        clock.forward(100)
        work.take_over_expired()
    told = [json.loads(parcel.body)["data"] for parcel in post.claim_due("courier", 10)]
    assert [one["error"][:20] for one in told] == ["Lambang rusak.", "Pembuatan dokumen te"]


@pytest.mark.parametrize(
    ("selector", "hears"),
    [
        ("semua", True),
        ("13.*", True),
        ("13.71", True),
        ("kota", True),
        ("13", False),
        ("14.*", False),
    ],
)
def test_a_receiver_hears_of_its_own_offices_only(database, work, post, endpoints, selector, hears):
    register(endpoints, selector=selector)
    make_document(database, work, satker="13.71")
    assert bool(post.claim_due("courier", 10)) is hears


def test_a_receiver_hears_only_what_it_asked_for(database, work, post, endpoints):
    register(endpoints, events=("batch.finished",))
    make_document(database, work)
    assert post.claim_due("courier", 10) == []


def test_a_message_is_with_one_courier_at_a_time(database, work, post, endpoints, clock):
    register(endpoints)
    make_document(database, work)
    assert len(post.claim_due("one", 10)) == 1
    assert post.claim_due("two", 10) == []
    clock.forward(61)  # the first died
    assert [parcel.owner for parcel in post.claim_due("two", 10)] == ["two"]


def test_a_message_of_before_the_clock_was_set_back_does_not_wait_for_the_old_time(
    database, work, post, endpoints, clock
):
    clock.forward(30 * 86_400)
    register(endpoints)
    make_document(database, work)
    clock.forward(-30 * 86_400)
    assert len(post.claim_due("one", 10)) == 1


def test_a_late_answer_of_a_courier_that_lost_its_lease_changes_nothing(
    database, work, post, endpoints, clock
):
    register(endpoints)
    make_document(database, work)
    (late,) = post.claim_due("one", 10)
    clock.forward(61)
    (now,) = post.claim_due("two", 10)
    assert post.settle(now, status=200, said="", milliseconds=1) == "arrived"
    assert post.settle(late, status=None, said="", milliseconds=1) == "arrived"


def test_it_is_tried_again_for_more_than_a_day_then_given_up(
    database, work, post, endpoints, clock
):
    endpoint = register(endpoints)
    make_document(database, work)
    began, states = clock.now, []
    while post.waiting():
        (delivery,) = endpoints.deliveries(endpoint)
        clock.now = delivery.next_at
        states += attempt(post, clock, 500, "rusak")
    (delivery,) = endpoints.deliveries(endpoint)
    assert states == ["waiting"] * len(PAUSES_SECONDS) + ["given_up"]
    assert [one.status for one in delivery.attempts] == [500] * (len(PAUSES_SECONDS) + 1)
    pauses = [
        (after.at - before.at).total_seconds()
        for before, after in zip(delivery.attempts, delivery.attempts[1:], strict=False)
    ]
    assert 4 <= pauses[0] <= 6
    assert pauses == sorted(pauses)
    assert clock.now - began > dt.timedelta(hours=24)


def test_410_switches_the_receiver_off_and_its_messages_stop(
    database, work, post, endpoints, clock
):
    endpoint = register(endpoints)
    for _ in range(3):
        make_document(database, work)
    (parcel, *_) = post.claim_due("courier", 1)
    post.settle(parcel, status=410, said="", milliseconds=1)
    clock.forward(10_000)
    assert post.claim_due("courier", 10) == []
    assert endpoints.get(endpoint).disabled_because == GONE
    make_document(database, work)
    assert {one.status for one in endpoints.deliveries(endpoint)} == {"stopped"}


def test_a_receiver_that_fails_for_days_is_switched_off_with_its_reason(
    database, work, post, endpoints, clock
):
    endpoint = register(endpoints)
    for _ in range(5):
        make_document(database, work)
        for _ in range(24):
            attempt(post, clock, None, "Tidak dapat dihubungi.")
            clock.forward(3_600)
    assert endpoints.get(endpoint).disabled_because == TOO_LONG


def test_one_that_arrives_in_between_keeps_the_receiver(database, work, post, endpoints, clock):
    endpoint = register(endpoints)
    for day in range(8):
        make_document(database, work)
        attempt(post, clock, 200 if day == 3 else None)
        clock.forward(86_400 - 1)
    assert endpoints.get(endpoint).disabled_at is None


def test_what_was_given_up_or_stopped_can_be_sent_again_under_its_id(
    database, work, post, endpoints
):
    endpoint = register(endpoints)
    make_document(database, work)
    (parcel,) = post.claim_due("courier", 10)
    post.settle(parcel, status=410, said="", milliseconds=1)
    assert endpoints.redeliver(endpoint) == 1
    assert post.claim_due("courier", 10) == []  # still switched off
    assert endpoints.enable(endpoint)
    assert [one.id for one in post.claim_due("courier", 10)] == [parcel.id]


def test_one_slow_receiver_does_not_hold_the_others(database, work, post, endpoints):
    slow, quick = register(endpoints), register(endpoints, "https://cepat.id/")
    for _ in range(20):
        make_document(database, work)
    urls = [one.url for one in post.claim_due("courier", 16)]
    assert sorted(urls) == ["https://cepat.id/"] * 2 + ["https://contoh.id/"] * 2
    assert slow != quick


def test_while_rotating_a_message_carries_both_signatures(database, work, endpoints, here, clock):
    clock.now = dt.datetime.now(dt.UTC)  # verified by an independent library against today
    new = new_secret()
    with receiver(answer(200)) as there:
        endpoint = register(endpoints, there.url)
        endpoints.rotate(endpoint, new)
        make_document(database, work)
        courier = Courier(here, database)
        courier.round()
        courier.close()
    (message,) = there.arrived
    for secret in (SECRET, new):
        assert Webhook(secret).verify(message.body, message.headers)["data"]["satker"] == "13.71"


def test_whatever_receivers_do_every_message_arrives_at_least_once(
    database, work, endpoints, here, clock
):
    clock.now = dt.datetime.now(dt.UTC)
    troubles = [answer(500), die, answer(302, location="http://127.0.0.1/"), hang(0.2), answer(429)]
    with receiver(*troubles, answer(200)) as there:
        register(endpoints, there.url)
        wanted = {make_document(database, work) for _ in range(6)}
        courier = Courier(here, database)
        while Post(database).waiting():
            courier.round()
            courier.wait()
            clock.forward(60)
        courier.close()
    verified = Webhook(SECRET)
    told = [
        (
            message.headers["webhook-id"],
            verified.verify(message.body, message.headers)["data"]["id"],
        )
        for message in there.arrived
    ]
    assert {document_id for _, document_id in told} == wanted
    assert len({message_id for message_id, _ in told}) == len(wanted)  # ids are stable over retries
    assert len(told) == len(wanted) + len(troubles)


def test_a_receiver_deleted_on_the_way_is_no_trouble(database, work, post, endpoints):
    endpoint = register(endpoints)
    make_document(database, work)
    (parcel,) = post.claim_due("courier", 10)
    assert endpoints.delete(endpoint)
    assert post.settle(parcel, status=200, said="", milliseconds=1) == "stopped"


def test_nobody_manages_a_receiver_that_hears_of_other_offices(database, endpoints):
    endpoint = register(endpoints, selector="13.71,14.71")
    foreign = Endpoints(database, Scope("13"))
    assert foreign.all() == []
    assert foreign.get(endpoint) is None
    assert foreign.deliveries(endpoint) == []
    assert not foreign.rotate(endpoint, new_secret())
    assert not foreign.delete(endpoint)
    assert foreign.redeliver(endpoint) == 0
