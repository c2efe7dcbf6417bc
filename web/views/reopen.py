"""A document that comes back as a Word file: its form again, and where the file was edited."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from docgen.errors import DocgenError, InvalidInput, UnknownSatker, UnusablePicture
from docgen.generate import prepare
from docgen.photographs import ready
from docgen.reopening import Comparison, Reopened, as_typed, compare, reopen
from docgen.satker import Satker
from docgen.storage import Uploads
from web.auth import needs
from web.controls import form_sections
from web.form_page import FormPage
from web.form_start import copied
from web.services import drafts, offices, services, signed_in

blueprint = Blueprint("reopen", __name__)

NOTHING_SENT = "Pilih berkas Word (.docx) yang akan dibuka."
NOT_COMPARED = (
    "Isian di dalam berkas ini tidak lolos pemeriksaan sekarang, jadi suntingan di Word tidak dapat "
    "dibandingkan. Periksa di formulirnya."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to be told before going on to the form."""

    address: str
    is_altered: bool
    comparison: Comparison | None
    missing: Sequence[str]


@blueprint.get("/buka")
@needs("isi")
def show() -> ResponseReturnValue:
    """Ask for the file."""
    return _page()


@blueprint.post("/buka")
@needs("isi")
def send() -> ResponseReturnValue:
    """Open the file as a draft, and go to its form; first tell where it was edited, if it was."""
    file = request.files.get("berkas")
    content = file.stream.read() if file else b""
    if not content:
        return _page(NOTHING_SENT), 422
    try:
        opened = reopen(content)
        office = offices().get(opened.satker)
        comparison = _comparison(opened, content, office)
    except UnknownSatker:
        return _page("Berkas ini milik satker yang tidak Anda kelola."), 422
    except DocgenError as error:
        return _page(str(error)), 422
    page = FormPage(
        opened.kind,
        office,
        form_sections(opened.kind),
        drafts().new_id(),
        0,
        secrets.token_hex(8),
    )
    page.save(copied(as_typed(_with_uploads(opened, office))))
    if not opened.altered and not opened.missing:
        return redirect(page.address(), 303)
    outcome = Outcome(page.address(), bool(opened.altered), comparison, opened.missing)
    return render_template("buka.html", error="", outcome=outcome, not_compared=NOT_COMPARED)


def _comparison(opened: Reopened, content: bytes, office: Satker) -> Comparison | None:
    """Where the file was edited; None where its input has errors by today's rules."""
    if not opened.altered:
        return Comparison((), ())
    try:
        return compare(opened, content, office)
    except InvalidInput:
        return None


def _with_uploads(opened: Reopened, office: Satker) -> Mapping[str, Any]:
    """The input with its pictures kept here, under ids of their own."""
    payload = prepare(opened.kind, opened.data, office).payload
    if payload is None or not opened.pictures:
        return opened.data
    uploads = Uploads(services().database, services().blobs)
    ids = {}
    for name, picture in opened.pictures.items():
        try:
            ids[name] = uploads.keep(ready(picture), signed_in().user_id)
        except UnusablePicture:
            continue  # the form says that the picture is not there
    data: Any = opened.data
    for one in opened.kind.pictures(payload):
        data = _replaced(data, one.pointer.split("/")[1:], ids.get(one.name, one.name))
    return dict(data)


def _replaced(data: Any, steps: Sequence[str], value: str) -> Any:  # noqa: ANN401  JSON-like data of any shape
    if not steps:
        return value
    step, *rest = steps
    if isinstance(data, list):
        at = int(step)
        return [_replaced(one, rest, value) if i == at else one for i, one in enumerate(data)]
    return {**data, step: _replaced(data[step], rest, value)}


def _page(error: str = "") -> str:
    return render_template("buka.html", error=error, outcome=None, not_compared=NOT_COMPARED)
