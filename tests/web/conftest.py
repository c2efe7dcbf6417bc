"""People with roles, and documents that were really made, for the pages."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from docgen.config import Settings
from docgen.jobs.tasks import Workshop, make_document
from docgen.storage import Access, Database, Documents, People, Scope

PASSWORD = "kuda baterai staples benar"


@pytest.fixture
def administrator(database: Database) -> Any:
    """The first administrator, with a password."""
    access = Access(database)
    token = access.first_link()
    assert token
    who = access.who(access.use_link(token) or "")
    assert who
    access.set_password(who.user_id, PASSWORD)
    return access.who(access.sign_in("admin", PASSWORD) or "")


@pytest.fixture
def person(database: Database, administrator: Any) -> Callable[..., str]:
    """Let somebody in, with a password: `person("operator", "13.71")` answers with their name."""

    def person(role: Any, scope: str, name: str = "") -> str:
        name = name or f"{role}@{scope}"
        access = Access(database)
        token = People(database, administrator).let_in(name, name.title(), role, scope)
        who = access.who(access.use_link(token) or "")
        assert who
        access.set_password(who.user_id, PASSWORD)
        return name

    return person


@pytest.fixture
def enter(app: Flask) -> Callable[..., Any]:
    """Sign in by name and password: the visitor, and the answer's status."""

    def enter(name: str, password: str = PASSWORD) -> Any:
        visitor: Any = app.test_client()
        answer = visitor.send("/masuk", {"nama": name, "sandi": password})
        return visitor, answer.status_code

    return enter


@pytest.fixture
def visitor(person: Callable[..., str], enter: Callable[..., Any]) -> Callable[[str, str], Any]:
    """Somebody signed in with this role at this office: `visitor("operator", "13.71")`."""
    return lambda role, scope: enter(person(role, scope))[0]


@pytest.fixture
def make(settings: Settings, database: Database) -> Iterator[Callable[[str], Any]]:
    """Make a requested document as a worker does; answers with it."""
    shop = Workshop(settings, database.now)

    def make(document_id: str) -> Any:
        make_document(shop, document_id)
        return Documents(database, Scope("00")).get(document_id)

    yield make
    shop.database.close()
