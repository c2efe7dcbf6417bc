"""Accounts: who comes in, what each role may do, and who lets whom in."""

import pytest

from docgen.roles import RIGHTS_OF, ROLES, may_give
from docgen.storage import Access, Audit, People, Scope
from docgen.storage.access import IDLE_LIFE, SESSION_LIFE
from tests.web.conftest import PASSWORD
from web.api import PREFIX
from web.auth import OPEN_ENDPOINTS, right_of


def test_the_link_is_printed_until_an_administrator_has_a_password(database):
    access = Access(database)
    assert access.first_link()
    who = access.who(access.use_link(access.first_link()))
    assert access.first_link()
    access.set_password(who.user_id, PASSWORD)
    assert access.first_link() is None


def test_name_and_password_let_in_and_neither_alone(person, enter):
    person("operator", "13.71", "rina@kpu.go.id")
    visitor, status = enter("Rina@kpu.go.id ")
    assert status == 303
    assert visitor.get("/").status_code == 200
    assert enter("rina@kpu.go.id", "salah")[1] == 422
    assert enter("siapa@kpu.go.id")[1] == 422
    assert enter("rina@kpu.go.id", "")[1] == 422


def test_a_password_is_kept_only_as_its_argon2_hash(database, person):
    person("operator", "13.71", "rina")
    with database.read() as session:
        rows = session.connection().exec_driver_sql("select password_hash from users").all()
    assert all(row[0].startswith("$argon2id$") for row in rows)


def test_which_of_the_two_was_wrong_is_not_told(app, person):
    person("operator", "13.71", "rina")

    def told(name):
        answer = app.test_client().send("/masuk", {"nama": name, "sandi": "salah"})
        return answer.get_data(as_text=True).partition('role="alert"')[2][:200]

    assert told("rina") == told("tono") != ""


@pytest.mark.usefixtures("engine")
def test_guessing_is_stopped_after_a_few_tries(person, enter):
    person("operator", "13.71", "rina")
    assert [enter("rina", "salah")[1] for _ in range(9)] == [422] * 8 + [429]
    assert enter("rina")[1] == 429


def test_after_signing_in_one_goes_on_where_one_wanted_and_never_elsewhere(app, person):
    person("operator", "13.71", "rina")
    visitor = app.test_client()
    asked = visitor.get("/satker")
    assert asked.location == "/masuk?lanjut=/satker"
    for wanted, comes in [
        ("/satker", "/satker"),
        ("https://jahat.id/", "/"),
        ("//jahat.id/", "/"),
        ("/\\jahat.id", "/"),
        ("/\t/jahat.id", "/"),
        ("/\n/jahat.id", "/"),
    ]:
        answer = app.test_client().send(
            "/masuk", {"nama": "rina", "sandi": PASSWORD, "lanjut": wanted}
        )
        assert answer.location == comes


def test_a_session_ends_when_idle_and_at_last_by_itself(person, enter, clock):
    person("operator", "13.71", "rina")
    visitor, _ = enter("rina")
    clock.forward(IDLE_LIFE.total_seconds() - 60)
    assert visitor.get("/").status_code == 200  # and the idle time begins anew
    clock.forward((SESSION_LIFE - IDLE_LIFE).total_seconds())
    assert visitor.get("/").status_code == 200
    clock.forward(120)
    assert visitor.get("/").status_code == 302
    idle, _ = enter("rina")
    clock.forward(IDLE_LIFE.total_seconds() + 1)
    assert idle.get("/").status_code == 302


def test_a_new_password_ends_every_other_session(person, enter):
    person("operator", "13.71", "rina")
    here, there = enter("rina")[0], enter("rina")[0]
    changed = here.send(
        "/akun", {"lama": PASSWORD, "baru": "lain sekali ini", "ulang": "lain sekali ini"}
    )
    assert changed.status_code == 303
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)
    assert enter("rina")[1] == 422
    assert enter("rina", "lain sekali ini")[1] == 303


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"lama": "salah", "baru": "panjang sekali", "ulang": "panjang sekali"}, "tidak cocok"),
        ({"lama": PASSWORD, "baru": "pendek", "ulang": "pendek"}, "Paling sedikit 10"),
        ({"lama": PASSWORD, "baru": "panjang sekali", "ulang": "lain"}, "Tidak sama"),
    ],
)
def test_a_password_that_will_not_do_is_told_at_its_field(person, enter, sent, words):
    person("operator", "13.71", "rina")
    visitor, _ = enter("rina")
    refused = visitor.send("/akun", sent)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)


def test_an_administrator_lets_in_and_resets(database, administrator, person, enter, app):
    person("admin_satker", "13.71", "kepala")
    admin, _ = enter("kepala")
    made = admin.send(
        "/pengguna/baru",
        {"nama": "Rina", "nama_masuk": "rina", "peran": "operator", "satker": "13.71"},
    )
    page = made.get_data(as_text=True)
    token = page.partition("/masuk/")[2].partition("<")[0].strip()
    rina = app.test_client()
    rina.sign_in(token)
    assert rina.get("/").status_code == 200

    (user_id,) = [one.id for one in People(database, administrator).all() if one.name == "rina"]
    form = f"/pengguna/{user_id}"
    assert admin.send(f"{form}/tautan", from_page=form).status_code == 200
    assert rina.get("/").status_code == 302  # a reset ends the sessions


def test_nobody_gives_more_than_they_have(database, administrator, person):
    name = person("admin_satker", "13.71")
    access = Access(database)
    admin = access.who(access.sign_in(name, PASSWORD))
    people = People(database, admin)
    for role, scope in [
        ("admin_provinsi", "13.71"),
        ("admin_pusat", "13.71"),
        ("operator", "13.72"),
    ]:
        with pytest.raises(Exception, match=r"di atas peran|di luar lingkup"):
            people.let_in("baru", "Baru", role, scope)
    assert may_give("admin_satker") == ("operator", "pemeriksa", "admin_satker")
    assert {one.name for one in people.all()} == {name}
    assert people.get(administrator.user_id) is None
    assert people.reset(administrator.user_id) is None


def test_there_is_always_a_central_administrator(database, administrator, person):
    people = People(database, administrator)
    with pytest.raises(Exception, match="akun sendiri"):
        people.shut_out(administrator.user_id)
    with pytest.raises(Exception, match="satu admin pusat"):
        people.change(administrator.user_id, nama="A", role="operator", scope="00")
    person("admin_pusat", "00", "kedua")
    assert people.change(administrator.user_id, nama="A", role="operator", scope="00")


def test_who_was_shut_out_is_out_at_once_and_may_be_let_back(
    database, administrator, person, enter, clock
):
    person("operator", "13.71", "rina")
    visitor, _ = enter("rina")
    people = People(database, administrator)
    (user_id,) = [one.id for one in people.all() if one.name == "rina"]
    clock.forward(1)
    assert people.shut_out(user_id)
    assert visitor.get("/").status_code == 302
    assert enter("rina")[1] == 422
    clock.forward(1)
    assert people.let_back(user_id)
    assert enter("rina")[1] == 303
    deeds = [deed.action for deed in Audit(database, Scope("13.71")).newest()]
    assert deeds == ["user.let_back", "user.shut_out", "user.let_in"]
    assert Audit(database, Scope("14")).newest() == []


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPEN_ENDPOINTS or rule.rule.startswith(PREFIX):
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule


def test_every_page_says_which_right_it_needs(app):
    assert [rule.rule for _, rule in routes(app) if right_of(app, rule.endpoint) is None] == []


@pytest.mark.parametrize("role", ROLES)
def test_every_route_lets_in_whom_it_must_and_nobody_else(app, person, enter, role):
    """Every route with every role: what the role may not do is refused, and told so."""
    app.config["WTF_CSRF_ENABLED"] = False
    person(role, "13.71")
    visitor, _ = enter(f"{role}@13.71")
    tried = 0
    for method, rule in sorted(routes(app), key=lambda route: route[1].endpoint == "sign_in.out"):
        address = rule.rule.replace("<path:", "<")
        for part in rule.arguments:
            address = address.replace(f"<{part}>", {"jenis": "sop", "kode": "13.71"}.get(part, "x"))
        right = right_of(app, rule.endpoint)
        answer = visitor.open(address, method=method)
        is_refused = answer.status_code == 403
        assert is_refused == (right not in RIGHTS_OF[role]), (method, address, answer.status_code)
        tried += 1
    assert tried > 15


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_a_foreign_office(app, person, enter, role):
    """Every route with an office in its address, asked by a neighbour: not there."""
    app.config["WTF_CSRF_ENABLED"] = False
    person(role, "13.71")
    visitor, _ = enter(f"{role}@13.71")
    tried = 0
    for method, rule in routes(app):
        if "kode" not in rule.arguments:
            continue
        answer = visitor.open(rule.rule.replace("<kode>", "13.72"), method=method)
        assert answer.status_code in {403, 404}, (method, rule.rule)
        tried += 1
    for method in ("get", "post"):
        assert getattr(visitor, method)("/buat/sop?satker=13.72").status_code == 404
    assert tried >= 4
