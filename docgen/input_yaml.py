"""Writing what people may go on with: plain data as YAML that `docgen.inputs` reads back as it is."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

_WIDTH = 100
# Outside double quotes these would be folded into a space, or lost.
_NEED_QUOTES = re.compile("[\x85\u2028\u2029\ufeff]")


def as_yaml(data: Mapping[str, Any]) -> str:
    """The data as an input file's text; every text in it reads back as it is."""
    return yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def plain_number(value: float) -> str:
    """The number as a person types it: without an exponent."""
    return format(Decimal(repr(value)), "f")


class _Dumper(yaml.SafeDumper):
    """Numbers without an exponent, no aliases, every text so that it reads back."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  PyYAML's signature
        return True


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", plain_number(value))


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _NEED_QUOTES.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(float, _number)
_Dumper.add_representer(str, _text)
