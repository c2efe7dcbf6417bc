"""What can be wrong with a template, and with what it is filled with."""

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.errors import TemplateError
from docgen.findings import Level


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template: the part, and in it a paragraph or a table's cell, counted from 1."""

    part: str
    within: str = ""

    def __str__(self) -> str:
        return f"{self.part}, {self.within}" if self.within else self.part


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a template: where, what, and how to mend it.

    With an error the template cannot be used; a warning is for its author to judge.
    """

    place: Place
    message: str
    mend: str = ""
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.mend}".rstrip()


class InvalidTemplate(TemplateError):
    """The template has problems; `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class LeftoverMark(TemplateError):
    """A mark such as `${nomor_naskah}` in a template that is filled without `--srikandi`."""

    def __init__(self, mark: str, place: Place) -> None:
        super().__init__(
            f"{place}: penanda {mark} akan tertinggal di dokumen. Hapus dari templat, atau buat "
            "dokumennya dengan pilihan SRIKANDI."
        )
        self.mark = mark
        self.place = place


class FillingError(TemplateError):
    """A value that does not come into the document: `message` says why, of which expression."""

    def __init__(self, message: str, expression: str, place: Place) -> None:
        super().__init__(f"{place}: {message}")
        self.message = message
        self.expression = expression
        self.place = place


class MissingValue(FillingError):
    """A name in the template that the context lacks, or that has no value."""

    def __init__(self, expression: str, place: Place) -> None:
        super().__init__(f"tidak ada nilai untuk {{{{ {expression} }}}}.", expression, place)


class UnsuitableValue(FillingError):
    """A value that is there but cannot stand where the template puts it."""

    def __init__(self, reason: str, expression: str, place: Place) -> None:
        message = f"nilai {{{{ {expression} }}}} tidak cocok di sini: {reason}."
        super().__init__(message, expression, place)


class ForbiddenCharacter(FillingError):
    """A value with a character that XML cannot carry."""

    def __init__(self, character: str, expression: str, place: Place) -> None:
        message = (
            f"nilai {{{{ {expression} }}}} memuat karakter U+{ord(character):04X}, yang tidak "
            "dapat disimpan dalam dokumen Word."
        )
        super().__init__(message, expression, place)
        self.character = character
