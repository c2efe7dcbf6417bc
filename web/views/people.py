"""People: let in, changed, shut out; a link for those who forgot their password."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import DocgenError, UnknownSatker
from docgen.roles import ROLE_WORDS, Role, may_give
from docgen.satker import registry
from docgen.storage import People, Person, unfit_name
from web.auth import needs
from web.services import services, signed_in

blueprint = Blueprint("people", __name__)


@blueprint.get("/pengguna")
@needs("pengguna")
def index() -> ResponseReturnValue:
    """Everybody of the office and of those below it."""
    return render_template("pengguna.html", people=_people().all())


@blueprint.get("/pengguna/baru")
@needs("pengguna")
def new() -> ResponseReturnValue:
    """The form for somebody new."""
    return _form(None, {"satker": signed_in().root, "peran": "operator"})


@blueprint.post("/pengguna/baru")
@needs("pengguna")
def let_in() -> ResponseReturnValue:
    """Let them in, and show their link, once."""
    sent = request.form.to_dict()
    errors = _errors(sent, is_new=True)
    if errors:
        return _form(None, sent, errors), 422
    try:
        token = _people().let_in(sent["nama_masuk"], sent["nama"], _role(sent), sent["satker"])
    except DocgenError as error:
        return _form(None, sent, {"nama_masuk": str(error)}), 422
    return _link(sent["nama"], token)


@blueprint.get("/pengguna/<user_id>")
@needs("pengguna")
def edit(user_id: str) -> ResponseReturnValue:
    """The form for somebody who is here."""
    person = _person(user_id)
    return _form(person, {"nama": person.nama, "peran": person.role, "satker": person.scope})


@blueprint.post("/pengguna/<user_id>")
@needs("pengguna")
def change(user_id: str) -> ResponseReturnValue:
    """Keep what was changed."""
    person, sent = _person(user_id), request.form.to_dict()
    if errors := _errors(sent, is_new=False):
        return _form(person, sent, errors), 422
    try:
        _people().change(user_id, nama=sent["nama"], role=_role(sent), scope=sent["satker"])
    except DocgenError as error:
        return _form(person, sent, {"peran": str(error)}), 422
    return redirect(url_for("people.index"), 303)


@blueprint.post("/pengguna/<user_id>/tautan")
@needs("pengguna")
def reset(user_id: str) -> ResponseReturnValue:
    """A link for somebody who forgot their password."""
    person = _person(user_id)
    token = _people().reset(user_id)
    if token is None:
        abort(404)
    return _link(person.nama, token)


@blueprint.post("/pengguna/<user_id>/tutup")
@needs("pengguna")
def shut_out(user_id: str) -> ResponseReturnValue:
    """End their access."""
    person = _person(user_id)
    try:
        _people().shut_out(user_id)
    except DocgenError as error:
        sent = {"nama": person.nama, "peran": person.role, "satker": person.scope}
        return _form(person, sent, {"peran": str(error)}), 422
    return redirect(url_for("people.index"), 303)


@blueprint.post("/pengguna/<user_id>/buka")
@needs("pengguna")
def let_back(user_id: str) -> ResponseReturnValue:
    """Let them in again."""
    if not _people().let_back(user_id):
        abort(404)
    return redirect(url_for("people.index"), 303)


def _people() -> People:
    return People(services().database, signed_in())


def _person(user_id: str) -> Person:
    person = _people().get(user_id)
    if person is None:
        abort(404)
    return person


def _role(sent: Mapping[str, str]) -> Role:
    return next(role for role in ROLE_WORDS if role == sent["peran"])


def _errors(sent: Mapping[str, str], *, is_new: bool) -> dict[str, str]:
    errors = {}
    if wrong := unfit_name(sent.get("nama", "")):
        errors["nama"] = f"Nama: {wrong}"
    if is_new and (wrong := unfit_name(sent.get("nama_masuk", ""))):
        errors["nama_masuk"] = f"Nama masuk: {wrong} Contoh: surel kantor atau NIP."
    if sent.get("peran") not in ROLE_WORDS:
        errors["peran"] = "Peran: pilih salah satu."
    try:
        registry().get(sent.get("satker", ""))
    except UnknownSatker as error:
        errors["satker"] = str(error)
    return errors


def _form(
    person: Person | None, sent: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> str:
    scope = signed_in().scope
    return render_template(
        "pengguna_ubah.html",
        person=person,
        sent=sent,
        errors=errors or {},
        roles=[(role, ROLE_WORDS[role]) for role in may_give(signed_in().role)],
        offices=[office for office in registry().all() if scope.covers(office.kode)],
    )


def _link(nama: str, token: str) -> str:
    address = url_for("sign_in.with_link", token=token, _external=True)
    return render_template("pengguna_tautan.html", nama=nama, address=address)
