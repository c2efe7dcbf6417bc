"""Signing in, by name and password or by a link that works once, and signing out."""

import structlog
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from docgen.limits import attempts_left
from web.auth import SESSION_TOKEN, needs
from web.services import access, services

blueprint = Blueprint("sign_in", __name__)

log = structlog.get_logger()

PER_NAME, PER_ADDRESS = 8, 40
"""Attempts in a quarter of an hour: for one name, and from one address."""

WRONG = "Nama atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya."
TOO_OFTEN = "Terlalu banyak percobaan. Coba lagi seperempat jam lagi."


@blueprint.get("/masuk")
def show() -> ResponseReturnValue:
    """Ask for name and password."""
    return page(), 200 if request.args.get("keluar") else 401


@blueprint.post("/masuk")
def with_password() -> ResponseReturnValue:
    """Sign in; which of the two was wrong is not told."""
    name, password = request.form.get("nama", ""), request.form.get("sandi", "")
    limiter = services().limiter
    names = attempts_left(limiter, f"masuk:{name.strip().lower()[:120]}", PER_NAME)
    addresses = attempts_left(limiter, f"masuk-dari:{request.remote_addr}", PER_ADDRESS)
    if not (names and addresses):
        log.warning("sign_in.too_often")
        return page(name, TOO_OFTEN), 429
    session_token = access().sign_in(name, password)
    if session_token is None:
        return page(name, WRONG), 422
    return come_in(session_token, _go_on())


@blueprint.get("/masuk/<token>")
def with_link(token: str) -> ResponseReturnValue:
    """Show a button: a link that is only looked at, by a mail program say, must not be used up."""
    is_open = access().is_open(token)
    return render_template("tautan.html", token=token, is_open=is_open), 200 if is_open else 410


@blueprint.post("/masuk/<token>")
def use_link(token: str) -> ResponseReturnValue:
    """Sign in by the link."""
    session_token = access().use_link(token)
    if session_token is None:
        return render_template("tautan.html", token=token, is_open=False), 410
    return come_in(session_token, _go_on())


@blueprint.post("/keluar")
@needs("lihat")
def out() -> ResponseReturnValue:
    """Sign out."""
    token = session.pop(SESSION_TOKEN, "")
    session.clear()
    access().sign_out(token)
    return redirect(url_for("sign_in.show", keluar=1), 303)


def page(name: str = "", error: str = "") -> str:
    """The sign-in page."""
    return render_template("masuk.html", name=name, error=error, go_on=_go_on())


def come_in(session_token: str, wanted: str) -> ResponseReturnValue:
    """Begin a session, and go on to the page that was wanted."""
    session.clear()
    session[SESSION_TOKEN] = session_token
    return redirect(_own_path(wanted) or url_for("home.show"), 303)


def _go_on() -> str:
    return _own_path(request.values.get("lanjut", ""))


def _own_path(wanted: str) -> str:
    """The page that was asked for; only a path of ours, never another place."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    # Browsers leave tabs and newlines out: `/<tab>/elsewhere` would be `//elsewhere` to them.
    return wanted if is_ours and wanted.isprintable() else ""
