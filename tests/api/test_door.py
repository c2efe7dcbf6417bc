"""Who comes in, what they may do, and how a bad request is turned away."""

import time

import pytest

from docgen.storage import Documents, Scope, Tokens
from docgen.storage.tables import TokenRow
from tests.api.conftest import Caller
from web.api import PREFIX, examples

INSIDES = ("Traceback", "sqlalchemy", "pydantic", 'File "', ".py", "werkzeug")


def all_operations(app):
    spec = app.test_client().get(f"{PREFIX}/openapi.json").json
    for path, operations in spec["paths"].items():
        for method in operations:
            if method != "parameters":
                yield method.upper(), path


def filled(path, **values):
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return path


def test_without_a_token_nothing_is_answered(app):
    stranger = Caller(app.test_client(), "")
    for method, path in all_operations(app):
        if "/hooks/" in path:
            continue  # asked by signature
        answer = stranger.send(method, filled(path, kind="sop"))
        assert (answer.status_code, answer.json["code"]) == (401, "token_tidak_berlaku"), path
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic YTpi", "bearer ä"])
def test_a_token_that_is_none_does_not_open(app, header):
    answer = app.test_client().get(f"{PREFIX}/kinds", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_token_is_kept_only_as_its_hash(database):
    token = Tokens(database).create("portal", "semua")
    assert len(token) >= 43 + len("docgen_")
    with database.read() as session:
        row = session.query(TokenRow).one()
    assert token not in {getattr(row, column.key) for column in TokenRow.__table__.columns}


def test_a_rotated_token_works_beside_the_new_one_for_a_day(app, database, clock):
    tokens = Tokens(database)
    old = tokens.create("portal", "semua", requests_per_minute=0)
    (known,) = tokens.within(Scope("00"))
    new = tokens.rotate(known.id, Scope("00"))

    def status(token):
        return Caller(app.test_client(), token).get("/kinds").status_code

    assert (status(old), status(new)) == (200, 200)
    clock.forward(24 * 3600 + 1)
    assert (status(old), status(new)) == (401, 200)
    assert tokens.revoke(known.id, Scope("00"))
    assert status(new) == 401


def test_last_use_is_noted(app, database, clock):
    token = Tokens(database).create("portal", "semua", requests_per_minute=0)
    Caller(app.test_client(), token).get("/kinds")
    (known,) = Tokens(database).within(Scope("00"))
    assert known.last_used_at == clock.now


def test_a_token_may_do_what_it_is_for_and_no_more(caller_of):
    reader = caller_of("semua", permissions=["read"])
    assert reader.get("/documents").status_code == 200
    assert reader.post("/check", examples.CHECK).status_code == 200
    for refused in (reader.order(), reader.get("/webhooks")):
        assert (refused.status_code, refused.json["code"]) == (403, "tidak_berhak")


@pytest.mark.usefixtures("engine")
def test_too_many_requests_are_told_when_to_come_again(caller_of):
    caller = caller_of("semua", requests_per_minute=3)
    assert [caller.get("/kinds").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = caller.get("/kinds")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert caller_of("semua", requests_per_minute=3).get("/kinds").status_code == 200


def test_an_engine_that_is_away_shuts_nobody_out(caller_of):
    assert caller_of("semua", requests_per_minute=3).get("/kinds").status_code == 200


BAD = [
    ("doubled key", b'{"kind":"sop","kind":"sop","data":{}}', 400),
    ("NaN", b'{"kind":"sop","data":{"a":NaN}}', 400),
    ("infinity", b'{"kind":"sop","data":{"a":1e999}}', 400),
    ("deep", b'{"kind":"sop","data":' + b"[" * 100_000, 400),
    ("deep and closed", b'{"kind":"sop","data":' + b'{"a":' * 500 + b"1" + b"}" * 501, 400),
    ("not JSON", b"kind=sop", 400),
    ("not text", b"\xff\xfe\x00", 400),
    ("a list", b"[]", 400),
    ("empty", b"", 400),
    ("a long number", b'{"kind":"sop","data":{"a":' + b"9" * 10_000 + b"}}", 400),
    ("wrong types", b'{"kind":1,"data":[],"naskah":{},"srikandi":"x"}', 422),
    ("unknown key", b'{"kind":"sop","data":{},"stker":"13"}', 422),
    ("lone surrogate", b'{"kind":"sop","satker":"13","data":{"judul":"\\ud800"}}', 422),
    ("20 MB", b'{"kind":"sop","data":{"a":"' + b"x" * 20_000_000 + b'"}}', 413),
]


@pytest.mark.parametrize(("name", "body", "status"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_body_is_a_problem_told_quickly_without_our_insides(caller, name, body, status):
    began = time.perf_counter()
    answer = caller.post("/documents", data=body, content_type="application/json")
    took = time.perf_counter() - began
    assert (name, answer.status_code, answer.mimetype) == (
        name,
        status,
        "application/problem+json",
    )
    assert set(answer.json) == {"type", "title", "status", "code", "detail", "errors"}
    assert answer.json["status"] == status
    assert not [word for word in INSIDES if word in answer.text]
    assert took < 0.5  # 0.1 s on a machine of its own; a test shares it with others


@pytest.mark.parametrize("media", ["", "text/plain", "application/xml", "multipart/form-data"])
def test_another_media_type_is_named(caller, media):
    answer = caller.post("/documents", data=b"{}", content_type=media)
    assert (answer.status_code, answer.json["code"]) == (415, "jenis_isi")


def test_another_method_or_address_is_a_problem_too(caller):
    assert caller.send("PATCH", "/documents").json["status"] == 405
    assert caller.get("/tidak/ada").json["status"] == 404
    assert caller.get("/documents/x").json["code"] == "tidak_ada"


def test_query_parameters_are_checked_like_bodies(caller):
    answer = caller.get("/documents?limit=1000&status=besok&hal=2")
    assert sorted(error["pointer"] for error in answer.json["errors"]) == [
        "/hal",
        "/limit",
        "/status",
    ]


def test_no_route_answers_about_an_office_outside_the_scope(app, caller, caller_of, work_off):
    """Every operation, asked by a token of another province about what lies in one of West Sumatra."""
    office = "13.02"
    document_id = caller.order(satker=office).json["id"]
    work_off(document_id)
    owner = caller_of(office)
    endpoint = owner.post("/webhooks", examples.ENDPOINT).json["id"]
    foreign = caller_of("14.*")
    known = {
        "document_id": document_id,
        "naskah": owner.get(f"/documents/{document_id}").json["files"][0]["naskah"],
        "endpoint_id": endpoint,
        "kind": examples.KIND,
    }
    bodies = {
        "/documents": {**examples.DOCUMENT, "satker": office},
        "/check": {**examples.CHECK, "satker": office},
        "/webhooks": examples.ENDPOINT,
    }
    answers = {}
    for method, path in all_operations(app):
        body = bodies.get(path.removeprefix(PREFIX)) if method == "POST" else None
        answer = foreign.send(method, filled(path, **known), **({"json": body} if body else {}))
        answers[method, path.removeprefix(PREFIX)] = answer.status_code
        assert document_id not in answer.text
        assert endpoint not in answer.text
        assert office not in answer.text or answer.status_code == 403, (method, path)
    assert answers["POST", "/documents"] == answers["POST", "/check"] == 403
    assert {status for (_, path), status in answers.items() if "{document_id}" in path} == {404}
    assert {status for (_, path), status in answers.items() if "{endpoint_id}" in path} == {404}
    assert owner.get(f"/documents/{document_id}").status_code == 200
    assert owner.get("/webhooks").json["items"][0]["id"] == endpoint


def test_a_locked_database_is_said_with_the_time_to_ask_again(lock, caller, database):
    assert caller.get("/documents").status_code == 200
    lock()
    answer = caller.order()
    assert (answer.status_code, answer.json["code"]) == (503, "belum_siap")
    assert answer.headers["Retry-After"] == "10"
    assert answer.mimetype == "application/problem+json"
    assert Documents(database, Scope("00")).newest() == []
