"""Whether a worker can work with these settings, asked once before it starts."""

from urllib.parse import urlsplit

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from docgen.config import Settings
from docgen.errors import InvalidSettings
from docgen.jobs.queues import connect
from docgen.storage import Blobs, Database, is_up_to_date


def check_requirements(settings: Settings) -> None:
    """Do nothing if engine, database, tables and blobs can be used.

    Raises:
        InvalidSettings: One cannot; the text names its setting, without passwords.
    """
    check_database(settings)
    Blobs(settings.blob_url).check()
    connection = connect(settings)
    try:
        connection.ping()
    except RedisError as error:
        raise InvalidSettings(
            f"DOCGEN_REDIS_URL={without_password(settings.redis_url)}: no answer ({error})"
        ) from error
    finally:
        connection.close()


def check_database(settings: Settings) -> None:
    """Do nothing if the database answers and has today's tables; the same error as above."""
    shown = f"DOCGEN_DATABASE_URL={without_password(settings.database_url)}"
    database = Database(settings.database_url)
    try:
        with database.engine.connect() as connection:
            is_ready = is_up_to_date(connection)
    except SQLAlchemyError as error:
        raise InvalidSettings(f"{shown}: no answer ({type(error).__name__})") from error
    finally:
        database.close()
    if not is_ready:
        raise InvalidSettings(
            f"{shown}: has not the tables of this version; start `docgen serve` of it first"
        )


def without_password(url: str) -> str:
    """The address with its password hidden.

    >>> without_password("redis://:rahasia@10.0.0.5:6379/0")
    'redis://…@10.0.0.5:6379/0'
    """
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=f"…@{parts.netloc.rpartition('@')[2]}").geturl()
