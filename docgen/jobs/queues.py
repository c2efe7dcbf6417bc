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
RUN_DOCUMENT = "docgen.jobs.tasks.run_document"
JOB_TIMEOUT_SECONDS = 120


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


def enqueue_documents(on: Queue, document_ids: Sequence[str]) -> None:
    """Put a job for each document on the queue. Its id is the document's: a second one is the same."""
    for document_id in document_ids:
        on.enqueue_call(
            RUN_DOCUMENT,
            args=(document_id,),
            job_id=document_id,
            timeout=JOB_TIMEOUT_SECONDS,
            # The database keeps what happened; nothing of it is wanted from the queue.
            result_ttl=0,
            failure_ttl=60,
        )


def known_documents(on: Queue) -> set[str]:
    """The documents whose jobs are on the queue.

    Those that RQ calls started are not among them: a killed worker's jobs are called so for minutes,
    and who really works on a document is known from its lease.
    """
    return set(on.get_job_ids())
