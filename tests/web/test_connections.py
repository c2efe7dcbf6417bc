"""The pages about other systems: secrets shown once, nothing outside the scope, all in words."""

import json
import re

import pytest
from playwright.sync_api import expect

from docgen.storage import Audit, Endpoints, Scope, Sources, Tokens
from docgen.storage.events import announce
from docgen.storage.post import GONE, PAUSES_SECONDS, Post
from docgen.storage.scope import PUSAT
from web.api import examples

TOKEN = {"nama": "Arsip <digital>", "satker": "13.*", "boleh": ["read"], "per_menit": "60"}
URL = "https://93.184.216.34/kabar"
RECEIVER = {"alamat": URL, "satker": "semua", "kejadian": ["document.generated"]}
SOURCE = {
    "nama": "ppid",
    "jenis": examples.KIND,
    "satker": "13.*",
    "pemetaan": "merge(isian, {satker: kantor})",
    "contoh": json.dumps({"kantor": "13.71", "isian": examples.DATA}),
}


def fields(of, **other):
    for name, value in {**of, **other}.items():
        for one in value if isinstance(value, list) else [value]:
            yield name, one


def add(client, what, of, **other):
    return client.send(f"/sambungan/{what}/baru", list(fields(of, **other)))


def secret_of(answer):
    return re.search(r'id="rahasia"[^>]*>([^<]+)<', answer.text)[1]


def deeds(database):
    return [one.action for one in Audit(database, Scope(PUSAT)).newest()]


def test_empty_pages_say_when_one_needs_anything(client):
    page = client.get("/sambungan").text
    for words in ("Belum ada token", "Belum ada alamat penerima", "Belum ada sumber"):
        assert words in page


def test_a_token_is_shown_once_and_works(client, database):
    made = add(client, "token", TOKEN)
    token = secret_of(made)
    held = Tokens(database).holder(token)
    assert (held.name, held.selector, held.permissions) == ("Arsip <digital>", "13.*", {"read"})
    assert made.headers["Cache-Control"] == "no-store"
    page = client.get("/sambungan").text
    assert token not in page
    assert "Arsip &lt;digital&gt;" in page
    assert "KPU Provinsi Sumatera Barat dan di bawahnya" in page
    assert "60 permintaan semenit" in page


def test_a_token_is_rotated_and_revoked(client, database):
    first = secret_of(add(client, "token", TOKEN))
    token_id = Tokens(database).holder(first).id
    changed = client.send(f"/sambungan/token/{token_id}/ganti", from_page="/sambungan")
    assert Tokens(database).holder(secret_of(changed)).id == token_id
    client.send(f"/sambungan/token/{token_id}/cabut", from_page="/sambungan")
    assert Tokens(database).holder(secret_of(changed)) is None
    assert "Dicabut" in client.get("/sambungan").text
    assert set(deeds(database)) == {"token.revoked", "token.rotated", "token.created"}


@pytest.mark.parametrize(
    ("what", "of", "other", "words"),
    [
        ("token", TOKEN, {"nama": " "}, "Nama: harus diisi"),
        ("token", TOKEN, {"boleh": []}, "pilih paling sedikit satu"),
        ("token", TOKEN, {"per_menit": "-1"}, "tulis angka 0"),
        ("token", TOKEN, {"satker": "13.99"}, "tidak ada"),
        ("penerima", RECEIVER, {"alamat": "http://127.0.0.1/x"}, "jaringan yang tidak boleh"),
        ("penerima", RECEIVER, {"kejadian": []}, "pilih paling sedikit satu"),
        ("sumber", SOURCE, {"nama": "Nama Besar"}, "huruf kecil"),
        ("sumber", SOURCE, {"pemetaan": "{a:"}, "tidak dapat dibaca"),
        ("sumber", SOURCE, {"jenis": "entah"}, "pilih salah satu"),
    ],
)
def test_what_will_not_do_is_told_at_its_field_and_nothing_is_kept(
    client, database, what, of, other, words
):
    refused = add(client, what, of, **other)
    assert refused.status_code == 422
    assert words in refused.text
    assert 'aria-invalid="true"' in refused.text or "has-error" in refused.text
    assert deeds(database) == []


@pytest.mark.parametrize(("what", "of"), [("token", TOKEN), ("penerima", RECEIVER)])
def test_nobody_reaches_beyond_their_offices(signed_in_for, what, of):
    for beyond in ("semua", "13.72", "14"):
        refused = add(signed_in_for("13.71"), what, of, satker=beyond)
        assert refused.status_code == 422
        assert "di luar lingkup Anda" in refused.text
    assert add(signed_in_for("13.71"), what, of, satker="13.71").status_code == 200


def test_a_neighbour_sees_and_changes_nothing(client, database, signed_in_for):
    token_id = Tokens(database).holder(secret_of(add(client, "token", TOKEN))).id
    add(client, "penerima", RECEIVER)
    add(client, "sumber", SOURCE, daftar="1")
    (endpoint,) = Endpoints(database, Scope(PUSAT)).all()
    neighbour = signed_in_for("13.71")
    page = neighbour.get("/sambungan").text
    for words in ("Belum ada token", "Belum ada alamat penerima", "Belum ada sumber"):
        assert words in page
    form = "/sambungan/token/baru"
    for address in (
        f"token/{token_id}/ganti",
        f"token/{token_id}/cabut",
        *(f"penerima/{endpoint.id}/{act}" for act in ("kunci", "nyalakan", "hapus", "kirim-ulang")),
        "sumber/ppid/coba",
        "sumber/ppid/hapus",
    ):
        answer = neighbour.send(f"/sambungan/{address}", from_page=form)
        assert answer.status_code == 404, address
    assert neighbour.get(f"/sambungan/penerima/{endpoint.id}").status_code == 404
    assert neighbour.get("/sambungan/sumber/ppid").status_code == 404


def test_a_form_without_its_token_is_refused(client, database):
    answer = client.post("/sambungan/token/baru", data=dict(fields(TOKEN)))
    assert answer.status_code == 400
    assert Tokens(database).within(Scope(PUSAT)) == []


@pytest.fixture
def receiver(client, database):
    """A receiver's page with one message that waits."""
    secret = secret_of(add(client, "penerima", RECEIVER))
    (endpoint,) = Endpoints(database, Scope(PUSAT)).all()
    with database.write() as session:
        announce(session, "document.generated", "d" * 32, ["13.71"], {}, database.now())
    page = f"/sambungan/penerima/{endpoint.id}"
    assert secret not in client.get(page).text
    return page


def attempt(database, status):
    post = Post(database)
    (parcel,) = post.claim_due("kurir", 10)
    post.settle(parcel, status=status, said="Sibuk", milliseconds=212)


def test_each_attempt_is_told_and_when_the_next_is(client, database, receiver):
    assert "Menunggu giliran" in client.get(receiver).text
    attempt(database, 503)
    page = client.get(receiver).text
    for words in ("1 percobaan", "503 · Sibuk · 212 ms", "Dicoba lagi 19.00", "Ada yang tertunda"):
        assert words in page


def test_a_message_that_arrived_is_sent_again_when_asked(client, database, receiver):
    attempt(database, 204)
    assert "204, dalam 212 ms" in client.get(receiver).text
    address = re.search(rf"{receiver}/kiriman/\w+", client.get(receiver).text)[0]
    assert client.send(address, from_page=receiver).location == receiver
    assert "Dicoba lagi 19.00" in client.get(receiver).text


def test_why_a_receiver_was_switched_off_is_told_and_it_is_switched_on(client, database, receiver):
    attempt(database, 410)
    page = client.get(receiver).text
    assert GONE in page
    assert GONE in client.get("/sambungan").text
    client.send(f"{receiver}/nyalakan", from_page=receiver)
    assert GONE not in client.get(receiver).text
    assert "endpoint.enabled" in deeds(database)


def test_all_that_did_not_arrive_is_sent_again(signed_in_for, clock, database, receiver):
    for pause in (*PAUSES_SECONDS, 0):
        attempt(database, 500)
        clock.forward(pause * 1.25)  # more than its jitter
    client = signed_in_for("00")  # the session ended meanwhile
    assert "sesudah 11 percobaan" in client.get(receiver).text
    client.send(f"{receiver}/kirim-ulang", from_page=receiver)
    assert "sesudah 11 percobaan" not in client.get(receiver).text


def test_deliveries_are_filtered_by_what_became_of_them(client, database, receiver):
    attempt(database, 204)
    assert "204, dalam" in client.get(f"{receiver}?saring=sampai").text
    assert "Tidak ada yang cocok" in client.get(f"{receiver}?saring=belum").text


def test_a_receiver_gets_a_new_secret_or_is_forgotten(client, receiver):
    secret = secret_of(client.send(f"{receiver}/kunci", from_page=receiver))
    assert secret.startswith("whsec_")
    assert client.send(f"{receiver}/hapus", from_page=receiver).location == "/sambungan"
    assert client.get(receiver).status_code == 404


def test_a_mapping_is_tried_on_a_sample_and_nothing_is_stored(client, database):
    tried = add(client, "sumber", SOURCE, coba="1")
    assert "Kiriman seperti ini akan diterima." in tried.text
    assert "&#34;satker&#34;: &#34;13.71&#34;" in tried.text
    assert Sources(database).within(Scope(PUSAT)) == []
    assert deeds(database) == []


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("{", "JSON"),
        ('{"kantor": "13.71", "isian": {}}', "harus diisi"),
        ('{"kantor": "14", "isian": {}}', "di luar lingkup"),
        ('{"isian": 3}', "Pemetaan sumber ini"),
    ],
)
def test_what_a_sample_would_be_refused_for_is_told(client, sample, words):
    tried = add(client, "sumber", SOURCE, coba="1", contoh=sample)
    assert "Kiriman seperti ini akan ditolak." in tried.text
    assert words in tried.text


def test_a_source_is_registered_once_and_its_secret_shown_once(client, database):
    made = add(client, "sumber", SOURCE, daftar="1")
    secret = secret_of(made)
    assert "/api/v1/hooks/ppid" in made.text
    page = client.get("/sambungan/sumber/ppid").text
    assert secret not in page
    assert "Belum ada kiriman" in page
    again = add(client, "sumber", SOURCE, daftar="1")
    assert again.status_code == 422
    assert "sudah ada" in again.text
    Sources(database).note("ppid", "msg_1", "Isian salah", None)
    log = client.get("/sambungan/sumber/ppid").text
    assert "msg_1" in log
    assert "Isian salah" in log
    client.send("/sambungan/sumber/ppid/hapus", from_page="/sambungan/sumber/ppid")
    assert client.get("/sambungan/sumber/ppid").status_code == 404


@pytest.mark.browser
def test_a_secrets_page_loaded_again_makes_no_second_token(page):
    page.goto("/sambungan/token/baru")
    page.get_by_label("Nama").fill("Dimuat ulang")
    page.get_by_role("button", name="Buat token").click()
    page.locator("#rahasia").wait_for()
    page.reload()
    expect(page.get_by_role("row").filter(has_text="Dimuat ulang")).to_have_count(1)
