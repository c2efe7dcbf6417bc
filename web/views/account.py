"""One's own account: who one is here, and the password."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from docgen.storage.access import SHORTEST_PASSWORD
from web.auth import SESSION_TOKEN, needs
from web.services import access, signed_in

blueprint = Blueprint("account", __name__)


@blueprint.get("/akun")
@needs("lihat")
def show() -> ResponseReturnValue:
    """The account, and the form for a password."""
    return _page({})


@blueprint.post("/akun")
@needs("lihat")
def set_password() -> ResponseReturnValue:
    """Keep a new password; every other browser of theirs is signed out."""
    who = signed_in()
    old, new = request.form.get("lama", ""), request.form.get("baru", "")
    errors = {}
    if who.has_password and not access().is_password_of(who.user_id, old):
        errors["lama"] = "Kata sandi lama tidak cocok."
    if len(new) < SHORTEST_PASSWORD:
        errors["baru"] = f"Paling sedikit {SHORTEST_PASSWORD} karakter."
    if new.strip().lower() in {who.name, who.nama.lower()}:
        errors["baru"] = "Jangan memakai nama Anda sendiri."
    if new != request.form.get("ulang", ""):
        errors["ulang"] = "Tidak sama dengan kata sandi baru."
    if errors:
        return _page(errors), 422
    access().set_password(who.user_id, new, session[SESSION_TOKEN])
    return redirect(url_for("home.show"), 303)


def _page(errors: dict[str, str]) -> str:
    return render_template("akun.html", who=signed_in(), errors=errors, shortest=SHORTEST_PASSWORD)
