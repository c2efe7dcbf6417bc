"""Files by their content: written once under their SHA-256, never changed."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from docgen.errors import DocgenError, InvalidSettings


class MissingBlob(DocgenError):
    """A file that the database knows and the store has not."""


class Blobs:
    """A folder (`file://…`) or a bucket (`s3://…`)."""

    def __init__(self, url: str) -> None:
        self._store = _store(url)
        self._url = url

    def put(self, sha256: str, content: bytes) -> None:
        """Keep the content under its hash; does nothing where it is kept already."""
        try:
            obstore.put(self._store, _path(sha256), content, mode="create")
        except AlreadyExistsError:
            return

    def get(self, sha256: str) -> bytes:
        """The content.

        Raises:
            MissingBlob: The store has nothing under this hash.
        """
        try:
            return bytes(obstore.get(self._store, _path(sha256)).bytes())
        except FileNotFoundError as error:
            raise MissingBlob(f"Berkas {sha256[:12]}… tidak ada di penyimpanan.") from error

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
        return S3Store(parts.netloc, prefix=parts.path.strip("/") or None)
    raise InvalidSettings(f"DOCGEN_BLOB_URL={url}: must begin with file:// or s3://")
