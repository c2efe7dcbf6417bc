"""The start: what to make for whom, and what was made."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.registry import kinds
from docgen.satker import Satker, registry
from web.auth import needs
from web.services import documents, signed_in

blueprint = Blueprint("home", __name__)

RECENT = 12


@blueprint.get("/")
@needs("lihat")
def show() -> ResponseReturnValue:
    """The start page."""
    return _page("")


@blueprint.get("/buat")
@needs("isi")
def choose() -> ResponseReturnValue:
    """Go to the form of the chosen kind, for the office that was named."""
    kind, words = request.args.get("jenis", ""), request.args.get("satker", "")
    office = _office(words)
    if office is None or kind not in kinds():
        return _page(words), 422
    return redirect(url_for("make.show", jenis=kind, satker=office.kode), 303)


def _page(words: str) -> str:
    scope = signed_in().scope
    return render_template(
        "beranda.html",
        kinds=kinds().values(),
        offices=[office for office in registry().all() if scope.covers(office.kode)],
        words=words,
        recent=documents().newest(limit=RECENT),
    )


def _office(words: str) -> Satker | None:
    """The office that was typed: by its code, alone or before its name, or by its name."""
    scope = signed_in().scope
    wanted = words.strip().casefold()
    for office in registry().all():
        names = {office.kode, f"{office.kode} {office.nama}", office.nama, office.nama_lengkap}
        if scope.covers(office.kode) and wanted in {name.casefold() for name in names}:
            return office
    return None
