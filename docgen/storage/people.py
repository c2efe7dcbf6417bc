"""The people of an office and of those below it, as an administrator lets them in and out."""

import datetime as dt
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from docgen.errors import DocgenError, NameTaken
from docgen.roles import Role, may_give
from docgen.storage.access import SignedIn, end_all, new_link
from docgen.storage.audit import note
from docgen.storage.database import Database, take_turns
from docgen.storage.tables import UserRow, new_id

LAST_ADMINISTRATOR = "last_administrator"
LONGEST_NAME = 100


class NotAllowed(DocgenError):
    """Somebody wants to give or change what is not theirs to give."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in, as administrators see them."""

    id: str
    name: str
    nama: str
    role: Role
    scope: str
    has_password: bool
    is_disabled: bool
    last_seen_at: dt.datetime | None


def unfit_name(name: str) -> str:
    """What keeps a name from being one, in Indonesian; nothing where it is good.

    >>> unfit_name("Rina Marlina"), unfit_name(" ")
    ('', 'harus diisi.')
    """
    if not name.strip():
        return "harus diisi."
    if len(name.strip()) > LONGEST_NAME:
        return f"paling panjang {LONGEST_NAME} karakter."
    return "" if name.strip().isprintable() else "tulis dalam satu baris, tanpa karakter khusus."


def fit_name(name: str) -> str:
    r"""As much of a name given elsewhere as `unfit_name` lets be.

    >>> fit_name(" Rina\n"), len(fit_name("x" * 500))
    ('Rina', 100)
    """
    return "".join(filter(str.isprintable, name)).strip()[:LONGEST_NAME]


class People:
    """The people whom `administrator` looks after: those of their office and of those below."""

    def __init__(self, database: Database, administrator: SignedIn) -> None:
        self._database = database
        self._admin = administrator

    def all(self) -> list[Person]:
        """Everybody, by office and name."""
        query = (
            select(UserRow)
            .where(self._admin.scope.condition(UserRow.scope))
            .order_by(UserRow.scope, UserRow.nama)
        )
        with self._database.read() as session:
            return [_person(row) for row in session.scalars(query)]

    def get(self, user_id: str) -> Person | None:
        """Somebody, or None where they are not looked after by this administrator."""
        with self._database.read() as session:
            row = self._row(session, user_id)
            return _person(row) if row else None

    def let_in(self, name: str, nama: str, role: Role, scope: str) -> str:
        """Let somebody in; answers with the token of the link by which they come first.

        Raises:
            NotAllowed: The role or the office is not this administrator's to give.
            NameTaken: Somebody else has the name.
        """
        self._check(role, scope)
        now = self._database.now()
        row = UserRow(
            id=new_id(now),
            name=name.strip().lower(),
            nama=nama.strip(),
            role=role,
            scope=scope,
            password_hash="",
            created_at=now,
        )
        try:
            with self._database.write() as session:
                session.add(row)
                session.flush()
                self._note(session, row, "user.let_in", f"{row.nama} sebagai {role}")
                return new_link(session, row.id, now)
        except IntegrityError as error:
            raise NameTaken(f"Nama masuk “{row.name}” sudah dipakai.") from error

    def change(self, user_id: str, *, nama: str, role: Role, scope: str) -> bool:
        """Change what somebody is; False where they are not there.

        Raises:
            NotAllowed: The role or the office is not this administrator's to give, or the last
                central administrator would be no more.
        """
        self._check(role, scope)
        with self._database.write() as session:
            row = self._row(session, user_id)
            if row is None:
                return False
            if row.role == "admin_pusat" and role != "admin_pusat":
                self._keep_one(session, row)
            row.nama, row.role, row.scope = nama.strip(), role, scope
            self._note(session, row, "user.changed", f"{row.nama} sebagai {role}")
            return True

    def reset(self, user_id: str) -> str | None:
        """A link for somebody who forgot their password, whose sessions end; None if not there."""
        with self._database.write() as session:
            row = self._row(session, user_id)
            if row is None or row.disabled_at:
                return None
            end_all(session, row.id)
            self._note(session, row, "user.reset", row.nama)
            return new_link(session, row.id, self._database.now())

    def shut_out(self, user_id: str) -> bool:
        """End somebody's access at once; False where they are not there.

        Raises:
            NotAllowed: It would be oneself, or the last central administrator.
        """
        with self._database.write() as session:
            row = self._row(session, user_id)
            if row is None:
                return False
            if row.id == self._admin.user_id:
                raise NotAllowed("Anda tidak dapat menutup akun sendiri.")
            self._keep_one(session, row)
            row.disabled_at = self._database.now()
            end_all(session, row.id)
            self._note(session, row, "user.shut_out", row.nama)
            return True

    def let_back(self, user_id: str) -> bool:
        """Let somebody in again; False where they are not there."""
        with self._database.write() as session:
            row = self._row(session, user_id)
            if row is None:
                return False
            row.disabled_at = None
            self._note(session, row, "user.let_back", row.nama)
            return True

    def _check(self, role: Role, scope: str) -> None:
        if role not in may_give(self._admin.role):
            raise NotAllowed("Peran ini di atas peran Anda.")
        if not self._admin.scope.covers(scope):
            raise NotAllowed("Satker ini di luar lingkup Anda.")

    def _row(self, session: Session, user_id: str) -> UserRow | None:
        row = session.get(UserRow, user_id)
        if row is None or not self._admin.scope.covers(row.scope):
            return None
        return row if row.role in may_give(self._admin.role) else None

    def _keep_one(self, session: Session, leaving: UserRow) -> None:
        take_turns(session, LAST_ADMINISTRATOR)
        others = session.scalars(
            select(UserRow.id).where(
                UserRow.role == "admin_pusat",
                UserRow.disabled_at.is_(None),
                UserRow.id != leaving.id,
            )
        ).all()
        if leaving.role == "admin_pusat" and not others:
            raise NotAllowed("Harus selalu ada satu admin pusat.")

    def _note(self, session: Session, row: UserRow, action: str, detail: str) -> None:
        note(
            session,
            self._database.now(),
            self._admin,
            action,
            satker=row.scope,
            subject=row.id,
            detail=detail,
        )


def _person(row: UserRow) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        nama=row.nama,
        role=cast("Role", row.role),
        scope=row.scope,
        has_password=bool(row.password_hash),
        is_disabled=row.disabled_at is not None,
        last_seen_at=row.last_seen_at,
    )
