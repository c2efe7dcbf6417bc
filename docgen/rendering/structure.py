"""Follows the elements that a template's text opens and closes, piece by piece."""

import re

_TAG = re.compile(r"<(?:(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)|[?!][^<>]*)>")

State = tuple[tuple[str, ...], str]

RUN_PARENTS = frozenset({"w:p", "w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple"})
BLOCK_PARENTS = frozenset(
    {"w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent"}
)


class Elements:
    """The elements open at a point of the template."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._rest = ""

    @property
    def state(self) -> State:
        """The open elements from the outermost, and the beginning of an unfinished tag."""
        return tuple(self._open), self._rest

    @property
    def is_broken(self) -> bool:
        """Whether something was closed that had not been opened."""
        return any(name.startswith("/") for name in self._open)

    @property
    def is_closed(self) -> bool:
        """Whether nothing is open any more."""
        return not self._open and not self._rest

    def is_level_with(self, state: State) -> bool:
        """Whether what was passed since has closed all that it opened, and nothing else."""
        return tuple(self._open) == state[0] and bool(self._rest) == bool(state[1])

    def restore(self, state: State) -> None:
        """Go on from an earlier state."""
        self._open = list(state[0])
        self._rest = state[1]

    def feed(self, data: str) -> None:
        """Go past this text; a closing tag that fits no open element stays open itself."""
        data = self._rest + data
        position = 0
        for tag in _TAG.finditer(data):
            closes, name, is_empty = tag.groups()
            if closes and self._open and self._open[-1] == name:
                self._open.pop()
            elif closes:
                self._open.append(f"/{name}")
            elif name and not is_empty:
                self._open.append(name)
            position = tag.end()
        begun = data.rfind("<", position)
        self._rest = "" if begun < 0 else data[begun:]

    @property
    def writer(self) -> str:
        """The function of `values` that writes a value at this point."""
        if self._rest:
            return "attribute"
        innermost = self._open[-1] if self._open else ""
        if innermost in {"w:sdtContent", "w:sdt"}:
            return "run" if "w:p" in self._open else "paragraph"
        if innermost == "w:t":
            return "text"
        if innermost in RUN_PARENTS:
            return "run"
        return "paragraph" if innermost in BLOCK_PARENTS else "element"
