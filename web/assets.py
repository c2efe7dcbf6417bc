"""Styles and scripts: compressed once, kept by browsers until they change."""

import functools
import gzip
import hashlib
from pathlib import Path

from flask import Flask, Response, request

COMPRESSIBLE = frozenset({"text/css", "text/javascript", "image/svg+xml", "application/javascript"})
STATIC_ENDPOINTS = frozenset({"static", "bootstrap.static"})
FOLDER = Path(__file__).with_name("static")


@functools.cache
def static_url_path() -> str:
    """Where our files are served: an address that changes with their content.

    Scripts import each other by relative names, so that no query could tell a new one from an old.
    """
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"/statis/{digest.hexdigest()[:12]}"


def init_app(app: Flask) -> None:
    """Compress what is static. Pages are not: their secrets could be guessed from their length."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if request.endpoint not in STATIC_ENDPOINTS or response.mimetype not in COMPRESSIBLE:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or response.status_code != 200:
        return response
    response.direct_passthrough = False
    response.set_data(_gzip(response.get_data()))
    response.content_encoding = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(f"{etag}-gzip")
    return response


@functools.lru_cache(maxsize=64)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
