"""Word files of documents as one ZIP, sent while it is made."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from flask import Response
from zipstream import ZipStream

from docgen.storage import Blobs, Document, DocumentFile


def packet(documents: Iterable[Document], blobs: Blobs, name: str) -> Response:
    """A download with all files of these documents; equal names get `-2`, `-3`."""
    stream = ZipStream()
    taken: dict[str, int] = {}
    for document in documents:
        for file in document.files:
            stream.add(_content(file, blobs), _free(file.filename, taken))
    response = Response(iter(stream), mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _content(file: DocumentFile, blobs: Blobs) -> Iterator[bytes]:
    # Read when its turn comes, so that one file at a time is in memory.
    yield blobs.get(file.sha256)


def _free(filename: str, taken: dict[str, int]) -> str:
    taken[filename] = taken.get(filename, 0) + 1
    if taken[filename] == 1:
        return filename
    path = PurePath(filename)
    return _free(f"{path.stem}-{taken[filename]}{path.suffix}", taken)
