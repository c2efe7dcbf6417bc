"""The names in a template against samples of what it will be filled with."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from docgen.rendering.codegen import as_written

Possible = Sequence[object] | None
"""What a name may stand for in the samples; None where they do not tell."""

Report = Callable[[str, str], None]
"""Takes what is wrong and how to mend it."""


class Shape:
    """Looks names up in all samples at once; a name that one of them has is known."""

    def __init__(self, samples: Sequence[Mapping[str, Any]]) -> None:
        self._samples = samples
        self._looked_up: set[tuple[int, str]] = set()

    @property
    def unused(self) -> list[str]:
        """Names that the samples offer and that were never looked up, as `pengesah.nip`."""
        return list(self._unused_in(self._samples, ""))

    def _unused_in(self, values: Sequence[object], path: str) -> Iterator[str]:
        """Of what stands at this path in the samples, the names that nothing asked for."""
        for key in sorted(_keys(values)):
            owners = [value for value in values if isinstance(value, Mapping) and key in value]
            if not any((id(owner), key) in self._looked_up for owner in owners):
                yield f"{path}{key}"
            else:
                inner = [owner[key] for owner in owners]
                yield from self._unused_in([*inner, *(_items(inner) or ())], f"{path}{key}.")

    def possible(self, node: nodes.Node, scope: Mapping[str, Possible], report: Report) -> Possible:
        """What the expression may be; names that no sample has are reported."""
        match node:
            case nodes.Name(name=name):
                return self._name(name, scope, report)
            case nodes.Getattr(node=nodes.Name(name="loop")):
                return None
            case nodes.Getattr(node=inner, attr=str(key)):
                return self._part(inner, key, scope, report)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
                return self._part(inner, key, scope, report)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=int())):
                return _items(_known(self.possible(inner, scope, report)))
            case _:
                for child in node.iter_child_nodes():
                    self.possible(child, scope, report)
                return None

    def written(self, node: nodes.Node, scope: Mapping[str, Possible], report: Report) -> None:
        """Check an expression that is written into the document."""
        values = _known(self.possible(node, scope, report))
        if values and all(isinstance(value, (list, tuple)) for value in values):
            report(f"“{as_written(node)}” adalah daftar.", "Tulis isinya dengan for.")
        elif values and all(isinstance(value, Mapping) for value in values):
            keys = ", ".join(sorted(_keys(values)))
            report(f"“{as_written(node)}” adalah kumpulan isian.", f"Pilih satu: {keys}.")

    def repeated(self, node: nodes.Node, scope: Mapping[str, Possible], report: Report) -> Possible:
        """What each turn of a loop over the expression may get."""
        values = _known(self.possible(node, scope, report))
        if values and not any(isinstance(value, (list, tuple)) for value in values):
            report(f"“{as_written(node)}” bukan daftar.", "For hanya untuk daftar.")
        return _items(values)

    def _name(self, name: str, scope: Mapping[str, Possible], report: Report) -> Possible:
        if name in scope:
            return scope[name]
        found = self._values(self._samples, name)
        if not found:
            known = {*scope, *(key for sample in self._samples for key in sample)}
            report(f"nama “{name}” tidak dikenal.", _nearest(name, known))
            return None
        return found

    def _part(
        self, inner: nodes.Node, key: str, scope: Mapping[str, Possible], report: Report
    ) -> Possible:
        values = _known(self.possible(inner, scope, report))
        if not values:
            return None
        found = self._values(values, key)
        if not found:
            message = f"“{as_written(inner)}” tidak punya “{key}”."
            report(message, _nearest(key, _keys(values)))
            return None
        return found

    def _values(self, owners: Sequence[object], key: str) -> list[object]:
        """What the owners that have this name hold by it."""
        having = [owner for owner in owners if isinstance(owner, Mapping) and key in owner]
        self._looked_up |= {(id(owner), key) for owner in having}
        return [owner[key] for owner in having]


def _known(values: Possible) -> Sequence[object]:
    return [value for value in values or () if value is not None]


def _items(values: Sequence[object]) -> Possible:
    items = [item for value in values if isinstance(value, (list, tuple)) for item in value]
    return items or None


def _keys(values: Iterable[object]) -> set[str]:
    return {str(key) for value in values if isinstance(value, Mapping) for key in value}


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), 1)
    if near:
        return f"Mungkin “{near[0]}”?"
    return f"Yang ada: {', '.join(sorted(known))}." if known else ""
