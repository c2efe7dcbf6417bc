"""Signing in by a link that works once, and signing out."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from web.auth import SESSION_TOKEN
from web.services import access

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/masuk")
def without_link() -> ResponseReturnValue:
    """Say how to get in."""
    return render_template("masuk.html", token="", is_open=False), 401


@blueprint.get("/masuk/<token>")
def with_link(token: str) -> ResponseReturnValue:
    """Show a button: a link that is only looked at, by a mail program say, must not be used up."""
    is_open = access().is_open(token)
    return render_template("masuk.html", token=token, is_open=is_open), 200 if is_open else 410


@blueprint.post("/masuk/<token>")
def use_link(token: str) -> ResponseReturnValue:
    """Sign in."""
    session_token = access().use_link(token)
    if session_token is None:
        return render_template("masuk.html", token=token, is_open=False), 410
    session.clear()
    session[SESSION_TOKEN] = session_token
    return redirect(url_for("home.show"), 303)


@blueprint.post("/keluar")
def out() -> ResponseReturnValue:
    """Sign out."""
    token = session.pop(SESSION_TOKEN, "")
    session.clear()
    access().sign_out(token)
    return redirect(url_for("sign_in.without_link"), 303)
