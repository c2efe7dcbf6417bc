"""Nothing is open to strangers, and to those who came in only what their role may do.

Every view says which right it needs; one that says nothing is closed to all.
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from docgen.roles import Right
from web import api
from web.assets import STATIC_ENDPOINTS
from web.services import access

SESSION_TOKEN = "token"
RIGHT = "docgen_right"
OPEN_ENDPOINTS = STATIC_ENDPOINTS | {
    "sign_in.show",
    "sign_in.with_password",
    "sign_in.with_link",
    "sign_in.use_link",
    "institution.begin",
    "institution.back",
    "institution.out",
    "health.alive",
    "health.ready",
    "health.counts",
}
V = TypeVar("V", bound=Callable[..., Any])


def needs(right: Right) -> Callable[[V], V]:
    """Mark a view: only those whose role has this right come to it."""

    def mark(view: V) -> V:
        setattr(view, RIGHT, right)
        return view

    return mark


def right_of(app: Flask, endpoint: str) -> Right | None:
    """The right that a view needs; None where it says nothing."""
    right: Right | None = getattr(app.view_functions[endpoint], RIGHT, None)
    return right


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
        return redirect(url_for("sign_in.show", lanjut=_wanted()))
    if request.endpoint is None:
        return None  # there is no such page, and it says so
    right = right_of(current_app, request.endpoint)
    if right is None or not g.signed_in.may(right):
        abort(403)
    return None


def _wanted() -> str | None:
    """Where to go on after signing in: the page that was asked for, or that a form stood on."""
    if request.method == "GET":
        wanted = request.full_path.rstrip("?")
    else:
        home, came_from = urlsplit(request.host_url), urlsplit(request.referrer or "")
        same = came_from.netloc == home.netloc
        wanted = came_from._replace(scheme="", netloc="", fragment="").geturl() if same else ""
    return wanted if wanted not in {"", "/"} else None
