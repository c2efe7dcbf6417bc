"""The pictures that an input names: fetched from where they lie, looked at, made ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.errors import UnusablePicture
from docgen.findings import Finding
from docgen.photographs import MAX_BYTES, ready

PictureSource = Callable[[str], bytes]
"""From the name that an input gives a picture to its content; raises UnusablePicture."""


@dataclass(frozen=True, slots=True)
class NamedPicture:
    """A picture as an input names it, and the pointer to the place where it does."""

    name: str
    pointer: str


def gather(
    named: Sequence[NamedPicture], source: PictureSource
) -> tuple[dict[str, bytes], list[Finding]]:
    """The ready pictures by name, and an error for each place that names one we cannot use."""
    assets: dict[str, bytes] = {}
    findings = []
    for one in named:
        try:
            if one.name not in assets:
                assets[one.name] = ready(source(one.name))
        except UnusablePicture as error:
            message = f"Gambar “{one.name}”: {error}"
            findings.append(Finding(error.code, "error", one.pointer, message, error.hint))
    return assets, findings


def folder_source(folder: Path) -> PictureSource:
    """Pictures beside an input, by paths relative to its folder; nothing outside it is read."""

    def read(name: str) -> bytes:
        path = _inside(folder, name)
        try:
            if not path.is_file():
                raise _missing()
            with path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise _missing() from error

    return read


def _inside(folder: Path, name: str) -> Path:
    """The file itself, behind any links.

    Raises:
        UnusablePicture: It lies outside the folder.
    """
    try:
        home = folder.resolve()
        path = (home / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; no path at all
        raise _missing() from error
    if not path.is_relative_to(home):
        raise UnusablePicture(
            "G02",
            "berada di luar folder isian.",
            "Salin gambarnya ke folder yang sama dengan isian.",
        )
    return path


def _missing() -> UnusablePicture:
    return UnusablePicture(
        "G01", "tidak ditemukan di folder isian.", "Periksa nama berkas dan hurufnya."
    )
