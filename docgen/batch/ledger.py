"""What was made in a folder and from what: a line per office as soon as it is done.

The ledger is only ever trusted together with the files: a document counts as unchanged where its
line and its bytes agree. So a line that a crash tore, or one that never came, costs one document
made again, and nothing else.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import UnreadableInput
from docgen.input_set import write_files

NAME = ".docgen.jsonl"
WAIT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was made: what from, its bytes' SHA-256, and its input's absolute path."""

    fingerprint: str
    sha256: str
    input: str


class Ledger:
    """The documents made in a folder, by their paths relative to it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self.documents: dict[str, Made] = {}
        for line in self._lines():
            self._take(line)

    def add(self, documents: Mapping[str, Made | None]) -> None:
        """Keep what is known of these documents, on disk too; None: it is no longer there."""
        if not documents:
            return
        line = {file: _row(made) for file, made in documents.items()}
        self._take(line)
        # Where no line can be written, the next run makes these documents again.
        with suppress(OSError), self._path.open("a", encoding="utf-8") as stream:
            stream.write(_as_line(line))

    def compact(self) -> None:
        """Write the ledger anew, in one step, without what later lines replaced."""
        lines: dict[str, dict[str, object]] = {}
        for file, made in self.documents.items():
            lines.setdefault(file.partition("/")[0], {})[file] = _row(made)
        text = "".join(map(_as_line, lines.values()))
        # Where it cannot be written, the longer one still holds.
        with suppress(UnreadableInput):
            write_files({self._path: text.encode()})

    def _lines(self) -> Iterator[dict[str, Any]]:
        try:
            content = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return
        except OSError as error:
            raise UnreadableInput(
                f"{self._path}: tidak dapat dibaca ({error.strerror})."
            ) from error
        for text in content.split("\n"):
            try:
                line = json.loads(text)
            except ValueError:
                continue  # torn by a crash
            if isinstance(line, dict):
                yield line

    def _take(self, line: Mapping[str, Any]) -> None:
        for file, row in line.items():
            if row is None:
                self.documents.pop(file, None)
            elif isinstance(row, list) and len(row) == 3:
                self.documents[file] = Made(*map(str, row))


def _row(made: Made | None) -> list[str] | None:
    return None if made is None else [made.fingerprint, made.sha256, made.input]


def _as_line(line: Mapping[str, object]) -> str:
    # A line break in front too: it ends what a crash may have torn.
    return f"\n{json.dumps(line, ensure_ascii=False)}\n"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made where it is missing, so that one batch writes at a time.

    Raises:
        UnreadableInput: It cannot be made, or another batch holds it for longer than 10 seconds.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise UnreadableInput(f"{folder}: tidak dapat ditulis ({error.strerror}).") from error
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                message = f"{folder}: sedang dipakai docgen batch yang lain."
                raise UnreadableInput(message) from error
            time.sleep(0.1)
        else:
            return
