"""Templates that tests write: a Word file from paragraphs and tables of plain text."""

from io import BytesIO

import docx
import pytest


@pytest.fixture
def word():
    """Make a template: texts are paragraphs, lists of lists are tables."""

    def word(*blocks, header=None):
        document = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
                continue
            table = document.add_table(len(block), len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        if header is not None:
            document.sections[0].header.paragraphs[0].text = header
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    return word
