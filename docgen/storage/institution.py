"""People whom the institution's sign-in vouches for: let in with the role and office it gives them."""

import datetime as dt
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.roles import ROLE_WORDS, Role
from docgen.storage.access import SignedIn, hash_of, new_session
from docgen.storage.audit import note
from docgen.storage.database import Database
from docgen.storage.tables import UserRow, new_id


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom the institution vouches for; `subject` is theirs alone, and stays."""

    subject: str
    name: str
    nama: str
    role: Role
    scope: str


class Institution:
    """Signing in through the institution; who came, and as what, is written down with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sign_in(self, newcomer: Newcomer) -> str | None:
        """A session's token; None for the disabled.

        They are known by their subject alone: a local account of the same name stays another's.
        At each time they have the role and the office that the institution gives them.
        """
        now = self._database.now()
        with self._database.write() as session:
            user = session.scalar(select(UserRow).where(UserRow.subject == newcomer.subject))
            if user is not None and user.disabled_at:
                _note(session, now, user, "sign_in.refused", "Akunnya dinonaktifkan.")
                return None
            was = (user.role, user.scope) if user else None
            user = user or _new_user(session, newcomer, now)
            user.nama, user.role, user.scope = newcomer.nama, newcomer.role, newcomer.scope
            session.flush()
            _note(session, now, user, "sign_in.institution", _as_what(newcomer, was))
            return new_session(session, user, now)


def _new_user(session: Session, newcomer: Newcomer, now: dt.datetime) -> UserRow:
    user = UserRow(
        id=new_id(now),
        name=_free_name(session, newcomer),
        subject=newcomer.subject,
        password_hash="",
        created_at=now,
    )
    session.add(user)
    return user


def _free_name(session: Session, newcomer: Newcomer) -> str:
    name = newcomer.name.strip().lower()[:100]
    is_taken = session.scalar(select(UserRow.id).where(UserRow.name == name)) is not None
    return f"{name}#{hash_of(newcomer.subject)[:12]}" if is_taken or not name else name


def _as_what(newcomer: Newcomer, was: tuple[str, str] | None) -> str:
    """The role and the office, and what they were where the institution now gives others."""
    words = _words(newcomer.role, newcomer.scope)
    if was is None:
        return f"{words}; pertama kali"
    is_same = was == (newcomer.role, newcomer.scope)
    return words if is_same else f"{words}; semula {_words(*was)}"


def _words(role: str, scope: str) -> str:
    return f"{ROLE_WORDS[cast('Role', role)]} {scope}"


def _note(session: Session, now: dt.datetime, user: UserRow, action: str, detail: str) -> None:
    who = SignedIn(
        user.id, user.name, user.nama, cast("Role", user.role), user.scope, has_password=False
    )
    note(session, now, who, action, satker=user.scope, subject=user.id, detail=detail)
