"""From a kind's schema and hints to the controls of a form. Nothing here knows Flask or HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from docgen.forms import Form, Hint, Widget, Width
from docgen.kinds import DocumentKind
from docgen.schema import model_schema
from web import dates

ITEM = "*"
OBJECT_ROWS = frozenset({"rows", "sheet"})
LISTS = OBJECT_ROWS | {"lines", "lanes"}


@dataclass(frozen=True, slots=True)
class Control:
    """One field of the form; a group, rows or a sheet has `fields` of its own."""

    key: str
    label: str
    help: str
    example: str
    required: bool
    widget: Widget
    width: Width
    choices: tuple[tuple[str, str], ...] = ()
    choices_from: str = ""
    short_label: str = ""
    several: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    official: str = ""
    office: str = ""
    pool: str = ""
    numbers: str = ""
    refers_to: str = ""
    fields: tuple["Control", ...] = ()

    def field(self, key: str) -> "Control":
        """The field of this key inside a group or row."""
        return next(one for one in self.fields if one.key == key)


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of the form with its heading."""

    id: str
    judul: str
    help: str
    controls: tuple[Control, ...]


def form_sections(kind: DocumentKind[Any]) -> tuple[FormSection, ...]:
    """The kind's form, in order."""
    return model_sections(kind.payload, kind.form)


def model_sections(model: type[BaseModel], form: Form) -> tuple[FormSection, ...]:
    """The same of any model of ours and its form."""
    schema = model_schema(model)
    reader = _SchemaReader(schema.get("$defs", {}), form)
    return tuple(
        FormSection(
            section.id,
            section.judul,
            section.help,
            tuple(reader.control(schema, key, key) for key in section.fields),
        )
        for section in form.sections
    )


@dataclass(frozen=True, slots=True)
class _SchemaReader:
    defs: Mapping[str, Any]
    form: Form

    def control(self, parent: Mapping[str, Any], key: str, pattern: str) -> Control:
        raw = parent["properties"][key]
        schema = self.resolve(raw)
        hint = self.form.hint(pattern)
        widget = hint.widget or _usual_widget(schema)
        item = self.resolve(schema["items"]) if "items" in schema else {}
        inner = item if "properties" in item else schema
        inner_pattern = f"{pattern}/{ITEM}" if inner is item else pattern
        return Control(
            key=key,
            label=raw.get("title") or schema.get("title") or key,
            help=raw.get("description", ""),
            example=_example(raw, widget),
            required=key in parent.get("required", ()),
            widget=widget,
            width=hint.width,
            choices=_choices(schema, hint.words),
            choices_from=hint.choices_from,
            short_label=hint.label,
            several=hint.several,
            columns=hint.columns,
            official=hint.official,
            office=hint.office,
            pool=hint.pool,
            numbers=hint.numbers,
            refers_to=hint.refers_to,
            fields=tuple(
                self.control(inner, inside, f"{inner_pattern}/{inside}")
                for inside in _field_order(inner, hint)
            ),
        )

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema without its null, following references; of several, the one that holds most."""
        if "$ref" in schema:
            return self.resolve(self.defs[schema["$ref"].rpartition("/")[2]])
        options = [self.resolve(one) for one in schema.get("anyOf", ()) if one != {"type": "null"}]
        if options:
            return max(options, key=lambda one: ("items" in one, "properties" in one))
        return schema


def _example(schema: Mapping[str, Any], widget: Widget) -> str:
    example = str((schema.get("examples") or [""])[0])
    if widget == "date":
        return dates.in_words(example) or dates.EXAMPLE
    return example


def _field_order(schema: Mapping[str, Any], hint: Hint) -> Iterable[str]:
    properties = schema.get("properties", {})
    return [key for column in hint.columns for key in column] if hint.columns else properties


def _choices(schema: Mapping[str, Any], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    return tuple(
        (str(value), words.get(str(value)) or str(value)[:1].upper() + str(value)[1:])
        for value in values
    )


def _usual_widget(schema: Mapping[str, Any]) -> Widget:
    if "properties" in schema:
        return "group"
    if "enum" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    match schema.get("type"):
        case "array":
            return "rows" if "$ref" in schema["items"] else "lines"
        case "integer" | "number":
            return "number"
        case "boolean":
            return "yes_no"
        case _:
            return "text"
