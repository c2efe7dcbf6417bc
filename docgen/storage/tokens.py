"""Tokens of the API: 256 random bits each, kept only as SHA-256, bound to offices and doings."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from docgen.storage.access import SignedIn
from docgen.storage.audit import note_of
from docgen.storage.database import Database, take_turns
from docgen.storage.scope import PUSAT, Scope
from docgen.storage.tables import TokenRow, new_id

Permission = Literal["read", "write", "batch", "webhooks"]
EVERYTHING: tuple[Permission, ...] = get_args(Permission)

PREFIX = "docgen_"
OVERLAP = dt.timedelta(hours=24)
"""How long a token still works after it was rotated."""

USE_NOTED_EVERY = dt.timedelta(minutes=1)
"""Last use is shown to the minute; noting every request would make each one a write."""

DEFAULT_REQUESTS_PER_MINUTE = 600


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its administrator sees it; `requests_per_minute` of 0 means no limit."""

    id: str
    name: str
    selector: str
    permissions: frozenset[str]
    requests_per_minute: int
    created_at: dt.datetime
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None

    @property
    def scope(self) -> Scope:
        return Scope.selected(self.selector)


class Tokens:
    """The tokens of one database; those that an administrator manages are within their scope.

    What somebody does with them (`by`) is written down.
    """

    def __init__(self, database: Database, by: SignedIn | None = None) -> None:
        self._database = database
        self._by = by

    def create(
        self,
        name: str,
        selector: str,
        *,
        permissions: Collection[Permission] = EVERYTHING,
        requests_per_minute: int = DEFAULT_REQUESTS_PER_MINUTE,
        owner_satker: str = PUSAT,
    ) -> str:
        """A new token, to be shown once.

        Raises:
            UnknownSatker: The selector names a code that does not exist.
            InvalidSelector: The selector cannot be read.
        """
        Scope.selected(selector)
        token = _new_token()
        now = self._database.now()
        row = TokenRow(
            id=new_id(now),
            name=name,
            selector=selector,
            owner_satker=owner_satker,
            permissions=",".join(one for one in EVERYTHING if one in permissions),
            requests_per_minute=requests_per_minute,
            token_hash=_hash(token),
            created_at=now,
        )
        with self._database.write() as session:
            session.add(row)
            self._note(session, row, "token.created")
        return token

    def holder(self, token: str) -> Token | None:
        """What this token stands for; None where it is unknown, revoked or rotated away."""
        now, digest = self._database.now(), _hash(token)
        is_this = or_(
            TokenRow.token_hash == digest,
            (TokenRow.previous_hash == digest) & (TokenRow.previous_until > now),
        )
        with self._database.read() as session:
            row = session.scalar(select(TokenRow).where(is_this, TokenRow.revoked_at.is_(None)))
        if row is None:
            return None
        if row.last_used_at is None or now - row.last_used_at > USE_NOTED_EVERY:
            self._note_use(row.id, now)
        return _token(row)

    def _note_use(self, token_id: str, now: dt.datetime) -> None:
        with self._database.write() as session:
            session.execute(
                update(TokenRow).where(TokenRow.id == token_id).values(last_used_at=now)
            )

    def within(self, scope: Scope) -> list[Token]:
        """The tokens that an administrator of this scope manages, newest first."""
        with self._database.read() as session:
            rows = session.scalars(
                select(TokenRow)
                .where(scope.condition(TokenRow.owner_satker))
                .order_by(TokenRow.id.desc())
            )
            return [_token(row) for row in rows]

    def rotate(self, token_id: str, scope: Scope) -> str | None:
        """A new secret for the token; the old one works for 24 h more. None where it is not there."""
        token = _new_token()
        with self._database.write() as session:
            take_turns(session, f"token {token_id}")
            row = _managed(session, token_id, scope)
            if row is None or row.revoked_at is not None:
                return None
            row.previous_hash = row.token_hash
            row.previous_until = self._database.now() + OVERLAP
            row.token_hash = _hash(token)
            self._note(session, row, "token.rotated")
        return token

    def revoke(self, token_id: str, scope: Scope) -> bool:
        """End the token at once; False where it is not there."""
        with self._database.write() as session:
            row = _managed(session, token_id, scope)
            if row is None:
                return False
            row.revoked_at = row.revoked_at or self._database.now()
            self._note(session, row, "token.revoked")
            return True

    def _note(self, session: Session, row: TokenRow, action: str) -> None:
        note_of(session, self._database.now(), self._by, action, row.id, row.name)


def _managed(session: Session, token_id: str, scope: Scope) -> TokenRow | None:
    return session.scalar(
        select(TokenRow).where(TokenRow.id == token_id, scope.condition(TokenRow.owner_satker))
    )


def _token(row: TokenRow) -> Token:
    return Token(
        id=row.id,
        name=row.name,
        selector=row.selector,
        permissions=frozenset(row.permissions.split(",")),
        requests_per_minute=row.requests_per_minute,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


def _new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
