"""The text of a document as a reader meets it, for checking what was written."""

from collections.abc import Iterator
from typing import Any

from docgen.rendering.package import read_package
from docgen.rendering.xml import parse, q

_SIGNS = {q("w:tab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "\u2011"}


def read_text(content: bytes) -> str:
    """The document's text: headers, body, footers; a line a paragraph, a table row in bars.

    A drawing stands as its description in brackets, and so does the text in each of its boxes. Cells that continue a merged one are empty.
    """
    parts = read_package(content)
    names = sorted(name for name in parts if name.startswith(("word/header", "word/footer")))
    order = [
        *(name for name in names if "header" in name),
        "word/document.xml",
        *(name for name in names if "footer" in name),
    ]
    lines = [line for name in order for line in _block_lines(_content(parse(parts[name])))]
    return "\n".join(line.rstrip() for line in lines)


def _content(root: Any) -> Any:  # noqa: ANN401  lxml ships no types
    body = root.find(q("w:body"))
    return root if body is None else body


def _block_lines(parent: Any) -> Iterator[str]:  # noqa: ANN401  lxml ships no types
    for block in parent:
        if block.tag == q("w:p"):
            if words := _paragraph(block):
                yield words
        elif block.tag == q("w:tbl"):
            for row in block.findall(q("w:tr")):
                yield "| " + " | ".join(_cell(cell) for cell in row.findall(q("w:tc"))) + " |"
        elif block.tag == q("w:sdt"):
            yield from _block_lines(block.find(q("w:sdtContent")))


def _cell(cell: Any) -> str:  # noqa: ANN401  lxml ships no types
    return "\n".join(_block_lines(cell))


def _paragraph(paragraph: Any) -> str:  # noqa: ANN401  lxml ships no types
    return "".join(_words(element) for element in paragraph if element.tag != q("w:pPr"))


def _words(element: Any) -> str:  # noqa: ANN401  lxml ships no types
    if element.tag == q("w:t"):
        return element.text or ""
    if element.tag in _SIGNS:
        return _SIGNS[element.tag]
    if element.tag == q("wp:docPr"):
        return f"[{element.get('descr')}]" if element.get("descr") else ""
    if element.tag == q("w:txbxContent"):
        return f"[{' / '.join(_block_lines(element))}]"
    # What programs older than 2010 would show in place of a drawing repeats its words.
    return "" if element.tag == q("mc:Fallback") else "".join(map(_words, element))
