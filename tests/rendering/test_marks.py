"""SRIKANDI's marks that somebody typed into a template: left behind only where they are wanted."""

import dataclasses
from io import BytesIO

import docx
import pytest

from docgen.generate import generate, prepare
from docgen.rendering import LeftoverMark
from docgen.rendering.text import read_text
from tests.conftest import examples

EXAMPLE = examples()[0]


@pytest.fixture
def marked(tmp_path):
    """A kind whose first template has a mark, cut in two as Word cuts what is typed twice."""
    kind = EXAMPLE.kind
    first = kind.naskah[0]
    document = docx.Document(str(kind.template_path(first)))
    paragraph = document.add_paragraph("Nomor ${nomor_")
    paragraph.add_run("naskah}")
    document.save(tmp_path / first.template)
    return dataclasses.replace(kind, folder=tmp_path)


def make(kind, **options):
    payload = prepare(kind, EXAMPLE.data, EXAMPLE.satker).valid_payload()
    return generate(kind, payload, EXAMPLE.satker, **options)[0]


def test_a_mark_that_would_stay_behind_is_an_error_with_its_place(marked):
    with pytest.raises(LeftoverMark, match="paragraf") as refused:
        make(marked)
    assert refused.value.mark == "${nomor_naskah}"


def test_with_srikandi_it_is_what_was_wanted(marked):
    assert "${nomor_naskah}" in read_text(make(marked, srikandi=True).content)


def test_one_that_somebody_typed_into_an_input_is_text():
    data = {**EXAMPLE.data}
    key = next(key for key in ("judul", "tentang", "acara") if key in data)
    data[key] = f"{data[key]} ${{tahun}}"
    prepared = prepare(EXAMPLE.kind, data, EXAMPLE.satker)
    assert "A06" in {finding.code for finding in prepared.findings}
    made = generate(EXAMPLE.kind, prepared.valid_payload(), EXAMPLE.satker)[0]
    assert "${tahun}".upper() in read_text(made.content).upper()
    assert docx.Document(BytesIO(made.content))
