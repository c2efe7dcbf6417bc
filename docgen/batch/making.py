"""Makes what a plan says, on several cores; what is done is whole and in the ledger.

A process makes all documents of an office, then the next office's: it keeps its templates and its
layouts, which offices share, from one to the next.
"""

import itertools
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event

from docgen.batch.ledger import Ledger, Made
from docgen.batch.manifest import Outcome, Row
from docgen.batch.office import Job, OfficeMaker, Result
from docgen.batch.plan import BatchInput, Plan, Planned
from docgen.batch.processes import in_processes
from docgen.config import user_cache_dir

Report = Callable[[int], None]


def carry_out(
    plan: Plan, ledger: Ledger, report: Report, *, processes: int, dry_run: bool = False
) -> Outcome:
    """Make the plan's documents and say what came of it; SIGINT and SIGTERM end it early, cleanly.

    `report` is told how many more documents are done. A dry run checks every input for every
    office as a real one does, and makes and writes nothing.
    """
    if not dry_run:
        _sweep(plan)
        ledger.add(_of_moved_inputs(plan, ledger))
    job = Job(plan.kind.name, plan.inputs, plan.folder, user_cache_dir(), dry_run, plan.embed_input)
    rows = {one.file: _unchanged(plan, one) for one in plan.documents if one.is_unchanged}
    warned: set[int] = set()
    with _stop_signals() as stop:
        for results in _made(job, _by_office(plan), stop, processes):
            if not dry_run:
                ledger.add(_to_keep(plan.inputs, results))
            rows |= {result.planned.file: result.row for result in results}
            warned |= {result.planned.input for result in results if result.has_warnings}
            report(len(results))
    return Outcome(
        tuple(rows[one.file] for one in plan.documents if one.file in rows),
        tuple(str(plan.inputs[position].path) for position in sorted(warned)),
        stopped=len(rows) < len(plan.documents),
    )


def _by_office(plan: Plan) -> list[Sequence[Planned]]:
    todo = (one for one in plan.documents if not one.is_unchanged)
    return [tuple(group) for _, group in itertools.groupby(todo, lambda one: one.satker)]


def _made(
    job: Job, offices: Sequence[Sequence[Planned]], stop: Event, processes: int
) -> Iterator[Sequence[Result]]:
    if min(processes, len(offices)) > 1:
        yield from in_processes(job, offices, stop, processes)
        return
    maker = OfficeMaker(job)
    for office in offices:
        if stop.is_set():
            return
        yield maker.office(office)


def _unchanged(plan: Plan, one: Planned) -> Row:
    path = str(plan.inputs[one.input].path)
    return Row(
        one.satker, plan.kind.name, one.naskah, path, one.file, one.sha256, "skipped", one.reason
    )


def _of_moved_inputs(plan: Plan, ledger: Ledger) -> dict[str, Made]:
    """What is unchanged and was made from an input that lies elsewhere now."""
    left = [one for one in plan.documents if one.is_unchanged]
    now = {
        one.file: Made(one.fingerprint, one.sha256, str(plan.inputs[one.input].path.absolute()))
        for one in left
    }
    return {file: made for file, made in now.items() if ledger.documents.get(file) != made}


def _to_keep(inputs: Sequence[BatchInput], results: Sequence[Result]) -> dict[str, Made | None]:
    """What the ledger is told: a document that failed is still what it was."""
    known: dict[str, Made | None] = {}
    for result in results:
        if result.row.status == "made":
            one = result.planned
            known |= {file: None for file, _ in one.replaces}
            path = str(inputs[one.input].path.absolute())
            known[one.file] = Made(one.fingerprint, result.row.sha256, path)
    return known


def _sweep(plan: Plan) -> None:
    """Take away what a killed run was still writing."""
    for folder in {plan.folder, *(plan.folder / one.satker for one in plan.documents)}:
        for stray in folder.glob(".docgen-*"):
            # What is no file of ours stays, and so does what may not be taken away.
            with suppress(OSError):
                stray.unlink()


@contextmanager
def _stop_signals() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set, instead of what they do otherwise."""
    stop = Event()
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
