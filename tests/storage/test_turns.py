"""Several at the same moment: nobody is told an error, nothing is lost, nothing is there twice."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from docgen.registry import get_kind
from docgen.storage import (
    Access,
    Database,
    Documents,
    DraftChanged,
    Drafts,
    Endpoints,
    Numbers,
    OfficeChanges,
    OfficeData,
    Offices,
    Once,
    Pattern,
    Scope,
    Sources,
    Tokens,
    Typed,
    upgrade,
)
from docgen.storage.access import SignedIn
from docgen.storage.events import announce
from docgen.storage.tables import UserRow

KODE = "13.71"
SCOPE = Scope("00")
AT_ONCE = 6
DAY = dt.date(2026, 1, 5)


@pytest.fixture
def database(settings):
    database = Database(settings.database_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def who(database):
    """The first administrator."""
    assert Access(database).first_link()
    with database.read() as session:
        user = session.scalars(select(UserRow)).one()
        return SignedIn(user.id, user.name, user.nama, user.role, user.scope, has_password=False)


def at_once(do):
    """What each of several that begin together comes to; an error is what it comes to as well."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(do, number) for number in range(AT_ONCE)]
    return [future.exception() or future.result() for future in futures]


def errors(outcomes):
    return [one for one in outcomes if isinstance(one, Exception)]


def test_next_versions_of_one_document_follow_each_other(database):
    documents = Documents(database, SCOPE)
    first = documents.request("sop", KODE, {}, judul="x")
    made = at_once(
        lambda number: documents.request("sop", KODE, {"n": number}, judul="x", continues=first)
    )
    assert errors(made) == []
    versions = documents.versions(documents.get(first).series)
    assert sorted(one.version for one in versions) == list(range(1, AT_ONCE + 2))
    assert sum(one.is_latest for one in versions) == 1


def test_one_key_makes_one_document(database):
    documents = Documents(database, SCOPE)
    once = Once("pemanggil", "kunci", "isi")
    made = at_once(lambda _: documents.request("sop", KODE, {}, judul="x", once=once))
    assert len(set(made)) == 1


def test_of_pages_that_save_a_draft_from_one_revision_one_saves_and_the_others_are_told(
    database, who
):
    drafts = Drafts(database, who)
    draft_id = drafts.new_id()
    drafts.save(draft_id, "sop", KODE, Typed({}, "x", 0, 1, 0, "halaman"))
    saved = at_once(
        lambda number: drafts.save(
            draft_id, "sop", KODE, Typed({"n": number}, "x", 0, 1, 1, f"halaman {number}")
        )
    )
    assert [type(one) for one in errors(saved)] == [DraftChanged] * (AT_ONCE - 1)


def test_a_new_draft_saved_twice_at_once_is_one_draft(database, who):
    drafts = Drafts(database, who)
    draft_id = drafts.new_id()
    saved = at_once(
        lambda _: drafts.save(draft_id, "sop", KODE, Typed({}, "x", 0, 1, 0, "halaman"))
    )
    assert errors(saved) == []
    assert drafts.count() == 1


def test_a_number_is_given_once(database, who):
    numbers = Numbers(database, who)
    set_ = at_once(lambda _: numbers.set_pattern(KODE, "sop", "sop", Pattern("{no}/{tahun}")))
    assert errors(set_) == []
    assert errors(at_once(lambda _: numbers.start_at(KODE, "sop", "sop", 2026, 10))) == []
    taken = at_once(lambda _: [numbers.take(KODE, "sop", "sop", DAY) for _ in range(5)])
    assert errors(taken) == []
    given = [one for some in taken for one in some]
    assert set(given) == {f"{no}/2026" for no in range(10, 10 + AT_ONCE * 5)}


def test_what_an_office_says_first_is_saved_by_several_at_once(database):
    offices = Offices(database, SCOPE)
    saved = at_once(lambda number: offices.save(KODE, OfficeData(alamat=f"Jalan {number}")))
    assert errors(saved) == []
    assert offices.get(KODE).alamat.startswith("Jalan ")


def test_an_offices_changes_are_saved_by_several_at_once(database, who):
    changes = OfficeChanges(database, SCOPE, who)
    kind = get_kind("sop")
    saved = at_once(
        lambda number: changes.set(kind, KODE, "penerimaan-tamu", {"unit": f"Unit {number}"})
    )
    assert errors(saved) == []
    assert len(changes.of("sop", KODE)) == 1


def test_the_last_two_secrets_of_a_token_work(database):
    tokens = Tokens(database)
    tokens.create("portal", "semua")
    (token,) = tokens.within(SCOPE)
    shown = at_once(lambda _: tokens.rotate(token.id, SCOPE))
    assert errors(shown) == []
    assert sum(tokens.holder(secret) is not None for secret in shown) == 2


def test_the_outcome_of_a_message_is_noted_by_several_at_once(database):
    sources = Sources(database)
    sources.create("ppid", kind="sop", selector="semua", mapping="@", secret="whsec_eA==")
    noted = at_once(lambda _: sources.note("ppid", "msg_1", "diterima", None))
    assert errors(noted) == []
    assert len(sources.received("ppid")) == 1


def test_the_outcome_of_a_message_of_a_source_that_is_deleted_meanwhile_is_no_error(database):
    sources = Sources(database)
    sources.create("ppid", kind="sop", selector="semua", mapping="@", secret="whsec_eA==")
    done = at_once(
        lambda number: (
            sources.note("ppid", f"msg_{number}", "diterima", None)
            if number
            else sources.delete("ppid", SCOPE)
        )
    )
    assert errors(done) == []
    assert sources.received("ppid") == []


def test_a_receiver_that_is_deleted_while_it_is_told_fails_nothing(database):
    endpoints = Endpoints(database, SCOPE)
    endpoint = endpoints.create("https://a.example/", ["batch.finished"], "semua", "whsec_x")
    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            announce(session, "batch.finished", "1", [KODE], {}, database.now())
            deleted = pool.submit(endpoints.delete, endpoint)
            time.sleep(0.3)
        assert deleted.result()
    assert endpoints.all() == []
