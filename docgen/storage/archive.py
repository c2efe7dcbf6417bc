"""A batch to take away: a ZIP with a folder for each office, and the manifest that tells of it."""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from zipstream import ZIP_STORED, ZipStream

from docgen.storage.batches import Batch, Batches, Item
from docgen.storage.blobs import Blobs

MANIFEST = "manifest.json"
LOST = "Berkasnya tidak ada lagi di penyimpanan. Buat ulang."


def manifest(batch: Batch, items: Iterable[Item]) -> dict[str, Any]:
    """The counts and a row for each document, in the form that `docgen batch` writes."""
    rows = [_row(batch.kind, item) for item in items]
    counted = Counter(row["status"] for row in rows)
    return {
        "batch": batch.id,
        "status": batch.status,
        "counts": {status: counted[status] for status in ("made", "skipped", "failed")},
        "documents": rows,
    }


def archive(batches: Batches, batch_id: str, blobs: Blobs) -> Iterator[bytes]:
    """The ZIP's bytes, some at a time; empty where there is no such batch within the scope.

    Nothing is compressed: a DOCX already is. What the store has lost is missing, and the manifest,
    which comes last, says so.
    """
    batch = batches.get(batch_id)
    if batch is None:
        return
    stream = ZipStream(compress_type=ZIP_STORED)
    told: list[Item] = []
    for _, office in itertools.groupby(batches.items(batch_id), lambda item: item.satker):
        items = list(office)
        contents = blobs.get_all([item.sha256 for item in items if item.sha256])
        for item in items:
            if item.sha256 in contents:
                stream.add(contents[item.sha256], _path(item))
                yield from stream.file()
            told.append(item if item.sha256 in contents or not item.sha256 else _lost(item))
    text = json.dumps(manifest(batch, told), ensure_ascii=False, indent=1)
    stream.add(text.encode(), MANIFEST)
    yield from stream.finalize()


def _path(item: Item) -> str:
    return f"{item.satker}/{item.filename}"


def _lost(item: Item) -> Item:
    return replace(item, status="failed", reason=LOST, sha256="")


def _row(kind: str, item: Item) -> dict[str, str]:
    return {
        "satker": item.satker,
        "kind": kind,
        "naskah": item.naskah,
        "input": item.master,
        "file": _path(item) if item.sha256 else "",
        "sha256": item.sha256,
        "status": "made" if item.status == "done" else item.status,
        "reason": item.reason,
    }
