"""What a kind's templates are filled with, by the kind's own examples: for checking templates."""

from collections.abc import Iterator, Mapping
from typing import Any

from docgen.generate import prepare
from docgen.inputs import read_input
from docgen.kinds import DocumentKind, DocumentOrder, Naskah, Payload
from docgen.letterhead import EMPTY_BOX
from docgen.satker import Satker, registry

SAMPLE_OFFICE = "13.71"
"""For whom an example is made that names no office."""


def sample_contexts(kind: DocumentKind[Any], naskah: Naskah[Any]) -> list[Mapping[str, object]]:
    """A context of each example that the naskah can be made from, with SRIKANDI's marks and without."""
    contexts = []
    for payload, satker in _examples(kind):
        if naskah.needs(payload):
            continue
        assets = {one.name: EMPTY_BOX.read_bytes() for one in kind.pictures(payload)}
        for srikandi in (False, True):
            order = DocumentOrder(payload, satker, naskah.name, assets, srikandi)
            contexts.append(kind.build_context(order))
    return contexts


def _examples(kind: DocumentKind[Any]) -> Iterator[tuple[Payload, Satker]]:
    for path in sorted((kind.folder / "examples").glob("*.yaml")):
        data = read_input(path)
        satker = registry().get(data.get("satker") or SAMPLE_OFFICE)
        yield prepare(kind, data, satker).valid_payload(), satker
