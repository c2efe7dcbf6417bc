"""Who may come in: the first link, sessions. Tokens are 256 random bits, kept only as hashes."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from docgen.storage.database import Database
from docgen.storage.scope import PUSAT, Scope
from docgen.storage.tables import SessionRow, SettingRow, SignInLinkRow, UserRow, new_id

LINK_LIFE = dt.timedelta(hours=24)
SESSION_LIFE = dt.timedelta(hours=12)
FIRST_ADMINISTRATOR = "admin"
ADMIN_PUSAT = "admin_pusat"
SECRET_KEY = "secret_key"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, and what they may see."""

    user_id: str
    name: str
    role: str
    scope: Scope


class Access:
    """Signing in and out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def first_link(self) -> str | None:
        """A token for the first administrator's link; None once one has a password.

        Earlier links that were not used stop working.
        """
        now = self._database.now()
        token = secrets.token_urlsafe(32)
        with self._database.write() as session:
            has_password = session.scalar(
                select(func.count())
                .select_from(UserRow)
                .where(UserRow.role == ADMIN_PUSAT, UserRow.password_hash != "")
            )
            if has_password:
                return None
            user = session.scalar(select(UserRow).where(UserRow.name == FIRST_ADMINISTRATOR))
            if user is None:
                user = UserRow(
                    id=new_id(now),
                    name=FIRST_ADMINISTRATOR,
                    role=ADMIN_PUSAT,
                    scope=PUSAT,
                    password_hash="",
                    created_at=now,
                )
                session.add(user)
                session.flush()
            session.execute(delete(SignInLinkRow).where(SignInLinkRow.user_id == user.id))
            session.add(
                SignInLinkRow(token_hash=_hash(token), user_id=user.id, expires_at=now + LINK_LIFE)
            )
        return token

    def is_open(self, token: str) -> bool:
        """Whether a link's token can still be used."""
        with self._database.read() as session:
            row = session.get(SignInLinkRow, _hash(token))
            return row is not None and row.used_at is None and row.expires_at > self._database.now()

    def use_link(self, token: str) -> str | None:
        """Sign in by a link, once; answers with a session's token, None where it is used or old."""
        now = self._database.now()
        with self._database.write() as session:
            used = session.execute(
                update(SignInLinkRow)
                .where(
                    SignInLinkRow.token_hash == _hash(token),
                    SignInLinkRow.used_at.is_(None),
                    SignInLinkRow.expires_at > now,
                )
                .values(used_at=now)
                .returning(SignInLinkRow.user_id)
            ).scalar()
            if used is None:
                return None
            session_token = secrets.token_urlsafe(32)
            session.add(
                SessionRow(
                    token_hash=_hash(session_token), user_id=used, expires_at=now + SESSION_LIFE
                )
            )
            return session_token

    def who(self, session_token: str) -> SignedIn | None:
        """Whose session this is; None where it ended."""
        with self._database.read() as session:
            user = session.scalar(
                select(UserRow)
                .join(SessionRow, SessionRow.user_id == UserRow.id)
                .where(
                    SessionRow.token_hash == _hash(session_token),
                    SessionRow.expires_at > self._database.now(),
                )
            )
            if user is None:
                return None
            return SignedIn(user.id, user.name, user.role, Scope(user.scope))

    def sign_out(self, session_token: str) -> None:
        """End the session."""
        with self._database.write() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(session_token)))

    def secret_key(self) -> str:
        """The key that cookies are signed with; made once, the same for all processes."""
        with self._database.write() as session:
            row = session.get(SettingRow, SECRET_KEY)
            if row is None:
                row = SettingRow(name=SECRET_KEY, value=secrets.token_hex(32))
                session.add(row)
            return row.value


def keep_secret_key(database: Database, value: str) -> None:
    """Go on with another machine's key, so that what it signed stays valid."""
    with database.write() as session:
        session.merge(SettingRow(name=SECRET_KEY, value=value))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
