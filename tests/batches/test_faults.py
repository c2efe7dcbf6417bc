"""Batches while things die around them: processes, the engine's data, the disk, the database.

Each small form runs by default; the long ones (`-m long`) do the same to thousands of documents.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from docgen.config import Settings
from docgen.inputs import read_input
from docgen.jobs.batch import make_office
from docgen.jobs.dispatch import Dispatcher
from docgen.jobs.queues import BATCH, queue
from docgen.jobs.workshop import Workshop
from docgen.storage import Batches, BatchWork, Blobs, Database, Documents, Scope, upgrade
from docgen.storage.scope import PUSAT
from docgen.storage.tables import JobRow
from tests.batches.checking import assert_all_made_once
from tests.batches.places import KIND, ONE_CITY, THREE_MASTERS
from tests.fixtures.service import QUICK, eventually
from tests.fixtures.stores import MANY_MACHINES

SUMATERA_BARAT = "13.*"
PATIENCE_SECONDS = 120
LONG_PATIENCE_SECONDS = 900


class Running:
    """A service, and the batches in its database."""

    def __init__(self, data_dir):
        self.settings = Settings.from_env({"DOCGEN_DATA_DIR": str(data_dir)})
        self.database = Database(self.settings.database_url)
        self.blobs = Blobs(self.settings.blob_url)
        self.batches = Batches(self.database, Scope(PUSAT))

    def wait_for(self, batch_id, made, seconds=PATIENCE_SECONDS):
        """Until so many documents are made, or all."""

        def enough():
            batch = self.batches.get(batch_id)
            return batch.is_settled or batch.done >= made

        eventually(enough, "the batch does not go on", seconds)

    def wait(self, batch_id, seconds=PATIENCE_SECONDS):
        self.wait_for(batch_id, 10**9, seconds)
        assert_all_made_once(self.database, self.blobs, batch_id)


@pytest.fixture
def running(service):
    running = Running(service.data_dir)
    yield running
    running.database.close()


@pytest.mark.service
def test_a_batch_outlives_its_workers_its_engine_and_everything_at_once(service, running):
    batch_id = running.batches.request(KIND, "semua", SUMATERA_BARAT)
    running.wait_for(batch_id, 1)
    assert service.kill("worker")
    running.wait_for(batch_id, 60)
    engine = running.settings.engine_dir
    service.kill("engine")
    for file in [*engine.glob("appendonlydir/*"), *engine.glob("*.rdb")]:
        file.unlink()
    running.wait_for(batch_id, 120)
    for name in ("worker", "web", "dispatcher", "engine"):
        service.kill(name)
    running.wait(batch_id)


@pytest.mark.service
def test_somebody_who_waits_for_one_document_does_not_wait_for_a_batch(running):
    batch_id = running.batches.request(KIND, "semua", "13.*,12.*,14.*")
    running.wait_for(batch_id, 30)
    documents = Documents(running.database, Scope(PUSAT))
    data = read_input(next((KIND.folder / "examples").glob("*.yaml")))
    document_id = documents.request("sop", "13.71", data, judul="x")
    eventually(lambda: documents.get(document_id).status == "done", "the document was not made")
    assert not running.batches.get(batch_id).is_settled
    running.batches.cancel(batch_id)
    assert running.batches.get(batch_id).status == "cancelled"


@pytest.mark.endurance
@pytest.mark.service
def test_thousands_of_documents_are_made_once_though_something_dies_every_few_seconds(
    service, running
):
    batch_id = running.batches.request(KIND, "semua", "semua")
    chance = random.Random(7)
    while not running.batches.get(batch_id).is_settled:
        name = chance.choice(("worker", "worker", "web", "dispatcher", "engine"))
        for one in service.processes(name)[:1]:
            os.kill(one, signal.SIGKILL)
        time.sleep(chance.uniform(0.5, 3))
        service.is_ready()
    running.wait(batch_id, LONG_PATIENCE_SECONDS)


@pytest.mark.long
@pytest.mark.service
def test_a_batch_goes_on_where_the_whole_service_was_killed_and_started_again(service, running):
    batch_id = running.batches.request(KIND, "semua", "kota")
    for made in (100, 400, 800, 1200):
        running.wait_for(batch_id, made)
        for one in [*service.processes(), service.process_id]:
            os.kill(one, signal.SIGKILL)
        service.stop()
        service.start()
    running.wait(batch_id, LONG_PATIENCE_SECONDS)


# The disk.


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 3 MB."""
    folder = tmp_path / "v" / "blobs"
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "docgen-test", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_once_there_is_room_all_is_made(small_disk, settings):
    if not settings.blob_url.startswith("file://"):
        pytest.skip("only a folder lies on a disk that a test can fill")
    shop = Workshop(settings)
    upgrade(shop.database)
    batches = Batches(shop.database, Scope(PUSAT))
    batch_id = batches.request(KIND, "semua", SUMATERA_BARAT)
    for _ in range(3):
        for job in shop.batch_work.queued(batch_id):
            make_office(shop, job)
    batch = batches.get(batch_id)
    assert batch.status == "done"
    assert 0 < batch.failed < batch.total
    assert {item.reason for item in batches.failures(batch_id)} == {
        "Penyimpanan berkas tidak dapat ditulis sekarang; mungkin penuh."
    }
    for item in batches.items(batch_id):
        if item.sha256:
            shop.blobs.get(item.sha256)

    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert batches.retry(batch_id)
    for job in shop.batch_work.queued(batch_id):
        make_office(shop, job)
    assert_all_made_once(shop.database, shop.blobs, batch_id)
    shop.database.close()


# The database.


class Outage(BatchWork):
    """Records whose database is away for a second just as the first document is to be kept."""

    def __init__(self, database, lease_seconds, server):
        super().__init__(database, lease_seconds)
        self._server = server
        self.comes_back: threading.Thread | None = None

    def keep(self, claim, results, *, is_all):
        if self.comes_back is None:
            self._server.stop()
            self.comes_back = threading.Thread(target=self._come_back)
            self.comes_back.start()
        return super().keep(claim, results, is_all=is_all)

    def _come_back(self):
        time.sleep(1)
        self._server.start()


@pytest.mark.parametrize("cut_short_before", [0, 1])
def test_what_is_made_while_the_database_is_away_waits_for_it(postgres, tmp_path, cut_short_before):
    settings = Settings.from_env(
        {"DOCGEN_DATABASE_URL": postgres.database(), "DOCGEN_DATA_DIR": str(tmp_path)}
    )
    shop = Workshop(settings)
    upgrade(shop.database)
    batches = Batches(shop.database, Scope(PUSAT))
    batch_id = batches.request(KIND, THREE_MASTERS, ONE_CITY)
    (job,) = shop.batch_work.queued(batch_id)
    for _ in range(cut_short_before):
        shop.batch_work.release(shop.batch_work.claim(job, "lain"), "putus")
    shop.batch_work = Outage(shop.database, settings.lease_seconds, postgres)
    make_office(shop, job)
    shop.batch_work.comes_back.join()
    assert batches.get(batch_id).done == 3
    with shop.database.read() as session:
        assert session.scalars(select(JobRow.attempts)).all() == [1 + cut_short_before]
    shop.database.close()


# Two of those of which there should be one.


def test_two_reconcilers_at_once_queue_what_the_engine_lost_once(engine, place):
    connection = engine.connection
    shop = place.shop
    dispatchers = [Dispatcher(shop.work, shop.batch_work, shop.pdfs, connection, 10) for _ in "ab"]
    dispatchers[1]._owner = "lain"
    batch_id = place.ask()
    assert dispatchers[0].tell_outbox() == 1
    on = queue(connection, BATCH)
    assert sorted(on.get_job_ids()) == sorted(place.shop.batch_work.queued(batch_id))
    connection.flushall()
    place.clock.forward(11)
    threads = [threading.Thread(target=one.reconcile) for one in dispatchers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(on.get_job_ids()) == sorted(place.shop.batch_work.queued(batch_id))
    for job in [*on.get_job_ids(), *on.get_job_ids()]:
        make_office(place.shop, job)
    assert_all_made_once(place.shop.database, place.shop.blobs, batch_id)


# Two machines, one database, one bucket.


class Host:
    """A machine with a worker: its own folder and its own settings."""

    def __init__(self, folder: Path, environ: dict[str, str], command: str = "worker") -> None:
        folder.mkdir()
        self.log = folder / "log"
        inherited = {name: value for name, value in os.environ.items() if "DOCGEN_" not in name}
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "docgen.cli", command],
                env={**inherited, **QUICK, **environ, "DOCGEN_DATA_DIR": str(folder)},
                stdout=log,
                stderr=log,
            )

    @property
    def offices_done(self) -> int:
        return self.log.read_text().count("batch.office_done")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def shared(postgres, bucket, settings, engine, tmp_path):  # noqa: ARG001  the engine must run
    """The settings that all hosts share: the database, the bucket, an engine."""
    environ = {
        "DOCGEN_DATABASE_URL": postgres.database(),
        "DOCGEN_REDIS_URL": settings.redis_url,
        **bucket.environ,
    }
    shared = Settings.from_env({**environ, "DOCGEN_DATA_DIR": str(tmp_path / "shared")})
    database = Database(shared.database_url)
    upgrade(database)
    started = [
        Host(tmp_path / "antar", environ, "dispatch"),
        Host(tmp_path / "satu", environ),
        Host(tmp_path / "dua", environ),
    ]
    yield database, Blobs(shared.blob_url), started, environ
    for host in started:
        host.kill()
    database.close()


@pytest.mark.service
@pytest.mark.parametrize("settings_of_both", [MANY_MACHINES], indirect=True)
@pytest.mark.parametrize(
    "offices", [SUMATERA_BARAT, pytest.param("provinsi,kota", marks=pytest.mark.long)]
)
def test_two_hosts_share_a_batch_though_postgresql_restarts_and_one_dies(
    shared, postgres, tmp_path, offices
):
    database, blobs, (_, one, two), environ = shared
    batches = Batches(database, Scope(PUSAT))
    batch_id = batches.request(KIND, "semua", offices)
    eventually(lambda: one.offices_done and two.offices_done, "a host did nothing", 60)
    postgres.stop()
    time.sleep(0.5)
    postgres.start()
    two.kill()
    three = Host(tmp_path / "tiga", environ)
    try:
        eventually(lambda: batches.get(batch_id).is_settled, "not finished", PATIENCE_SECONDS)
    finally:
        three.kill()
    assert_all_made_once(database, blobs, batch_id)
