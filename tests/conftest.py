"""What several tests share: the examples of every kind, and asking for new expected texts."""

import dataclasses
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from docgen.assets import folder_source, gather
from docgen.generate import prepare
from docgen.inputs import read_input
from docgen.kinds import DocumentKind
from docgen.registry import kinds
from docgen.satker import Satker, registry
from tests.fixtures.browser import browser, new_page, page, session_cookies
from tests.fixtures.data import (
    blobs,
    clock,
    database,
    engine,
    impatient,
    lock,
    settings,
    work,
)
from tests.fixtures.front import app, client, signed_in_for, stranger
from tests.fixtures.postgres import postgres, postgres_url, shared_postgres
from tests.fixtures.s3 import bucket, s3_endpoint
from tests.fixtures.service import service, shared_service, start_service

# Fixtures for everybody, a module for each part of the service.
__all__ = [
    "app",
    "blobs",
    "browser",
    "bucket",
    "client",
    "clock",
    "database",
    "engine",
    "impatient",
    "lock",
    "new_page",
    "page",
    "postgres",
    "postgres_url",
    "s3_endpoint",
    "service",
    "session_cookies",
    "settings",
    "shared_postgres",
    "shared_service",
    "signed_in_for",
    "start_service",
    "stranger",
    "work",
]

EXAMPLE_OFFICE = "13.71"


# How long an example takes says more about the machine than about the code.
hypothesis_settings.register_profile(
    "docgen", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("docgen")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What the command line compiles is kept apart from the person's who runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write what the kinds now say as their expected text"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


@dataclasses.dataclass(frozen=True)
class Example:
    """An input that a kind carries, and the office that it is made for."""

    kind: DocumentKind[Any]
    path: Path

    @property
    def data(self) -> dict[str, Any]:
        return dict(read_input(self.path))

    @property
    def satker(self) -> Satker:
        return registry().get(self.data.get("satker") or EXAMPLE_OFFICE)

    @property
    def assets(self) -> dict[str, bytes]:
        """The pictures that it names, which lie beside it."""
        payload = prepare(self.kind, self.data, self.satker).valid_payload()
        assets, findings = gather(self.kind.pictures(payload), folder_source(self.path.parent))
        assert findings == []
        return assets

    def __str__(self) -> str:
        return f"{self.kind.name}/{self.path.stem}"


def examples() -> list[Example]:
    return [
        Example(kind, path)
        for kind in kinds().values()
        for path in sorted((kind.folder / "examples").glob("*.yaml"))
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", examples(), ids=str)
    if "kind" in metafunc.fixturenames:
        found = list(kinds().values())
        metafunc.parametrize("kind", found, ids=[kind.name for kind in found])
