"""The JSON Schema of a kind's input, with Indonesian titles and descriptions."""

from typing import Any

from pydantic import BaseModel

from docgen.kinds import DocumentKind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: DocumentKind[Any]) -> dict[str, Any]:
    """JSON Schema 2020-12 of the kind's input.

    An optional key may be null: a key without a value counts as left out.
    """
    return {
        "$schema": DIALECT,
        **model_schema(kind.payload),
        "title": kind.judul,
        "description": kind.keterangan,
    }


def model_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The same of any model of ours, without dialect, title and description."""
    schema = model.model_json_schema()
    _tidy(schema)
    return schema


def _tidy(node: Any) -> None:  # noqa: ANN401  a schema is JSON of any shape
    if isinstance(node, list):
        for inner in node:
            _tidy(inner)
    if not isinstance(node, dict):
        return
    for inner in node.values():
        _tidy(inner)
    if node.get("type") == "object" and "properties" in node:
        # The classes' docstrings are for us, in English.
        node.pop("description", None)
        node.pop("title", None)
        required = node.get("required", [])
        for key, property_ in node["properties"].items():
            if key not in required:
                node["properties"][key] = _nullable(property_)


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    schema.pop("default", None)
    options = schema.get("anyOf", [])
    if {"type": "null"} in options:
        return schema
    if options:
        return {**schema, "anyOf": [*options, {"type": "null"}]}
    words: dict[str, Any] = {
        key: schema[key] for key in ("title", "description", "examples") if key in schema
    }
    rest = {key: value for key, value in schema.items() if key not in words}
    return {**words, "anyOf": [rest, {"type": "null"}]}
