"""Nothing is open to strangers; the printed link lets one in, once, for a day."""

import pytest

from docgen.storage import Access
from web.api import PREFIX

OPEN = {"/healthz", "/readyz", "/metrics", "/masuk", "/masuk/<token>"}
OPEN |= {f"/masuk/lembaga{rest}" for rest in ("", "/kembali", "/keluar")}


def test_every_page_but_the_sign_in_sends_a_stranger_there(app, stranger):
    closed = 0
    for rule in app.url_map.iter_rules():
        if rule.rule in OPEN or rule.endpoint in {"static", "bootstrap.static"}:
            continue
        if rule.rule.startswith(PREFIX):
            continue  # the API asks for tokens; its own tests walk it
        address = rule.rule.replace("<path:", "<")
        for part in rule.arguments:
            address = address.replace(f"<{part}>", "x")
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        app.config["WTF_CSRF_ENABLED"] = False
        for method in methods:
            answer = stranger.open(address, method=method)
            assert answer.status_code == 302, (method, address)
            assert answer.location.partition("?")[0] == "/masuk", (method, address)
            closed += 1
    assert closed > 5


def test_a_link_works_once(app, stranger, database):
    token = Access(database).first_link()
    assert stranger.send(f"/masuk/{token}").status_code == 303
    assert stranger.get("/").status_code == 200
    second = app.test_client().get(f"/masuk/{token}")
    assert second.status_code == 410
    assert "sudah dipakai atau sudah lewat 24 jam" in second.text


def test_looking_at_a_link_does_not_use_it_up(stranger, database):
    token = Access(database).first_link()
    for _ in range(3):
        assert stranger.get(f"/masuk/{token}").status_code == 200
    assert stranger.send(f"/masuk/{token}").status_code == 303


def test_a_link_ends_after_a_day(stranger, database, clock):
    token = Access(database).first_link()
    clock.forward(24 * 3600 + 1)
    assert stranger.get(f"/masuk/{token}").status_code == 410


def test_a_new_link_ends_the_one_before(stranger, database):
    old = Access(database).first_link()
    Access(database).first_link()
    assert stranger.get(f"/masuk/{old}").status_code == 410


def test_a_session_ends_after_twelve_hours(client, clock):
    assert client.get("/").status_code == 200
    clock.forward(12 * 3600 + 1)
    assert client.get("/").location == "/masuk"


def test_signing_out_ends_the_session_for_good(client):
    cookie = client.get_cookie("docgen").value
    assert client.send("/keluar", from_page="/").location == "/masuk?keluar=1"
    client.set_cookie("docgen", cookie)
    assert client.get("/").location == "/masuk"


def test_a_form_sent_from_elsewhere_changes_nothing(client):
    answer = client.post("/keluar")
    assert answer.status_code == 400
    assert "Sesi Anda berakhir" in answer.text
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/masuk", "/entah", "/healthz"])
def test_no_answer_lets_in_foreign_scripts_or_frames(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
