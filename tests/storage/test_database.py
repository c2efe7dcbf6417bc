"""Migrations, pragmas, and files under their hashes."""

import hashlib

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from docgen.errors import InvalidSettings
from docgen.storage import Blobs, Database, is_up_to_date, upgrade
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
