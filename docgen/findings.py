"""What is wrong with an input, or could be better: one shape everywhere."""

import functools
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reviewer would raise.

    An `error` stops the document, a `warning` does not. `pointer` is an RFC 6901 pointer into the
    input, 0-based, `""` for the whole. `message` and `hint` are Indonesian and count positions
    from 1; `source` names the regulation, or is empty. `input` names the file or part of a set
    that the finding belongs to, empty where there is only one.
    """

    code: str
    level: Level
    pointer: str
    message: str
    hint: str = ""
    source: str = ""
    input: str = ""

    @property
    def is_error(self) -> bool:
        return self.level == "error"

    def as_dict(self) -> dict[str, str]:
        """The finding as the contract writes it in JSON."""
        return {
            "input": self.input,
            "code": self.code,
            "level": self.level,
            "pointer": self.pointer,
            "message": self.message,
            "hint": self.hint,
            "source": self.source,
        }

    def __str__(self) -> str:
        """One line for people: `berkas.yaml: Langkah 3, waktu: harus … Tulis ….`."""
        place = f"{self.input}: " if self.input else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


# A checker of many like inputs points at the same places again and again.
@functools.lru_cache(maxsize=4096)
def pointer(*steps: str | int) -> str:
    """The RFC 6901 pointer through these keys and 0-based positions.

    >>> pointer("langkah", 2, "waktu")
    '/langkah/2/waktu'
    >>> pointer()
    ''
    """
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
