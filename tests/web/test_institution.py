"""Signing in through an issuer that the tests run: real keys, real checks, every lie refused."""

import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select, update
from structlog.testing import capture_logs

from docgen.config import Settings
from docgen.errors import InvalidSettings
from docgen.storage import Audit, Scope
from docgen.storage.tables import UserRow
from tests.fixtures.issuer import CLIENT_ID, CLIENT_SECRET, issuer
from web import create_app
from web.services import EXTENSION

__all__ = ["issuer"]

OURS = "https://dokumen.example"
BACK = "/masuk/lembaga/kembali"


def env(address, **changes):
    return {
        "DOCGEN_OIDC_ISSUER": address,
        "DOCGEN_OIDC_CLIENT_ID": CLIENT_ID,
        "DOCGEN_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "DOCGEN_PUBLIC_URL": OURS,
        **changes,
    }


@pytest.fixture
def app(settings, database, issuer):
    oidc = Settings.from_env(env(issuer.address)).oidc
    app = create_app(replace(settings, oidc=oidc, public_url=OURS), database.now)
    yield app
    app.extensions[EXTENSION].database.close()


@pytest.fixture
def browser_of(app):
    return app.test_client


def ask(visitor, path="/masuk/lembaga"):
    """Set out for the issuer; where it sends the browser back to, as a path of ours."""
    answer = visitor.get(path, base_url=OURS)
    assert answer.status_code == 303
    back = httpx.get(answer.location).headers["location"]
    assert back.startswith(f"{OURS}{BACK}?")
    return back.removeprefix(OURS)


def sign_in(visitor):
    return visitor.get(ask(visitor), base_url=OURS)


def people(database):
    with database.read() as session:
        return [
            (row.name, row.nama, row.role, row.scope)
            for row in session.scalars(select(UserRow).where(UserRow.subject.is_not(None)))
        ]


def test_the_first_sign_in_makes_somebody_with_the_role_and_office_that_are_claimed(
    browser_of, database
):
    visitor = browser_of()
    answer = sign_in(visitor)
    assert (answer.status_code, answer.location) == (303, "/")
    assert visitor.get("/", base_url=OURS).status_code == 200
    assert people(database) == [("siti@kpu.go.id", "Siti Rahma", "operator", "13.71")]
    cookie = answer.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_each_sign_in_brings_role_and_office_up_to_date(browser_of, issuer, database):
    sign_in(browser_of())
    issuer.person |= {"role": ["operator", "admin_satker"], "satker": "13", "name": "Siti R."}
    sign_in(browser_of())
    assert people(database) == [("siti@kpu.go.id", "Siti R.", "admin_satker", "13")]


def test_who_came_and_as_what_is_in_the_audit_log(browser_of, issuer, database):
    sign_in(browser_of())
    issuer.person |= {"role": "admin_satker"}
    sign_in(browser_of())
    with database.write() as session:
        session.execute(update(UserRow).values(disabled_at=database.now()))
    sign_in(browser_of())
    deeds = Audit(database, Scope("13.71")).newest()
    assert [(one.nama, one.action, one.detail) for one in reversed(deeds)] == [
        ("Siti Rahma", "sign_in.institution", "Operator satker 13.71; pertama kali"),
        ("Siti Rahma", "sign_in.institution", "Admin satker 13.71; semula Operator satker 13.71"),
        ("Siti Rahma", "sign_in.refused", "Akunnya dinonaktifkan."),
    ]
    assert Audit(database, Scope("94.01")).newest() == []


def test_a_local_account_of_the_same_name_stays_anothers(browser_of, database):
    sign_in(browser_of())
    with database.write() as session:
        session.execute(update(UserRow).values(subject=None))
    sign_in(browser_of())
    ((name, *_),) = people(database)
    assert name.startswith("siti@kpu.go.id#")


def test_the_page_that_was_wanted_comes_after(browser_of):
    visitor = browser_of()
    back = ask(visitor, "/masuk/lembaga?lanjut=/akun")
    assert visitor.get(back, base_url=OURS).location == "/akun"
    visitor = browser_of()
    back = ask(visitor, "/masuk/lembaga?lanjut=//jahat.example")
    assert visitor.get(back, base_url=OURS).location == "/"


WRONG = {
    "nonce": ({"nonce": "lain"}, "tidak dapat dipercaya", "claim nonce"),
    "audience": ({"aud": "aplikasi-lain"}, "bukan untuk aplikasi ini", "claim aud"),
    "issuer": ({"iss": "https://lain.example"}, "bukan untuk aplikasi ini", "claim iss"),
    "expired": ({"exp": int(time.time()) - 3600}, "sudah kedaluwarsa", "expired"),
    "role": ({"role": "raja"}, "belum diberi peran", "role unknown"),
    "no role": ({"role": None}, "belum diberi peran", "role unknown"),
    "office": ({"satker": "99.99"}, "tidak menyebut satker", "office unknown"),
}


@pytest.mark.parametrize(("changes", "sentence", "reason"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_refused_with_a_sentence_and_in_the_log(
    changes, sentence, reason, browser_of, issuer, database
):
    issuer.changes = changes
    visitor = browser_of()
    with capture_logs() as logs:
        answer = sign_in(visitor)
    assert answer.status_code == 403
    assert sentence in answer.text
    assert [one["reason"] for one in logs if one["event"] == "sign_in.refused"] == [reason]
    assert visitor.get("/", base_url=OURS).status_code == 302
    assert people(database) == []


def test_a_signature_by_another_key_is_refused(browser_of, issuer, database):
    issuer.signing_key = RSAKey.generate_key(2048, parameters={"kid": "satu"})
    answer = sign_in(browser_of())
    assert (answer.status_code, people(database)) == (403, [])
    assert "tidak dapat dipercaya" in answer.text


def test_a_foreign_state_is_refused(browser_of, database):
    theirs = ask(browser_of())
    visitor = browser_of()
    ask(visitor)
    with capture_logs() as logs:
        answer = visitor.get(theirs, base_url=OURS)
    assert (answer.status_code, people(database)) == (403, [])
    assert "tidak dimulai dari peramban ini" in answer.text
    assert "state" in [one.get("reason") for one in logs]


def test_an_answer_counts_once(browser_of):
    visitor = browser_of()
    back = ask(visitor)
    assert visitor.get(back, base_url=OURS).status_code == 303
    assert browser_of().get(back, base_url=OURS).status_code == 403
    assert visitor.get(back, base_url=OURS).status_code == 403


def test_an_issuer_that_refuses_or_is_away_is_told_in_a_sentence(browser_of, issuer):
    visitor = browser_of()
    state = parse_qs(urlsplit(ask(visitor)).query)["state"][0]
    answer = visitor.get(f"{BACK}?error=access_denied&state={state}", base_url=OURS)
    assert (answer.status_code, "tidak memberi izin" in answer.text) == (403, True)
    issuer.stop()
    answer = visitor.get("/masuk/lembaga", base_url=OURS)
    assert (answer.status_code, "tidak dapat dihubungi" in answer.text) == (403, True)


def test_somebody_disabled_stays_out(browser_of, database):
    sign_in(browser_of())
    with database.write() as session:
        session.execute(update(UserRow).values(disabled_at=database.now()))
    answer = sign_in(browser_of())
    assert (answer.status_code, "dinonaktifkan" in answer.text) == (403, True)


def test_the_button_is_there_only_where_it_is_set(browser_of, settings, database):
    assert "Masuk dengan akun lembaga" in browser_of().get("/masuk", base_url=OURS).text
    without = create_app(settings, database.now)
    assert "Masuk dengan akun lembaga" not in without.test_client().get("/masuk").text
    assert without.test_client().get("/masuk/lembaga").status_code == 404
    without.extensions[EXTENSION].database.close()


def test_signing_out_leads_on_to_the_institution(browser_of, issuer):
    assert "Keluar juga" in browser_of().get("/masuk?keluar=1", base_url=OURS).text
    location = browser_of().get("/masuk/lembaga/keluar", base_url=OURS).location
    assert location.startswith(f"{issuer.address}/keluar?client_id={CLIENT_ID}&")


def test_the_issuers_own_words_for_roles_are_mapped():
    oidc = Settings.from_env(
        env("https://sso.example", DOCGEN_OIDC_ROLES="admin=admin_satker, op=operator")
    ).oidc
    assert oidc.roles == {"admin": "admin_satker", "op": "operator"}


@pytest.mark.parametrize(
    "changes",
    [
        {"DOCGEN_OIDC_CLIENT_ID": ""},
        {"DOCGEN_PUBLIC_URL": ""},
        {"DOCGEN_PUBLIC_URL": "http://dokumen.example"},
        {"DOCGEN_OIDC_ISSUER": "http://sso.example"},
        {"DOCGEN_OIDC_ROLES": "admin=raja"},
    ],
)
def test_settings_that_cannot_work_are_refused(changes):
    with pytest.raises(InvalidSettings):
        Settings.from_env(env("https://sso.example", **changes))
