"""Everything about jobs holds on one machine and on many."""

import pytest

from docgen.config import Settings
from tests.fixtures.stores import settings_of_both

__all__ = ["settings", "settings_of_both"]


@pytest.fixture
def settings(settings_of_both: Settings) -> Settings:
    return settings_of_both
