"""What somebody may see: an office with all below it. Every query on offices' data goes through."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from docgen.satker import is_within

PUSAT = "00"


@dataclass(frozen=True, slots=True)
class Scope:
    """The office at the root; the centre sees all."""

    root: str

    def covers(self, kode: str) -> bool:
        """Whether the office is the root or stands below it."""
        return is_within(kode, self.root)

    def condition(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """The same as a condition on a column of office codes."""
        if self.root == PUSAT:
            return true()
        return or_(column == self.root, column.startswith(f"{self.root}.", autoescape=True))
