"""`docgen template check`: every shipped template passes, every edit that breaks one is told."""

import re
import sys

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from docgen.cli import main
from docgen.registry import kinds
from docgen.rendering.loading import load
from docgen.samples import sample_contexts

NAME = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@pytest.fixture
def check(monkeypatch, capsys):
    """Check a file; answers with exit code, output and errors."""

    def check(path, kind, *more):
        arguments = ["docgen", "template", "check", path, "--kind", kind, *more]
        monkeypatch.setattr(sys, "argv", list(map(str, arguments)))
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return check


@pytest.fixture
def edited(tmp_path):
    """Save a shipped template of a kind after a change by hand."""

    def edited(kind, change):
        document = docx.Document(str(kind.template_path(kind.naskah[0])))
        change(document)
        path = tmp_path / "suntingan.docx"
        document.save(str(path))
        return path

    return edited


def paragraphs(document):
    return document.element.body.iter(qn("w:p"))


def text_of(paragraph):
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def written(paragraph, words):
    """Put these words in the place of the paragraph's, in its first run."""
    first, *rest = paragraph.iter(qn("w:t"))
    first.text = words
    for text in rest:
        text.text = ""


def first_name(kind, document):
    """A name that the kind offers, and the first tag with it."""
    known = {name for sample in sample_contexts(kind, kind.naskah[0]) for name in sample}
    for paragraph in paragraphs(document):
        for found in NAME.finditer(text_of(paragraph)):
            if found[1] in known:
                return found[1], found[0]
    pytest.fail("no paragraph of the template holds a name")


def replaced(document, old, new):
    for paragraph in paragraphs(document):
        if old in text_of(paragraph):
            written(paragraph, text_of(paragraph).replace(old, new))


def added(document, words):
    paragraph = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t/></w:r></w:p>")
    document.element.body.insert_element_before(paragraph, "w:sectPr")
    written(paragraph, words)


def test_every_shipped_template_passes(kind, check):
    for naskah in kind.naskah:
        code, out, err = check(kind.template_path(naskah), kind.name, "--naskah", naskah.name)
        assert (code, "Kesalahan" in err) == (0, False), err
        assert "tanpa masalah" in out or "dapat dipakai" in out


def test_every_naskah_has_samples_that_fill_it(kind):
    for naskah in kind.naskah:
        samples = sample_contexts(kind, naskah)
        assert samples
        for sample in samples:
            load(kind.template_path(naskah)).fill(sample)


def test_a_name_typed_wrong_is_told_with_the_right_one(kind, check, edited):
    known = []

    def mistype(document):
        name, tag = first_name(kind, document)
        known.append(name)
        replaced(document, tag, f"{{{{ {name}x }}}}")

    code, _, err = check(edited(kind, mistype), kind.name)
    assert code == 1
    assert f"nama “{known[0]}x” tidak dikenal. Mungkin “{known[0]}”?" in err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("{% if", "tanda dibuka tetapi tidak ditutup"),
        ("{ { x }}", "kurung sebuah tanda terpisah"),
        ("{% for x in y %}", "for tidak ditutup"),
        ("{% endif %}", "endif tanpa pembuka"),
        ("{# {{ x }} #}", "tidak akan pernah diisi"),
        ("{{ x() }}", "“x(…)” tidak diperbolehkan"),
        ("{{ x.__class__ }}", "“__class__” tidak diperbolehkan"),
        ("{{ x | besar }}", "saringan “besar” tidak ada"),
    ],
)
def test_a_broken_tag_at_the_end_is_told_with_its_place(kind, check, edited, words, problem):
    path = edited(kind, lambda document: added(document, words))
    code, _, err = check(path, kind.name)
    (line,) = [line for line in err.splitlines() if problem in line]
    assert code == 1
    assert re.match(r"Kesalahan: word/document\.xml, paragraf \d+: ", line)


def test_a_font_of_another_office_is_only_a_warning(kind, check, edited):
    def comic(document):
        added(document, "x")
        document.paragraphs[-1].runs[0].font.name = "Comic Sans MS"

    code, out, err = check(edited(kind, comic), kind.name)
    assert (code, "dapat dipakai" in out) == (0, True)
    assert re.search(r"Peringatan: word/document\.xml, paragraf \d+: huruf “Comic Sans MS”", err)


def test_names_that_are_taken_out_are_warnings(kind, check, tmp_path):
    path = tmp_path / "kosong.docx"
    document = docx.Document(str(kind.template_path(kind.naskah[0])))
    body = document.element.body
    for block in list(body)[:-1]:
        body.remove(block)
    document.save(str(path))
    code, _, err = check(path, kind.name)
    assert code == 0
    assert re.search(r"Peringatan: Templat: “\w+” tidak dipakai\.", err)


def test_what_cannot_be_asked_is_a_usage_error(check, tmp_path):
    kind = next(iter(kinds().values()))
    path = kind.template_path(kind.naskah[0])
    assert check(path, "entah")[0] == 2
    assert check(path, kind.name, "--naskah", "entah")[0] == 2
    assert check(tmp_path / "tidak-ada.docx", kind.name)[0] == 2


def test_what_is_no_word_file_is_an_error_of_content(check, tmp_path):
    path = tmp_path / "surat.docx"
    path.write_bytes(b"%PDF-1.7")
    kind = next(iter(kinds().values()))
    assert check(path, kind.name)[0] == 1
