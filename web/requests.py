"""What the form pages have in common: what was sent, which row button, findings at their field."""

import dataclasses
from typing import cast, get_args

from flask import request
from pydantic import BaseModel

from docgen.findings import Finding
from docgen.validation import place
from web.form_changes import Changed, Move
from web.numerals import whole_number


def sent_fields() -> list[tuple[str, str]]:
    """Every field that was sent, in order."""
    return list(request.form.items(multi=True))


def row_change() -> tuple[Move, str] | None:
    """The row button that was pressed and its row; None where none was."""
    for move in get_args(Move):
        if path := request.form.get(move):
            return cast("Move", move), path
    return None


def steps_of(path: str) -> list[int | str]:
    """The steps to a field: `langkah/2/waktu` is `["langkah", 2, "waktu"]`."""
    numbers = ((one, whole_number(one)) for one in path.split("/"))
    return [one if number is None else number for one, number in numbers]


def without_place(model: type[BaseModel], finding: Finding) -> Finding:
    """The finding without its place, which is told by where it stands."""
    where = place(model, steps_of(finding.pointer.removeprefix("/")))
    words = finding.message.removeprefix(f"{where}: ")
    return dataclasses.replace(finding, message=words[:1].upper() + words[1:])


def told(model: type[BaseModel], code: str, path: str, words: str) -> Finding:
    """A warning to stand at the field of this path."""
    return Finding(code, "warning", f"/{path}", f"{place(model, steps_of(path))}: {words}")


def unnamed(model: type[BaseModel], changed: Changed) -> list[Finding]:
    """What there is to say of fields that named a row which was removed."""
    words = "dikosongkan, karena yang ditunjuknya dihapus."
    return [told(model, "N02", path, words) for path in changed.unnamed]
