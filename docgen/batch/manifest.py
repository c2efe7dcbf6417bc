"""The manifest: what a run made, left and failed to make, a row a document."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from docgen.input_set import write_files

MANIFEST = "manifest.json"

Status = Literal["made", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the manifest tells of it; `file` is relative to the folder.

    `sha256` is empty where it failed: what may lie there is then not what was asked for.
    """

    satker: str
    kind: str
    naskah: str
    input: str
    file: str
    sha256: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: its rows, which inputs had warnings, and whether it was stopped."""

    rows: tuple[Row, ...]
    inputs_with_warnings: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in ("made", "skipped", "failed")}

    @property
    def failures(self) -> Sequence[Row]:
        return [row for row in self.rows if row.status == "failed"]


def write_manifest(folder: Path, outcome: Outcome) -> None:
    """Write it in one step; a row a line, so that two of them can be compared line by line.

    Raises:
        UnreadableInput: The folder cannot be written; the manifest before it is unchanged.
    """
    rows = ",\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in outcome.rows)
    text = f'{{"counts": {json.dumps(outcome.counts)},\n"documents": [\n{rows}\n]}}\n'
    write_files({folder / MANIFEST: text.encode()})
