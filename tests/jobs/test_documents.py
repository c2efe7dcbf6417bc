"""From request to file through the real engine: what is asked for is made, exactly once."""

import time

import pytest
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from docgen.jobs import readiness, tasks
from docgen.jobs.dispatch import Dispatcher
from docgen.jobs.leases import renewed
from docgen.jobs.queues import connect, known_jobs, queue
from docgen.jobs.tasks import Workshop, make_document
from docgen.rendering.text import read_text
from docgen.storage import BatchWork, Documents, OfficeData, Offices, Pdfs, Scope
from tests.conftest import EXAMPLE_OFFICE, examples

EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)


@pytest.fixture
def connection(settings, engine):
    assert engine.connection.ping()
    connection = connect(settings)
    yield connection
    connection.close()


@pytest.fixture
def dispatcher(connection, work, settings, database):
    return Dispatcher(
        work,
        BatchWork(database, settings.lease_seconds),
        Pdfs(database, settings.lease_seconds),
        connection,
        settings.reconcile_seconds,
    )


@pytest.fixture
def shop(settings, database):
    shop = Workshop(settings, database.now)
    yield shop
    shop.database.close()


@pytest.fixture
def documents(database):
    return Documents(database, Scope("00"))


@pytest.fixture
def ask(documents):
    def ask(**changes):
        return documents.request(
            EXAMPLE.kind.name, EXAMPLE_OFFICE, {**EXAMPLE.data, **changes}, judul="A"
        )

    return ask


@pytest.fixture
def run_jobs(connection, monkeypatch, shop):
    """Let a worker empty the queue, in this process and by the test's clock."""
    monkeypatch.setattr(tasks, "workshop", lambda: shop)

    def run_jobs():
        worker = SimpleWorker([queue(connection)], connection=connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="ERROR")

    return run_jobs


def test_a_slow_document_keeps_its_lease_and_a_dead_workers_one_does_not(ask, work, clock):
    document = ask()
    claim = work.claim(document, "slow")
    with renewed(work, claim, every_seconds=0.01):
        for _ in range(3):
            clock.forward(15)
            time.sleep(0.1)
        assert work.take_over_expired() == 0
    clock.forward(21)
    assert work.take_over_expired() == 1
    assert not work.renew(claim)


def test_what_was_asked_for_is_told_to_the_queue_made_and_kept(
    ask, dispatcher, run_jobs, documents, blobs
):
    ids = [ask(), ask(judul="Judul lain")]
    assert dispatcher.tell_outbox() == 2
    assert dispatcher.tell_outbox() == 0
    run_jobs()
    for document in map(documents.get, ids):
        assert document.status == "done"
        (file,) = document.files
        content = blobs.get(file.sha256)
        assert len(content) == file.size
        assert "PADANG" in read_text(content)


def test_a_job_that_runs_twice_makes_one_document(ask, shop, documents):
    document = ask()
    make_document(shop, document)
    first = documents.get(document)
    make_document(shop, document)
    assert documents.get(document) == first
    assert first.status == "done"


def test_the_document_names_the_official_of_the_day(ask, shop, documents, database, blobs):
    official = {"nama": "Rina Marlina, S.H.", "jabatan": "Sekretaris", "nip": "1" * 18}
    data = OfficeData.model_validate({"pejabat": [official]})
    document = ask(disahkan_oleh={})
    Offices(database, Scope("00")).save(EXAMPLE_OFFICE, data)
    make_document(shop, document)
    made = documents.get(document)
    assert "Rina Marlina, S.H." in read_text(blobs.get(made.files[0].sha256))
    Offices(database, Scope("00")).save(EXAMPLE_OFFICE, OfficeData())
    make_document(shop, document)
    assert documents.get(document) == made


def test_what_cannot_be_made_fails_with_its_reason_and_is_not_tried_again(ask, shop, documents):
    document = ask(judul="")
    make_document(shop, document)
    failed = documents.get(document)
    assert (failed.status, failed.error) == (
        "failed",
        "Nama SOP: harus diisi. Tulis isinya, atau hapus butir yang kosong ini.",
    )
    assert failed.files == ()


def test_what_the_engine_forgot_is_queued_again(
    ask, dispatcher, engine, run_jobs, documents, clock, connection, settings
):
    document = ask()
    dispatcher.tell_outbox()
    engine.connection.flushall()
    clock.forward(settings.reconcile_seconds + 1)
    assert known_jobs(queue(connection)) == set()
    dispatcher.reconcile()
    assert known_jobs(queue(connection)) == {document}
    run_jobs()
    assert documents.get(document).status == "done"


def test_what_the_queue_still_knows_is_not_queued_twice(
    ask, dispatcher, clock, connection, settings
):
    ask()
    dispatcher.tell_outbox()
    clock.forward(settings.reconcile_seconds + 1)
    dispatcher.reconcile()
    assert len(queue(connection).get_job_ids()) == 1


def test_a_dead_workers_document_is_taken_over(
    ask, dispatcher, run_jobs, documents, clock, work, settings
):
    document = ask()
    dispatcher.tell_outbox()
    assert work.claim(document, "dead")
    run_jobs()
    assert documents.get(document).status == "running"
    clock.forward(settings.lease_seconds + 1)
    dispatcher.reconcile()
    clock.forward(settings.reconcile_seconds + 1)
    dispatcher.reconcile()
    run_jobs()
    assert documents.get(document).status == "done"


def test_jobs_survive_the_death_of_the_engine(
    ask, dispatcher, engine, connection, run_jobs, documents
):
    ids = [ask(judul=f"Nomor {n}") for n in range(5)]
    dispatcher.tell_outbox()
    # The engine writes its log every second; what it lost meanwhile the reconciler would find.
    engine.connection.execute_command("WAITAOF", 1, 0, 3000)
    engine.kill()
    engine.start()
    assert known_jobs(queue(connection)) == set(ids)
    run_jobs()
    assert {documents.get(one).status for one in ids} == {"done"}


def test_readiness_names_what_is_not_there(settings, database, engine):
    assert readiness(settings, database) == {
        "engine": True,
        "database": True,
        "migrations": True,
        "blobs": True,
    }
    engine.kill()
    assert readiness(settings, database)["engine"] is False
