"""Word templates: taken away to look at, and checked when somebody has edited one."""

from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from docgen.errors import UnknownKind, UnknownNaskah
from docgen.generate import naskah_of
from docgen.kinds import OFFICE_FONTS, DocumentKind, Naskah
from docgen.registry import get_kind, kinds
from docgen.rendering.checking import check_template
from docgen.samples import sample_contexts
from web.auth import needs

blueprint = Blueprint("templates", __name__, url_prefix="/acuan/templat")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GUIDE = "README.md"


@blueprint.get("")
@needs("lihat")
def index() -> ResponseReturnValue:
    """Each kind's naskah with its template."""
    return render_template("templat.html", kinds=kinds().values())


@blueprint.get("/pedoman")
@needs("lihat")
def guide() -> Response:
    """How to edit a template in Word."""
    folder = next(iter(kinds().values())).folder.parent
    return _file(folder / GUIDE, "text/markdown", "pedoman-templat.md")


@blueprint.get("/<jenis>/<naskah>")
@needs("lihat")
def show(jenis: str, naskah: str) -> ResponseReturnValue:
    """A template's page, with a place to have an edited one checked."""
    return render_template("templat_periksa.html", **_named(jenis, naskah), problems=None)


@blueprint.get("/<jenis>/<naskah>/unduh")
@needs("lihat")
def download(jenis: str, naskah: str) -> Response:
    """The template itself."""
    named = _named(jenis, naskah)
    path = named["kind"].template_path(named["naskah"])
    return _file(path, DOCX, path.name)


def _file(path: Path, mimetype: str, name: str) -> Response:
    content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=mimetype, as_attachment=True, download_name=name)


@blueprint.post("/<jenis>/<naskah>")
@needs("lihat")
def check(jenis: str, naskah: str) -> ResponseReturnValue:
    """All problems of an edited template; it is not kept."""
    named = _named(jenis, naskah)
    sent = request.files.get("templat")
    content = sent.stream.read() if sent else b""
    problems = check_template(
        content, sample_contexts(named["kind"], named["naskah"]), OFFICE_FONTS
    )
    is_usable = not any(one.level == "error" for one in problems)
    page = render_template(
        "templat_periksa.html",
        **named,
        problems=problems,
        filename=sent.filename if sent else "",
        is_usable=is_usable,
    )
    return page, 200 if is_usable else 422


def _named(jenis: str, naskah: str) -> dict[str, Any]:
    try:
        kind: DocumentKind[Any] = get_kind(jenis)
        found: Naskah[Any] = naskah_of(kind, naskah)
    except (UnknownKind, UnknownNaskah):
        abort(404)
    return {"kind": kind, "naskah": found}
