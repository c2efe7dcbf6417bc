"""Whether everything that a request needs is there."""

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from docgen.config import Settings
from docgen.errors import InvalidSettings
from docgen.jobs.queues import connect
from docgen.storage import Blobs, Database, is_up_to_date


def readiness(settings: Settings, database: Database) -> dict[str, bool]:
    """Each part by name, and whether it works: engine, database, migrations, blobs."""
    return {
        "engine": _engine_works(settings),
        **_database_works(database),
        "blobs": _blobs_work(settings),
    }


def _engine_works(settings: Settings) -> bool:
    # Who asks wants to know how it is now.
    connection = connect(settings, retries=0)
    try:
        return bool(connection.ping())
    except RedisError:
        return False
    finally:
        connection.close()


def _database_works(database: Database) -> dict[str, bool]:
    try:
        with database.engine.connect() as connection:
            return {"database": True, "migrations": is_up_to_date(connection)}
    except SQLAlchemyError:
        return {"database": False, "migrations": False}


def _blobs_work(settings: Settings) -> bool:
    try:
        Blobs(settings.blob_url).check()
    except InvalidSettings:
        return False
    return True
