"""Nothing is open to strangers: every request needs a session, but for the few named here."""

from flask import Flask, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from web import api
from web.assets import STATIC_ENDPOINTS
from web.services import access

SESSION_TOKEN = "token"
OPEN_ENDPOINTS = frozenset(
    {
        *STATIC_ENDPOINTS,
        "sign_in.without_link",
        "sign_in.with_link",
        "sign_in.use_link",
        "health.alive",
        "health.ready",
        "health.counts",
        "openapi.document",
        "openapi.page",
    }
)


def init_app(app: Flask) -> None:
    """Ask who is there before every request."""
    app.before_request(_let_in)


def _let_in() -> ResponseReturnValue | None:
    g.signed_in = None
    if request.endpoint in OPEN_ENDPOINTS or request.path.startswith(api.PREFIX):
        return None  # the API has a door of its own
    token = session.get(SESSION_TOKEN)
    g.signed_in = access().who(token) if isinstance(token, str) else None
    if g.signed_in is None:
        return redirect(url_for("sign_in.without_link"))
    return None
