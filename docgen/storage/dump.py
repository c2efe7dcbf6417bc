"""Tables as JSON lines, the same for every database; columns named, moments with their zone."""

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import NoSuchTableError

from docgen.errors import InvalidSettings
from docgen.storage.database import Database
from docgen.storage.migrate import current_revision, is_up_to_date, upgrade, upgrade_to
from docgen.storage.tables import Base

CONTENT_COLUMN = "sha256"
"""Whatever table has it names a content in the blobs by it."""

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Dumped:
    """What was written: the schema's revision, rows by table, the contents that they name."""

    revision: str
    rows: dict[str, int]
    contents: list[str]


@contextmanager
def dump_tables(database: Database, folder: Path) -> Iterator[Dumped]:
    """Write every table, as they all are at one moment, to a file of its name in the folder.

    Raises:
        InvalidSettings: The database is not of this program's schema.
    """
    options = (
        {"isolation_level": "REPEATABLE READ"} if database.engine.dialect.name != "sqlite" else {}
    )
    with database.engine.connect().execution_options(**options) as connection:
        if not is_up_to_date(connection):
            raise InvalidSettings(
                "DOCGEN_DATABASE_URL: not of this version's schema; start it once"
            )
        rows: dict[str, int] = {}
        contents: set[str] = set()
        for table in Base.metadata.sorted_tables:
            with (folder / table.name).open("w", encoding="utf-8") as stream:
                rows[table.name] = _dump(connection, table, stream, contents)
        yield Dumped(current_revision(connection), rows, sorted(contents))


def _dump(connection: Connection, table: Table, stream: IO[str], contents: set[str]) -> int:
    count = 0
    found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
    for row in found.mappings():
        stream.write(json.dumps({key: _plain(value) for key, value in row.items()}) + "\n")
        if row.get(CONTENT_COLUMN):
            contents.add(row[CONTENT_COLUMN])
        count += 1
    return count


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever a column holds
    if isinstance(value, dt.date):  # a moment too
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def is_empty(database: Database) -> bool:
    """Whether no table of ours has a row."""
    with database.engine.connect() as connection:
        known = set(inspect(connection).get_table_names())
        tables = [table for table in Base.metadata.sorted_tables if table.name in known]
        return all(connection.execute(select(table).limit(1)).first() is None for table in tables)


@contextmanager
def prepare_tables(database: Database, revision: str) -> Iterator[Connection]:
    """A transaction in which the tables are of that revision; afterwards they are today's."""
    with database.engine.execution_options(docgen_write=True).begin() as connection:
        upgrade_to(connection, revision)
        yield connection
    upgrade(database)


def load_tables(connection: Connection, name: str, lines: Iterable[bytes]) -> int:
    """Put a table's rows back, and say how many; the table is as its revision made it, which may be an earlier one."""
    try:
        table = Table(name, MetaData(), autoload_with=connection)
    except NoSuchTableError as error:
        raise ValueError(f"unknown table {name}") from error
    batch: list[dict[str, Any]] = []
    count = 0
    for line in lines:
        count += 1
        row = json.loads(line)
        batch.append({key: _as_column(table.c[key], value) for key, value in row.items()})
        if len(batch) == ROWS_AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)
    _go_on_counting(connection, table)
    return count


def _as_column(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  as `_plain`
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        moment = dt.datetime.fromisoformat(value)
        return moment if column.type.timezone else moment.astimezone(dt.UTC).replace(tzinfo=None)
    if isinstance(column.type, Date):
        return dt.date.fromisoformat(value)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    return value


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after those that were put back; SQLite does by itself."""
    (key, *others) = table.primary_key.columns
    if others or not isinstance(key.type, Integer) or connection.dialect.name != "postgresql":
        return
    statement = (
        f"select setval(pg_get_serial_sequence('{table.name}', '{key.name}'), "  # noqa: S608  our own names
        f"coalesce((select max({key.name}) from {table.name}), 0) + 1, false)"
    )
    connection.execute(text(statement))


def named_contents(connection: Connection) -> set[str]:
    """The contents that rows name, in tables of any revision."""
    metadata = MetaData()
    metadata.reflect(connection)
    columns = [t.c[CONTENT_COLUMN] for t in metadata.sorted_tables if CONTENT_COLUMN in t.c]
    return {
        sha256
        for column in columns
        for sha256 in connection.scalars(select(column).distinct())
        if sha256
    }
