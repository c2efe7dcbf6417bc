"""Tokens of the API: made, rotated, revoked; shown once."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.storage.tokens import DEFAULT_REQUESTS_PER_MINUTE, EVERYTHING, Permission
from web.auth import needs
from web.numerals import whole_number
from web.services import signed_in
from web.views.connections.base import (
    blueprint,
    first_selector,
    read_selector,
    secret_page,
    tokens,
    typed,
)

PERMISSION_WORDS: Mapping[Permission, str] = {
    "read": "Melihat dokumen",
    "write": "Meminta dokumen",
    "batch": "Membuat sekaligus",
    "webhooks": "Mengatur alamat penerima",
}
LONGEST_NAME = 120
MOST_REQUESTS = 100_000
LIVES_ON = "Yang lama masih berlaku 24 jam, supaya sempat diganti di sistem lain."


@blueprint.get("/token/baru")
@needs("sambungan")
def new_token() -> ResponseReturnValue:
    """The form for a new token."""
    per_minute = str(DEFAULT_REQUESTS_PER_MINUTE)
    return _form({"satker": first_selector(), "per_menit": per_minute}, ("read", "write"), {})


@blueprint.post("/token/baru")
@needs("sambungan")
def create_token() -> ResponseReturnValue:
    """Make it and show it, once; or the form again with what is wrong."""
    errors: dict[str, str] = {}
    name = request.form.get("nama", "").strip()
    if not 0 < len(name) <= LONGEST_NAME:
        errors["nama"] = "Nama: harus diisi, paling panjang 120 karakter. Contoh: Arsip digital"
    selector = read_selector(errors)
    chosen = [one for one in EVERYTHING if one in request.form.getlist("boleh")]
    if not chosen:
        errors["boleh"] = "Yang boleh dilakukan: pilih paling sedikit satu."
    per_minute = whole_number(request.form.get("per_menit", "").strip())
    if per_minute is None or per_minute > MOST_REQUESTS:
        errors["per_menit"] = (
            "Permintaan semenit: tulis angka 0 sampai 100000. 0 berarti tak dibatasi."
        )
    if errors or per_minute is None:
        return _form(typed(), chosen, errors), 422
    secret = tokens().create(
        name,
        selector,
        permissions=chosen,
        requests_per_minute=per_minute,
        owner_satker=signed_in().root,
    )
    return _shown(name, secret, "")


@blueprint.post("/token/<token_id>/ganti")
@needs("sambungan")
def rotate_token(token_id: str) -> ResponseReturnValue:
    """A new one in its place, shown once."""
    scope = signed_in().scope
    secret = tokens().rotate(token_id, scope)
    if secret is None:
        abort(404)
    name = next(one.name for one in tokens().within(scope) if one.id == token_id)
    return _shown(name, secret, LIVES_ON)


@blueprint.post("/token/<token_id>/cabut")
@needs("sambungan")
def revoke_token(token_id: str) -> ResponseReturnValue:
    """End it at once."""
    if not tokens().revoke(token_id, signed_in().scope):
        abort(404)
    return redirect(url_for("connections.show"), 303)


def _shown(name: str, secret: str, note: str) -> str:
    return secret_page(f"Token untuk “{name}”", secret, note, url_for("connections.show"))


def _form(
    sent: Mapping[str, Any], chosen: tuple[str, ...] | list[Permission], errors: Mapping[str, str]
) -> str:
    return render_template(
        "sambungan_token.html",
        sent=sent,
        chosen=chosen,
        errors=errors,
        permission_words=PERMISSION_WORDS,
    )
