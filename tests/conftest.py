"""What several tests share: the examples of every kind, and asking for new expected texts."""

import dataclasses
import os
from pathlib import Path
from typing import Any

import pytest

from docgen.inputs import read_input
from docgen.kinds import DocumentKind
from docgen.registry import kinds
from docgen.satker import Satker, registry

EXAMPLE_OFFICE = "13.71"


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
