"""The OpenAPI 3.1 document, made from the code, and a page of it that needs no outside network."""

from http import HTTPStatus
from typing import Any, cast

from apiflask import APIFlask
from flask import Blueprint, Response, current_app, jsonify, render_template

from docgen import __version__
from web.api.problems import MEDIA_TYPE, TITLES, ProblemOut

blueprint = Blueprint("openapi", __name__)

TITLE = "docgen"
DESCRIPTION = (
    "Meminta dokumen satker dari isian terstruktur. Setiap permintaan membawa "
    "`Authorization: Bearer <token>`; tanggal ditulis 2026-02-06. Kesalahan dijawab menurut RFC 9457."
)
BEARER = {"type": "http", "scheme": "bearer", "description": "Token dari `docgen token create`."}
ALWAYS = (401, 429, 500)
"""What any operation may answer besides its own."""


Responses = dict[int | str, dict[str, str | dict[str, dict[str, Any]]]]


def problems(*statuses: int) -> Responses:
    """The responses of an operation that are problems, for `doc(responses=…)`."""
    return {status: {"description": TITLES[status]} for status in statuses}


def init_app(app: APIFlask) -> None:
    """Say what the document says of the whole."""
    app.config.update(
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        DESCRIPTION=DESCRIPTION,
        SECURITY_SCHEMES={"token": BEARER},
        VALIDATION_ERROR_SCHEMA=ProblemOut.model_json_schema(
            ref_template="#/components/schemas/{model}"
        ),
        AUTO_SERVERS=False,
    )
    app.spec_processor(_finish)


def _finish(document: dict[str, Any] | str) -> dict[str, Any] | str:
    """Every operation: its token, its parameters, and one form for all that goes wrong."""
    spec = cast("dict[str, Any]", document)  # a text only where YAML was asked for
    schemas = spec["components"].setdefault("schemas", {})
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for path in spec["paths"].values():
        for method, operation in path.items():
            if method != "parameters":
                _finish_operation(operation)
    return spec


def _finish_operation(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    operation["security"] = [{"token": []}]
    for status in ALWAYS:
        responses.setdefault(str(status), {"description": TITLES[status]})
    for status, response in responses.items():
        response.setdefault("description", HTTPStatus(int(status)).phrase)
        if int(status) >= 400:
            schema = {"$ref": "#/components/schemas/Problem"}
            response["content"] = {MEDIA_TYPE: {"schema": schema}}


@blueprint.get("/openapi.json")
def document() -> Response:
    """The document itself."""
    return jsonify(_spec())


@blueprint.get("/docs")
def page() -> str:
    """The same for people."""
    return render_template("api.html", spec=_spec())


def _spec() -> dict[str, Any]:
    return cast("dict[str, Any]", cast("APIFlask", current_app).spec)


def new_app(import_name: str, **options: Any) -> APIFlask:  # noqa: ANN401  Flask's own options
    """A Flask application whose API blueprints are described by `spec`."""
    return APIFlask(
        import_name,
        title=TITLE,
        version=__version__,
        spec_path=None,
        docs_path=None,
        json_errors=False,
        **options,
    )
