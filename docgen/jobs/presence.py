"""Who is there to do work, on whichever host."""

from redis.exceptions import RedisError
from rq import Worker

from docgen.config import Settings
from docgen.jobs.queues import PDF, connect, queue


def makes_pdfs(settings: Settings) -> bool:
    """Whether a worker serves the PDFs' queue; False where the engine does not answer."""
    connection = connect(settings, retries=0)
    try:
        names = Worker.all_keys(queue=queue(connection, PDF))
        # A killed worker's name stays in the list; what it says of itself ends after some seconds.
        return bool(names and connection.exists(*names))
    except RedisError:
        return False
    finally:
        connection.close()
