"""Everything that a new machine needs, in one file: tables, files, secret key. Any database can read it.

A backup is a TAR: `about.json`, a file of JSON lines for each table, then the contents by their
SHA-256. The tables are read in one transaction, so they agree with each other while the service
runs; contents never change and are written before the row that names them, so all that the tables
name are there to be read afterwards.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from docgen import __version__
from docgen.config import Settings
from docgen.errors import DocgenError
from docgen.storage import Blobs, Database, MissingBlob, keep_secret_key
from docgen.storage.dump import dump_tables, is_empty, load_tables, named_contents, prepare_tables

ABOUT = "about.json"
TABLES = "tabel/"
CONTENTS = "berkas/"
FORMAT = 1


class UnusableBackup(DocgenError):
    """A file that is not a backup of ours, or a machine that is not empty."""


def backup(settings: Settings, path: Path) -> dict[str, int]:
    """Write the backup, whole or not at all; answers with how many rows and files it holds.

    Only its owner may read it: it holds the secret key.

    Raises:
        UnusableBackup: A file that the database names is missing from the store.
    """
    descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".docgen-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            counts = _write(settings, stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return counts


def _write(settings: Settings, stream: IO[bytes]) -> dict[str, int]:
    blobs = Blobs(settings.blob_url)
    rows = files = 0
    with (
        closing(Database(settings.database_url)) as database,
        tarfile.open(fileobj=stream, mode="w|") as tar,
        tempfile.TemporaryDirectory() as folder,
    ):
        with dump_tables(database, Path(folder)) as dumped:
            about = {
                "format": FORMAT,
                "docgen": __version__,
                "revision": dumped.revision,
                "secret_key": settings.secret_key,
                "tables": dumped.rows,
                "sha256": {table: _digest_of(Path(folder) / table) for table in dumped.rows},
            }
            _add(tar, ABOUT, json.dumps(about).encode())
        for table in dumped.rows:
            tar.add(Path(folder) / table, f"{TABLES}{table}.jsonl")
            rows += dumped.rows[table]
        for sha256 in dumped.contents:
            try:
                _add(tar, f"{CONTENTS}{sha256}", blobs.get(sha256))
            except MissingBlob as error:
                raise UnusableBackup(
                    f"Berkas {sha256} tercatat tetapi tidak ada di penyimpanan; cadangan tidak dibuat."
                ) from error
            files += 1
    return {"rows": rows, "files": files}


def restore(settings: Settings, path: Path) -> dict[str, int]:
    """Put a backup into an empty database and store; answers with how many rows and files it held.

    The database may be of another make than the one that was backed up, and the backup older than
    this program: its tables are then brought up to date. On an error the database stays empty.

    Raises:
        UnusableBackup: The file is not a whole backup, or the database is not empty.
    """
    database = Database(settings.database_url)
    try:
        if not is_empty(database):
            raise UnusableBackup("Basis data ini sudah berisi; pulihkan ke mesin yang kosong.")
        with tarfile.open(path, mode="r|") as tar:
            return _read(tar, settings, database)
    except (tarfile.TarError, EOFError, KeyError, ValueError) as error:
        raise UnusableBackup(f"{path}: bukan cadangan docgen yang utuh ({error}).") from error
    finally:
        database.close()


def _read(tar: tarfile.TarFile, settings: Settings, database: Database) -> dict[str, int]:
    entries = _entries(tar)
    name, content = next(entries, ("", io.BytesIO()))
    if name != ABOUT:
        raise UnusableBackup("Ini bukan cadangan docgen.")
    about = json.load(content)
    blobs = Blobs(settings.blob_url)
    files = 0
    with prepare_tables(database, about["revision"]) as connection:
        found: set[str] = set()
        rows: dict[str, int] = {}
        for name, content in entries:
            if name.startswith(TABLES):
                table = name.removeprefix(TABLES).removesuffix(".jsonl")
                read = _Digested(content)
                rows[table] = load_tables(connection, table, read)
                _refuse_altered(name, read.sha256, about["sha256"][table])
            else:
                sha256 = name.removeprefix(CONTENTS)
                file = content.read()
                _refuse_altered(name, hashlib.sha256(file).hexdigest(), sha256)
                blobs.put(sha256, file)
                found.add(sha256)
                files += 1
        if rows != about["tables"] or named_contents(connection) - found:
            raise UnusableBackup("Cadangan ini terpotong: tidak semuanya ada di dalamnya.")
    if about["secret_key"]:
        keep_secret_key(database, about["secret_key"])
    return {"rows": sum(rows.values()), "files": files}


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Digested:
    """Lines on their way to somebody else, and the SHA-256 of those that have passed."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self._digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self._digest.update(line)
            yield line

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _refuse_altered(name: str, sha256: str, expected: str) -> None:
    if sha256 != expected:
        raise UnusableBackup(f"Cadangan ini rusak: isi {name} bukan lagi yang dicadangkan.")


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in tar:
        content = tar.extractfile(entry)
        if content is not None:
            yield entry.name, content


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    tar.addfile(entry, io.BytesIO(content))
