"""What somebody may see. Every query on offices' data goes through."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from docgen.satker import is_within, registry

PUSAT = "00"


@dataclass(frozen=True, slots=True, init=False)
class Scope:
    """Offices with all below them (`roots`), and offices by themselves (`offices`).

    People have a root; the centre as a root sees all. Tokens have whatever was selected for them.
    """

    roots: tuple[str, ...]
    offices: frozenset[str]

    def __init__(self, *roots: str, offices: Collection[str] = ()) -> None:
        object.__setattr__(self, "roots", roots)
        object.__setattr__(self, "offices", frozenset(offices))

    @classmethod
    def selected(cls, selector: str) -> "Scope":
        """What a selector names: `semua`, `13.*`, a level, a code, or several joined by commas.

        Raises:
            UnknownSatker: It names a code that does not exist.
            InvalidSelector: It cannot be read.
        """
        parts = [part.strip() for part in selector.split(",")]
        if "semua" in parts:
            return cls(PUSAT)
        roots = [part.removesuffix(".*") for part in parts if part.endswith(".*")]
        chosen = [office.kode for part in parts for office in registry().select(part)]
        return cls(*roots, offices=chosen)

    def covers(self, kode: str) -> bool:
        """Whether the office is within."""
        return kode in self.offices or any(is_within(kode, root) for root in self.roots)

    def condition(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """The same as a condition on a column of office codes."""
        if PUSAT in self.roots:
            return true()
        below = [column.startswith(f"{root}.", autoescape=True) for root in self.roots]
        return or_(column.in_({*self.roots, *self.offices}), *below)
