"""Masters: an input for many offices, with `{{ satker.X }}` where an office's own words go.

Only a master is filled in; in any other input `{{` is text. Names that an office does not offer
stay text too.
"""

import re
from collections.abc import Mapping
from typing import Any

from docgen.satker import Satker

PLACEHOLDER = re.compile(r"\{\{\s*satker\.([a-z_]+)\s*\}\}")


def is_master(data: Mapping[str, Any]) -> bool:
    """Whether this input says that it is a master."""
    return isinstance(data.get("master"), Mapping)


def fill_master(data: Mapping[str, Any], satker: Satker) -> dict[str, Any]:
    """A copy of the master's data with the office's words in every text."""
    words = satker.placeholder_values()

    def fill(value: Any) -> Any:  # noqa: ANN401  JSON-like data of any shape
        if isinstance(value, str):
            return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), value)
        if isinstance(value, Mapping):
            return {key: fill(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [fill(inner) for inner in value]
        return value

    return {key: fill(value) for key, value in data.items()}
