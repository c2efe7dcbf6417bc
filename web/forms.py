"""From a kind's schema and hints to the controls of a form, and from what was sent to data.

Names of fields are paths (`langkah/2/kegiatan`). Rows keep the order in which they were sent, so
that moving a row in the browser needs no renaming. Nothing here knows Flask or HTML.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from docgen.forms import Form, Hint, Widget, Width
from docgen.kinds import DocumentKind
from docgen.schema import model_schema

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
        item = self.resolve(schema["items"]) if "items" in schema else {}
        inner = item if "properties" in item else schema
        inner_pattern = f"{pattern}/{ITEM}" if inner is item else pattern
        return Control(
            key=key,
            label=raw.get("title") or schema.get("title") or key,
            help=raw.get("description", ""),
            example=str((raw.get("examples") or [""])[0]),
            required=key in parent.get("required", ()),
            widget=hint.widget or _usual_widget(schema),
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


# What was sent, as data

Sent = Sequence[tuple[str, str]]


def read_form(
    sections: Iterable[FormSection], sent: Sent, *, keep_blank: bool = False
) -> dict[str, Any]:
    """The data that a form was filled with: text, lists and objects, nothing converted.

    Empty fields are left out, and rows in which nothing was typed; `keep_blank` keeps such rows,
    for a form that is shown again with a row more.
    """
    node = _Node()
    for name, value in sent:
        node.put(name.split("/"), value.replace("\r\n", "\n").replace("\r", "\n"))
    controls = (control for section in sections for control in section.controls)
    return _read_fields(controls, node, keep_blank=keep_blank)


@dataclass(slots=True)
class _Node:
    """What was sent under one name: its own values, and what lies below it, in order."""

    values: list[str] = field(default_factory=list)
    below: dict[str, "_Node"] = field(default_factory=dict)

    def put(self, path: Sequence[str], value: str) -> None:
        node = self
        for step in path:
            node = node.below.setdefault(step, _Node())
        node.values.append(value)


def _read_fields(controls: Iterable[Control], node: _Node, *, keep_blank: bool) -> dict[str, Any]:
    data = {}
    for control in controls:
        if control.key in node.below:
            value = _read(control, node.below[control.key], keep_blank=keep_blank)
            if value not in ("", [], {}):
                data[control.key] = value
    return data


def _read(control: Control, node: _Node, *, keep_blank: bool) -> Any:  # noqa: ANN401  JSON-like data of any shape
    match control.widget:
        case "group":
            return _read_fields(control.fields, node, keep_blank=keep_blank)
        case "rows" | "sheet":
            rows = [
                _read_fields(control.fields, row, keep_blank=keep_blank)
                for row in node.below.values()
            ]
            return [row for row in rows if row or keep_blank]
        case "lines" | "lanes":
            texts = [row.values[0] for row in node.below.values() if row.values]
            return [text for text in texts if text.strip() or keep_blank]
        case "text_lines":
            return [line for text in node.values for line in text.split("\n") if line.strip()]
        case _ if control.several:
            return _read_several(control, node)
        case _:
            return node.values[0] if node.values and node.values[0].strip() else ""


def _read_several(control: Control, node: _Node) -> list[str]:
    if control.widget == "choice":
        return [value for value in node.values if value.strip()]
    return [part.strip() for text in node.values for part in text.split(",") if part.strip()]


def as_shown(sections: Iterable[FormSection], data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as this form holds it: a text that stands for a row becomes that row.

    Such a text is what the row's first field asks for.
    """
    controls = [control for section in sections for control in section.controls]
    return _fields_shown(controls, data)


def _fields_shown(controls: Iterable[Control], data: Mapping[str, Any]) -> dict[str, Any]:
    shown = {one.key: _shown(one, data[one.key]) for one in controls if one.key in data}
    return {**data, **shown}


def _shown(control: Control, value: Any) -> Any:  # noqa: ANN401  JSON-like data of any shape
    if control.widget == "group" and isinstance(value, Mapping):
        return _fields_shown(control.fields, value)
    if control.widget in OBJECT_ROWS and isinstance(value, (list, tuple)):
        rows = [{control.fields[0].key: row} if isinstance(row, str) else row for row in value]
        return [_fields_shown(control.fields, row) for row in rows]
    return value


def write_form(
    sections: Iterable[FormSection], data: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The names and values that a form shows for this data: what `read_form` reads back."""
    controls = [control for section in sections for control in section.controls]
    shown = _fields_shown(controls, data)
    for control in controls:
        if control.key in shown:
            yield from _write(control, control.key, shown[control.key])


def _write(control: Control, name: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  JSON-like data of any shape
    if value is None:
        return  # a key without a value counts as left out
    match control.widget:
        case "group":
            for inner in control.fields:
                if inner.key in value:
                    yield from _write(inner, f"{name}/{inner.key}", value[inner.key])
        case "rows" | "sheet":
            for index, row in enumerate(value):
                for inner in control.fields:
                    if inner.key in row:
                        yield from _write(inner, f"{name}/{index}/{inner.key}", row[inner.key])
        case "lines" | "lanes":
            for index, text in enumerate(value):
                yield f"{name}/{index}", text
        case "text_lines":
            yield name, as_lines(value)
        case _ if control.several:
            texts = [value] if isinstance(value, str) else value
            if control.widget == "choice":
                for text in texts:
                    yield name, text
            else:
                yield name, ", ".join(texts)
        case _:
            yield name, str(value)


def as_lines(value: object) -> str:
    """A text or a list of texts as one text, a line each."""
    return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")
