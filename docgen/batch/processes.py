"""Offices spread over processes: a few at a time, so that stopping is quick and nothing is lost."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_end
from threading import Event, Thread

from docgen.batch.office import Job, OfficeMaker, Result, failed
from docgen.batch.plan import Planned

AHEAD = 2
"""Offices given out per process, so that none waits for the next."""

_maker: OfficeMaker | None = None


def in_processes(
    job: Job, offices: Sequence[Sequence[Planned]], stop: Event, processes: int
) -> Iterator[Sequence[Result]]:
    """The results of each office as it is done; where `stop` is set, of those already given out.

    A process that dies, for want of memory say, costs the offices that were in hand another try;
    where that leads no further they are tried one by one, and only those that kill it have failed.
    """
    waiting = dict(enumerate(offices))
    while waiting and not stop.is_set():
        before = len(waiting)
        try:
            yield from _in_one_pool(job, waiting, stop, processes)
        except BrokenProcessPool:
            if len(waiting) == before:
                yield from _one_by_one(job, waiting, stop)
                return


def _one_by_one(
    job: Job, waiting: Mapping[int, Sequence[Planned]], stop: Event
) -> Iterator[Sequence[Result]]:
    for number, office in waiting.items():
        try:
            yield from _in_one_pool(job, {number: office}, stop, 1)
        except BrokenProcessPool:
            yield [failed(job, one, DIED) for one in office]


DIED = "Proses pembuatnya berhenti mendadak, mungkin karena kekurangan memori."


def _in_one_pool(
    job: Job, waiting: dict[int, Sequence[Planned]], stop: Event, processes: int
) -> Iterator[Sequence[Result]]:
    """As `in_processes`, taking what is done out of `waiting`; a dead process ends it."""
    todo = iter(list(waiting.items()))
    running: dict[Future[Sequence[Result]], int] = {}
    with ProcessPoolExecutor(processes, _context(), _begin, (job,)) as pool:
        while True:
            while len(running) < AHEAD * processes and not stop.is_set():
                if (following := next(todo, None)) is None:
                    break
                running[pool.submit(_make, following[1])] = following[0]
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                results = future.result()
                del waiting[running.pop(future)]
                yield results


def _context() -> multiprocessing.context.BaseContext:
    # Forked processes have the inputs and the imports already; macOS's libraries bear no forking.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _begin(job: Job) -> None:
    """In a new process: Ctrl-C is the parent's to answer, and it must not be outlived."""
    global _maker  # noqa: PLW0603  an executor's process has no other place for what it keeps
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _maker = OfficeMaker(job)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)


def _make(documents: Sequence[Planned]) -> Sequence[Result]:
    if _maker is None:
        raise RuntimeError("this process was not begun")
    return _maker.office(documents)
