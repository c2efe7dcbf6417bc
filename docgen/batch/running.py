"""A batch from the command line: plan it, carry it out, keep the manifest, say what came of it."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Protocol

from docgen.batch import telling
from docgen.batch.ledger import Ledger, locked
from docgen.batch.making import carry_out
from docgen.batch.manifest import Outcome, write_manifest
from docgen.batch.plan import Plan, plan, read_inputs
from docgen.config import embeds_input
from docgen.errors import UnreadableInput
from docgen.kinds import DocumentKind
from docgen.satker import Satker

DONE, FAILED, STOPPED = 0, 1, 130


class Say(Protocol):
    """Writes a line, to standard error where `err` is true."""

    def __call__(self, message: str, *, err: bool = False) -> None: ...


def run_batch(
    kind: DocumentKind[Any],
    paths: Sequence[Path],
    offices: Sequence[Satker],
    folder: Path,
    say: Say,
    *,
    force: bool = False,
    dry_run: bool = False,
    processes: int | None = None,
) -> int:
    """The exit code: 0 done, 1 a document failed, 130 stopped by a signal.

    `processes` is how many work at once; as many as there are cores where it is not given.

    Raises:
        UnreadableInput: An input cannot be read, or the folder not be made or locked.
    """
    inputs = read_inputs(kind, paths)
    with nullcontext() if dry_run else locked(folder):
        ledger = Ledger(folder)
        todo = plan(
            kind,
            inputs,
            offices,
            folder,
            ledger.documents,
            force=force,
            embed_input=embeds_input(),
        )
        with telling.progress(sum(not one.is_unchanged for one in todo.documents)) as report:
            outcome = carry_out(
                todo, ledger, report, processes=processes or _cores(), dry_run=dry_run
            )
        problem = "" if dry_run else _keep(folder, outcome, ledger)
    _tell(todo, outcome, say, dry_run=dry_run)
    if problem:
        say(problem, err=True)
    if outcome.stopped:
        return STOPPED
    # In a folder that cannot be written nothing is wrong as long as nothing is to be written.
    return FAILED if outcome.failures or (problem and outcome.counts["made"]) else DONE


def _keep(folder: Path, outcome: Outcome, ledger: Ledger) -> str:
    """Write the manifest; what to say where it could not be written, which fails no document."""
    try:
        write_manifest(folder, outcome)
    except UnreadableInput as error:
        return f"{error} Isinya masih dari sebelum ini."
    ledger.compact()
    return ""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(todo: Plan, outcome: Outcome, say: Say, *, dry_run: bool) -> None:
    if dry_run:
        for line in telling.plan_lines(todo, outcome):
            say(line)
    for line in telling.failure_lines(outcome):
        say(line, err=True)
    if line := telling.warning_line(outcome):
        say(line, err=True)
    say(telling.summary(outcome, dry_run=dry_run))
