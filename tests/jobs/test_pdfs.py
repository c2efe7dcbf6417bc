"""A document's PDF: asked for by its page, made once per content, never in the document's way."""

import contextlib
import threading

import pytest
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from docgen.jobs import pdf as pdf_task
from docgen.jobs.dispatch import Dispatcher
from docgen.jobs.pdf import make_pdf
from docgen.jobs.queues import PDF, connect, known_jobs, queue
from docgen.jobs.tasks import Workshop, make_document
from docgen.pdf import NoPdf, PdfMaker, PdfTimeout, office_program
from docgen.storage import Documents, Pdfs, Scope
from docgen.storage.pdfs import GAVE_UP
from tests.conftest import EXAMPLE_OFFICE, examples

EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)
SOFFICE = office_program()
office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture
def shop(settings, database):
    shop = Workshop(settings, database.now)
    yield shop
    shop.database.close()


@pytest.fixture
def pdfs(database, settings):
    return Pdfs(database, settings.lease_seconds)


@pytest.fixture
def document(database, shop):
    """A document that is made."""
    documents = Documents(database, Scope("00"))
    document_id = documents.request(EXAMPLE.kind.name, EXAMPLE_OFFICE, EXAMPLE.data, judul="A")
    make_document(shop, document_id)
    return documents.get(document_id)


@pytest.fixture
def source(document):
    return document.files[0].sha256


@pytest.fixture
def pdf_worker(settings, engine):
    """Somebody at the queue of PDFs, as a worker on any host says that it is there."""

    @contextlib.contextmanager
    def pdf_worker(*, ends=True):
        assert engine.connection.ping()
        connection = connect(settings)
        worker = SimpleWorker([PDF], connection=connection, serializer=JSONSerializer)
        worker.register_birth()
        yield worker
        if ends:
            worker.register_death()
        connection.close()

    return pdf_worker


class Slow:
    """LibreOffice on a bad day."""

    def __init__(self, error):
        self.error = error

    def make(self, _content):
        raise self.error


@office
@pytest.mark.office
def test_a_documents_page_shows_its_pages_and_offers_its_pdf(
    client, document, source, shop, pdfs, pdf_worker
):
    with pdf_worker():
        page = client.get(f"/dokumen/{document.id}")
    assert "PDF sedang dibuat" in page.text
    assert client.get(f"/dokumen/{document.id}/{document.files[0].naskah}.pdf").status_code == 404
    with PdfMaker(SOFFICE) as maker:
        make_pdf(shop, maker, source)
    page = client.get(f"/dokumen/{document.id}")
    stored = pdfs.find([source])[source]
    assert (stored.status, len(stored.pictures)) == ("done", stored.pages)
    assert page.text.count("/halaman/") == stored.pages
    got = client.get(f"/dokumen/{document.id}/{document.files[0].naskah}.pdf")
    assert (got.status_code, got.mimetype) == (200, "application/pdf")
    assert got.data.startswith(b"%PDF")
    address = f"/dokumen/{document.id}/{document.files[0].naskah}/halaman"
    assert client.get(f"{address}/1.png").data.startswith(b"\x89PNG")
    assert client.get(f"{address}/{stored.pages + 1}.png").status_code == 404
    assert client.get(f"{address}/0.png").status_code == 404


@office
@pytest.mark.office
def test_a_neighbours_pdf_is_not_to_be_had(signed_in_for, document, source, shop, pdfs):
    pdfs.ask([source])
    with PdfMaker(SOFFICE) as maker:
        make_pdf(shop, maker, source)
    visitor = signed_in_for("94.01")
    for rest in (".pdf", "/halaman/1.png"):
        address = f"/dokumen/{document.id}/{document.files[0].naskah}{rest}"
        assert visitor.get(address).status_code == 404


def test_without_a_worker_for_pdfs_the_page_says_so_once_and_shows_the_document(
    client, document, source, pdfs
):
    page = client.get(f"/dokumen/{document.id}")
    assert page.text.count("tidak ada server dengan LibreOffice") == 1
    assert "Unduh Word" in page.text
    assert pdfs.find([source]) == {}


def test_a_worker_on_another_host_is_enough(client, document, source, pdfs, pdf_worker):
    with pdf_worker():
        assert "PDF sedang dibuat" in client.get(f"/dokumen/{document.id}").text
    assert pdfs.find([source])[source].status == "queued"
    assert "tidak ada server dengan LibreOffice" in client.get(f"/dokumen/{document.id}").text


def test_a_killed_worker_is_not_counted_when_its_time_is_over(client, document, pdf_worker):
    with pdf_worker(ends=False) as worker:
        worker.connection.delete(worker.key)  # as the engine does when its time is over
    assert "tidak ada server dengan LibreOffice" in client.get(f"/dokumen/{document.id}").text


def test_a_pdf_that_is_made_is_shown_though_nobody_could_make_it_now(
    client, document, source, shop, pdfs
):
    pdfs.ask([source])
    claim = pdfs.claim(source, "satu")
    shop.blobs.put("a" * 64, b"%PDF")
    assert pdfs.finish(claim, "a" * 64, 4, 1, [])
    assert "Unduh PDF" in client.get(f"/dokumen/{document.id}").text


def test_asking_twice_is_one_job(pdfs, source, work):
    for _ in range(3):
        assert pdfs.ask([source, source])[source].status == "queued"
    assert [one.subject for one in work.outbox() if one.topic == "pdf.requested"] == [source]


def test_two_workers_make_it_once(pdfs, source):
    pdfs.ask([source])
    assert pdfs.claim(source, "satu")
    assert pdfs.claim(source, "dua") is None


def test_a_worker_that_lost_its_lease_changes_nothing(pdfs, source, clock):
    pdfs.ask([source])
    first = pdfs.claim(source, "satu")
    clock.forward(60)
    assert pdfs.claim(source, "dua").attempt == 2
    assert not pdfs.renew(first)
    assert not pdfs.finish(first, "a" * 64, 1, 1, [])
    assert not pdfs.fail(first, "x")
    assert pdfs.find([source])[source].status == "running"


def test_what_dead_workers_held_is_queued_again_and_given_up_after_three_times(pdfs, source, clock):
    pdfs.ask([source])
    for _ in range(3):
        assert pdfs.claim(source, "satu")
        clock.forward(60)
        assert pdfs.take_over_expired() == 1
    stored = pdfs.find([source])[source]
    assert (stored.status, stored.error) == ("failed", GAVE_UP)


def test_a_fault_for_good_says_why_and_can_be_asked_for_again(client, document, source, shop, pdfs):
    pdfs.ask([source])
    make_pdf(shop, Slow(NoPdf("Hanya rusak.")), source)
    assert "Hanya rusak." in client.get(f"/dokumen/{document.id}").text
    naskah = document.files[0].naskah
    page = f"/dokumen/{document.id}"
    assert client.send(f"{page}/{naskah}/pdf", from_page=page).status_code == 303
    assert pdfs.find([source])[source].status == "queued"


def test_one_that_took_too_long_is_tried_again(source, shop, pdfs):
    pdfs.ask([source])
    make_pdf(shop, Slow(PdfTimeout("lama")), source)
    assert pdfs.find([source])[source].status == "queued"


def test_a_pdf_whose_document_is_gone_is_forgotten(source, pdfs):
    pdfs.ask([source, "f" * 64])
    assert pdfs.forget_unnamed() == 1
    assert set(pdfs.find([source, "f" * 64])) == {source}


@office
@pytest.mark.office
def test_from_the_outbox_by_the_queue_of_its_own(
    settings, engine, shop, work, pdfs, source, monkeypatch
):
    assert engine.connection.ping()
    connection = connect(settings)
    monkeypatch.setattr(pdf_task, "workshop", lambda: shop)
    pdfs.ask([source])
    dispatcher = Dispatcher(work, shop.batch_work, pdfs, connection, 10)
    dispatcher.tell_outbox()
    assert source in known_jobs(queue(connection, PDF))
    worker = SimpleWorker([PDF], connection=connection, serializer=JSONSerializer)
    worker.work(burst=True, logging_level="WARNING")
    assert pdfs.find([source])[source].status == "done"
    pdf_task.maker(settings.pdf_max_bytes).close()
    pdf_task.maker.cache_clear()
    connection.close()


def test_only_one_of_many_who_ask_together_writes_it(pdfs, source, work):
    threads = [threading.Thread(target=pdfs.ask, args=([source],)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in work.outbox() if one.topic == "pdf.requested"]) == 1
