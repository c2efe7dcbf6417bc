"""Everything that a new machine needs, in one file: tables, files, secret key. Any database can read it.

A backup is a TAR: a file of JSON lines for each table, the contents by their SHA-256, and
`about.json`. The tables are read in one transaction, so they agree with each other while the
service runs; contents never change, are written before the row that names them, and can be read
for a day after nothing names them any more, so all that the tables name are there to be read
afterwards. What the store has lost all the same is said, and does not keep the rest from being
backed up.
"""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from docgen import __version__
from docgen.config import Settings
from docgen.errors import DocgenError, UnreadableInput
from docgen.storage import Blobs, Database, MissingBlob, keep_secret_key
from docgen.storage.dump import dump_tables, is_empty, load_tables, named_contents, prepare_tables

ABOUT = "about.json"
TABLES = "tabel/"
CONTENTS = "berkas/"
FORMAT = 1


class UnusableBackup(DocgenError):
    """A file that is not a backup of ours, or a machine that is not empty."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How many rows and files a backup holds, and the SHA-256 of those that the store has lost."""

    rows: int
    files: int
    missing: tuple[str, ...] = ()


def backup(settings: Settings, path: Path) -> BackedUp:
    """Write the backup, whole or not at all.

    Only its owner may read it: it holds the secret key.

    Raises:
        UnreadableInput: It cannot be written there.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=".docgen-")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                held = _write(settings, stream)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UnreadableInput(f"{path}: tidak dapat ditulis ({error.strerror}).") from error
    return held


def _write(settings: Settings, stream: IO[bytes]) -> BackedUp:
    with (
        closing(Database(settings.database_url)) as database,
        tarfile.open(fileobj=stream, mode="w|") as tar,
        tempfile.TemporaryDirectory() as folder,
    ):
        with dump_tables(database, Path(folder)) as dumped:
            about: dict[str, Any] = {
                "format": FORMAT,
                "docgen": __version__,
                "revision": dumped.revision,
                "secret_key": settings.secret_key,
                "tables": dumped.rows,
                "sha256": {table: _digest_of(Path(folder) / table) for table in dumped.rows},
            }
        for table in dumped.rows:
            tar.add(Path(folder) / table, f"{TABLES}{table}.jsonl")
        missing = _write_contents(tar, Blobs(settings.blob_url), dumped.contents)
        # Last: only now is it known which contents are missing.
        _add(tar, ABOUT, json.dumps({**about, "missing": missing}).encode())
    files = len(dumped.contents) - len(missing)
    return BackedUp(sum(dumped.rows.values()), files, tuple(missing))


def _write_contents(tar: tarfile.TarFile, blobs: Blobs, contents: Sequence[str]) -> list[str]:
    """Add the contents; answers with those that are not in the store, or no longer what they were."""
    missing = []
    for sha256 in contents:
        try:
            content = blobs.get(sha256)
        except MissingBlob:
            content = b""
        if hashlib.sha256(content).hexdigest() == sha256:
            _add(tar, f"{CONTENTS}{sha256}", content)
        else:
            missing.append(sha256)
    return missing


def restore(settings: Settings, path: Path) -> BackedUp:
    """Put a backup into an empty database; answers with what it held.

    Files that the store has already may stay: each lies under the SHA-256 of its content.

    The database may be of another make than the one that was backed up, and the backup older than
    this program: its tables are then brought up to date. On an error the database stays empty.

    Raises:
        UnreadableInput: The file cannot be read.
        UnusableBackup: The file is not a whole backup, or the database is not empty.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableInput(f"{path}: tidak dapat dibaca ({error.strerror}).") from error
    with stream, closing(Database(settings.database_url)) as database:
        if not is_empty(database):
            raise UnusableBackup("Basis data ini sudah berisi; pulihkan ke mesin yang kosong.")
        return _restore(settings, path, stream, database)


def _restore(settings: Settings, path: Path, stream: IO[bytes], database: Database) -> BackedUp:
    try:
        with tarfile.open(fileobj=stream, mode="r:") as tar:
            return _read(tar, settings, database)
    except (tarfile.TarError, EOFError, KeyError, ValueError) as error:
        raise UnusableBackup(f"{path}: bukan cadangan docgen yang utuh ({error}).") from error


def _read(tar: tarfile.TarFile, settings: Settings, database: Database) -> BackedUp:
    about = _about(tar)
    missing = tuple(about.get("missing", ()))
    blobs = Blobs(settings.blob_url)
    with prepare_tables(database, about["revision"]) as connection:
        found: set[str] = set()
        rows: dict[str, int] = {}
        for name, content in _entries(tar):
            if name.startswith(TABLES):
                table = name.removeprefix(TABLES).removesuffix(".jsonl")
                read = _Digested(content)
                rows[table] = load_tables(connection, table, read)
                _refuse_altered(name, read.sha256, about["sha256"][table])
            elif name != ABOUT:
                sha256 = name.removeprefix(CONTENTS)
                file = content.read()
                _refuse_altered(name, hashlib.sha256(file).hexdigest(), sha256)
                blobs.put(sha256, file)
                found.add(sha256)
        if rows != about["tables"] or named_contents(connection) - found - {*missing}:
            raise UnusableBackup("Cadangan ini terpotong: tidak semuanya ada di dalamnya.")
    if about["secret_key"]:
        keep_secret_key(database, about["secret_key"])
    return BackedUp(sum(rows.values()), len(found), missing)


def _about(tar: tarfile.TarFile) -> dict[str, Any]:
    content = tar.extractfile(ABOUT)
    about = json.load(content) if content else None
    if not isinstance(about, dict):
        raise KeyError(ABOUT)
    return about


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
