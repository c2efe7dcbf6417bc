"""Every error we raise on purpose.

DocgenError
├── InvalidInput            what was typed has errors; carries all findings
├── UnknownKind             no such kind of document
├── UnknownNaskah           the kind has no such naskah
├── UnknownSatker           no office has this code
├── InvalidSelector         a selection of offices that cannot be read
├── NameTaken               another one has this name
├── UnreadableInput         a path that cannot be read
├── InvalidPicture          a file that is no picture, or not one that we can use
│   └── UnusablePicture     one that an input names; carries what its finding says
├── InvalidSettings         a DOCGEN_* setting that cannot work
├── TemplateError           a template that cannot be compiled or filled
│   ├── InvalidTemplate     it has problems; carries all of them
│   ├── LeftoverMark        a mark of SRIKANDI's in it that would stay in the document
│   └── FillingError        a value that does not come into the document, with its place
│       ├── MissingValue        a name in it that the context lacks
│       ├── UnsuitableValue     a value that cannot stand where it is put
│       └── ForbiddenCharacter  a value with characters that XML cannot carry
└── AlteredDocument         a file that is not ours, or no longer what we made
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docgen.findings import Finding


class DocgenError(Exception):
    """An error whose text is a sentence for the person who can act on it.

    `permanent` says that trying the same again cannot help.
    """

    permanent: bool = True


class InvalidInput(DocgenError):
    """What was typed has errors; `findings` holds all of them, warnings too."""

    def __init__(self, findings: "Sequence[Finding]") -> None:
        super().__init__("\n".join(str(finding) for finding in findings if finding.is_error))
        self.findings = tuple(findings)


class UnknownKind(DocgenError):
    """No kind of document has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"Jenis dokumen “{name}” tidak ada. Yang ada: {', '.join(known)}.")
        self.name = name


class UnknownNaskah(DocgenError):
    """The kind has no naskah of this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"Naskah “{name}” tidak ada. Yang ada: {', '.join(known)}, semua.")
        self.name = name


class UnknownSatker(DocgenError):
    """No office has this code."""

    def __init__(self, kode: str, nearest: Sequence[str] = ()) -> None:
        hint = f" Mungkin {' atau '.join(nearest)}?" if nearest else ""
        super().__init__(f"Satker dengan kode “{kode}” tidak ada.{hint}")
        self.kode = kode


class InvalidSelector(DocgenError):
    """A selection of offices that cannot be read."""


class NameTaken(DocgenError):
    """Another one has this name."""


class UnreadableInput(DocgenError):
    """A path that cannot be read or written."""


class InvalidPicture(DocgenError):
    """A file that is no picture, or too large or too odd a one; the text says what is allowed."""


class UnusablePicture(InvalidPicture):
    """A picture that cannot go into a document; `code` and `hint` are those of its finding."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class InvalidSettings(DocgenError):
    """A DOCGEN_* setting that cannot work; the text names the setting and what was found."""


class TemplateError(DocgenError):
    """A template that cannot be compiled or filled."""


class AlteredDocument(DocgenError):
    """A file that we did not make, or that was changed since."""
