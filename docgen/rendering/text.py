"""The text of a document as a reader meets it, for checking what was written."""

import re
from collections.abc import Iterator
from typing import Any

from docgen.rendering.package import read_package
from docgen.rendering.source import part_tree
from docgen.rendering.xml import parse, q

_STORY_NAME = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
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


def read_passages(content: bytes) -> list[tuple[str, str]]:
    """Every paragraph and cell with words in it, as its place, counted from 1, and its words.

    Raises:
        InvalidTemplate: This is not a DOCX, or its XML is damaged.
    """
    found: list[tuple[str, str]] = []
    for name, content_of_part in _stories(content):
        root = _content(part_tree(name, content_of_part))
        found += _passages(root, _STORY_WORDS[name[5:11]])
    return found


_STORY_WORDS = {"header": "Kepala halaman, ", "docume": "", "footer": "Kaki halaman, "}


def _stories(content: bytes) -> list[tuple[str, bytes]]:
    parts = read_package(content)
    names = sorted(name for name in parts if _STORY_NAME.fullmatch(name))
    names.sort(key=lambda name: ("header", "docume", "footer").index(name[5:11]))
    return [(name, parts[name]) for name in names]


def _passages(parent: Any, before: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  lxml ships no types
    paragraphs = tables = 0
    for block in _unwrapped(parent):
        if block.tag == q("w:p"):
            paragraphs += 1
            if words := _paragraph(block).strip():
                yield f"{before}paragraf {paragraphs}", words
        elif block.tag == q("w:tbl"):
            tables += 1
            for row, cells in enumerate(block.findall(q("w:tr")), 1):
                for column, cell in enumerate(cells.findall(q("w:tc")), 1):
                    if words := _cell(cell).strip():
                        yield f"{before}tabel {tables}, baris {row}, kolom {column}", words


def _unwrapped(parent: Any) -> Iterator[Any]:  # noqa: ANN401  lxml ships no types
    for block in parent:
        if block.tag == q("w:sdt"):
            yield from _unwrapped(block.find(q("w:sdtContent")))
        else:
            yield block


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
