"""Word files as PDF and as pictures of their pages, by LibreOffice and poppler where they are there.

soffice answers 0 for a file that it did not make and for one that it could not read; two on one
profile lose files; some inputs make it hang. So each converter has a profile of its own, time is
bounded, and what came out is read before it is believed.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from docgen.config import DEFAULT_PDF_MAX_BYTES
from docgen.errors import DocgenError

SECONDS = 90
PREVIEW_DPI = 70
GUARD = """
exec 3<&0 </dev/null
(read -r _ <&3; kill -9 0) >/dev/null 2>&1 &
exec "$@" 3<&-
"""
"""Runs a command with somebody beside it who waits on a pipe that only we hold open: where we are
killed, the pipe ends and the whole group dies. The kernel's own sign of a parent's death does not
reach what soffice starts in its turn."""

PREFIX, LOCK = "docgen-lo-", "dipakai"
MOST_PREVIEWS = 30
"""Pages that are shown as pictures; a document of more is read in Word."""

STEPS: Sequence[Mapping[str, int]] = (
    {},
    {"MaxImageResolution": 150, "Quality": 75},
    {"MaxImageResolution": 75, "Quality": 50},
)
"""From the best pictures to the smallest: dots per inch that LibreOffice knows, quality of 100."""


class NoPdf(DocgenError):
    """LibreOffice did not make a PDF, or not one that can be used."""


class PdfTimeout(NoPdf):
    """LibreOffice took too long and was stopped; it may be the machine's doing."""

    permanent = False


class PdfTooLarge(NoPdf):
    """Even with the smallest pictures the PDF is larger than allowed."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF that has pages."""

    content: bytes
    pages: int


def office_program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


class PdfMaker:
    """Makes PDFs, one after the other, with a LibreOffice profile that nobody else uses."""

    def __init__(
        self, program: str, max_bytes: int = DEFAULT_PDF_MAX_BYTES, seconds: float = SECONDS
    ) -> None:
        self._program = program
        self._max_bytes = max_bytes
        self._seconds = seconds
        _sweep()
        self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        # Held until this process ends, however it ends: by it others know that we are there.
        self._lock = Path(self._folder.name, LOCK).open("wb")  # noqa: SIM115  closed by `close`
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def __enter__(self) -> "PdfMaker":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the profile away."""
        self._folder.cleanup()
        self._lock.close()

    def make(self, document: bytes) -> Pdf:
        """The Word file as a PDF no larger than allowed, its pictures scaled down where needed.

        Raises:
            NoPdf: LibreOffice made none, or one without pages.
            PdfTimeout: It took too long.
            PdfTooLarge: Smaller it cannot be made.
        """
        smallest = 0
        for step in STEPS:
            made = self._convert(document, step)
            if len(made.content) <= self._max_bytes:
                return made
            smallest = len(made.content)
        raise PdfTooLarge(
            f"PDF-nya {_in_mb(smallest)}, lebih dari {_in_mb(self._max_bytes)} yang diizinkan, "
            "meski gambarnya sudah diperkecil. Kurangi fotonya."
        )

    def _convert(self, document: bytes, step: Mapping[str, int]) -> Pdf:
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder:
            source = Path(folder, "dokumen.docx")
            source.write_bytes(document)
            said = _run(
                [
                    self._program,
                    f"-env:UserInstallation={Path(self._folder.name, 'profil').as_uri()}",
                    *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
                    *("--convert-to", f"pdf:writer_pdf_Export:{_options(step)}"),
                    *("--outdir", folder, str(source)),
                ],
                self._seconds,
            )
            made = source.with_suffix(".pdf")
            if not made.is_file():
                raise NoPdf(f"LibreOffice tidak membuat PDF-nya. {said[-200:]}".strip())
            content = made.read_bytes()
        return Pdf(content, count_pages(content))


def _sweep() -> None:
    """Take away the folders of makers that were killed: those that nobody holds any more."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        # Another user's, or one that goes at this moment.
        with contextlib.suppress(OSError), lock.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)


def count_pages(content: bytes) -> int:
    """How many pages the PDF has, at least one.

    Raises:
        NoPdf: It has none, or it is no PDF.
    """
    try:
        pages = len(PdfReader(BytesIO(content)).pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError) as error:
        raise NoPdf("PDF yang dibuat LibreOffice rusak.") from error
    if not pages:
        raise NoPdf("PDF yang dibuat LibreOffice tidak berhalaman.")
    return pages


def page_pictures(content: bytes, seconds: float = SECONDS) -> list[bytes]:
    """The PDF's first pages as PNG, in order; empty where poppler is not installed.

    Raises:
        NoPdf: The pages cannot be drawn.
        PdfTimeout: It took too long.
    """
    program = shutil.which("pdftoppm")
    if program is None:
        return []
    with tempfile.TemporaryDirectory(prefix="docgen-png-") as folder:
        source = Path(folder, "dokumen.pdf")
        source.write_bytes(content)
        options = ["-png", "-r", str(PREVIEW_DPI), "-l", str(MOST_PREVIEWS)]
        said = _run([program, *options, str(source), str(Path(folder, "h"))], seconds)
        pictures = [path.read_bytes() for path in sorted(Path(folder).glob("h-*.png"))]
    if not pictures:
        raise NoPdf(f"Gambar halamannya tidak dapat dibuat. {said[-200:]}".strip())
    return pictures


def _options(step: Mapping[str, int]) -> str:
    values: dict[str, Any] = {
        name: {"type": "long", "value": str(value)} for name, value in step.items()
    }
    values["ReduceImageResolution"] = {"type": "boolean", "value": str(bool(step)).lower()}
    return json.dumps(values)


def _run(command: Sequence[str], seconds: float) -> str:
    """What the program said; it and all that it started are gone afterwards, even if we are killed.

    Raises:
        PdfTimeout: It had to be stopped.
    """
    guarded, ours = os.pipe()  # Python closes our end in every program that is started
    process = subprocess.Popen(  # noqa: S603  our own command, passed on as arguments
        ["/bin/sh", "-c", GUARD, "sh", *command],
        stdin=guarded,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        # soffice is a script that starts the real program: they must be stopped together.
        start_new_session=True,
    )
    os.close(guarded)
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise PdfTimeout(f"Pembuatan PDF melebihi {seconds:g} detik.") from error
    finally:
        _end_group(process)
        os.close(ours)
    return said.decode(errors="replace").strip()


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    # It may all have ended by itself.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _in_mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
