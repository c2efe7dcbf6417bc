"""What is kept: backups onto empty machines, retention, upgrades from the first schema."""

import datetime as dt
import hashlib
import json
import os
import tarfile
from contextlib import contextmanager

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    delete,
    insert,
    inspect,
    select,
    text,
)
from typer.testing import CliRunner

import docgen.backup
from docgen.backup import UnusableBackup, backup, restore
from docgen.cli import app
from docgen.config import Settings
from docgen.errors import UnreadableInput
from docgen.startup import make_folders
from docgen.storage import (
    Access,
    Batches,
    Blobs,
    Database,
    Documents,
    Drafts,
    Endpoints,
    MissingBlob,
    OfficeChanges,
    Post,
    Retention,
    Scope,
    SignedIn,
    Typed,
    Uploads,
    is_up_to_date,
    upgrade,
)
from docgen.storage.dump import CONTENT_COLUMN
from docgen.storage.migrate import upgrade_to
from docgen.storage.retention import NAMING
from docgen.storage.scope import PUSAT
from docgen.storage.tables import (
    AttemptRow,
    Base,
    BatchRow,
    ItemRow,
    OutboxRow,
    SettingRow,
    SnapshotRow,
    UserRow,
    VersionRow,
)
from docgen.storage.tables.base import UtcDateTime
from tests.batches.places import KIND, ONE_CITY, THREE_MASTERS


def rows_of(database):
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in Base.metadata.sorted_tables
        }


def empty_machine(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    return Settings.from_env({"DOCGEN_DATA_DIR": str(folder)})


def test_a_backup_restores_every_row_and_file_on_an_empty_machine(place, tmp_path):
    batch_id = place.made()
    Access(place.shop.database).first_link()
    key = Access(place.shop.database).secret_key()
    Documents(place.shop.database, Scope(PUSAT)).request(
        "sop", ONE_CITY, {"judul": "é\ud800"}, judul="é"
    )
    counts = backup(place.shop.settings, tmp_path / "cadangan.tar")
    assert (counts.files, counts.missing) == (6, ())
    assert (tmp_path / "cadangan.tar").stat().st_mode & 0o077 == 0

    new = empty_machine(tmp_path, "baru")
    assert restore(new, tmp_path / "cadangan.tar") == counts
    database = Database(new.database_url)
    assert rows_of(database) == rows_of(place.shop.database)
    assert Access(database).secret_key() == key
    blobs = Blobs(new.blob_url)
    for item in Batches(database, Scope(PUSAT)).items(batch_id):
        assert blobs.get(item.sha256) == place.shop.blobs.get(item.sha256)
    database.close()


def test_a_backup_goes_from_sqlite_to_postgresql_and_numbers_go_on(tmp_path, postgres_url):
    old = empty_machine(tmp_path, "lama")
    first = Database(old.database_url)
    upgrade(first)
    documents = Documents(first, Scope(PUSAT))
    for _ in range(3):
        documents.request("sop", ONE_CITY, {}, judul="x")
    backup(old, tmp_path / "c.tar")
    environ = {"DOCGEN_DATA_DIR": str(tmp_path / "baru"), "DOCGEN_DATABASE_URL": postgres_url}
    new = Settings.from_env(environ)
    restore(new, tmp_path / "c.tar")
    second = Database(new.database_url)
    assert rows_of(second) == rows_of(first)
    Documents(second, Scope(PUSAT)).request("sop", ONE_CITY, {}, judul="y")
    with second.read() as session:
        assert session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)).all() == [1, 2, 3, 4]
    first.close()
    second.close()


def use_settings(monkeypatch, settings):
    """Let commands find the same service."""
    monkeypatch.setenv("DOCGEN_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DOCGEN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("DOCGEN_BLOB_URL", settings.blob_url)


def one_row(table, sha256):
    """A row with a value in every column; keys agree because all values of a sort are the same."""
    values = {
        Boolean: True,
        Integer: 1,
        Float: 1.5,
        UtcDateTime: dt.datetime(2026, 1, 5, 9, 30, tzinfo=dt.UTC),
        Date: dt.date(2026, 1, 5),
        LargeBinary: b"\x00\xff",
        JSON: {"a": ["é", 1]},
        String: "x",
    }
    return {
        column.name: sha256
        if column.name == CONTENT_COLUMN
        else next(value for sort, value in values.items() if isinstance(column.type, sort))
        for column in table.columns
    }


@pytest.mark.parametrize("goes_to", ["sqlite", "postgresql"])
def test_every_column_of_every_table_comes_back(tmp_path, postgres_url, goes_to):
    old = empty_machine(tmp_path, "lama")
    first = Database(old.database_url)
    upgrade(first)
    sha256 = hashlib.sha256(b"isi").hexdigest()
    Blobs(old.blob_url).put(sha256, b"isi")
    with first.write() as session:
        session.execute(delete(SettingRow))
        for table in Base.metadata.sorted_tables:
            session.execute(insert(table), one_row(table, sha256))
    backup(old, tmp_path / "c.tar")
    environ = {"DOCGEN_DATA_DIR": str(tmp_path / "baru")}
    if goes_to == "postgresql":
        environ["DOCGEN_DATABASE_URL"] = postgres_url
    new = Settings.from_env(environ)
    make_folders(new)
    restore(new, tmp_path / "c.tar")
    second = Database(new.database_url)
    assert rows_of(second) == rows_of(first)
    first.close()
    second.close()


@pytest.mark.parametrize("of", ["berkas/", "tabel/batch_items"])
def test_a_backup_in_which_a_byte_was_altered_is_refused(place, tmp_path, of):
    place.made(ONE_CITY)
    path = tmp_path / "c.tar"
    backup(place.shop.settings, path)
    with tarfile.open(path) as tar:
        entry = next(one for one in tar if one.name.startswith(of))
    content = bytearray(path.read_bytes())
    at = content.index(b"13.71" if of != "berkas/" else b"", entry.offset_data)
    content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnusableBackup, match="rusak"):
        restore(empty_machine(tmp_path, "baru"), path)


def test_a_machine_that_is_not_empty_is_not_restored_onto(place, tmp_path):
    place.made(ONE_CITY)
    backup(place.shop.settings, tmp_path / "c.tar")
    before = rows_of(place.shop.database)
    with pytest.raises(UnusableBackup, match="sudah berisi"):
        restore(place.shop.settings, tmp_path / "c.tar")
    assert rows_of(place.shop.database) == before


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_a_backup_that_was_cut_short_is_refused_and_leaves_the_machine_empty(
    place, tmp_path, share
):
    place.made(ONE_CITY)
    whole = tmp_path / "c.tar"
    backup(place.shop.settings, whole)
    os.truncate(whole, int(whole.stat().st_size * share))
    new = empty_machine(tmp_path, "baru")
    with pytest.raises(UnusableBackup):
        restore(new, whole)
    backup_again = tmp_path / "d.tar"
    backup(place.shop.settings, backup_again)
    restore(new, backup_again)


def test_something_else_is_not_restored(tmp_path):
    (tmp_path / "x").write_bytes(b"bukan cadangan" * 100)
    with pytest.raises(UnusableBackup):
        restore(empty_machine(tmp_path, "baru"), tmp_path / "x")
    with tarfile.open(tmp_path / "y", "w") as tar:
        tar.add(tmp_path / "x", "x")
    with pytest.raises(UnusableBackup):
        restore(empty_machine(tmp_path, "baru2"), tmp_path / "y")


def test_what_the_store_lost_is_said_and_all_else_is_backed_up_and_restored(
    place, tmp_path, monkeypatch
):
    lost, altered, whole = place.batches.items(place.made(ONE_CITY))
    place.lose(lost.sha256)
    place.lose(altered.sha256)
    place.shop.blobs.put(altered.sha256, b"lain")
    use_settings(monkeypatch, place.shop.settings)
    path, both = tmp_path / "c.tar", sorted([lost.sha256, altered.sha256])
    done = CliRunner().invoke(app, ["backup", str(path)])
    assert done.exit_code == 0
    assert "1 berkas disimpan" in done.stdout
    assert [line.strip() for line in done.stderr.splitlines()[1:]] == both
    with tarfile.open(path) as tar:
        assert json.load(tar.extractfile("about.json"))["missing"] == both

    new = empty_machine(tmp_path, "baru")
    assert restore(new, path).missing == tuple(both)
    database = Database(new.database_url)
    assert rows_of(database) == rows_of(place.shop.database)
    assert Blobs(new.blob_url).missing([*both, whole.sha256]) == set(both)
    database.close()


def test_a_backup_without_a_file_that_it_does_not_call_missing_is_refused(place, tmp_path):
    place.made(ONE_CITY)
    backup(place.shop.settings, tmp_path / "c.tar")
    with tarfile.open(tmp_path / "c.tar") as old, tarfile.open(tmp_path / "d.tar", "w") as new:
        for entry in old:
            if entry.name.startswith("berkas/"):
                continue
            new.addfile(entry, old.extractfile(entry))
    with pytest.raises(UnusableBackup, match="terpotong"):
        restore(empty_machine(tmp_path, "baru"), tmp_path / "d.tar")


def test_the_retention_takes_nothing_from_a_backup_that_has_begun(place, tmp_path, monkeypatch):
    first = next(iter(place.batches.items(place.made(ONE_CITY))))
    place.made(ONE_CITY, force=True)
    dump = docgen.backup.dump_tables

    @contextmanager
    def dump_then_forget(database, folder):
        with dump(database, folder) as dumped:
            yield dumped
        with place.shop.database.write() as session:
            session.execute(delete(VersionRow))
        place.clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(days=400)
        retention = Retention(place.shop.database, place.shop.blobs)
        assert retention.forget_batches(365) == 2
        retention.forget_files()

    monkeypatch.setattr(docgen.backup, "dump_tables", dump_then_forget)
    assert backup(place.shop.settings, tmp_path / "c.tar").missing == ()
    assert first.sha256 in {
        one for page in place.shop.blobs.aside_since(place.clock.now) for one in page
    }


def test_a_backup_that_can_be_neither_written_nor_read_is_a_sentence(place, tmp_path):
    nowhere = tmp_path / "tidak" / "ada.tar"
    with pytest.raises(UnreadableInput, match=r"ada\.tar: tidak dapat ditulis"):
        backup(place.shop.settings, nowhere)
    with pytest.raises(UnreadableInput, match=r"ada\.tar: tidak dapat dibaca"):
        restore(empty_machine(tmp_path, "baru"), nowhere)


def test_old_batches_go_and_the_newest_version_of_each_document_stays(place):
    old = place.made(ONE_CITY)
    place.clock.forward(10 * 86_400)
    new = place.made(ONE_CITY)
    place.clock.forward(95 * 86_400)
    retention = Retention(place.shop.database, place.shop.blobs)
    assert retention.forget_batches(0) == 0
    assert retention.forget_batches(100) == 1
    assert place.batches.get(old) is None
    assert len(list(place.batches.items(new))) == 3
    place.clock.forward(10 * 86_400)
    assert retention.forget_batches(100) == 1
    with place.shop.database.read() as session:
        assert session.scalars(select(ItemRow)).all() == []
        assert session.scalars(select(BatchRow)).all() == []
        kept = session.scalars(select(VersionRow.sha256)).all()
    assert len(kept) == 3
    place.clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    assert [retention.forget_files() for _ in "ab"] == [0, 0]
    assert place.shop.blobs.missing(kept) == set()


def test_files_that_no_row_names_go_after_a_day_and_not_before(place):
    place.shop.blobs.put("a" * 64, b"x")
    named = next(iter(place.batches.items(place.made(ONE_CITY)))).sha256
    retention = Retention(place.shop.database, place.shop.blobs)
    place.clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(hours=23)
    assert retention.forget_files() == 0
    assert list(place.shop.blobs.aside_since(place.clock.now)) == []
    place.clock.forward(2 * 3600)
    assert retention.forget_files() == 0
    assert place.shop.blobs.get("a" * 64) == b"x"
    place.clock.forward(24 * 3600)
    assert retention.forget_files() == 1
    assert place.shop.blobs.get(named)
    with pytest.raises(MissingBlob):
        place.shop.blobs.get("a" * 64)


class Meanwhile(Blobs):
    """A store in which somebody puts and names a file just before it is set aside."""

    def __init__(self, url, meanwhile):
        super().__init__(url)
        self._meanwhile = meanwhile

    def set_aside(self, hashes):
        self._meanwhile()
        super().set_aside(hashes)


def test_a_file_that_is_named_while_the_retention_takes_it_is_never_lost(place):
    content, database = b"isi yang sama", place.shop.database
    sha256 = hashlib.sha256(content).hexdigest()
    place.shop.blobs.put(sha256, content)
    named = []
    uploads = Uploads(database, place.shop.blobs)
    blobs = Meanwhile(
        place.shop.settings.blob_url, lambda: named or named.append(uploads.keep(content, "a"))
    )
    retention = Retention(database, blobs)
    place.clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    for _ in range(3):
        retention.forget_files()
        assert uploads.get(named[0]) == content
        assert blobs.missing([sha256]) == set()
        assert set(blobs.get_all([sha256])) == {sha256}
    assert list(filter(None, blobs.aside_since(place.clock.now))) == []


def test_a_file_that_is_put_again_after_it_was_set_aside_stays(place):
    blobs, sha256 = place.shop.blobs, hashlib.sha256(b"isi").hexdigest()
    blobs.put(sha256, b"isi")
    blobs.set_aside([sha256])
    blobs.put(sha256, b"isi")
    blobs.forget([sha256])
    assert blobs.get(sha256) == b"isi"
    blobs.set_aside([sha256])
    blobs.put(sha256, b"isi")
    blobs.put_back([sha256])
    assert blobs.get(sha256) == b"isi"


def test_workbooks_go_when_their_time_is_over_and_pictures_stay(place):
    uploads = Uploads(place.shop.database, place.shop.blobs)
    workbook, picture = uploads.keep(b"buku", "a", days=7), uploads.keep(b"foto", "a")
    retention = Retention(place.shop.database, place.shop.blobs)
    place.clock.forward(7 * 86_400 - 60)
    assert retention.forget_uploads(0) == 0
    place.clock.forward(120)
    assert retention.forget_uploads(0) == 1
    assert (uploads.get(workbook), uploads.get(picture)) == (None, b"foto")
    place.clock.now = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    assert [retention.forget_files() for _ in "ab"] == [0, 1]
    assert uploads.get(picture) == b"foto"


def test_pictures_that_no_input_shows_go_after_their_days_and_the_others_stay(place):
    database = place.shop.database
    uploads = Uploads(database, place.shop.blobs)
    kept = [uploads.keep(name, "a") for name in (b"dokumen", b"draf")]
    unused = uploads.keep(b"tidak dipakai", "a")
    shown = [{"dokumentasi": [{"berkas": picture}]} for picture in kept]
    Documents(database, Scope(PUSAT)).request("sop", ONE_CITY, shown[0], judul="x")
    Access(database).first_link()
    drafts = Drafts(database, first_administrator(database))
    drafts.save(drafts.new_id(), "sop", ONE_CITY, Typed(shown[1], "x", 0, 1, 0, "a"))
    retention = Retention(database, place.shop.blobs)
    place.clock.forward(90 * 86_400)
    assert retention.forget_uploads(90) == 0
    place.clock.forward(60)
    new = uploads.keep(b"baru", "a")
    assert retention.forget_uploads(0) == 0
    assert retention.forget_uploads(90) == 1
    assert [uploads.has(one) for one in (*kept, new, unused)] == [True, True, True, False]


def first_administrator(database):
    with database.read() as session:
        user = session.scalars(select(UserRow)).one()
    return SignedIn(user.id, user.name, user.nama, user.role, user.scope, has_password=False)


def test_messages_that_arrived_or_were_given_up_go_after_their_days_and_waiting_ones_stay(place):
    database = place.shop.database
    endpoints = Endpoints(database, Scope(PUSAT))
    endpoint = endpoints.create("https://a.example/", ["batch.finished"], "semua", "whsec_x")
    post = Post(database)
    place.made(ONE_CITY)
    (parcel,) = post.claim_due("kurir", 10)
    post.settle(parcel, status=200, said="", milliseconds=1)
    place.made(ONE_CITY)
    retention = Retention(database, place.shop.blobs)
    place.clock.forward(89 * 86_400)
    assert retention.forget_deliveries(90) == 0
    place.clock.forward(2 * 86_400)
    assert retention.forget_deliveries(0) == 0
    assert retention.forget_deliveries(90) == 1
    assert [one.status for one in endpoints.deliveries(endpoint)] == ["waiting"]
    with database.read() as session:
        assert session.scalars(select(AttemptRow)).all() == []


def test_what_documents_were_made_from_goes_with_the_last_that_was_made_from_it(place):
    database = place.shop.database
    retention = Retention(database, place.shop.blobs)

    def snapshots():
        with database.read() as session:
            return set(session.scalars(select(SnapshotRow.fingerprint)))

    place.made(ONE_CITY)
    first = snapshots()
    OfficeChanges(database, Scope(PUSAT)).set(KIND, ONE_CITY, THREE_MASTERS[0], {"unit": "Satu"})
    place.clock.forward(86_400)
    place.made(ONE_CITY)
    (changes,) = snapshots() - first
    OfficeChanges(database, Scope(PUSAT)).set(KIND, ONE_CITY, THREE_MASTERS[0], {})
    place.clock.forward(86_400)
    place.made(ONE_CITY)
    assert retention.forget_batches(1) == 1  # the second's is the "before" of the third still
    assert changes in snapshots()
    place.clock.forward(2 * 86_400)
    assert retention.forget_batches(1) == 2
    assert snapshots() == first


def test_every_column_that_names_a_content_is_asked_before_a_file_goes():
    columns = {
        f"{table.name}.sha256" for table in Base.metadata.sorted_tables if "sha256" in table.c
    }
    assert {f"{column.class_.__tablename__}.sha256" for column in NAMING} == columns


@pytest.fixture
def first_schema(place):
    """The database as the first version made it, with a document in it."""
    with place.shop.database.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("drop table alembic_version"))
        upgrade_to(connection, "0001")
        connection.execute(
            text(
                "insert into documents values ('1', 'sop', '13.71', '', false, 'x', '{}', "
                "'queued', '[]', '', 0, null, null, null, :now, :now)"
            ),
            {"now": place.clock() if connection.dialect.name == "postgresql" else "2026-02-06"},
        )
    return place.shop.database


def test_a_database_of_the_first_schema_is_brought_up_to_date_with_what_it_holds(first_schema):
    upgrade(first_schema)
    with first_schema.engine.connect() as connection:
        assert is_up_to_date(connection)
        assert set(Base.metadata.tables) <= set(inspect(connection).get_table_names())
        assert connection.scalar(text("select judul from documents")) == "x"


def test_the_commands_back_up_and_restore(place, tmp_path, monkeypatch):
    batch_id = place.made(ONE_CITY)
    use_settings(monkeypatch, place.shop.settings)
    run = CliRunner().invoke
    assert "3 berkas disimpan" in run(app, ["backup", str(tmp_path / "c.tar")]).output
    for name in ("DOCGEN_DATABASE_URL", "DOCGEN_BLOB_URL"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("DOCGEN_DATA_DIR", str(tmp_path / "baru"))
    assert "3 berkas dipulihkan" in run(app, ["restore", str(tmp_path / "c.tar")]).output
    database = Database(Settings.from_env().database_url)
    assert Batches(database, Scope(PUSAT)).get(batch_id).done == 3
    database.close()
