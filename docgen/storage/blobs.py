"""Files by their content: written once under their SHA-256, never changed."""

import ctypes
import datetime as dt
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from docgen.errors import DocgenError, InvalidSettings

T = TypeVar("T")

AT_ONCE = 16
"""Requests to a bucket that are under way together: one alone mostly waits for the network."""


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
            if obstore.get(self._store, path).bytes() != content or self._is_old(path):
                obstore.put(self._store, path, content, use_multipart=False)

    def _is_old(self, path: str) -> bool:
        age = dt.datetime.now(dt.UTC) - obstore.head(self._store, path)["last_modified"]
        return age > dt.timedelta(hours=1)

    def _put_in_bucket(self, one: tuple[str, bytes]) -> None:
        # Not "create": a bucket's objects are whole or not there, the same content twice is the
        # same object, and not every S3-compatible store knows conditions.
        sha256, content = one
        obstore.put(self._store, _path(sha256), content, use_multipart=False)

    def get(self, sha256: str) -> bytes:
        """The content.

        Raises:
            MissingBlob: The store has nothing under this hash.
        """
        try:
            return bytes(obstore.get(self._store, _path(sha256)).bytes())
        except FileNotFoundError as error:
            raise MissingBlob(f"Berkas {sha256[:12]}… tidak ada di penyimpanan.") from error

    def get_all(self, hashes: Collection[str]) -> dict[str, bytes]:
        """The contents of those that are there."""
        found: dict[str, bytes] = {}

        def get(sha256: str) -> None:
            try:
                found[sha256] = bytes(obstore.get(self._store, _path(sha256)).bytes())
            except FileNotFoundError:
                return

        _each(get, set(hashes))
        return found

    def missing(self, hashes: Collection[str]) -> set[str]:
        """Those of the hashes that the store has nothing under.

        Raises:
            StoreUnavailable: The store cannot be asked.
        """
        if self._folder is not None:
            return {one for one in hashes if not (self._folder / _path(one)).is_file()}
        gone: set[str] = set()

        def look(sha256: str) -> None:
            try:
                obstore.head(self._store, _path(sha256))
            except FileNotFoundError:
                gone.add(sha256)

        try:
            _each(look, set(hashes))
        except (BaseError, OSError) as error:
            raise StoreUnavailable("Penyimpanan berkas tidak dapat dibaca sekarang.") from error
        return gone

    def older_than(self, moment: dt.datetime) -> Iterator[list[str]]:
        """Hashes of the files last written before the moment, some hundreds at a time."""
        for page in obstore.list(self._store, chunk_size=500):
            yield [
                name
                for entry in page
                if entry["last_modified"] < moment
                and len(name := entry["path"].rpartition("/")[2]) == 64
            ]

    def delete(self, hashes: Collection[str]) -> None:
        """Take files away."""
        if hashes:
            obstore.delete(self._store, [_path(one) for one in hashes])

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


def _each(do: Callable[[T], None], things: Iterable[T]) -> None:
    # In threads, not on an event loop: whoever calls may stand on one.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(do, things):
            pass


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
