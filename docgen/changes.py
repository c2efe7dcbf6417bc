"""What changed between two versions of an input, in words a reader understands.

Rows of a list are found again in the other version: by being equal, by their `id`, by their leading
text, or by being alike. So an inserted step is one change, not a change of every step below it.
"""

import datetime as dt
import difflib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from docgen.bahasa import tanggal
from docgen.findings import pointer
from docgen.kinds import DocumentKind, Payload
from docgen.validation import place

ALIKE = 0.6
"""How alike two texts must be to be two versions of one; below it they are two different ones."""

SHORTEST_WORD = 4
LONGEST_SHOWN = 160
LEAD_IN = 40
"""Letters of a long text that are shown before what is different in it."""

Sort = Literal["added", "removed", "moved", "changed"]
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different. `pointer` leads into the new version, of a removal into the old."""

    sort: Sort
    pointer: str
    message: str

    def __str__(self) -> str:
        return self.message


def compare(kind: DocumentKind[Any], old: Payload, new: Payload) -> list[Change]:
    """Every difference, in the order of the fields; empty where both say the same."""
    return list(_Comparison(kind, old, new).changes())


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Which row of the old list is which of the new: positions from 0."""

    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]

    @property
    def moved(self) -> list[tuple[int, int]]:
        """The fewest rows whose moving explains the new order, those with another number."""
        staying = set(_longest_rise([after for _, after in self.pairs]))
        return [(was, now) for was, now in self.pairs if now not in staying and was != now]


class _Comparison:
    def __init__(self, kind: DocumentKind[Any], old: Payload, new: Payload) -> None:
        self._kind = kind
        self._old, self._new = old.model_dump(), new.model_dump()
        self._model = type(new)
        self._pairings = {
            key: _pair(self._old[key], self._new[key])
            for key, value in self._new.items()
            if isinstance(value, (list, tuple))
        }

    def changes(self) -> Iterator[Change]:
        yield from self._fields((), self._old, (), self._new)

    def _fields(
        self, before: Steps, old: Mapping[str, Any], after: Steps, new: Mapping[str, Any]
    ) -> Iterator[Change]:
        for key in new:
            yield from self._value((*before, key), old.get(key), (*after, key), new[key])

    def _value(self, before: Steps, old: Any, after: Steps, new: Any) -> Iterator[Change]:  # noqa: ANN401  a dumped value of any shape
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self._fields(before, old, after, new)
        elif rows := self._refers_to(after):
            yield from self._references(rows, old, after, new)
        elif _is_rows(old) or _is_rows(new):
            yield from self._rows(before, old or (), after, new or ())
        elif old != new:
            yield Change("changed", pointer(*after), f"{self._place(after)}: {_from_to(old, new)}.")

    def _rows(
        self, before: Steps, old: Sequence[Any], after: Steps, new: Sequence[Any]
    ) -> Iterator[Change]:
        pairing = self._pairings[str(after[0])] if len(after) == 1 else _pair(old, new)
        for index in pairing.removed:
            where = self._place((*before, index))
            yield Change(
                "removed", pointer(*before, index), f"{where} dihapus: {_shown(old[index])}."
            )
        for index in pairing.added:
            where = self._place((*after, index))
            yield Change(
                "added", pointer(*after, index), f"{where} ditambahkan: {_shown(new[index])}."
            )
        for was, now in pairing.moved:
            words = f"{self._place((*before, was))} pindah menjadi nomor {now + 1}"
            yield Change("moved", pointer(*after, now), f"{words}: {_shown(new[now])}.")
        for was, now in pairing.pairs:
            yield from self._value((*before, was), old[was], (*after, now), new[now])

    def _references(self, rows: str, old: Any, after: Steps, new: Any) -> Iterator[Change]:  # noqa: ANN401  one reference or several
        """A change only where other rows are meant; not where these stand elsewhere or read anew."""
        was = [_position(self._old[rows], one) for one in _several(old)]
        now = [_position(self._new[rows], one) for one in _several(new)]
        partner = dict(self._pairings[rows].pairs)
        if [partner.get(one, ("gone", one)) if isinstance(one, int) else one for one in was] == now:
            return
        from_ = ", ".join(self._target(rows, self._old, one) for one in was)
        to = ", ".join(self._target(rows, self._new, one) for one in now)
        yield Change(
            "changed", pointer(*after), f"{self._place(after)}: {from_ or '-'} menjadi {to or '-'}."
        )

    def _target(self, rows: str, side: Mapping[str, Any], position: int | str) -> str:
        if isinstance(position, str) or position >= len(side[rows]):
            return f"“{position}”"
        row = side[rows][position]
        if isinstance(row, Mapping):
            return f"{self._place((rows, position)).lower()} {_shown(row)}"
        return _shown(row)

    def _place(self, steps: Steps) -> str:
        return place(self._model, steps)

    def _refers_to(self, steps: Steps) -> str:
        """The list of the input whose rows this field names; empty where it names none."""
        pattern = "/".join("*" if isinstance(step, int) else step for step in steps)
        hint = self._kind.form.hint(pattern)
        return hint.refers_to or hint.choices_from.strip("/")


def _several(value: Any) -> Sequence[str]:  # noqa: ANN401  a dumped value of any shape
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _is_rows(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _position(rows: Sequence[Any], target: str) -> int | str:
    """Which row is named, from 0: by itself, by its id, else by position from 1; else the name."""
    for index, row in enumerate(rows):
        if target == (row.get("id") if isinstance(row, Mapping) else row):
            return index
    return int(target) - 1 if target.isdecimal() and int(target) else target


def _pair(old: Sequence[Any], new: Sequence[Any]) -> _Pairing:
    """The rows of two lists that are versions of each other, each in at most one pair."""
    free_old, free_new = list(range(len(old))), list(range(len(new)))
    pairs: list[tuple[int, int]] = []
    for is_same in (_equal, _same_name, _alike):
        for was in list(free_old):
            candidates = [
                now
                for now in free_new
                if is_same(old[was], new[now])
                # A text that is only alike and past others is likelier a new one.
                and (is_same is not _alike or not _crosses((was, now), pairs))
            ]
            if candidates:
                now = min(candidates, key=lambda index: abs(index - was))
                pairs.append((was, now))
                free_old.remove(was)
                free_new.remove(now)
    if len(old) == len(new) == 1 and free_old:
        return _Pairing(((0, 0),), (), ())  # the only one became another: one change, not two
    return _Pairing(tuple(sorted(pairs)), tuple(free_old), tuple(free_new))


def _crosses(pair: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a pair would stand in another order than one that was found before."""
    return any((pair[0] - was) * (pair[1] - now) < 0 for was, now in others)


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401  a row of any shape
    return bool(one == other)


def _same_name(one: Any, other: Any) -> bool:  # noqa: ANN401  a row of any shape
    names = _name(one), _name(other)
    return names[0] != "" and names[0] == names[1]


def _alike(one: Any, other: Any) -> bool:  # noqa: ANN401  a row of any shape
    short, long = sorted((_leading_text(one), _leading_text(other)), key=len)
    if len(short) >= SHORTEST_WORD and short in long:
        return True  # “PPID” and “PPID Pelaksana”
    matcher = difflib.SequenceMatcher(None, short, long, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _name(row: Any) -> str:  # noqa: ANN401  a row of any shape
    if not isinstance(row, Mapping):
        return ""
    return str(row.get("id") or _leading_text(row))


def _leading_text(row: Any) -> str:  # noqa: ANN401  a row of any shape
    if isinstance(row, Mapping):
        return next((value for value in row.values() if isinstance(value, str) and value), "")
    return str(row)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """A longest subsequence that rises."""
    best: list[list[int]] = []
    for number in numbers:
        before = max((one for one in best if one[-1] < number), key=len, default=[])
        best.append([*before, number])
    return max(best, key=len, default=[])


def _from_to(old: Any, new: Any) -> str:  # noqa: ANN401  a dumped value of any shape
    if _is_empty(old):
        return f"diisi {_shown(new)}"
    if _is_empty(new):
        return f"dikosongkan, semula {_shown(old)}"
    if isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > LONGEST_SHOWN:
        old, new = _where_they_differ(old, new)
    return f"{_shown(old)} menjadi {_shown(new)}"


def _where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Of long texts, what is shown of each: from a little before their first difference on."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    same = sum(1 for _ in pairs)
    start = max(0, same - LEAD_IN)
    lead = "…" if start else ""
    return lead + old[start:], lead + new[start:]


def _is_empty(value: Any) -> bool:  # noqa: ANN401  a dumped value of any shape
    return value is None or value == "" or value == ()


def _shown(value: Any) -> str:  # noqa: ANN401  a dumped value of any shape
    if isinstance(value, dt.date):
        return tanggal(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    if isinstance(value, BaseModel | Mapping):
        return _shown(_leading_text(value))
    text = str(value)
    return f"“{text[: LONGEST_SHOWN - 1]}…”" if len(text) > LONGEST_SHOWN else f"“{text}”"
