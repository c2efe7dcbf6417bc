"""Where something stands in a workbook, as people say it: `Lembar Langkah, sel C27`."""

from dataclasses import dataclass

LETTERS = 26


def column_letters(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> [column_letters(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, a row or a whole sheet; `row` and `column` are counted from 0, None for all of them.

    `title` is the header above it, empty where there is none.
    """

    sheet: str
    row: int | None = None
    column: int | None = None
    title: str = ""

    @property
    def address(self) -> str:
        """The cell as Excel names it: `C27`; empty for a row or a sheet."""
        if self.row is None or self.column is None:
            return ""
        return f"{column_letters(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        where = f"Lembar {self.sheet}"
        if self.address:
            where += f", sel {self.address}"
        elif self.row is not None:
            where += f", baris {self.row + 1}"
        return f"{where}, {self.title[:1].lower() + self.title[1:]}" if self.title else where
