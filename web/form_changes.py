"""What a form's buttons change without JavaScript: rows, entries picked from lists, one field."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from web.forms import LISTS, OBJECT_ROWS, Control, FormSection

Move = Literal["tambah", "naik", "turun", "hapus"]


def change_rows(
    sections: Iterable[FormSection], data: dict[str, Any], move: Move, path: str
) -> str:
    """Carry out a row button; answers with the path of the row to go on with.

    `path` names the list for `tambah`, the row otherwise: `langkah`, `langkah/3`. One that the form
    does not have changes nothing and is answered with an empty path.
    """
    name, _, position = (path, "", "") if move == "tambah" else path.rpartition("/")
    controls = [control for section in sections for control in section.controls]
    found = _find_rows(controls, data, name.split("/"))
    if found is None:
        return ""
    control, rows = found
    if move == "tambah":
        rows.append({} if control.widget in OBJECT_ROWS else "")
        return f"{name}/{len(rows) - 1}"
    index = _index(position, rows)
    if index is None:
        return ""
    if move == "hapus":
        del rows[index]
        return f"{name}/{max(0, index - 1)}"
    other = index - 1 if move == "naik" else index + 1
    if not 0 <= other < len(rows):
        return path
    rows[index], rows[other] = rows[other], rows[index]
    return f"{name}/{other}"


def add_rows(
    sections: Iterable[FormSection], data: dict[str, Any], path: str, rows: Iterable[Any]
) -> str:
    """Put rows at the end of a list, in place of its blank ones; answers with the first one's path.

    Of a row's keys only those count that the list's rows have. A list that the form does not have
    changes nothing and is answered with an empty path.
    """
    controls = [control for section in sections for control in section.controls]
    found = _find_rows(controls, data, path.split("/"))
    if found is None:
        return ""
    control, there = found
    there[:] = [row for row in there if row not in ({}, "")]
    first = len(there)
    keys = {inner.key for inner in control.fields}
    for row in rows:
        if control.widget in OBJECT_ROWS and isinstance(row, Mapping):
            there.append({key: str(value) for key, value in row.items() if key in keys})
        elif control.widget not in OBJECT_ROWS and isinstance(row, str):
            there.append(row)
    return f"{path}/{first}" if len(there) > first else ""


def fill_field(sections: Iterable[FormSection], data: dict[str, Any], path: str, text: str) -> None:
    """Put a text into the field of this path; one that the form does not have changes nothing."""
    controls = [control for section in sections for control in section.controls]
    if found := _find(controls, data, path.split("/")):
        control, holder = found
        holder[control.key] = text


def find_field(
    sections: Iterable[FormSection], data: dict[str, Any], path: str
) -> tuple[Control, str] | None:
    """The field of this path and the text in it; None where the form has no such field."""
    controls = [control for section in sections for control in section.controls]
    found = _find(controls, data, path.split("/"))
    return (found[0], str(found[1].get(found[0].key, ""))) if found else None


def _find(
    controls: Iterable[Control], data: dict[str, Any], steps: Sequence[str]
) -> tuple[Control, dict[str, Any]] | None:
    """The control at the end of these steps and the object that holds its value."""
    key, *rest = steps
    control = next((one for one in controls if one.key == key), None)
    if control is None:
        return None
    if not rest:
        return control, data
    if control.widget == "group":
        return _find(control.fields, data.setdefault(key, {}), rest)
    if control.widget in OBJECT_ROWS and len(rest) > 1:
        rows = data.get(key, [])
        index = _index(rest[0], rows)
        return None if index is None else _find(control.fields, rows[index], rest[1:])
    return None


def _find_rows(
    controls: Iterable[Control], data: dict[str, Any], steps: Sequence[str]
) -> tuple[Control, list[Any]] | None:
    """The list at the end of these steps and its rows; None where the form has no such list."""
    found = _find(controls, data, steps)
    if found is None or found[0].widget not in LISTS:
        return None
    control, holder = found
    return control, holder.setdefault(control.key, [])


def _index(position: str, rows: Sequence[Any]) -> int | None:
    index = int(position) if position.isdecimal() else len(rows)
    return index if index < len(rows) else None
