"""Makes an office's documents, one file at a time, each whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.batch.manifest import Row, Status
from docgen.batch.plan import BatchInput, Planned, sha256_of
from docgen.errors import DocgenError, InvalidInput
from docgen.findings import Finding
from docgen.generate import generate
from docgen.input_set import checked_entry, choose_satker, write_beside
from docgen.kinds import Payload
from docgen.registry import get_kind
from docgen.reopening import reopen
from docgen.revisions import told
from docgen.satker import registry
from docgen.validation import validate


@dataclass(frozen=True, slots=True)
class Job:
    """What all documents of a run share, as another process can be told it."""

    kind: str
    inputs: tuple[BatchInput, ...]
    folder: Path
    cache_dir: Path
    dry_run: bool
    embed_input: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a planned document; where it failed, its row says why."""

    planned: Planned
    row: Row
    has_warnings: bool = False


def failed(job: Job, planned: Planned, reason: str) -> Result:
    """A document that was not made."""
    return Result(planned, _row(job, planned, "", "failed", reason))


class OfficeMaker:
    """Makes documents of one job; templates and layouts stay from one document to the next."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.kind = get_kind(job.kind)

    def office(self, documents: Sequence[Planned]) -> list[Result]:
        return [self.document(planned) for planned in documents]

    def document(self, planned: Planned) -> Result:
        """Make one document, or say why not: one that fails stops no other."""
        try:
            return self._make(planned)
        except InvalidInput as error:
            errors = [_without_input(finding) for finding in error.findings if finding.is_error]
            return failed(self.job, planned, "\n".join(errors))
        except DocgenError as error:
            return failed(self.job, planned, str(error))
        except OSError as error:
            # A file where the office's folder should be is that office's fault, a full disk none's.
            is_in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
            place = self.job.folder / (planned.satker if is_in_the_way else "")
            reason = f"{place}: tidak dapat ditulis ({error.strerror})."
            return failed(self.job, planned, reason)
        except Exception as error:  # noqa: BLE001  the edge: a fault in one must not stop others
            reason = f"Kesalahan program: {type(error).__name__}: {error}."
            return failed(self.job, planned, reason)

    def _make(self, planned: Planned) -> Result:
        one = self.job.inputs[planned.input]
        if one.findings:
            raise InvalidInput(one.findings)
        satker = registry().get(planned.satker)
        about_satker = choose_satker(one.data, satker)[1]
        entry = checked_entry(self.kind, one.path, one.data, satker, about_satker)
        if entry.payload is None:
            raise InvalidInput(entry.findings)
        sha256, reason = "", self._reason(planned, entry.payload)
        if not self.job.dry_run:
            (file,) = generate(
                self.kind,
                entry.payload,
                satker,
                naskah=planned.naskah,
                assets=entry.assets,
                cache_dir=self.job.cache_dir,
                embed_input=self.job.embed_input,
            )
            sha256 = file.sha256
            self._write(planned, file.content)
        row = _row(self.job, planned, sha256, "made", reason)
        return Result(planned, row, bool(entry.findings))

    def _reason(self, planned: Planned, payload: Payload) -> str:
        """Why it is made; where the input changed, what changed, in words, by the file's own input."""
        if not planned.has_other_input:
            return planned.reason
        earlier = (planned.file, *(file for file, _ in planned.replaces))
        before = next(filter(None, map(self._carried, earlier)), None)
        changes = told(self.kind, before, payload) if before else []
        return " ".join([f"{planned.reason}:" if changes else planned.reason, *map(str, changes)])

    def _carried(self, file: str) -> Payload | None:
        try:
            opened = reopen((self.job.folder / file).read_bytes())
        except (OSError, DocgenError):
            return None  # it is gone, or carries no input
        return validate(self.kind.payload, opened.data)[0]

    def _write(self, planned: Planned, content: bytes) -> None:
        path = self.job.folder / planned.file
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(write_beside(path, content))
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        for file, sha256 in planned.replaces:
            old = self.job.folder / file
            if sha256_of(old) == sha256:  # what somebody changed by hand stays
                old.unlink()


def _row(job: Job, planned: Planned, sha256: str, status: Status, reason: str) -> Row:
    path = str(job.inputs[planned.input].path)
    return Row(planned.satker, job.kind, planned.naskah, path, planned.file, sha256, status, reason)


def _without_input(finding: Finding) -> str:
    """The finding in words; the row says which input it belongs to."""
    return str(replace(finding, input=""))
