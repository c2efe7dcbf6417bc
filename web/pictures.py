"""Pictures that come with a form: looked at, kept, and named in the form's data by their id."""

from collections.abc import Iterable, Mapping

from werkzeug.datastructures import FileStorage

from docgen.findings import Finding, pointer
from docgen.photographs import MAX_BYTES, check_picture
from docgen.storage import Uploads

Sent = list[tuple[str, str]]


def with_pictures(
    sent: Sent, files: Mapping[str, FileStorage], uploads: Uploads, uploaded_by: str
) -> tuple[Sent, list[Finding]]:
    """The fields with the ids of the files that came with them, and what is wrong with files.

    A file has the name of the field that is to hold its id.
    """
    ids: dict[str, str] = {}
    findings = []
    for name, file in files.items():
        if not file.filename:
            continue
        content = file.stream.read(MAX_BYTES + 1)
        if wrong := check_picture(content):
            place = _pointer(name, [field for field, _ in sent])
            findings.append(Finding("G03", "error", place, f"Foto {file.filename}: {wrong}"))
        else:
            ids[name] = uploads.keep(content, uploaded_by)
    return [(name, ids.get(name, value)) for name, value in sent], findings


def _pointer(name: str, names: Iterable[str]) -> str:
    """Where a field's value ends up: rows are counted in the order in which they were sent."""
    steps: list[str | int] = []
    path = ""
    for step in name.split("/"):
        if step.isdecimal():
            rows = dict.fromkeys(
                one.removeprefix(f"{path}/").partition("/")[0]
                for one in names
                if one.startswith(f"{path}/")
            )
            steps.append(list(rows).index(step) if step in rows else 0)
        else:
            steps.append(step)
        path = f"{path}/{step}" if path else step
    return pointer(*steps)
