"""One line in the log for each request, under one id; routes, never addresses: those hold tokens."""

import secrets
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

QUIET_ENDPOINTS = frozenset({"static", "bootstrap.static", "health.alive", "health.ready"})


def init_app(app: Flask) -> None:
    """Begin before everything else, end after it."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint not in QUIET_ENDPOINTS:
        log.info(
            "request.answered",
            method=request.method,
            route=str(request.url_rule or "-"),
            status=response.status_code,
            milliseconds=round((time.perf_counter() - g.began) * 1000),
        )
    return response
