"""Migrations, pragmas, and files under their hashes."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from docgen.errors import InvalidSettings
from docgen.storage import Access, Blobs, Database, is_up_to_date, upgrade
from docgen.storage.blobs import MissingBlob
from docgen.storage.tables import Base

CONTENT = b"isi"
SHA = hashlib.sha256(CONTENT).hexdigest()


def test_migrations_make_the_tables_that_the_code_knows(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []
        assert is_up_to_date(connection)


def test_an_empty_database_is_not_up_to_date_and_migrating_twice_changes_nothing(settings):
    database = Database(settings.database_url)
    with database.engine.connect() as connection:
        assert not is_up_to_date(connection)
    upgrade(database)
    upgrade(database)
    with database.engine.connect() as connection:
        assert is_up_to_date(connection)
    database.close()


def test_sqlite_keeps_a_log_and_its_promises(database):
    if database.engine.dialect.name != "sqlite":
        pytest.skip("about SQLite's settings")
    with database.read() as session:
        pragmas = {
            name: session.scalar(text(f"pragma {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


@pytest.mark.usefixtures("database")
def test_hosts_that_start_at_once_agree_on_the_key_and_on_the_first_administrator(settings):
    hosts = [Database(settings.database_url) for _ in range(6)]
    at_once = threading.Barrier(len(hosts))

    def start(host: Database) -> tuple[str, str | None]:
        at_once.wait()
        return Access(host).secret_key(), Access(host).first_link()

    with ThreadPoolExecutor(len(hosts)) as pool:
        started = list(pool.map(start, hosts))
    assert len({key for key, _ in started}) == 1
    assert sum(Access(hosts[0]).is_open(link or "") for _, link in started) == 1
    for host in hosts:
        host.close()


def test_a_writer_that_never_pauses_does_not_starve_another(database, settings):
    enough = threading.Event()

    def write_without_pause() -> None:
        while not enough.is_set():
            with database.write() as session:
                session.execute(text("select 1"))
                time.sleep(0.02)

    other = Database(settings.database_url)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2):
            pool.submit(write_without_pause)
        began = time.monotonic()
        try:
            for _ in range(10):
                with other.write() as session:
                    session.execute(text("select 1"))
        finally:
            enough.set()
    other.close()
    assert time.monotonic() - began < 2


def test_a_blob_is_kept_under_its_hash_however_often_it_is_put(blobs):
    blobs.put(SHA, CONTENT)
    blobs.put(SHA, CONTENT)
    assert blobs.get(SHA) == CONTENT


def test_a_blob_whose_content_a_power_cut_took_is_written_again(blobs):
    blobs.put(SHA, b"")
    blobs.put(SHA, CONTENT)
    assert blobs.get(SHA) == CONTENT


def test_a_blob_that_is_not_there_says_so(blobs):
    with pytest.raises(MissingBlob):
        blobs.get(SHA)


@pytest.mark.parametrize("url", ["ftp://x/y", "blobs", ""])
def test_a_place_for_blobs_that_we_do_not_know_is_refused_by_its_setting(url):
    with pytest.raises(InvalidSettings, match="DOCGEN_BLOB_URL"):
        Blobs(url)
