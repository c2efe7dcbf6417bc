"""Fields that name rows of a list by position: they go on naming the same rows when these move."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from web.controls import OBJECT_ROWS, Control
from web.numerals import whole_number

ID = "id"
"""The key by which a row has a name of its own; one that is named by it needs no following."""


def follow_rows(
    controls: Iterable[Control],
    data: dict[str, Any],
    name: str,
    before: Sequence[Any],
    kept: Sequence[int],
) -> list[str]:
    """Let the fields of `data` that name rows of the list `name` name them where they stand now.

    `before` are the list's rows as they were, `kept` says for each row now which one it was, from
    0. Answers with the paths of the fields that named a row which is gone; they no longer do.
    """
    ids = [_id_of(row) for row in before]
    alive = {ids[index] for index in kept}
    now = {str(index + 1): str(position) for position, index in enumerate(kept, 1)}
    unnamed = []
    for path, key, holder in list(_references(controls, data, name, "")):
        said = _several(holder[key])
        new = [_named_now(one, ids, alive, now) for one in said]
        if None in new:
            unnamed.append(path)
        holder[key] = [one for one in new if one is not None]
        if not holder[key]:
            del holder[key]
    return unnamed


def named_rows(
    controls: Iterable[Control], data: Mapping[str, Any], name: str, rows: Sequence[Any]
) -> set[int]:
    """Which rows of the list `name` are named by position somewhere, from 0."""
    ids = {_id_of(row) for row in rows}
    said = (
        one for _, key, at in _references(controls, data, name, "") for one in _several(at[key])
    )
    numbers = (whole_number(one) for one in said if one not in ids)
    return {number - 1 for number in numbers if number}


def referred_lists(controls: Iterable[Control]) -> set[str]:
    """The lists whose rows are named by fields of these controls."""
    found = set()
    for control in controls:
        found |= {control.refers_to} | referred_lists(control.fields)
    return found - {""}


def _references(
    controls: Iterable[Control], data: Mapping[str, Any], name: str, where: str
) -> Iterator[tuple[str, str, Any]]:
    """Every field that names rows of the list and is filled in: its path, key and holder."""
    for control in controls:
        value = data.get(control.key)
        path = f"{where}{control.key}"
        if control.refers_to == name and value:
            yield path, control.key, data
        elif control.widget == "group" and isinstance(value, Mapping):
            yield from _references(control.fields, value, name, f"{path}/")
        elif control.widget in OBJECT_ROWS and isinstance(value, Sequence):
            for index, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from _references(control.fields, row, name, f"{path}/{index}/")


def _named_now(
    said: str, ids: Sequence[str], alive: set[str], now: Mapping[str, str]
) -> str | None:
    if said in ids:
        return said if said in alive else None
    number = whole_number(said) or 0
    return now.get(str(number)) if 0 < number <= len(ids) else said


def _several(value: Any) -> list[str]:  # noqa: ANN401  a text or a list of texts
    return [str(one) for one in (value if isinstance(value, (list, tuple)) else [value])]


def _id_of(row: Any) -> str:  # noqa: ANN401  a row of any shape
    return str(row.get(ID) or "") if isinstance(row, Mapping) else ""
