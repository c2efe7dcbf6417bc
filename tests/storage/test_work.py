"""A document is claimed by one worker at a time, finished once, and never forgotten."""

import threading

import pytest
from sqlalchemy import text

from docgen.storage import Database, DocumentFile, Documents, Scope, Work

FILE = DocumentFile("sop", "a.docx", 3, "ab" * 32)


@pytest.fixture
def documents(database):
    return Documents(database, Scope("00"))


@pytest.fixture
def ask(documents):
    """Ask for a document; answers with its id."""
    return lambda satker="13.71": documents.request("sop", satker, {"judul": "A"}, judul="A")


def test_a_request_and_its_message_are_one_transaction(work, documents, monkeypatch, ask):
    first = ask()
    assert [(m.topic, m.subject) for m in work.outbox()] == [("document.requested", first)]
    monkeypatch.setattr("docgen.storage.documents.OutboxRow", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask()
    assert [one.id for one in documents.newest()] == [first]


def test_one_of_many_workers_gets_the_claim(settings, ask):
    document = ask()
    claims = []
    start = threading.Barrier(8)

    def try_it(number):
        mine = Database(settings.database_url)
        start.wait()
        claims.append(Work(mine, 20).claim(document, f"w{number}"))
        mine.close()

    threads = [threading.Thread(target=try_it, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in claims if one]) == 1


def test_writers_at_once_lose_nothing(database, settings):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets two read before they write: ours compare and set")
    with database.write() as session:
        session.execute(text("create table counter (n integer)"))
        session.execute(text("insert into counter values (0)"))

    def count():
        mine = Database(settings.database_url)
        for _ in range(25):
            with mine.write() as session:
                n = session.scalar(text("select n from counter"))
                session.execute(text("update counter set n = :n"), {"n": n + 1})
        mine.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(text("select n from counter")) == 100


def test_finished_work_has_its_files_and_cannot_be_claimed_again(work, documents, ask):
    document = ask()
    claim = work.claim(document, "a")
    assert documents.get(document).status == "running"
    assert work.finish(claim, [FILE])
    assert (documents.get(document).status, documents.get(document).files) == ("done", (FILE,))
    assert work.claim(document, "b") is None


def test_a_worker_that_lost_its_lease_changes_nothing(work, documents, clock, ask):
    document = ask()
    slow = work.claim(document, "slow")
    clock.forward(21)
    quick = work.claim(document, "quick")
    assert not work.finish(slow, [FILE])
    assert not work.fail(slow, "x")
    assert documents.get(document).files == ()
    assert work.finish(quick, [FILE])
    assert documents.get(document).status == "done"


def test_the_same_worker_cannot_finish_a_lease_it_lost_to_itself(work, clock, ask):
    document = ask()
    first = work.claim(document, "a")
    clock.forward(21)
    second = work.claim(document, "a")
    assert second.attempt == 2
    assert not work.finish(first, [FILE])
    assert work.finish(second, [FILE])


def test_expired_leases_are_taken_over_three_times_and_then_given_up_with_a_reason(
    work, documents, clock, ask
):
    document = ask()
    for attempt in (1, 2, 3):
        assert work.claim(document, "a").attempt == attempt
        assert work.take_over_expired() == 0
        clock.forward(21)
        assert work.take_over_expired() == 1
    found = documents.get(document)
    assert found.status == "failed"
    assert "terputus tiga kali" in found.error


def test_a_released_document_waits_again_and_at_last_says_why(work, documents, ask):
    document = ask()
    for status in ("queued", "queued", "failed"):
        work.release(work.claim(document, "a"), "Sebabnya.")
        assert documents.get(document).status == status
    assert documents.get(document).error == "Sebabnya."


def test_messages_are_told_in_order_and_once(work, ask):
    first, second = ask(), ask()
    told = work.outbox()
    assert [message.subject for message in told] == [first, second]
    work.told(told)
    assert work.outbox() == []


def test_a_duty_is_one_process_at_a_time_and_passes_on_when_it_dies(work, clock):
    assert work.lead("reconciler", "a", 30)
    assert not work.lead("reconciler", "b", 30)
    assert work.lead("reconciler", "a", 30)
    clock.forward(31)
    assert work.lead("reconciler", "b", 30)
    assert not work.lead("reconciler", "a", 30)


def test_what_waits_longest_comes_first(work, clock, ask):
    first = ask()
    clock.forward(60)
    second = ask()
    assert work.waiting(older_than_seconds=30) == [first]
    clock.forward(60)
    assert work.waiting(older_than_seconds=30) == [first, second]


def test_every_office_sees_its_own_and_what_stands_below(database, ask):
    made = {
        kode: ask(kode)
        for kode in ("00", "13", "13.71", "13.01", "1", "11", "14.71")
        if kode != "1"
    }

    def seen(root):
        mine = Documents(database, Scope(root))
        found = {one.satker for one in mine.newest()}
        assert {kode for kode, id_ in made.items() if mine.get(id_)} == found
        return found

    assert seen("00") == set(made)
    assert seen("13") == {"13", "13.71", "13.01"}
    assert seen("13.71") == {"13.71"}
    assert seen("1") == set()
    assert seen("13.7") == set()


def test_documents_are_listed_newest_first_page_by_page(documents, clock, ask):
    ids = []
    for _ in range(5):
        ids.append(ask())
        clock.forward(1)
    pages = [documents.newest(limit=2)]
    while pages[-1]:
        pages.append(documents.newest(limit=2, before=pages[-1][-1].id))
    assert [one.id for page in pages for one in page] == ids[::-1]
