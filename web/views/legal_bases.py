"""Regulations to cite: those of the masters and those that offices added, with their time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.findings import Finding
from docgen.forms import Form, Hint, Section
from docgen.storage import LegalBases, LegalBasis, LegalBasisData
from docgen.storage.legal_bases import cited_by_masters
from docgen.validation import validate
from web.auth import needs
from web.controls import FormSection, model_sections
from web.form_findings import for_form
from web.forms import read_form
from web.requests import sent_fields, without_place
from web.services import offices, services, signed_in

blueprint = Blueprint("legal_bases", __name__, url_prefix="/acuan/dasar-hukum")

FORM = Form(
    sections=(
        Section(
            "peraturan", "Peraturan", ("judul", "berlaku_sejak", "berlaku_sampai", "diganti_oleh")
        ),
    ),
    hints={
        "judul": Hint("area"),
        "berlaku_sejak": Hint("date", "short"),
        "berlaku_sampai": Hint("date", "short"),
        "diganti_oleh": Hint("area"),
    },
)


@blueprint.get("")
@needs("lihat")
def index() -> ResponseReturnValue:
    """Regulations whose words hold what was looked for."""
    words = request.args.get("q", "").strip()
    who = signed_in()
    today = offices().today(offices().get(who.root))
    return render_template(
        "dasar_hukum.html",
        words=words,
        added=[(one, *_state(one, today)) for one in _matching(_bases().all(), words)],
        cited=[(one, *_state(one, today)) for one in _matching(cited_by_masters(), words)],
        covers=who.scope.covers,
    )


@blueprint.get("/baru")
@needs("satker")
def new() -> ResponseReturnValue:
    """The form for one more."""
    return _form("", {"judul": request.args.get("judul", "")})


@blueprint.post("/baru")
@needs("satker")
def add() -> ResponseReturnValue:
    """Keep it."""
    return _save("")


@blueprint.get("/<basis_id>")
@needs("satker")
def edit(basis_id: str) -> ResponseReturnValue:
    """The form for one that is there."""
    basis = _bases().get(basis_id)
    if basis is None:
        abort(404)
    return _form(basis_id, _typed(basis))


@blueprint.post("/<basis_id>")
@needs("satker")
def change(basis_id: str) -> ResponseReturnValue:
    """Keep what was changed."""
    if _bases().get(basis_id) is None:
        abort(404)
    return _save(basis_id)


@blueprint.post("/<basis_id>/hapus")
@needs("satker")
def delete(basis_id: str) -> ResponseReturnValue:
    """Forget it; documents that cite it stay as they are."""
    if not _bases().delete(basis_id):
        abort(404)
    return redirect(url_for("legal_bases.index"), 303)


def _bases() -> LegalBases:
    return LegalBases(services().database, signed_in())


def _sections() -> tuple[FormSection, ...]:
    return model_sections(LegalBasisData, FORM)


def _matching(bases: Sequence[LegalBasis], words: str) -> list[LegalBasis]:
    wanted = words.casefold().split()
    return [one for one in bases if all(word in one.judul.casefold() for word in wanted)]


def _state(basis: LegalBasis, today: dt.date) -> tuple[str, str]:
    if basis.berlaku_sejak and basis.berlaku_sejak > today:
        return "wait", "Belum berlaku"
    return ("ok", "Berlaku") if basis.holds_on(today) else ("warn", "Tidak berlaku lagi")


def _typed(basis: LegalBasis) -> dict[str, str]:
    typed = {"judul": basis.judul, "diganti_oleh": basis.diganti_oleh}
    for key in ("berlaku_sejak", "berlaku_sampai"):
        day: dt.date | None = getattr(basis, key)
        typed[key] = day.isoformat() if day else ""
    return typed


def _save(basis_id: str) -> ResponseReturnValue:
    sent = read_form(_sections(), sent_fields())
    data, findings = validate(LegalBasisData, sent)
    if data is None:
        return _form(basis_id, sent, findings), 422
    _bases().save(data, basis_id)
    return redirect(url_for("legal_bases.index"), 303)


def _form(basis_id: str, data: Mapping[str, Any], findings: Sequence[Finding] = ()) -> str:
    by_place: dict[str, list[Finding]] = defaultdict(list)
    findings = for_form(_sections(), data, findings)
    for finding in findings:
        place = finding.pointer.removeprefix("/")
        by_place[place].append(without_place(LegalBasisData, finding))
    return render_template(
        "dasar_hukum_ubah.html",
        basis_id=basis_id,
        controls=_sections()[0].controls,
        data=data,
        errors=findings,
        by_place=by_place,
        root=signed_in().root,
    )
