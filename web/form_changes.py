"""What a form's buttons change without JavaScript: rows, entries picked from lists, one field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from web.controls import LISTS, OBJECT_ROWS, Control, FormSection
from web.numerals import whole_number
from web.row_references import follow_rows

Move = Literal["tambah", "naik", "turun", "hapus"]


@dataclass(frozen=True, slots=True)
class Changed:
    """Which row of the form to go on with, and the fields that named a row which is gone now."""

    path: str = ""
    unnamed: tuple[str, ...] = ()


def change_rows(
    sections: Iterable[FormSection], data: dict[str, Any], move: Move, path: str
) -> Changed:
    """Carry out a row button; fields that name rows by position follow them.

    `path` names the list for `tambah`, the row otherwise: `langkah`, `langkah/3`. One that the form
    does not have changes nothing and is answered with an empty path.
    """
    name, _, position = (path, "", "") if move == "tambah" else path.rpartition("/")
    controls = [control for section in sections for control in section.controls]
    found = _find_rows(controls, data, name.split("/"))
    if found is None:
        return Changed()
    control, rows = found
    if move == "tambah":
        rows.append({} if control.widget in OBJECT_ROWS else "")
        return Changed(f"{name}/{len(rows) - 1}")
    index = _index(position, rows)
    if index is None:
        return Changed()
    order, other = _moved(len(rows), index, move)
    before = list(rows)
    rows[:] = [before[one] for one in order]
    return Changed(f"{name}/{other}", tuple(follow_rows(controls, data, name, before, order)))


def _moved(count: int, index: int, move: Move) -> tuple[list[int], int]:
    """Which row stands at each place after a move, and the place to go on with."""
    order = list(range(count))
    if move == "hapus":
        del order[index]
        return order, max(0, index - 1)
    other = index - 1 if move == "naik" else index + 1
    if not 0 <= other < count:
        return order, index
    order[index], order[other] = order[other], order[index]
    return order, other


def add_rows(
    sections: Iterable[FormSection], data: dict[str, Any], path: str, rows: Iterable[Any]
) -> Changed:
    """Put rows at the end of a list, in place of its blank ones; answers with the first one.

    Of a row's keys only those count that the list's rows have. A list that the form does not have
    changes nothing and is answered with an empty path.
    """
    controls = [control for section in sections for control in section.controls]
    found = _find_rows(controls, data, path.split("/"))
    if found is None:
        return Changed()
    control, there = found
    before = list(there)
    kept = [index for index, row in enumerate(before) if row not in ({}, "")]
    there[:] = [before[index] for index in kept]
    unnamed = tuple(follow_rows(controls, data, path, before, kept))
    first = len(there)
    keys = {inner.key for inner in control.fields}
    for row in rows:
        if control.widget in OBJECT_ROWS and isinstance(row, Mapping):
            there.append({key: str(value) for key, value in row.items() if key in keys})
        elif control.widget not in OBJECT_ROWS and isinstance(row, str):
            there.append(row)
    return Changed(f"{path}/{first}" if len(there) > first else "", unnamed)


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
    index = whole_number(position)
    return index if index is not None and index < len(rows) else None
