"""From what a form was sent to data, and from data to what a form shows.

Names of fields are paths (`langkah/2/kegiatan`). Rows keep the order in which they were sent, so
that moving a row in the browser needs no renaming. Nothing here knows Flask or HTML.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from web import dates
from web.controls import OBJECT_ROWS, Control, FormSection
from web.row_references import follow_rows, named_rows, referred_lists

Sent = Sequence[tuple[str, str]]


def read_form(
    sections: Iterable[FormSection], sent: Sent, *, keep_blank: bool = False
) -> dict[str, Any]:
    """The data that a form was filled with: text, lists and objects.

    Nothing is converted but dates, which data holds as `2026-03-02`.

    Empty fields are left out, and rows in which nothing was typed and that no field names;
    `keep_blank` keeps such rows, for a form that is shown again with a row more.
    """
    node = _Node()
    for name, value in sent:
        node.put(name.split("/"), value.replace("\r\n", "\n").replace("\r", "\n"))
    controls = [control for section in sections for control in section.controls]
    data = _read_fields(controls, node, keep_blank=keep_blank)
    if not keep_blank:
        for name in referred_lists(controls):
            _close_gaps(controls, node, data, name)
    return data


def _close_gaps(
    controls: Sequence[Control], node: "_Node", data: dict[str, Any], name: str
) -> None:
    """Leave a list's blank rows out without letting a field name another row than it did."""
    control = next(one for one in controls if one.key == name)
    sent = node.below.get(name, _Node()).below.values()
    rows = [_read_fields(control.fields, row, keep_blank=False) for row in sent]
    # A blank row that is named stays: what it lacks can then be said.
    named = named_rows(controls, data, name, rows)
    kept = [index for index, row in enumerate(rows) if row or index in named]
    if len(kept) < len(rows) or not all(rows[index] for index in kept):
        data[name] = [rows[index] for index in kept]
        if not kept:
            del data[name]
        follow_rows(controls, data, name, rows, kept)


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
        case widget:
            text = node.values[0] if node.values and node.values[0].strip() else ""
            return dates.as_iso(text) if widget == "date" else text


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
        case widget:
            yield name, dates.in_words(str(value)) if widget == "date" else str(value)


def as_lines(value: object) -> str:
    """A text or a list of texts as one text, a line each."""
    return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value or "")
