"""Everything about batches holds on one machine and on many."""

import pytest

from docgen.config import Settings
from tests.batches.places import place
from tests.fixtures.stores import settings_of_both

__all__ = ["place", "settings", "settings_of_both"]


@pytest.fixture
def settings(settings_of_both: Settings) -> Settings:
    return settings_of_both
