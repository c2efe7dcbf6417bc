"""Changes to data, as an office keeps them beside a master: RFC 7396, and single items by their id.

A mapping is merged, `null` takes a key out, anything else replaces what was there, lists whole.
RFC 7396 has no word for one item of a list. Here, where the data holds a list of mappings and the
change a mapping, its keys are the items' `id`: the item with that id is merged, `null` takes it
out, and a change with `sesudah` puts it behind the item of that id (`""`: first), where it is new
or stood elsewhere. No schema takes a mapping where it wants a list, so the two never collide.

>>> merged({"langkah": [{"id": "a", "waktu": "1 jam"}]}, {"langkah": {"a": {"waktu": "2 jam"}}})
{'langkah': [{'id': 'a', 'waktu': '2 jam'}]}
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.errors import InvalidInput
from docgen.findings import Finding, pointer

AFTER = "sesudah"


def merged(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the changes in it; neither of the two is altered.

    Raises:
        InvalidInput: A change names an item that is not there; all of them are told. Findings
            point into the changes.
    """
    findings: list[Finding] = []
    result: dict[str, Any] = _merge(data, changes, (), findings)
    if findings:
        raise InvalidInput(findings)
    return result


def _merge(data: Any, change: Any, path: tuple[str, ...], findings: list[Finding]) -> Any:  # noqa: ANN401  JSON-like data of any shape
    if not isinstance(change, Mapping):
        return change
    if _is_list_of_items(data):
        return _merge_items(data, change, path, findings)
    result = dict(data) if isinstance(data, Mapping) else {}
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merge(result.get(key), value, (*path, key), findings)
    return result


def _is_list_of_items(data: object) -> bool:
    return (
        isinstance(data, (list, tuple))
        and len(data) > 0
        and all(isinstance(item, Mapping) for item in data)
    )


def _merge_items(
    items: Sequence[Mapping[str, Any]],
    changes: Mapping[str, Any],
    path: tuple[str, ...],
    findings: list[Finding],
) -> list[Any]:
    result = _by_id(items)
    by_id = {key: item for key, item in result.items() if isinstance(key, str)}
    to_place: dict[str, str] = {}
    for key, change in changes.items():
        place = (*path, key)
        moves = isinstance(change, Mapping) and AFTER in change
        if key not in by_id and not moves:
            findings.append(_unknown(place, key, by_id))
        elif change is None:
            del result[key]
        elif not isinstance(change, Mapping):
            findings.append(_not_an_item(place, key))
        else:
            rest = {name: value for name, value in change.items() if name != AFTER}
            result[key] = {"id": key, **_merge(by_id.get(key), rest, place, findings)}
            if moves:
                to_place[key] = str(change[AFTER] or "")
    return _placed(result, to_place, path, findings)


def _by_id(items: Sequence[Mapping[str, Any]]) -> dict[str | int, Any]:
    """The items by their ids; those that cannot be named by one, by their positions."""
    result: dict[str | int, Any] = {}
    for position, item in enumerate(items):
        key = item.get("id")
        result[key if isinstance(key, str) and key not in result else position] = item
    return result


def _placed(
    items: Mapping[str | int, Any],
    to_place: Mapping[str, str],
    path: tuple[str, ...],
    findings: list[Finding],
) -> list[Any]:
    """The items in order, each of `to_place` behind its neighbour; the order of keys says nothing."""
    order = [key for key in items if key not in to_place]
    # Backwards, so that several behind one neighbour end up in the order of their ids.
    waiting = sorted(to_place, reverse=True)
    while ready := [key for key in waiting if not to_place[key] or to_place[key] in order]:
        for key in ready:
            order.insert(order.index(to_place[key]) + 1 if to_place[key] else 0, key)
            waiting.remove(key)
    findings += [_no_neighbour((*path, key), key, to_place[key], order) for key in waiting]
    return [items[key] for key in order]


def _unknown(place: tuple[str, ...], key: str, known: Mapping[str, object]) -> Finding:
    near = difflib.get_close_matches(key, known, n=1)
    return Finding(
        "V01",
        "error",
        pointer(*place),
        f"Perubahan {', '.join(place[:-1])}: tidak ada butir “{key}”.",
        f"Mungkin “{near[0]}”?" if near else f"Butir baru diberi {AFTER}: id butir di depannya.",
    )


def _not_an_item(place: tuple[str, ...], key: str) -> Finding:
    message = f"Perubahan {', '.join(place[:-1])}, {key}: harus kelompok isian."
    return Finding("V02", "error", pointer(*place), message, "Tulis hanya isian yang berubah.")


def _no_neighbour(
    place: tuple[str, ...], key: str, neighbour: str, known: Sequence[str | int]
) -> Finding:
    near = difflib.get_close_matches(neighbour, [str(one) for one in known], n=1)
    return Finding(
        "V03",
        "error",
        pointer(*place, AFTER),
        f"Perubahan {', '.join(place[:-1])}, {key}: tidak ada butir “{neighbour}” di depannya.",
        f"Mungkin “{near[0]}”?" if near else "",
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The smallest changes that make `before` into `after`, as `merged` reads them; `null` has none.

    >>> difference({"langkah": [{"id": "a", "waktu": "1 jam"}]}, {"langkah": [{"id": "a"}]})
    {'langkah': {'a': {'waktu': None}}}
    """
    changes: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        if key not in before or before[key] != value:
            changes[key] = _change(before.get(key), value)
    return changes


def _change(before: Any, after: Any) -> Any:  # noqa: ANN401  JSON-like data of any shape
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return difference(before, after)
    if _is_list_of_items(before) and _is_list_of_items(after):
        changes = _item_changes(before, after)
        # Items without ids of their own cannot be named one by one: then the whole list stands.
        findings: list[Finding] = []
        if _merge_items(before, changes, (), findings) == after and not findings:
            return changes
    return after


def _item_changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    old, new = ({str(one.get("id")): one for one in rows} for rows in (before, after))
    stays = [key for key in old if key in new]
    order = [key for key in new if key in old]
    changes: dict[str, Any] = {key: None for key in old if key not in new}
    behind = ""
    for key, item in new.items():
        change = difference(old.get(key, {}), item)
        change.pop("id", None)
        if key not in old or (stays != order and key in order):
            change[AFTER] = behind
        if change:
            changes[key] = change
        behind = key
    return changes
