"""Batches over HTTP, from the request to the ZIP, and what the outside is told."""

import hashlib
import json
import zipfile
from io import BytesIO

import pytest

from docgen.jobs.batch import make_office
from docgen.jobs.workshop import Workshop
from docgen.masters import load_masters
from docgen.registry import get_kind
from docgen.storage import Endpoints, Post, Scope
from docgen.webhooks import new_secret
from web.api import examples

KIND = get_kind(examples.BATCH["kind"])
SOME = list(load_masters(KIND))[:2]


@pytest.fixture
def order(caller):
    def order(**changes):
        return caller.post("/batches", {**examples.BATCH, "masters": SOME, **changes})

    return order


@pytest.fixture
def work_off_all(settings, database):
    """Every waiting office's share, as workers do it."""
    shop = Workshop(settings, database.now)

    def work_off_all():
        for job_id in shop.batch_work.waiting(0):
            make_office(shop, job_id)

    return work_off_all


def test_a_batch_is_asked_for_followed_and_fetched(caller, order, work_off_all):
    accepted = order(satker="13.71,13.72")
    assert accepted.status_code == 202
    here = accepted.json["links"]["self"]
    assert accepted.headers["Location"] == here
    assert caller.get(here).json["status"] == "queued"
    work_off_all()
    batch = caller.get(here).json
    assert (batch["status"], batch["total"], batch["done"]) == ("done", 4, 4)
    assert (batch["skipped"], batch["failed"], batch["failures"]) == (0, 0, [])
    with zipfile.ZipFile(BytesIO(caller.get(f"{here}/archive").data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["counts"] == {"made": 4, "skipped": 0, "failed": 0}
        assert {row["satker"] for row in manifest["documents"]} == {"13.71", "13.72"}
        for row in manifest["documents"]:
            assert hashlib.sha256(archive.read(row["file"])).hexdigest() == row["sha256"]


def test_a_second_batch_skips_what_has_not_changed_unless_forced(caller, order, work_off_all):
    order()
    work_off_all()
    again, forced = order().json["links"]["self"], order(force=True).json["links"]["self"]
    work_off_all()
    assert [caller.get(one).json["skipped"] for one in (again, forced)] == [2, 0]
    assert caller.get(forced).json["done"] == 2


def test_a_cancelled_batch_stops_and_goes_on_when_retried(caller, order, work_off_all):
    here = order().json["links"]["self"]
    assert caller.post(f"{here}/cancel").json["status"] == "cancelled"
    work_off_all()
    assert caller.get(here).json["done"] == 0
    assert caller.post(f"{here}/cancel").status_code == 409
    assert caller.post(f"{here}/retry").status_code == 202
    work_off_all()
    assert (caller.get(here).json["status"], caller.get(here).json["done"]) == ("done", 2)
    assert caller.post(f"{here}/retry").json["code"] == "tidak_ada_yang_gagal"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"kind": "spo"}, "/kind"),
        ({"masters": ["tidak-ada"]}, "/masters"),
        ({"satker": "99.99"}, "/satker"),
        ({"satker": "kecamatan"}, "/satker"),
        ({"masters": []}, "/masters"),
    ],
)
def test_what_cannot_be_made_is_told_with_its_place(order, changes, pointer):
    refused = order(**changes)
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == [pointer]


def test_the_masters_say_where_they_hold(caller):
    listed = caller.get("/masters").json["items"]
    assert [one["id"] for one in listed if one["kind"] == KIND.name] == list(load_masters(KIND))
    assert all(one["berlaku"] and one["judul"] for one in listed)


def test_a_caller_sees_its_own_offices_share_and_no_other(caller_of, order, work_off_all):
    here = order(satker="13.71,14.71").json["links"]["self"]
    work_off_all()
    assert caller_of("14.*").get(here).json["total"] == 2
    with zipfile.ZipFile(BytesIO(caller_of("14.*").get(f"{here}/archive").data)) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"14.71", "manifest.json"}
    for path in (here, f"{here}/archive"):
        assert caller_of("15.*").get(path).status_code == 404
    for path in ("cancel", "retry"):
        assert caller_of("15.*").post(f"{here}/{path}").status_code == 404
    refused = caller_of("15.*").post("/batches", {**examples.BATCH, "satker": "13.71"})
    assert [error["pointer"] for error in refused.json["errors"]] == ["/satker"]


def test_a_token_for_documents_does_not_start_batches(caller_of):
    refused = caller_of("semua", permissions=["read", "write"]).post("/batches", examples.BATCH)
    assert (refused.status_code, refused.json["code"]) == (403, "tidak_berhak")


def test_the_end_of_a_batch_is_told_once(database, order, work_off_all):
    Endpoints(database, Scope("00")).create(
        "https://contoh.id/", ["batch.finished"], "semua", new_secret()
    )
    batch_id = order(satker="13.71,13.72").json["id"]
    work_off_all()
    (parcel,) = Post(database).claim_due("courier", 10)
    told = json.loads(parcel.body)
    assert told["type"] == "batch.finished"
    assert (told["data"]["id"], told["data"]["done"]) == (batch_id, 4)


def test_the_same_key_and_body_is_the_same_batch_and_another_body_is_refused(caller):
    headers = {"Idempotency-Key": "kunci"}
    first, again = (caller.post("/batches", examples.BATCH, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json["id"] == again.json["id"]
    other = caller.post("/batches", {**examples.BATCH, "force": True}, headers=headers)
    assert (other.status_code, other.json["code"]) == (409, "kunci_terpakai")
