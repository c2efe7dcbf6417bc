"""Files by their content: written once under their SHA-256, never changed."""

import ctypes
import datetime as dt
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from docgen.errors import DocgenError, InvalidSettings

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 16
"""Requests to a bucket that are under way together: one alone mostly waits for the network."""


ASIDE = "aside"


class MissingBlob(DocgenError):
    """A file that the database knows and the store has not."""


class StoreUnavailable(DocgenError):
    """The store cannot be written or read now: a full disk, a network that is away."""

    permanent = False


class Blobs:
    """A folder (`file://…`) or a bucket (`s3://…`)."""

    def __init__(self, url: str) -> None:
        self._store = _store(url)
        self._url = url
        self._folder = Path(urlsplit(url).path) if url.startswith("file:") else None

    def put(self, sha256: str, content: bytes) -> None:
        """Keep the content under its hash; does nothing where it is kept already."""
        self.put_all({sha256: content})

    def put_all(self, contents: Mapping[str, bytes]) -> None:
        """Keep each content under its hash; when this returns, all of them outlive a power cut.

        Raises:
            StoreUnavailable: Not all could be kept.
        """
        try:
            if self._folder is None:
                _each(self._put_in_bucket, contents.items())
            else:
                for sha256, content in contents.items():
                    self._put(sha256, content)
                # Once for all: a sync costs a hundred times what writing a file does.
                _sync(self._folder)
        except (BaseError, OSError) as error:
            raise StoreUnavailable(
                "Penyimpanan berkas tidak dapat ditulis sekarang; mungkin penuh."
            ) from error

    def _put(self, sha256: str, content: bytes) -> None:
        path = _path(sha256)
        try:
            obstore.put(self._store, path, content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            # A power cut may have left the name without its content. Written again, a file is
            # also new to the retention, which must not take it while it is about to be named.
            if not self._is_whole_and_new(path, content):
                obstore.put(self._store, path, content, use_multipart=False)

    def _is_whole_and_new(self, path: str, content: bytes) -> bool:
        try:
            age = dt.datetime.now(dt.UTC) - obstore.head(self._store, path)["last_modified"]
            is_new = age < dt.timedelta(hours=1)
            return is_new and obstore.get(self._store, path).bytes() == content
        except FileNotFoundError:  # set aside meanwhile
            return False

    def _put_in_bucket(self, one: tuple[str, bytes]) -> None:
        # Not "create": a bucket's objects are whole or not there, the same content twice is the
        # same object, and not every S3-compatible store knows conditions.
        sha256, content = one
        obstore.put(self._store, _path(sha256), content, use_multipart=False)

    def get(self, sha256: str) -> bytes:
        """The content; that of a file that was set aside, too.

        Raises:
            MissingBlob: The store has nothing under this hash.
        """
        content = self._look(sha256, self._read)
        if content is None:
            raise MissingBlob(f"Berkas {sha256[:12]}… tidak ada di penyimpanan.")
        return content

    def get_all(self, hashes: Collection[str]) -> dict[str, bytes]:
        """The contents of those that are there."""
        wanted = sorted(set(hashes))
        read = _each(lambda one: self._look(one, self._read), wanted)
        return {
            one: content for one, content in zip(wanted, read, strict=True) if content is not None
        }

    def missing(self, hashes: Collection[str]) -> set[str]:
        """Those of the hashes that the store has nothing under.

        Raises:
            StoreUnavailable: The store cannot be asked.
        """
        wanted = sorted(set(hashes))
        if self._folder is not None:
            return {one for one in wanted if not self._look(one, self._is_in_folder)}
        try:
            there = _each(lambda one: self._look(one, self._is_in_bucket), wanted)
        except (BaseError, OSError) as error:
            raise StoreUnavailable("Penyimpanan berkas tidak dapat dibaca sekarang.") from error
        return {one for one, is_there in zip(wanted, there, strict=True) if not is_there}

    def _look(self, sha256: str, look: Callable[[str], T | None]) -> T | None:
        """What `look` finds where the file lies or was set aside to; None where it is in neither."""
        # Where it lies once more: it may have been put back between the two.
        paths = (_path(sha256), _aside(sha256), _path(sha256))
        return next((found for path in paths if (found := look(path)) is not None), None)

    def _read(self, path: str) -> bytes | None:
        try:
            return bytes(obstore.get(self._store, path).bytes())
        except FileNotFoundError:
            return None

    def _is_in_folder(self, path: str) -> bool | None:
        return (self._folder is not None and (self._folder / path).is_file()) or None

    def _is_in_bucket(self, path: str) -> bool | None:
        try:
            return bool(obstore.head(self._store, path))
        except FileNotFoundError:
            return None

    def older_than(self, moment: dt.datetime) -> Iterator[list[str]]:
        """Hashes of the files last written before the moment, some hundreds at a time."""
        return self._before(moment, "", _path)

    def aside_since(self, moment: dt.datetime) -> Iterator[list[str]]:
        """Hashes of the files that have been set aside since before the moment."""
        return self._before(moment, ASIDE, _aside)

    def _before(
        self, moment: dt.datetime, folder: str, place: Callable[[str], str]
    ) -> Iterator[list[str]]:
        for page in obstore.list(self._store, folder or None, chunk_size=500):
            yield [
                name
                for entry in page
                if entry["last_modified"] < moment
                and entry["path"] == place(name := entry["path"].rpartition("/")[2])
            ]

    def set_aside(self, hashes: Collection[str]) -> None:
        """Put files where they can still be read, but are taken for deleted.

        Nobody can delete a file and be sure that nobody is about to name it: between the look and
        the deed it may be put again. Set aside, it is there for whoever named it meanwhile.
        """

        def move(sha256: str) -> None:
            with suppress(FileNotFoundError):
                if self._folder is not None:
                    os.utime(self._folder / _path(sha256))  # the time at which it was set aside
                obstore.rename(self._store, _path(sha256), _aside(sha256))

        _each(move, hashes)

    def put_back(self, hashes: Collection[str]) -> None:
        """Put files that were set aside where they belong; those that are there again stay."""

        def move(sha256: str) -> None:
            if self._read(_path(sha256)) is None:
                obstore.rename(self._store, _aside(sha256), _path(sha256))
            else:
                obstore.delete(self._store, _aside(sha256))

        _each(move, hashes)

    def forget(self, hashes: Collection[str]) -> None:
        """Delete files that were set aside."""
        _each(lambda one: obstore.delete(self._store, _aside(one)), hashes)

    def check(self) -> None:
        """Write, read and delete a file.

        Raises:
            InvalidSettings: The store cannot be used.
        """
        # A name of its own: two that check at once must not delete each other's.
        path = f"periksa/{secrets.token_hex(8)}"
        try:
            obstore.put(self._store, path, b"periksa")
            obstore.delete(self._store, path)
        except (BaseError, OSError) as error:
            raise InvalidSettings(f"DOCGEN_BLOB_URL={self._url}: not writable ({error})") from error


def _each(do: Callable[[T], R], things: Iterable[T]) -> list[R]:
    # In threads, not on an event loop: whoever calls may stand on one.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, things))


_libc = ctypes.CDLL(None, use_errno=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if not hasattr(_libc, "syncfs"):
            os.sync()
        elif _libc.syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def _path(sha256: str) -> str:
    # Two levels of folders: a million files in one would slow every listing.
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _aside(sha256: str) -> str:
    return f"{ASIDE}/{_path(sha256)}"


def _store(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = Path(parts.path)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise InvalidSettings(
                f"DOCGEN_BLOB_URL={url}: cannot be made or written ({error.strerror})"
            ) from error
        return LocalStore(folder)
    if parts.scheme == "s3":
        return _bucket(parts.netloc, parts.path.strip("/"), parse_qs(parts.query))
    raise InvalidSettings(f"DOCGEN_BLOB_URL={url}: must begin with file:// or s3://")


def _bucket(name: str, prefix: str, options: Mapping[str, list[str]]) -> ObjectStore:
    """The bucket; who may use it, obstore reads from AWS_ACCESS_KEY_ID and its like."""
    endpoint = options.get("endpoint", [""])[0]
    if not endpoint:
        return S3Store(name, prefix=prefix or None)
    is_plain = endpoint.startswith("http://")
    return S3Store(
        name,
        prefix=prefix or None,
        endpoint=endpoint,
        client_options={"allow_http": is_plain, "timeout": "30s"},
    )
