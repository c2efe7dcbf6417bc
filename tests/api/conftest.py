"""A system that calls the API with a token of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from docgen.config import Settings
from docgen.jobs.tasks import Workshop, make_document
from docgen.storage import Database, Tokens
from web.api import PREFIX, examples


class Caller:
    """Calls with a token; without one where it is empty."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        if body is not None:
            options["json"] = body
        return self.send("POST", path, **options)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {**self.headers, **options.pop("headers", {})}
        path = path if path.startswith(PREFIX) else PREFIX + path
        return self.client.open(path, method=method, headers=headers, **options)

    def order(self, key: str = "", **changes: Any) -> TestResponse:
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("/documents", {**examples.DOCUMENT, **changes}, headers=headers)


@pytest.fixture
def caller_of(app: Flask, database: Database) -> Callable[..., Caller]:
    """A caller for the offices of a selector: `caller_of("13.*")`."""

    def caller_of(selector: str, **options: Any) -> Caller:
        options.setdefault("requests_per_minute", 0)
        token = Tokens(database).create("penguji", selector, **options)
        return Caller(app.test_client(), token)

    return caller_of


@pytest.fixture
def caller(caller_of: Callable[..., Caller]) -> Caller:
    """One that may ask for everything of every office."""
    return caller_of("semua")


@pytest.fixture
def work_off(settings: Settings, database: Database) -> Callable[[str], None]:
    """Make a document as a worker does."""
    shop = Workshop(settings)
    shop.database.now = database.now

    def work_off(document_id: str) -> None:
        make_document(shop, document_id)

    return work_off
