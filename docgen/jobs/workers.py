"""Runs jobs, in this process, one after the other."""

import logging

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from docgen.config import Settings
from docgen.jobs.pdf import maker
from docgen.jobs.queues import BATCH, INTERACTIVE, PDF, connect
from docgen.jobs.requirements import check_requirements
from docgen.registry import kinds

WORKER_TTL_SECONDS = 20
"""RQ's default leaves a dead worker's job "started" for minutes; our leases end sooner anyway."""


def run_workers(settings: Settings, *, interactive_only: bool = False, pdf: bool = False) -> None:
    """Work until told to stop by SIGTERM or SIGINT; the job in hand is finished first.

    What somebody waits for comes first; with `interactive_only` nothing else is done, so that it
    need not even wait for the job in hand. With `pdf` it makes PDFs and nothing else.

    Jobs run in this process: forking for each costs more than most documents take, and a process
    that dies is started again by whoever supervises it.

    Raises:
        InvalidSettings: Engine, database or blobs cannot be used as set, or LibreOffice is wanted
            and not there.
    """
    check_requirements(settings)
    if pdf:
        maker(settings.pdf_max_bytes)
    names = [PDF] if pdf else [INTERACTIVE] if interactive_only else [INTERACTIVE, BATCH]
    logging.getLogger("rq").setLevel(logging.WARNING)
    # Imported now, not with the first job.
    kinds()
    connection = connect(settings)
    worker = SimpleWorker(
        names,
        connection=connection,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        job_monitoring_interval=5,
        maintenance_interval=5,
    )
    worker.work(logging_level="WARNING")
