"""Which parts of a Word file are filled, and which of these hold text that flows."""

from typing import Any

from docgen.rendering.xml import q

_FOLDERS = ("word/", "docProps/")
_COMMENTS = "word/comments"
_STORIES = frozenset(
    map(q, "w:document w:hdr w:ftr w:footnotes w:endnotes w:glossaryDocument".split())
)


def is_filled(name: str) -> bool:
    """Whether tags in the part of this name are filled: all XML but comments on the template.

    >>> [is_filled(f"word/{name}.xml") for name in ("document", "charts/chart1", "comments")]
    [True, True, False]
    """
    is_xml = name.startswith(_FOLDERS) and name.endswith(".xml")
    return is_xml and not name.startswith(_COMMENTS)


def is_story(root: Any) -> bool:  # noqa: ANN401  lxml ships no types
    """Whether the part is paragraphs and tables: body, header, footer, notes, building blocks."""
    return root.tag in _STORIES
