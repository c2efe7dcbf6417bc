"""What a document is made from, each part as a short digest: where none differs, nothing changed."""

import functools
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from docgen.kinds import DocumentKind, Naskah
from docgen.satker import Satker

ENGINE = Path(__file__).parent
DATA_OF_CODE = {".py", ".json", ".csv", ".yaml", ".png"}
NOT_ENGINE = {"examples", "pustaka", "__pycache__", "storage", "jobs", "webhooks", "batch"}
"""Folders that hold inputs, or code that no document's content depends on."""


def data_fingerprint(data: Mapping[str, Any], pictures: Iterable[bytes] = ()) -> str:
    """Of an input as it was read and its pictures: neither comments nor the order of keys count."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return _digest([text.encode(errors="surrogatepass"), *pictures])


@functools.lru_cache(maxsize=1024)
def satker_fingerprint(satker: Satker) -> str:
    """Of all that documents say of an office."""
    return _digest([repr(satker).encode()])


def template_fingerprint(
    kind: DocumentKind[Any], naskah: Naskah[Any], *, embed_input: bool = True
) -> str:
    """Of the Word template as it lies in the kind's folder, and of what goes into every file."""
    template = kind.template_path(naskah).read_bytes()
    return _digest([template] if embed_input else [template, b"tanpa isian"])


@functools.cache
def engine_fingerprint(folder: Path) -> str:
    """Of the code that makes documents, ours and that in a kind's folder."""
    return _digest(
        path.read_bytes()
        for root in (ENGINE, folder)
        for path in sorted(root.rglob("*"))
        if path.suffix in DATA_OF_CODE and not NOT_ENGINE & set(path.relative_to(root).parts)
    )


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()
