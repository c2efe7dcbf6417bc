"""Workbooks and input files on disk: read, check."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import InvalidInput
from docgen.filenames import distinct, slug, title_of
from docgen.input_set import choose_satker
from docgen.input_yaml import as_yaml
from docgen.inputs import read_bytes, read_input, with_input_name
from docgen.kinds import DocumentKind
from docgen.satker import Satker
from docgen.validation import validate
from docgen.workbooks.checking import CheckedWorkbook, check_imported
from docgen.workbooks.headers import PlacedFinding
from docgen.workbooks.importing import import_tables
from docgen.workbooks.limits import MAX_BYTES
from docgen.workbooks.tables import Table, read_tables


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook that was read and checked; every finding names the file."""

    kind: DocumentKind[Any]
    checked: CheckedWorkbook
    findings: tuple[PlacedFinding, ...]

    @property
    def has_errors(self) -> bool:
        return self.checked.has_errors

    def input_files(self, folder: Path) -> dict[Path, bytes]:
        """An input file for each document, named after its title, in order."""
        data = [
            {**entry.data, "satker": office.kode} if office else entry.data
            for entry, office in zip(self.checked.inputs, self.checked.offices, strict=True)
        ]
        names = distinct(slug(title_of(one), self.kind.name) for one in data)
        return {
            folder / f"{name}.yaml": as_yaml(one).encode()
            for name, one in zip(names, data, strict=True)
        }


def read_workbook(
    kind: DocumentKind[Any], paths: Sequence[Path], satker: Satker | None
) -> ReadWorkbook:
    """One XLSX file, or CSV files that are its sheets; `satker` overrides what the rows say.

    Raises:
        UnreadableInput: A path cannot be read.
        InvalidInput: A file is no workbook or table, or too large.
    """
    tables = [table for path in paths for table in _tables(path)]
    checked = check_imported(import_tables(kind, tables), lambda data: choose_satker(data, satker))
    name = ", ".join(map(str, paths))
    return ReadWorkbook(
        kind,
        checked,
        tuple(
            dataclasses.replace(one, finding=dataclasses.replace(one.finding, input=name))
            for one in checked.findings
        ),
    )


def _tables(path: Path) -> Sequence[Table]:
    raw = read_bytes(path, MAX_BYTES + 1)
    try:
        return read_tables(path.name, raw)
    except InvalidInput as error:
        raise InvalidInput(with_input_name(error.findings, str(path))) from error


def read_valid_form(kind: DocumentKind[Any], path: Path) -> Mapping[str, Any]:
    """The data of an input file whose form is right: what a workbook can hold.

    Raises:
        UnreadableInput: The path cannot be read.
        InvalidInput: It has errors; the findings name the file.
    """
    try:
        data = read_input(path)
    except InvalidInput as error:
        raise InvalidInput(with_input_name(error.findings, str(path))) from error
    payload, findings = validate(kind.payload, data)
    if payload is None:
        raise InvalidInput(with_input_name(findings, str(path)))
    return data
