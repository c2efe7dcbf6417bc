"""PDFs by the real LibreOffice: every one made, with pages, bounded in size and in time."""

import os
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO

import docx
import pytest
from docx.shared import Inches
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from docgen.cli import app
from docgen.pdf import (
    NoPdf,
    PdfMaker,
    PdfTimeout,
    PdfTooLarge,
    count_pages,
    office_program,
    page_pictures,
)

SOFFICE = office_program()
needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]


def document(words, pages=1, picture=None):
    """A Word file of so many pages, each with these words."""
    made = docx.Document()
    for number in range(pages):
        if number:
            made.add_page_break()
        made.add_paragraph(words)
    if picture:
        made.add_picture(BytesIO(picture), width=Inches(3))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def noise(side):
    """A photograph that compresses badly."""
    stream = BytesIO()
    image = Image.frombytes("RGB", (side, side), os.urandom(3 * side * side))
    image.save(stream, "JPEG", quality=95)
    return stream.getvalue()


@pytest.fixture(scope="module")
def maker():
    with PdfMaker(SOFFICE) as maker:
        yield maker


def program(tmp_path, script):
    """Something in the place of soffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def make_many(start, count):
    """Some PDFs in a process of its own; those that are wrong."""
    wrong = []
    with PdfMaker(SOFFICE) as maker:
        for number in range(start, start + count):
            words, pages = f"Dokumen nomor {number}.", number % 3 + 1
            pdf = maker.make(document(words, pages))
            texts = [page.extract_text().strip() for page in PdfReader(BytesIO(pdf.content)).pages]
            if texts != [words] * pages or pdf.pages != pages:
                wrong.append(number)
    return wrong


def make_by_two_workers(each):
    with ProcessPoolExecutor(2) as pool:
        halves = [pool.submit(make_many, start, each) for start in (0, each)]
        return [number for half in halves for number in half.result()]


class TestByLibreOffice:
    pytestmark = needs_office

    def test_ten_by_two_workers_are_all_there_and_none_is_anothers(self):
        assert make_by_two_workers(5) == []

    @pytest.mark.endurance
    def test_a_thousand_by_two_workers_are_all_there_and_none_is_anothers(self):
        assert make_by_two_workers(500) == []

    def test_pages_are_drawn_in_order(self, maker):
        pdf = maker.make(document("Dua halaman", 2))
        pictures = page_pictures(pdf.content)
        assert len(pictures) == pdf.pages == 2
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)

    def test_pictures_are_scaled_down_to_meet_the_limit(self, maker):
        content = document("Foto", picture=noise(1200))
        large = len(maker.make(content).content)
        with PdfMaker(SOFFICE, max_bytes=large // 2) as smaller:
            assert len(smaller.make(content).content) <= large // 2

    def test_what_cannot_be_made_small_enough_is_refused_with_both_sizes(self):
        with (
            PdfMaker(SOFFICE, max_bytes=1_000) as smallest,
            pytest.raises(PdfTooLarge, match=r"PDF-nya 0,0 MB, lebih dari 0,0 MB"),
        ):
            smallest.make(document("x"))

    def test_what_is_no_document_is_an_error_or_a_pdf_with_pages(self, maker):
        with pytest.raises(NoPdf):
            maker.make(b"PK\x03\x04 rusak")

    def test_the_command_writes_pdfs_of_the_documents_names(self, tmp_path):
        path = tmp_path / "surat.docx"
        path.write_bytes(document("Surat"))
        result = CliRunner().invoke(app, ["pdf", str(path), "-d", str(tmp_path / "keluar")])
        assert result.exit_code == 0, result.output
        assert count_pages((tmp_path / "keluar" / "surat.pdf").read_bytes()) == 1


def test_a_program_that_makes_nothing_and_says_all_is_well_is_an_error(tmp_path):
    silent = program(tmp_path, "echo tidak ada; exit 0")
    with (
        PdfMaker(silent) as maker,
        pytest.raises(NoPdf, match=r"tidak membuat PDF-nya\. tidak ada"),
    ):
        maker.make(b"")


@pytest.mark.parametrize("content", ["", "%PDF-1.7", "bukan PDF"])
def test_a_pdf_without_pages_is_an_error(tmp_path, content):
    script = f'printf "%s" "{content}" > "$9/dokumen.pdf"'
    with (
        PdfMaker(program(tmp_path, script)) as maker,
        pytest.raises(NoPdf, match="PDF yang dibuat"),
    ):
        maker.make(b"")


def test_a_program_that_hangs_is_stopped_with_all_that_it_started(tmp_path):
    script = f"sleep 300 & echo $! > {tmp_path}/child; sleep 300"
    with PdfMaker(program(tmp_path, script), seconds=1) as maker, pytest.raises(PdfTimeout):
        maker.make(b"")
    child = int((tmp_path / "child").read_text())
    assert is_gone(child)


def test_a_killed_worker_takes_all_that_it_started_with_it(tmp_path):
    """The program has a child of its own, as soffice has, and neither knows of the worker."""
    script = f"sleep 300 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/self; sleep 300"
    code = f"""
from docgen.pdf import PdfMaker
PdfMaker({program(tmp_path, script)!r}).make(b"")
"""
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TMPDIR": tmp_path})
    for _ in range(200):
        if (tmp_path / "self").exists() and (tmp_path / "self").read_text().strip():
            break
        time.sleep(0.1)
    started = [int((tmp_path / name).read_text()) for name in ("child", "self")]
    assert [is_there(pid) for pid in started] == [True, True]
    worker.kill()
    worker.wait()
    assert [is_gone(pid) for pid in started] == [True, True]


def test_what_a_killed_worker_leaves_is_taken_away_by_the_next_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = "from docgen.pdf import PdfMaker; maker = PdfMaker('x'); print(1, flush=True); input()"
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env={**os.environ, "TMPDIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout.readline() == b"1\n"
    assert len(list(tmp_path.iterdir())) == 2
    workers[0].kill()
    workers[0].wait()
    with PdfMaker("x"):
        assert len(list(tmp_path.iterdir())) == 2
    assert len(list(tmp_path.iterdir())) == 1
    for worker in workers:
        worker.communicate()


@pytest.mark.office
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_worker_killed_in_the_middle_leaves_no_libreoffice_running(tmp_path):
    (tmp_path / "a.docx").write_bytes(document("Panjang", 300))
    code = f"""
from pathlib import Path
from docgen.pdf import PdfMaker
PdfMaker({SOFFICE!r}).make(Path({str(tmp_path / "a.docx")!r}).read_bytes())
"""
    worker = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "TMPDIR": tmp_path})
    for _ in range(200):
        if running := offices_in(tmp_path):
            break
        time.sleep(0.05)
    worker.kill()
    worker.wait()
    assert running
    assert all(is_gone(pid) for pid in running)
    assert offices_in(tmp_path) == []


def offices_in(folder):
    """The soffice.bin that work in this folder."""
    said = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,args="], check=True, capture_output=True, text=True
    )
    lines = [line.split(maxsplit=1) for line in said.stdout.splitlines()]
    return [int(pid) for pid, args in lines if "soffice.bin" in args and str(folder) in args]


def is_there(pid):
    said = subprocess.run(["ps", "-o", "pid=", "-p", str(pid)], check=False, capture_output=True)
    return said.stdout.strip() != b""


def is_gone(pid):
    for _ in range(50):
        said = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], check=False, capture_output=True, text=True
        )
        if said.stdout.strip()[:1] in {"", "Z"}:
            return True
        time.sleep(0.1)
    return False
