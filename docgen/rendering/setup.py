"""The page that a document is laid out on: paper, font and size, as changes to a template."""

from dataclasses import dataclass
from typing import Literal

Kertas = Literal["A4", "F4"]

PAPER_TWIPS: dict[Kertas, tuple[int, int]] = {"A4": (11906, 16838), "F4": (12189, 18709)}
"""Short and long side: A4 is 210 x 297 mm, F4 (folio) 215 x 330 mm."""


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What to change of a template's page; None leaves it as it is.

    `ukuran_huruf` is the new base size in points; every size in the styles follows in proportion.
    With `carries_input` the document has a part for the input that it was made from.
    """

    kertas: Kertas | None = None
    huruf: str | None = None
    ukuran_huruf: float | None = None
    carries_input: bool = False

    @property
    def changes_nothing(self) -> bool:
        return self.kertas is None and self.huruf is None and self.ukuran_huruf is None
