"""Brings a database to today's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from docgen.storage.database import Database

MIGRATIONS = Path(__file__).with_name("migrations")
LOCK_NUMBER = 76_240_112
"""Any number, the same for all of us: PostgreSQL's advisory lock on migrating."""


def upgrade(database: Database) -> None:
    """Apply what is missing, in one transaction; of two that try at once, one waits."""
    with database.engine.execution_options(docgen_write=True).begin() as connection:
        upgrade_to(connection, "head")


def upgrade_to(connection: Connection, revision: str) -> None:
    """As `upgrade`, in the caller's transaction and up to a revision."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": LOCK_NUMBER})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def current_revision(connection: Connection) -> str:
    """The revision that the tables are of; empty where there are none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def is_up_to_date(connection: Connection) -> bool:
    """Whether the tables are today's."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    return current_revision(connection) == head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
