"""What registered outside systems send: signed, fresh, once, within their offices."""

import datetime as dt
import json

import pytest
from sqlalchemy import delete

from docgen.storage import Scope, Sources
from docgen.storage.tables import ReceivedRow
from docgen.webhooks import new_secret, sign
from web.api import PREFIX, examples

SECRET = new_secret()
MAPPING = "{satker: kantor, judul: perihal}"


@pytest.fixture
def register(database):
    def register(mapping, selector="13.*", kind=examples.KIND):
        Sources(database).create(
            "ppid", kind=kind, selector=selector, mapping=mapping, secret=SECRET
        )

    return register


@pytest.fixture
def whole(register):
    """A source whose messages carry a whole input under `isian`."""
    register("merge(isian, {satker: kantor})")


@pytest.fixture
def send(app):
    client = app.test_client()

    def send(sent, message_id="msg_1", secret=SECRET, source="ppid", **options):
        body = sent if isinstance(sent, str) else json.dumps(sent)
        moment = dt.datetime.now(dt.UTC) + options.get("later", dt.timedelta())
        return client.post(
            f"{PREFIX}/hooks/{source}",
            data=body,
            headers=sign([secret], message_id, moment, body),
            content_type=options.get("content_type", "application/json"),
        )

    return send


MESSAGE = {"kantor": "13.71", "isian": examples.DATA}


@pytest.mark.usefixtures("whole")
def test_a_signed_message_becomes_a_document(send, caller, database):
    accepted = send(MESSAGE)
    assert accepted.status_code == 202
    document = caller.get(accepted.json["links"]["self"]).json
    assert (document["kind"], document["satker"]) == (examples.KIND, "13.71")
    (received,) = Sources(database).received("ppid")
    assert (received.outcome, received.document_id) == ("diterima", document["id"])


@pytest.mark.usefixtures("whole")
def test_the_same_message_is_not_taken_twice(send, caller):
    send(MESSAGE)
    again = send(MESSAGE)
    assert (again.status_code, again.json["code"]) == (409, "kiriman_berulang")
    assert len(caller.get("/documents").json["items"]) == 1
    assert send(MESSAGE, message_id="msg_2").status_code == 202


@pytest.mark.usefixtures("whole")
def test_a_message_whose_receipt_a_crash_kept_from_the_log_is_still_one_document(
    send, caller, database
):
    first = send(MESSAGE).json["id"]
    with database.write() as session:
        session.execute(delete(ReceivedRow))  # as if the process had died before it was noted
    assert send(MESSAGE).json["id"] == first
    assert len(caller.get("/documents").json["items"]) == 1


def test_a_refused_message_may_come_again_once_its_source_is_mended(register, send, database):
    register("kantor")
    assert send(MESSAGE).status_code == 422
    Sources(database).delete("ppid", Scope("00"))
    register("merge(isian, {satker: kantor})")
    assert send(MESSAGE).status_code == 202


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": new_secret()},
        {"later": dt.timedelta(minutes=-6)},
        {"later": dt.timedelta(minutes=6)},
    ],
    ids=["another secret", "an old one", "one from the future"],
)
def test_a_message_that_is_not_theirs_or_not_of_now_is_refused(send, caller, wrong):
    refused = send(MESSAGE, **wrong)
    assert (refused.status_code, refused.json["code"]) == (401, "tanda_tangan_salah")
    assert caller.get("/documents").json["items"] == []


@pytest.mark.usefixtures("whole")
def test_a_changed_body_is_refused(app):
    body = json.dumps(MESSAGE)
    headers = sign([SECRET], "msg_1", dt.datetime.now(dt.UTC), body)
    changed = body.replace("13.71", "13.72")
    refused = app.test_client().post(f"{PREFIX}/hooks/ppid", data=changed, headers=headers)
    assert refused.status_code == 401


def test_a_source_that_nobody_registered_is_not_there(send):
    assert send(MESSAGE, source="siapa").status_code == 404


@pytest.mark.usefixtures("whole")
def test_an_office_outside_the_sources_scope_is_refused(send):
    refused = send({**MESSAGE, "kantor": "14.71"})
    assert (refused.status_code, refused.json["code"]) == (403, "di_luar_lingkup")


@pytest.mark.usefixtures("whole")
def test_what_cannot_be_read_is_a_problem(send):
    assert send('{"a":1,"a":2}').status_code == 400
    assert send("{}", content_type="text/plain", message_id="msg_2").status_code == 415


def test_a_message_with_errors_is_told_with_all_of_them_and_kept_in_the_log(
    register, send, database
):
    register(MAPPING)
    refused = send({"kantor": "13.71", "perihal": ""})
    assert refused.status_code == 422
    assert refused.json["errors"]
    (received,) = Sources(database).received("ppid")
    assert received.document_id is None
    assert received.outcome == refused.json["detail"]


@pytest.mark.parametrize("mapping", ["kantor", "length(kantor, kantor)", "missing"])
def test_a_mapping_that_makes_no_input_is_told(register, send, mapping):
    register(mapping)
    (error,) = send(MESSAGE).json["errors"]
    assert (error["code"], error["message"].startswith("Pemetaan sumber ini")) == ("W02", True)
