"""Coming in: by a link, by name and password, by a session. Tokens are kept only as hashes."""

import datetime as dt
import functools
import hashlib
import secrets
from dataclasses import dataclass
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from docgen.roles import RIGHTS_OF, Right, Role
from docgen.storage.database import Database, take_turns
from docgen.storage.scope import PUSAT, Scope
from docgen.storage.tables import SessionRow, SettingRow, SignInLinkRow, UserRow, new_id

LINK_LIFE = dt.timedelta(hours=24)
IDLE_LIFE = dt.timedelta(hours=8)
SESSION_LIFE = dt.timedelta(hours=12)
SEEN_EVERY = dt.timedelta(minutes=5)
"""A session's idle end moves on at most this often: a page must not always be a write."""

FIRST_ADMINISTRATOR = "admin"
SECRET_KEY = "secret_key"
SHORTEST_PASSWORD = 10

_hasher = PasswordHasher()


@functools.cache
def _nobodys_hash() -> str:
    """What a name that does not exist is compared with: it takes as long as a wrong password."""
    return _hasher.hash(secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, what they may see and what they may do."""

    user_id: str
    name: str
    nama: str
    role: Role
    root: str
    has_password: bool

    @property
    def scope(self) -> Scope:
        return Scope(self.root)

    def may(self, right: Right) -> bool:
        return right in RIGHTS_OF[self.role]


class Access:
    """Signing in and out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first_link(self) -> str | None:
        """A token for the first administrator's link; None once one has a password.

        Earlier links that were not used stop working.
        """
        with self._database.write() as session:
            take_turns(session, FIRST_ADMINISTRATOR)
            has_password = session.scalar(
                select(func.count())
                .select_from(UserRow)
                .where(UserRow.role == "admin_pusat", UserRow.password_hash != "")
            )
            if has_password:
                return None
            user = session.scalar(select(UserRow).where(UserRow.name == FIRST_ADMINISTRATOR))
            if user is None:
                user = _first_administrator(self._database.now())
                session.add(user)
                session.flush()
            return new_link(session, user.id, self._database.now())

    def is_open(self, token: str) -> bool:
        """Whether a link's token can still be used."""
        with self._database.read() as session:
            row = session.get(SignInLinkRow, hash_of(token))
            return row is not None and row.used_at is None and row.expires_at > self._database.now()

    def use_link(self, token: str) -> str | None:
        """Sign in by a link, once; answers with a session's token, None where it is used or old."""
        now = self._database.now()
        with self._database.write() as session:
            used = session.execute(
                update(SignInLinkRow)
                .where(
                    SignInLinkRow.token_hash == hash_of(token),
                    SignInLinkRow.used_at.is_(None),
                    SignInLinkRow.expires_at > now,
                )
                .values(used_at=now)
                .returning(SignInLinkRow.user_id)
            ).scalar()
            user = session.get(UserRow, used) if used else None
            return new_session(session, user, now) if user and not user.disabled_at else None

    def sign_in(self, name: str, password: str) -> str | None:
        """Sign in by name and password; a session's token, None where either is wrong."""
        with self._database.read() as session:
            user = session.scalar(select(UserRow).where(UserRow.name == name.strip().lower()))
        known = user.password_hash if user and user.password_hash else _nobodys_hash()
        if not _is_password(known, password) or user is None or user.disabled_at:
            return None
        with self._database.write() as session:
            if _hasher.check_needs_rehash(known):
                session.get_one(UserRow, user.id).password_hash = _hasher.hash(password)
            return new_session(session, user, self._database.now())

    def who(self, session_token: str) -> SignedIn | None:
        """Whose session this is; None where it ended. Being asked is what keeps it from ending."""
        now = self._database.now()
        with self._database.read() as session:
            row = session.execute(
                select(UserRow, SessionRow)
                .join(SessionRow, SessionRow.user_id == UserRow.id)
                .where(
                    SessionRow.token_hash == hash_of(session_token),
                    SessionRow.expires_at > now,
                    SessionRow.ends_at > now,
                    UserRow.disabled_at.is_(None),
                )
            ).first()
        if row is None:
            return None
        user, open_session = row
        if now + IDLE_LIFE - open_session.expires_at > SEEN_EVERY:
            self._go_on(open_session.token_hash, user.id, now)
        return SignedIn(
            user.id,
            user.name,
            user.nama,
            cast("Role", user.role),
            user.scope,
            bool(user.password_hash),
        )

    def _go_on(self, token_hash: str, user_id: str, now: dt.datetime) -> None:
        with self._database.write() as session:
            session.execute(
                update(SessionRow)
                .where(SessionRow.token_hash == token_hash)
                .values(expires_at=now + IDLE_LIFE)
            )
            session.execute(update(UserRow).where(UserRow.id == user_id).values(last_seen_at=now))

    def set_password(self, user_id: str, password: str, keep_session: str = "") -> None:
        """Give somebody a password; their other sessions and their links end."""
        with self._database.write() as session:
            session.get_one(UserRow, user_id).password_hash = _hasher.hash(password)
            end_all(session, user_id, hash_of(keep_session))

    def is_password_of(self, user_id: str, password: str) -> bool:
        """Whether this is their password."""
        with self._database.read() as session:
            return _is_password(session.get_one(UserRow, user_id).password_hash, password)

    def sign_out(self, session_token: str) -> None:
        """End the session."""
        with self._database.write() as session:
            session.execute(
                delete(SessionRow).where(SessionRow.token_hash == hash_of(session_token))
            )

    def secret_key(self) -> str:
        """The key that cookies are signed with; made once, the same for all processes."""
        with self._database.write() as session:
            take_turns(session, SECRET_KEY)
            row = session.get(SettingRow, SECRET_KEY)
            if row is None:
                row = SettingRow(name=SECRET_KEY, value=secrets.token_hex(32))
                session.add(row)
            return row.value


def keep_secret_key(database: Database, value: str) -> None:
    """Go on with another machine's key, so that what it signed stays valid."""
    with database.write() as session:
        session.merge(SettingRow(name=SECRET_KEY, value=value))


def new_link(session: Session, user_id: str, now: dt.datetime) -> str:
    """A token for a link that signs somebody in, once, within a day; their earlier ones end."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignInLinkRow).where(SignInLinkRow.user_id == user_id))
    session.add(
        SignInLinkRow(token_hash=hash_of(token), user_id=user_id, expires_at=now + LINK_LIFE)
    )
    return token


def end_all(session: Session, user_id: str, keep_hash: str = "") -> None:
    """End somebody's sessions, but for one, and their links."""
    session.execute(
        delete(SessionRow).where(SessionRow.user_id == user_id, SessionRow.token_hash != keep_hash)
    )
    session.execute(delete(SignInLinkRow).where(SignInLinkRow.user_id == user_id))


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _first_administrator(now: dt.datetime) -> UserRow:
    return UserRow(
        id=new_id(now),
        name=FIRST_ADMINISTRATOR,
        nama="Administrator",
        role="admin_pusat",
        scope=PUSAT,
        password_hash="",
        created_at=now,
    )


def new_session(session: Session, user: UserRow, now: dt.datetime) -> str:
    """A token for a session of theirs that begins now; sessions that ended are taken away."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SessionRow).where(SessionRow.expires_at < now))
    session.add(
        SessionRow(
            token_hash=hash_of(token),
            user_id=user.id,
            expires_at=now + IDLE_LIFE,
            ends_at=now + SESSION_LIFE,
        )
    )
    session.execute(update(UserRow).where(UserRow.id == user.id).values(last_seen_at=now))
    return token


def _is_password(known_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(known_hash, password)
    except (VerificationError, InvalidHashError):
        return False
