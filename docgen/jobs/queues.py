"""The queues by name, and how a job of ours is put on one."""

from collections.abc import Sequence

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, TimeoutError  # noqa: A004  Redis names them so
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from docgen.config import Settings

INTERACTIVE = "interactive"
BATCH = "batch"
PDF = "pdf"
RUN_DOCUMENT = "docgen.jobs.tasks.run_document"
RUN_OFFICE = "docgen.jobs.batch.run_office"
RUN_PDF = "docgen.jobs.pdf.run_pdf"
JOB_TIMEOUT_SECONDS = 120
OFFICE_TIMEOUT_SECONDS = 900
PDF_TIMEOUT_SECONDS = 600
AT_ONCE = 200
"""Jobs that are told to the engine in one message; between two of them others get their turn."""


def connect(settings: Settings, *, retries: int = 8) -> Redis:
    """A connection that outlives a restart of the engine, if it may try again often enough."""
    return Redis.from_url(
        settings.redis_url,
        retry=Retry(ExponentialBackoff(cap=1, base=0.05), retries),
        retry_on_error=[BusyLoadingError, ConnectionError, TimeoutError],
    )


def queue(connection: Redis, name: str = INTERACTIVE) -> Queue:
    """The queue of this name; jobs are JSON, never pickle."""
    return Queue(name, connection=connection, serializer=JSONSerializer)


def enqueue(on: Queue, function: str, ids: Sequence[str], timeout_seconds: int) -> None:
    """Put a job for each id on the queue. A job's id is its subject's: a second one is the same."""
    distinct = list(dict.fromkeys(ids))
    for start in range(0, len(distinct), AT_ONCE):
        on.enqueue_many(
            Queue.prepare_data(
                function,
                args=(one,),
                job_id=one,
                timeout=timeout_seconds,
                # The database keeps what happened; nothing of it is wanted from the queue.
                result_ttl=0,
                failure_ttl=60,
            )
            for one in distinct[start : start + AT_ONCE]
        )


def enqueue_documents(on: Queue, document_ids: Sequence[str]) -> None:
    """Put a job for each document on the queue."""
    enqueue(on, RUN_DOCUMENT, document_ids, JOB_TIMEOUT_SECONDS)


def enqueue_offices(on: Queue, job_ids: Sequence[str]) -> None:
    """Put a job for each office's share of a batch on the queue."""
    enqueue(on, RUN_OFFICE, job_ids, OFFICE_TIMEOUT_SECONDS)


def enqueue_pdfs(on: Queue, sources: Sequence[str]) -> None:
    """Put a job for each Word file's PDF on the queue."""
    enqueue(on, RUN_PDF, sources, PDF_TIMEOUT_SECONDS)


def known_jobs(on: Queue) -> set[str]:
    """The subjects whose jobs are on the queue.

    Those that RQ calls started are not among them: a killed worker's jobs are called so for minutes,
    and who really works on a document is known from its lease.
    """
    return set(on.get_job_ids())
