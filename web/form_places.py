"""Where on a form something is said of its data."""

import dataclasses
from collections.abc import Iterable, Sequence

from docgen.findings import Finding
from web.controls import LISTS, OBJECT_ROWS, Control, FormSection


def at_its_field(sections: Iterable[FormSection], finding: Finding) -> Finding:
    """The finding with the pointer of the field that shows what it is about.

    A line of a text is shown in the field of that text; what no field shows points to the whole.
    """
    controls = [control for section in sections for control in section.controls]
    steps = _shown(controls, finding.pointer.split("/")[1:])
    return dataclasses.replace(finding, pointer="".join(f"/{step}" for step in steps))


def _shown(controls: Sequence[Control], steps: Sequence[str]) -> list[str]:
    control = next((one for one in controls if steps and one.key == steps[0]), None)
    if control is None:
        return []
    if control.widget == "group":
        return [steps[0], *_shown(control.fields, steps[1:])]
    if control.widget in OBJECT_ROWS:
        return [*steps[:2], *_shown(control.fields, steps[2:])]
    return [*steps[: 2 if control.widget in LISTS else 1]]
