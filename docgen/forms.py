"""How a kind's input is asked for: sections and hints, no HTML.

Labels, explanations, examples and what is required come from the kind's schema; a form only says
in which order and with which control the fields are asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Widget = Literal[
    "text",  # one line
    "area",  # several lines of one text
    "lines",  # a list of texts, one row each
    "text_lines",  # a list of short texts in one box, one a line
    "choice",  # one of few
    "date",
    "time",
    "number",
    "yes_no",
    "group",  # an object: its fields side by side
    "rows",  # a list of objects, a card each
    "sheet",  # a list of objects, a table row each
    "lanes",  # a list of short names, in order, that other fields choose from
    "picture",
]
Width = Literal["short", "medium", "long", "full"]
Pool = Literal["dasar_hukum", "orang", "sop"]


@dataclass(frozen=True, slots=True)
class Hint:
    """What the form should know of one field beyond its schema.

    `choices_from` is the pointer of a list in the same input whose entries are the choices.
    `refers_to` names a list of the same input whose rows the field names, by id or by position.
    `several` lets a choice take more than one. `columns` lays a sheet's fields out in columns,
    top to bottom inside each. `label` is a shorter one for a sheet's narrow column. `words` says a
    choice in other words than its value. `official` names the post whose holder a group begins
    with, `office` what of the office's own data a text begins with. `pool` names what a list has
    in common with lists of other forms, so that entries of earlier documents are offered for it.
    `numbers` is the naskah whose number the field holds: the office's next one is offered for it.
    `own` says that only this document has what stands there: a copy begins without it.
    """

    widget: Widget | None = None
    width: Width = "full"
    choices_from: str = ""
    refers_to: str = ""
    several: bool = False
    columns: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    official: str = ""
    office: Literal["", "ibu_kota"] = ""
    pool: Pool | Literal[""] = ""
    numbers: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form with its own heading; `fields` are top-level keys of the input."""

    id: str
    judul: str
    fields: tuple[str, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The sections in order, and hints by pattern: `langkah/*/waktu` names a field of each row.

    `gives` says of what pool a document of this kind is an entry itself, and which of its keys
    make the entry.
    """

    sections: tuple[Section, ...]
    hints: Mapping[str, Hint] = field(default_factory=dict)
    gives: Mapping[Pool, tuple[str, ...]] = field(default_factory=dict)

    def hint(self, pattern: str) -> Hint:
        """The hint for a field, an empty one where the form has none."""
        return self.hints.get(pattern, Hint())
