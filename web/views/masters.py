"""Masters: what every office starts from, and what one office has changed in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from docgen.errors import InvalidInput, UnknownKind, UnknownSatker
from docgen.findings import Finding
from docgen.generate import prepare
from docgen.kinds import DocumentKind
from docgen.masters import Master, apply_changes, load_masters
from docgen.merge_patch import difference
from docgen.registry import get_kind, kinds
from docgen.satker import Satker
from docgen.storage import OfficeChanges
from web.auth import needs
from web.controls import form_sections
from web.form_changes import change_rows
from web.form_findings import for_form
from web.forms import read_form, write_form
from web.requests import row_change, sent_fields, unnamed, without_place
from web.services import offices, services, signed_in

blueprint = Blueprint("masters", __name__, url_prefix="/acuan/master")


@dataclass(frozen=True, slots=True)
class Asked:
    """The master that an address names, and the office that it is looked at for."""

    kind: DocumentKind[Any]
    master: Master
    office: Satker

    def changes(self) -> Mapping[str, Any]:
        """What the office has changed; empty where nothing."""
        return _changes().of(self.kind.name, self.office.kode).get(self.master.id, {})

    def data(self) -> tuple[dict[str, Any], tuple[Finding, ...]]:
        """The master with the office's changes; the master alone where they no longer fit it."""
        try:
            return apply_changes(self.master.data, self.changes()), ()
        except InvalidInput as error:
            return dict(self.master.data), error.findings


@blueprint.get("")
@needs("lihat")
def index() -> ResponseReturnValue:
    """Every kind's masters, with those that one's own office has changed."""
    root = signed_in().root
    found = [
        (kind, list(load_masters(kind).values()), _changes().of(kind.name, root))
        for kind in kinds().values()
        if kind.masters
    ]
    return render_template("master_semua.html", found=found, root=root)


@blueprint.get("/<jenis>/<master_id>")
@needs("lihat")
def show(jenis: str, master_id: str) -> ResponseReturnValue:
    """A master as the office that is named, or one's own, would have it."""
    asked = _asked(jenis, master_id, request.args.get("satker") or signed_in().root)
    data, stale = asked.data()
    prepared = prepare(asked.kind, data, asked.office)
    pages: Sequence[str] = ()
    if prepared.payload is not None and asked.kind.draw is not None:
        pages = asked.kind.draw(prepared.payload, asked.office)
    return render_template(
        "master.html",
        asked=asked,
        says=asked.master.data["master"],
        changes=asked.changes(),
        stale=stale,
        findings=prepared.findings,
        pages=pages,
    )


@blueprint.get("/<jenis>/<master_id>/satker/<kode>")
@needs("satker")
def edit(jenis: str, master_id: str, kode: str) -> ResponseReturnValue:
    """The master's form as the office has it now."""
    asked = _asked(jenis, master_id, kode)
    data, stale = asked.data()
    return _form(asked, _as_typed(asked.kind, data), stale)


@blueprint.post("/<jenis>/<master_id>/satker/<kode>")
@needs("satker")
def save(jenis: str, master_id: str, kode: str) -> ResponseReturnValue:
    """Keep what differs from the master, or show the form again with what is wrong."""
    asked = _asked(jenis, master_id, kode)
    sections = form_sections(asked.kind)
    if change := row_change():
        data = read_form(sections, sent_fields(), keep_blank=True)
        changed = change_rows(sections, data, *change)
        return _form(asked, data, unnamed(asked.kind.payload, changed), go_on_at=changed.path)
    data = read_form(sections, sent_fields())
    changes = difference(_as_typed(asked.kind, asked.master.data), data)
    prepared = prepare(asked.kind, apply_changes(asked.master.data, changes), asked.office)
    if prepared.payload is None:
        return _form(asked, data, prepared.findings), 422
    _changes().set(asked.kind, kode, asked.master.id, changes, updated_by=signed_in().user_id)
    return _back(asked)


@blueprint.post("/<jenis>/<master_id>/satker/<kode>/semula")
@needs("satker")
def restore(jenis: str, master_id: str, kode: str) -> ResponseReturnValue:
    """Forget the office's changes."""
    asked = _asked(jenis, master_id, kode)
    _changes().set(asked.kind, kode, asked.master.id, {}, updated_by=signed_in().user_id)
    return _back(asked)


def _changes() -> OfficeChanges:
    return OfficeChanges(services().database, signed_in().scope, signed_in())


def _asked(jenis: str, master_id: str, kode: str) -> Asked:
    try:
        kind, office = get_kind(jenis), offices().get(kode)
    except (UnknownKind, UnknownSatker):
        abort(404)
    master = load_masters(kind).get(master_id)
    if master is None:
        abort(404)
    return Asked(kind, master, office)


def _back(asked: Asked) -> ResponseReturnValue:
    address = url_for(
        "masters.show",
        jenis=asked.kind.name,
        master_id=asked.master.id,
        satker=asked.office.kode,
    )
    return redirect(address, 303)


def _as_typed(kind: DocumentKind[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as the form sends it back untouched, so that only what was changed differs."""
    sections = form_sections(kind)
    return read_form(sections, list(write_form(sections, data)))


def _form(
    asked: Asked, data: Mapping[str, Any], findings: Sequence[Finding] = (), *, go_on_at: str = ""
) -> str:
    by_place: dict[str, list[Finding]] = defaultdict(list)
    sections = form_sections(asked.kind)
    findings = for_form(sections, data, findings)
    for finding in findings:
        place = finding.pointer.removeprefix("/")
        by_place[place].append(without_place(asked.kind.payload, finding))
    return render_template(
        "master_ubah.html",
        asked=asked,
        sections=sections,
        data=data,
        errors=[one for one in findings if one.is_error],
        warnings=[one for one in findings if not one.is_error],
        by_place=by_place,
        go_on_at=go_on_at,
    )
