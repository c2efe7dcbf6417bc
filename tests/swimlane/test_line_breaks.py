"""Computed line breaks against LibreOffice's, cell by cell, on the examples."""

import re
import subprocess
import zipfile
from collections import defaultdict
from shutil import which

import pytest
import yaml
from lxml import etree

from docgen.generate import generate, prepare
from docgen.satker import registry
from docgen.swimlane.columns import cell_room
from docgen.swimlane.metrics import SAFETY, wrap
from templates_docx.sop import KIND
from templates_docx.sop.drawing import lay_out_sop
from templates_docx.sop.flow import resolve
from tests.swimlane.charts import EXAMPLES, example_names

SATKER = registry().get("13.71")
XHTML = {"x": "http://www.w3.org/1999/xhtml"}
AGREEING_SHARE = 0.97

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not which("soffice"), reason="LibreOffice is not installed"),
    pytest.mark.skipif(not which("pdftotext"), reason="poppler-utils is not installed"),
]


def payload(name):
    data = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return prepare(KIND, data, SATKER).valid_payload()


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory):
    """All examples as PDF, made in one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("examples")
    for name in example_names():
        (made,) = generate(KIND, payload(name), SATKER)
        (folder / f"{name}.docx").write_bytes(made.content)
        assert zipfile.is_zipfile(folder / f"{name}.docx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=240)
    return folder


def lines_by_page(pdf):
    """Per page the words with their places: (x, y, text), in points."""
    xml = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60
    ).stdout
    pages = etree.fromstring(xml).iterfind(".//x:page", XHTML)
    return [
        [
            (float(word.get("xMin")), float(word.get("yMin")), word.text)
            for word in page.iterfind("x:word", XHTML)
        ]
        for page in pages
    ]


def drawn_lines(words, left, right):
    """The lines of text between two x, top to bottom."""
    rows = defaultdict(list)
    for x, y, text in words:
        if left <= x < right:
            rows[round(y)].append((x, text))
    return [" ".join(text for _, text in sorted(rows[y])) for y in sorted(rows)]


def cells(sop):
    """Per page and text column: where it lies in points, and the lines computed for its cells."""
    layout = lay_out_sop(sop, resolve(sop))
    edges = [0]
    for width in layout.column_widths:
        edges.append(edges[-1] + width)
    points = layout.text_size / 2
    fields = {
        1: lambda step: step.kegiatan,
        -4: lambda step: "\n".join(step.kelengkapan),
        -2: lambda step: "\n".join(step.output),
        -1: lambda step: step.keterangan or "",
    }
    for number, page in enumerate(layout.pages):
        for index, field in fields.items():
            column = index % len(layout.column_widths)
            # Rows are planned with a little less than the true width; here it is the true one.
            room = cell_room(layout.column_widths[column]) / SAFETY
            texts = [field(sop.langkah[row.step]) for row in page.rows]
            computed = [wrap(text, room, layout.font, points) for text in texts if text]
            yield number, edges[column] / 20, edges[column + 1] / 20, computed


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_computed_line_breaks_are_those_of_libreoffice(pdfs, capsys):
    agreed = total = 0
    for name in example_names():
        sop = payload(name)
        pages = lines_by_page(pdfs / f"{name}.pdf")
        first = len(pages) - len(lay_out_sop(sop, resolve(sop)).pages)
        for number, left, right, computed in cells(sop):
            # 42.5 points of margin; a word begins inside its cell.
            drawn = drawn_lines(pages[first + number], left + 42.5, right + 42.5)
            breaks = {squeezed(line) for line in drawn}
            for lines in computed:
                total += 1
                agreed += all(squeezed(line) in breaks for line in lines)
    with capsys.disabled():
        # What agrees is worth seeing in every run, not only in one that fails.
        print(f"\nLine breaks: {agreed} of {total} cells as LibreOffice breaks them")  # noqa: T201
    assert total > 250
    assert agreed / total >= AGREEING_SHARE


def test_every_table_stays_on_the_page_that_was_planned_for_it(pdfs):
    for name in example_names():
        sop = payload(name)
        planned = len(lay_out_sop(sop, resolve(sop)).pages)
        pages = lines_by_page(pdfs / f"{name}.pdf")
        heads = [sum(text == "Pelaksana" for _, _, text in page) for page in pages]
        assert sum(count > 0 for count in heads[-planned:]) == planned
        assert len(pages) == planned + 1
