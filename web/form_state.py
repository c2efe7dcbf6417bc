"""How far a form is: what must be filled in and is not, section by section. No Flask, no HTML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docgen.findings import Finding
from web.controls import OBJECT_ROWS, Control, FormSection

SHOWN = 2
"""So many missing fields are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that must be filled in, as people call it: `pelaksana langkah 12`."""

    words: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class SectionState:
    """What the rail says of a section."""

    id: str
    sort: Literal["ok", "wait", "warn", "bad"]
    words: str


@dataclass(frozen=True, slots=True)
class FormState:
    """How many required fields there are and are filled in, and how each section stands."""

    filled: int
    required: int
    missing: str
    sections: tuple[SectionState, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same for a script."""
        return {
            "filled": self.filled,
            "required": self.required,
            "missing": self.missing,
            "sections": [
                {"id": one.id, "sort": one.sort, "words": one.words} for one in self.sections
            ],
        }


def form_state(
    sections: Iterable[FormSection], data: Mapping[str, Any], findings: Sequence[Finding]
) -> FormState:
    """How this data fills the form."""
    fields: list[Field] = []
    states = []
    for section in sections:
        required = list(_required(section.controls, data, ""))
        fields += required
        states.append(_section_state(section, data, required, findings))
    missing = [one.words for one in fields if not one.is_filled]
    return FormState(len(fields) - len(missing), len(fields), _named(missing), tuple(states))


def _section_state(
    section: FormSection,
    data: Mapping[str, Any],
    required: Sequence[Field],
    findings: Sequence[Finding],
) -> SectionState:
    keys = {control.key for control in section.controls}
    here = [finding for finding in findings if finding.pointer[1:].partition("/")[0] in keys]
    errors = sum(finding.is_error for finding in here)
    missing = [one.words for one in required if not one.is_filled]
    if missing:
        return SectionState(section.id, "wait", f"Kurang: {_named(missing)}")
    if errors:
        return SectionState(section.id, "bad", f"{errors} kesalahan")
    if here:
        return SectionState(section.id, "warn", f"{len(here)} peringatan")
    if any(not is_blank(data.get(key)) for key in keys):
        return SectionState(section.id, "ok", "Lengkap")
    return SectionState(section.id, "wait", "Boleh kosong")


def _named(missing: Sequence[str]) -> str:
    rest = len(missing) - SHOWN
    named = ", ".join(missing[:SHOWN])
    return f"{named}, dan {rest} lagi" if rest > 0 else named


def _required(controls: Iterable[Control], data: Mapping[str, Any], where: str) -> Iterator[Field]:
    """The fields that must be filled in; inside rows and groups only where something stands."""
    for control in controls:
        value = data.get(control.key)
        if control.required:
            label = control.label if control.label[:2].isupper() else control.label.lower()
            if not where and control.label[:1].isupper():
                label = control.label[:1].lower() + control.label[1:]
            yield Field(f"{label}{where}", not is_blank(value))
        if control.widget == "group" and isinstance(value, Mapping) and not is_blank(value):
            yield from _required(control.fields, value, where)
        elif control.widget in OBJECT_ROWS and isinstance(value, Sequence):
            for number, row in enumerate(value, 1):
                if not is_blank(row):
                    inside = f" {control.label.lower()} {number}"
                    yield from _required(control.fields, row, inside)


def is_blank(value: object) -> bool:
    """Whether nothing was typed into it, however many rows it has.

    >>> is_blank([{}, {"a": " "}]), is_blank({"a": ["x"]})
    (True, False)
    """
    if isinstance(value, Mapping):
        return all(is_blank(inner) for inner in value.values())
    if isinstance(value, (list, tuple)):
        return all(is_blank(inner) for inner in value)
    return not str(value if value is not None else "").strip()


def has_pictures(controls: Iterable[Control]) -> bool:
    """Whether the form takes files."""
    return any(one.widget == "picture" or has_pictures(one.fields) for one in controls)
