"""What a batch says on the terminal: a bar with an estimate, the plan, the end, the failures."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from docgen.batch.making import Report
from docgen.batch.manifest import Outcome
from docgen.batch.plan import Plan

REFRESH_EVERY = 20
"""Documents between two drawings of the bar."""


@contextmanager
def progress(total: int) -> Iterator[Report]:
    """A bar over the documents to be made, on standard error; nothing where it is no terminal.

    The estimate rests on the documents of the last half minute; those that are left as they are
    do not count, so they cannot flatter it.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(stderr=True),
        # A drawing thread would be copied, half alive, into every process that is forked.
        auto_refresh=False,
    )
    if not bar.console.is_terminal or not total:
        yield lambda _: None
        return
    task = bar.add_task("Membuat", total=total)

    def report(done: int) -> None:
        before = bar.tasks[task].completed // REFRESH_EVERY
        bar.advance(task, done)
        if bar.tasks[task].completed // REFRESH_EVERY > before:
            bar.refresh()

    with bar:
        yield report


def plan_lines(plan: Plan, outcome: Outcome) -> Iterator[str]:
    """What a dry run says: a line a document that would be made or fail, and who is left out."""
    for row in outcome.rows:
        if row.status == "made":
            yield f"dibuat  {row.file}  ({row.reason})"
    for position, kode in plan.excluded:
        one = plan.inputs[position]
        holds = one.master.berlaku if one.master else ""
        yield f"dilewati  {kode}  {one.path}  (berlaku untuk {holds})"


def summary(outcome: Outcome, *, dry_run: bool) -> str:
    """One line with the counts."""
    counts = outcome.counts
    made = "akan dibuat" if dry_run else "dibuat"
    text = (
        f"{_number(counts['made'])} {made}, {_number(counts['skipped'])} tidak berubah, "
        f"{_number(counts['failed'])} gagal."
    )
    if outcome.stopped:
        text += " Dihentikan; jalankan lagi untuk membuat sisanya."
    return text


def failure_lines(outcome: Outcome) -> Iterator[str]:
    """Each reason once, with its input and the offices it struck."""
    struck = Counter((row.input, row.reason) for row in outcome.failures)
    first = {(row.input, row.reason): row.satker for row in reversed(outcome.failures)}
    for (path, reason), count in struck.items():
        others = f" dan {count - 1} satker lain" if count > 1 else ""
        yield f"Gagal {path} untuk {first[path, reason]}{others}:"
        yield from (f"  {line}" for line in reason.splitlines())


def warning_line(outcome: Outcome) -> str:
    """Which inputs had warnings; empty where none had."""
    if not outcome.inputs_with_warnings:
        return ""
    inputs = ", ".join(outcome.inputs_with_warnings)
    return f"Ada peringatan; lihat dengan docgen check: {inputs}"


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
