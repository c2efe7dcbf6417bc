"""The swim-lane of a SOP: steps and lanes in, pages of symbols and routed arrows out.

`lay_out` places everything; `row_drawing` writes a row's drawing for Word, `page_svg` a page's for
the browser. Nothing here knows the document around it.
"""

from docgen.swimlane.drawing import row_drawing
from docgen.swimlane.layout import lay_out
from docgen.swimlane.model import (
    Arrow,
    Box,
    Chart,
    Exit,
    Head,
    Label,
    Layout,
    Notice,
    Page,
    Row,
    Sheet,
    Step,
    Symbol,
    TextColumn,
)
from docgen.swimlane.svg import page_svg

__all__ = [
    "Arrow",
    "Box",
    "Chart",
    "Exit",
    "Head",
    "Label",
    "Layout",
    "Notice",
    "Page",
    "Row",
    "Sheet",
    "Step",
    "Symbol",
    "TextColumn",
    "lay_out",
    "page_svg",
    "row_drawing",
]
