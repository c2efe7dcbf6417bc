"""Findings as a form says them: at the field that shows what they are about, dates in words."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docgen.findings import Finding
from web import dates
from web.controls import LISTS, OBJECT_ROWS, Control, FormSection

NOT_FORMED = "A03"
"""Said of a value that is not what its field takes."""


def for_form(
    sections: Iterable[FormSection], data: Mapping[str, Any], findings: Iterable[Finding]
) -> list[Finding]:
    """The findings of this data, to be shown on its form.

    A line of a text is shown in the field of that text; what no field shows points to the whole.
    """
    controls = [control for section in sections for control in section.controls]
    return [_for_form(controls, data, finding) for finding in findings]


def _for_form(controls: Sequence[Control], data: Mapping[str, Any], finding: Finding) -> Finding:
    steps, control = _shown(controls, finding.pointer.split("/")[1:])
    finding = dataclasses.replace(finding, pointer="".join(f"/{step}" for step in steps))
    if control and control.widget == "date" and finding.code == NOT_FORMED:
        return _of_date(finding, str(_value(data, steps)))
    return finding


def _of_date(finding: Finding, given: str) -> Finding:
    where, _, _ = finding.message.partition(": ")
    said = dates.in_words(given)
    wrong = f"{said} tidak ada di kalender." if said != given else f"“{given}” bukan tanggal."
    return dataclasses.replace(
        finding, message=f"{where}: {wrong}", hint=f"Contoh: {dates.EXAMPLE}"
    )


def _value(data: Any, steps: Sequence[str]) -> Any:  # noqa: ANN401  JSON-like data of any shape
    for step in steps:
        data = data[int(step)] if isinstance(data, (list, tuple)) else data[step]
    return data


def _shown(controls: Sequence[Control], steps: Sequence[str]) -> tuple[list[str], Control | None]:
    """The steps to the field that shows a place, as far as there is one, and that field."""
    control = next((one for one in controls if steps and one.key == steps[0]), None)
    if control is None:
        return [], None
    inside = {"group": 1, **dict.fromkeys(OBJECT_ROWS, 2)}.get(control.widget)
    if inside:
        deeper, field = _shown(control.fields, steps[inside:])
        return [*steps[:inside], *deeper], field
    return [*steps[: 2 if control.widget in LISTS else 1]], control
