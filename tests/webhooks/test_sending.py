"""One attempt to hand a message over, to real receivers."""

import datetime as dt
import ipaddress

import pytest
from standardwebhooks import Webhook

from docgen.webhooks import new_secret, verify
from docgen.webhooks import sending as sending_module
from docgen.webhooks.sending import send, signed_headers
from tests.webhooks.receiver import answer, die, drip, flood, hang, receiver

HERE = (ipaddress.ip_network("127.0.0.0/8"),)
BODY = '{"type":"document.generated","data":{"judul":"SOP & “Tamu”"}}'


def now():
    return dt.datetime.now(dt.UTC)


def test_a_message_arrives_as_an_independent_library_verifies_it():
    secret = new_secret()
    with receiver(answer(204, b"")) as there:
        outcome = send(there.url, BODY, signed_headers([secret], "msg_1", now(), BODY), HERE)
    assert (outcome.status, outcome.arrived) == (204, True)
    (message,) = there.arrived
    assert Webhook(secret).verify(message.body, message.headers)["type"] == "document.generated"
    assert message.body.decode() == BODY


def test_while_a_secret_is_rotated_either_verifies():
    old, new = new_secret(), new_secret()
    headers = signed_headers([new, old], "msg_1", now(), BODY)
    assert [verify(secret, headers, BODY.encode()) for secret in (old, new)] == ["msg_1"] * 2
    assert verify(new_secret(), headers, BODY.encode()) is None


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_message_from_another_time_is_not_believed(minutes):
    secret = new_secret()
    headers = signed_headers([secret], "msg_1", now() + dt.timedelta(minutes=minutes), BODY)
    assert verify(secret, headers, BODY.encode()) is None


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"webhook-id": "", "webhook-timestamp": "", "webhook-signature": ""},
        {"webhook-id": "a", "webhook-timestamp": "kemarin", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "1e999", "webhook-signature": "v1,AAAA"},
        {"webhook-id": "a", "webhook-timestamp": "{now}", "webhook-signature": "v1"},
        {"webhook-id": "a", "webhook-timestamp": "{now}", "webhook-signature": "v1,a,b"},
        {"webhook-id": "a", "webhook-timestamp": "{now}", "webhook-signature": "v1,é"},
    ],
)
def test_headers_that_are_no_signature_are_refused_not_tripped_over(broken):
    stamp = str(int(now().timestamp()))
    headers = {name: value.replace("{now}", stamp) for name, value in broken.items()}
    assert verify(new_secret(), headers, b"{}") is None


def test_a_redirect_is_not_followed():
    with (
        receiver(answer(200)) as elsewhere,
        receiver(answer(307, location=elsewhere.url)) as there,
    ):
        outcome = send(there.url, BODY, {}, HERE)
    assert (outcome.status, outcome.arrived, elsewhere.arrived) == (307, False, [])


def test_only_the_first_bytes_of_an_answer_are_kept():
    with receiver(answer(500, b"rusak " * 1000)) as there:
        outcome = send(there.url, BODY, {}, HERE)
    assert outcome.said == ("rusak " * 50)[:256]


def test_an_endless_answer_is_cut_off():
    with receiver(flood) as there:
        outcome = send(there.url, BODY, {}, HERE)
    assert outcome.arrived
    assert outcome.milliseconds < 5_000


def test_a_receiver_that_hangs_or_drips_is_left_in_time(monkeypatch):
    # The bounds are those of minutes otherwise; a test has not the time.
    monkeypatch.setattr(sending_module, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(sending_module, "WHOLE_SECONDS", 0.6)
    with receiver(hang(2)) as there:
        outcome = send(there.url, BODY, {}, HERE)
        assert (outcome.status, outcome.said) == (None, "Tidak menjawab dalam batas waktu.")
    with receiver(drip(3)) as there:
        assert send(there.url, BODY, {}, HERE).milliseconds < 1_500


def test_a_receiver_that_is_away_or_dies_is_an_outcome_not_an_error():
    with receiver(die) as there:
        assert send(there.url, BODY, {}, HERE).said.startswith("Sambungan terputus")
    assert send(there.url, BODY, {}, HERE).said == "Tidak dapat dihubungi."


def test_nothing_is_sent_to_a_forbidden_address():
    with receiver(answer(200)) as there:
        outcome = send(there.url, BODY, {}, ())
    assert (outcome.status, there.arrived) == (None, [])
    assert "DOCGEN_WEBHOOK_ALLOW" in outcome.said


def test_a_name_is_resolved_once_and_the_judged_address_is_reached():
    with receiver(answer(200)) as there:
        port = there.url.rpartition(":")[2].partition("/")[0]
        answers = [["127.0.0.1"], ["203.0.113.1"]]
        outcome = send(
            f"http://arsip.kantor:{port}/kabar", BODY, {}, HERE, lambda *_: answers.pop(0)
        )
    assert outcome.arrived
    assert there.arrived[0].headers["host"] == f"arsip.kantor:{port}"
    assert answers == [["203.0.113.1"]]
