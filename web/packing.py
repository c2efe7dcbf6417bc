"""Word files of documents as one ZIP, sent while it is made."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Protocol

from flask import Response
from zipstream import ZipStream

from docgen.storage import Blobs


class Packable(Protocol):
    """A file in the store: what it is called, and the SHA-256 of its content."""

    @property
    def filename(self) -> str: ...

    @property
    def sha256(self) -> str: ...


def packet(files: Iterable[Packable], blobs: Blobs, name: str) -> Response:
    """A download with all these files; equal names get `-2`, `-3`."""
    stream = ZipStream()
    taken: dict[str, int] = {}
    for file in files:
        stream.add(_content(file, blobs), _free(file.filename, taken))
    response = Response(iter(stream), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _content(file: Packable, blobs: Blobs) -> Iterator[bytes]:
    # Read when its turn comes, so that one file at a time is in memory.
    yield blobs.get(file.sha256)


def _free(filename: str, taken: dict[str, int]) -> str:
    taken[filename] = taken.get(filename, 0) + 1
    if taken[filename] == 1:
        return filename
    path = PurePath(filename)
    return _free(f"{path.stem}-{taken[filename]}{path.suffix}", taken)
