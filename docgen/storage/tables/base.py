"""What all tables share: moments in UTC, ids that sort by time, the types of columns."""

import datetime as dt
import itertools
import secrets
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment with its zone; SQLite keeps none, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> Any:  # noqa: ANN401  the driver's type
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401  the driver's type
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


_counter = itertools.count()


def new_id(now: dt.datetime) -> str:
    """An id of 32 hexadecimal digits that cannot be guessed.

    Ids sort by time; those that one process makes in the same millisecond, in the order made.
    """
    order = next(_counter) & 0xFFFF
    return f"{int(now.timestamp() * 1000):012x}{order:04x}{secrets.token_hex(8)}"


class Base(DeclarativeBase):
    """All tables of ours."""

    type_annotation_map: ClassVar = {
        dt.datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[dict[str, str]]: JSON(),
    }
