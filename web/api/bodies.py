"""What is sent, read strictly: JSON without doubles, NaN or depths, then typed, all errors at once."""

from typing import Any

from apiflask import APIBlueprint
from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request
from pydantic import BaseModel

from docgen.errors import InvalidInput
from docgen.inputs import parse_input
from docgen.validation import validate
from web.api.problems import Problem, invalid

JSON = "application/json"


class StrictAdapter(PydanticAdapter):
    """APIFlask's way to pydantic, with our reading and our words for what is wrong."""

    def validate_input(self, request: Request, location: str, **_options: Any) -> BaseModel:  # noqa: ANN401  as declared there
        """The typed input.

        Raises:
            Problem: It cannot be read (400, 415) or has errors (422).
        """
        data = _json(request) if location == "json" else request.args.to_dict()
        payload, findings = validate(self.model_class, data)
        if payload is None:
            raise invalid(findings)
        return payload


def _json(request: Request) -> dict[str, Any]:
    if request.mimetype != JSON:
        raise Problem(415, "jenis_isi", f"Kirim Content-Type: {JSON}.")
    try:
        return dict(parse_input(request.get_data(cache=True), is_json=True))
    except InvalidInput as error:
        raise Problem(400, "json_rusak", str(error), error.findings) from error


registry.register("pydantic", StrictAdapter)


def views(name: str, import_name: str, tag: str, url_prefix: str | None = None) -> APIBlueprint:
    """A blueprint for views that read strictly: having it, a module has registered our adapter."""
    return APIBlueprint(name, import_name, tag=tag, url_prefix=url_prefix)
