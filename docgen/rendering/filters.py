"""What templates may use after a bar: `{{ tanggal_efektif | tanggal }}`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from docgen import bahasa

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {**bahasa.FILTERS, "jumlah": sum, "banyak": len}
)
"""The Indonesian kit, and of a list the sum and how many it holds."""
