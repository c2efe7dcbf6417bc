"""Requests that stand in the OpenAPI document as examples, and are sent by the tests as they are.

They are made from the shortest example that a kind carries.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.inputs import read_input
from docgen.registry import kinds

SATKER = "13.71"


def _inputs() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in kinds().values():
        for path in (kind.folder / "examples").glob("*.yaml"):
            yield kind.name, read_input(path)


KIND, DATA = min(_inputs(), key=lambda named: len(repr(named[1])))
DOCUMENT: dict[str, Any] = {"kind": KIND, "satker": SATKER, "data": DATA}
CHECK: dict[str, Any] = {"kind": KIND, "satker": SATKER, "data": {}}
BATCH: dict[str, Any] = {
    "kind": next(kind.name for kind in kinds().values() if kind.masters),
    "masters": "semua",
    "satker": SATKER,
}
ENDPOINT: dict[str, Any] = {
    "url": "https://arsip.example.id/kabar",
    "events": ["document.generated", "document.failed"],
}
