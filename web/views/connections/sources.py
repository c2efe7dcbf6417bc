"""Outside systems that may ask for documents: registered, tried on a sample, their messages seen."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jmespath
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jmespath.exceptions import JMESPathError

from docgen.errors import DocgenError, InvalidInput
from docgen.findings import Finding
from docgen.inputs import parse_input
from docgen.registry import kinds
from docgen.storage import Scope, Source
from docgen.webhooks import new_secret
from web.api import PREFIX
from web.api.asking import Request, look_at
from web.api.hooks import mapped
from web.api.problems import Problem
from web.auth import needs
from web.services import signed_in
from web.views.connections.base import (
    blueprint,
    first_selector,
    read_selector,
    secret_page,
    sources,
    typed,
)

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of a sample: the input as JSON, empty where none came of it."""

    data: str
    findings: tuple[Finding, ...]

    @property
    def is_accepted(self) -> bool:
        return bool(self.data) and not any(one.is_error for one in self.findings)


def try_out(source_kind: str, mapping: str, scope: Scope, sample: str) -> Trial:
    """Map a pasted sample and look at the result as at a real message; nothing is stored."""
    try:
        data = mapped(mapping, parse_input(sample.encode(), is_json=True))
    except InvalidInput as error:
        return Trial("", error.findings)
    except Problem as problem:
        return Trial("", problem.errors)
    shown = json.dumps(data, ensure_ascii=False, indent=2)
    try:
        return Trial(shown, look_at(Request(source_kind, None, data), scope).findings)
    except Problem as problem:
        return Trial(shown, (Finding("S06", "error", "/satker", problem.detail),))


@blueprint.get("/sumber/baru")
@needs("sambungan")
def new_source() -> ResponseReturnValue:
    """The form for a new source."""
    return _form({"satker": first_selector()}, {})


@blueprint.post("/sumber/baru")
@needs("sambungan")
def create_source() -> ResponseReturnValue:
    """Try it on the sample, or register it and show its secret, once."""
    errors: dict[str, str] = {}
    selector = read_selector(errors)
    sent = typed()
    errors |= _errors(sent, is_trial="coba" in sent)
    if errors:
        return _form(sent, errors), 422
    if "coba" in sent:
        scope = Scope.selected(selector)
        return _form(sent, {}, try_out(sent["jenis"], sent["pemetaan"], scope, sent["contoh"]))
    secret = new_secret()
    try:
        sources().create(
            sent["nama"],
            kind=sent["jenis"],
            selector=selector,
            mapping=sent["pemetaan"],
            secret=secret,
            owner_satker=signed_in().root,
        )
    except DocgenError as error:
        return _form(sent, {"nama": f"Nama: {error}"}), 422
    note = f"Kirimannya ke {request.host_url.rstrip('/')}{PREFIX}/hooks/{sent['nama']}, ditandatangani dengan kunci ini."
    back = url_for("connections.show_source", name=sent["nama"])
    return secret_page(f"Kunci rahasia untuk “{sent['nama']}”", secret, note, back)


@blueprint.get("/sumber/<name>")
@needs("sambungan")
def show_source(name: str) -> ResponseReturnValue:
    """The source, what it sent, and a place to try its mapping."""
    return _page(_source(name), "", None)


@blueprint.post("/sumber/<name>/coba")
@needs("sambungan")
def try_source(name: str) -> ResponseReturnValue:
    """Try the mapping on a sample."""
    source, sample = _source(name), request.form.get("contoh", "")
    return _page(source, sample, try_out(source.kind, source.mapping, source.scope, sample))


@blueprint.post("/sumber/<name>/hapus")
@needs("sambungan")
def delete_source(name: str) -> ResponseReturnValue:
    """Forget it; what it sends from now on is refused."""
    if not sources().delete(name, signed_in().scope):
        abort(404)
    return redirect(url_for("connections.show"), 303)


def _errors(sent: Mapping[str, str], *, is_trial: bool) -> dict[str, str]:
    errors = {}
    if not is_trial and not NAME.fullmatch(sent.get("nama", "")):
        errors["nama"] = "Nama: huruf kecil, angka, dan tanda hubung. Contoh: ppid-sumbar"
    if sent.get("jenis") not in kinds():
        errors["jenis"] = "Jenis dokumen: pilih salah satu."
    try:
        jmespath.compile(sent.get("pemetaan", ""))
    except JMESPathError as error:
        errors["pemetaan"] = f"Pemetaan: tidak dapat dibaca. {_one_line(error)}"
    if is_trial and not sent.get("contoh", "").strip():
        errors["contoh"] = "Contoh kiriman: tempelkan JSON yang akan dikirim sistem itu."
    return errors


def _one_line(error: JMESPathError) -> str:
    return " ".join(str(error).split())[:300]


def _source(name: str) -> Source:
    found = [one for one in sources().within(signed_in().scope) if one.name == name]
    if not found:
        abort(404)
    return found[0]


def _page(source: Source, sample: str, trial: Trial | None) -> str:
    return render_template(
        "sambungan_sumber.html",
        source=source,
        kind=kinds()[source.kind],
        address=f"{request.host_url.rstrip('/')}{PREFIX}/hooks/{source.name}",
        received=sources().received(source.name),
        sample=sample,
        trial=trial,
    )


def _form(sent: Mapping[str, Any], errors: Mapping[str, str], trial: Trial | None = None) -> str:
    return render_template(
        "sambungan_sumber_baru.html", sent=sent, errors=errors, kinds=kinds().values(), trial=trial
    )
