"""The command line, as other people's programs call it."""

import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from docgen.cli import main
from docgen.registry import kinds
from docgen.rendering.text import read_text
from docgen.satker import registry
from tests.conftest import examples

# A kind that makes one file of an input, so that names and options for one document can be tried.
EXAMPLE = next(example for example in examples() if len(example.kind.naskah) == 1)
KIND = EXAMPLE.kind.name


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command; answers with its exit code, output and errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["docgen", *(str(argument) for argument in arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def write(tmp_path):
    """Write an input file made from the example with some keys changed or, by None, taken out."""

    def write(name="isian.yaml", **changes):
        data = {**EXAMPLE.data, **changes}
        path = tmp_path / name
        path.write_text(
            yaml.safe_dump({k: v for k, v in data.items() if v is not None}, allow_unicode=True)
        )
        return path

    return write


def made(folder):
    return sorted(path.name for path in Path(folder).iterdir() if path.suffix == ".docx")


def test_kinds_lists_every_kind_with_its_naskah(run):
    code, out, _ = run("kinds", "--json")
    assert code == 0
    assert {row["kind"]: [one["naskah"] for one in row["naskah"]] for row in json.loads(out)} == {
        name: [one.name for one in kind.naskah] for name, kind in kinds().items()
    }


def test_schema_prints_the_schema_of_a_kind(run):
    code, out, _ = run("schema", KIND)
    assert code == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


def test_render_writes_the_document_and_says_where(run, tmp_path, write):
    code, out, _ = run("render", KIND, write(), "--satker", "13.71", "-d", tmp_path / "hasil")
    assert code == 0
    (path,) = [Path(line) for line in out.splitlines()]
    assert made(tmp_path / "hasil") == [path.name]
    assert EXAMPLE.data["judul"].split()[0].upper() in read_text(path.read_bytes()).upper()


def test_render_makes_the_folder_of_today_when_none_is_named(run, tmp_path, monkeypatch, write):
    path = write()
    (tmp_path / "kerja").mkdir()
    monkeypatch.chdir(tmp_path / "kerja")
    assert run("render", KIND, path, "--satker", "13.71")[0] == 0
    assert len(made(tmp_path / "kerja")) == 1


def test_an_output_file_is_for_one_document(run, tmp_path, write):
    first, second = write("a.yaml"), write("b.yaml")
    out = tmp_path / "satu.docx"
    assert run("render", KIND, first, "--satker", "13.71", "-o", out)[0] == 0
    assert zipfile.is_zipfile(out)
    code, _, err = run("render", KIND, first, second, "--satker", "13.71", "-o", out)
    assert code == 2
    assert "-o hanya untuk satu dokumen" in err


def test_equal_titles_are_told_apart_in_input_order(run, tmp_path, write):
    inputs = [write(f"{n}.yaml", judul="Surat Masuk") for n in range(3)]
    assert run("render", KIND, *inputs, "--satker", "13.71", "-d", tmp_path / "d")[0] == 0
    assert made(tmp_path / "d") == ["surat-masuk-2.docx", "surat-masuk-3.docx", "surat-masuk.docx"]


def test_one_bad_input_of_several_writes_nothing_and_names_every_error(run, tmp_path, write):
    good, bad, worse = write("a.yaml"), write("b.yaml", judul=""), write("c.yaml", judull="x")
    code, _, err = run("render", KIND, good, bad, worse, "--satker", "13.71", "-d", tmp_path / "d")
    assert code == 1
    assert not (tmp_path / "d").exists()
    assert "b.yaml: Nama SOP: harus diisi." in err or "harus diisi" in err
    assert "c.yaml" in err
    assert "Mungkin “judul”?" in err


def test_an_unknown_kind_option_or_path_is_a_usage_error(run, write, tmp_path):
    path = write()
    assert run("render", "spo", path, "--satker", "13.71")[0] == 2
    assert run("render", KIND, path, "--satker", "13.71", "--besar")[0] == 2
    assert run("render", KIND, tmp_path / "tidak-ada.yaml", "--satker", "13.71")[0] == 2
    assert run("render", KIND, path, "--satker", "99.99")[0] == 2
    assert run("render", KIND, path, "--satker", "13.71", "--naskah", "lain")[0] == 2
    assert run("satker", "entah")[0] == 2
    assert run("schema", "entah")[0] == 2
    assert made(tmp_path) == []


def test_a_usage_error_is_said_before_the_content_is_read(run, write, tmp_path):
    bad, worse = write("a.yaml", judul=""), write("b.yaml", judul="")
    code, _, err = run("render", KIND, bad, "--satker", "13.71", "--naskah", "lain")
    assert code == 2
    assert err.startswith("Naskah “lain” tidak ada.")
    code, _, err = run("render", KIND, bad, worse, "--satker", "13.71", "-o", tmp_path / "x.docx")
    assert code == 2
    assert err.startswith("-o hanya untuk satu dokumen")


def test_findings_in_json_can_be_read_though_the_input_holds_half_a_character(run, tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"satker": "\\ud800"}', encoding="utf-8")
    code, out, _ = run("check", KIND, path, "--json")
    assert code == 1
    assert "\ud800" in json.loads(out)[0]["message"]


def test_a_folder_in_the_place_of_a_document_leaves_the_others_unwritten(run, write, tmp_path):
    first, second = write("a.yaml", judul="Satu"), write("b.yaml", judul="Dua")
    (tmp_path / "d" / "dua.docx").mkdir(parents=True)
    code, _, err = run("render", KIND, first, second, "--satker", "13.71", "-d", tmp_path / "d")
    assert code == 2
    assert f"{tmp_path / 'd' / 'dua.docx'}: tidak dapat ditulis" in err
    assert made(tmp_path / "d") == ["dua.docx"]


def test_an_unknown_satker_in_the_input_is_an_error_of_content(run, write):
    code, _, err = run("check", KIND, write(satker="99.99"))
    assert code == 1
    assert "Satker dengan kode “99.99” tidak ada." in err


def test_no_satker_at_all_is_an_error_that_says_how_to_name_one(run, write):
    code, _, err = run("render", KIND, write(satker=None))
    assert code == 1
    assert "--satker" in err


def test_the_option_overrides_the_input_with_a_warning(run, write):
    code, out, _ = run("check", KIND, write(satker="13.01"), "--satker", "13.71", "--json")
    assert code == 0
    assert ("S02", "warning", "/satker") in [
        (f["code"], f["level"], f["pointer"]) for f in json.loads(out)
    ]


def test_findings_in_json_have_the_shape_of_the_contract(run, write):
    path = write(judul=None)
    code, out, _ = run("check", KIND, path, "--satker", "13.71", "--json")
    assert code == 1
    findings = json.loads(out)
    assert all(
        set(finding) == {"input", "code", "level", "pointer", "message", "hint", "source"}
        for finding in findings
    )
    assert [f["pointer"] for f in findings if f["level"] == "error"] == ["/judul"]
    assert {f["input"] for f in findings} == {str(path)}


def test_an_input_that_is_not_text_is_an_error_of_content(run, tmp_path):
    path = tmp_path / "gambar.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    code, _, err = run("check", KIND, path, "--satker", "13.71")
    assert code == 1
    assert "bukan teks UTF-8" in err


def test_a_folder_that_cannot_be_written_leaves_nothing_half_done(run, tmp_path, write):
    (tmp_path / "berkas").write_text("bukan folder")
    code, _, err = run("render", KIND, write(), "--satker", "13.71", "-d", tmp_path / "berkas")
    assert code == 2
    assert "tidak dapat ditulis" in err


@pytest.mark.parametrize("selector", ["semua", "provinsi", "13.*", "13.71,11"])
def test_satker_lists_the_offices_selected(run, selector):
    code, out, _ = run("satker", selector, "--json")
    assert code == 0
    assert [row["kode"] for row in json.loads(out)] == [
        satker.kode for satker in registry().select(selector)
    ]


def test_verify_tells_where_a_document_comes_from_and_whether_it_was_changed(run, tmp_path, write):
    run("render", KIND, write(), "--satker", "13.71", "-o", tmp_path / "a.docx")
    code, out, _ = run("verify", tmp_path / "a.docx")
    assert code == 0
    assert "13.71" in out
    altered = tmp_path / "b.docx"
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(altered, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"SOP", b"POS")
            new.writestr(entry, content)
    code, out, err = run("verify", altered)
    assert code == 1
    assert "word/document.xml" in out + err


def test_the_installed_command_answers_from_any_folder(tmp_path):
    command = Path(sys.executable).with_name("docgen")
    done = subprocess.run(
        [command, "kinds"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert KIND in done.stdout


def test_check_compares_inputs_that_belong_together(run, write):
    first, second = write("a.yaml", nomor="7/2026"), write("b.yaml", nomor="7/2026")
    together = ["--bersama", f"{KIND}:{second}"]
    code, out, _ = run("check", KIND, first, *together, "--satker", "13.71", "--json")
    assert code == 0
    assert [(f["input"], f["pointer"]) for f in json.loads(out) if f["code"] == "X01"] == [
        (str(second), "/nomor")
    ]


def test_an_input_to_compare_with_is_named_with_its_kind(run, write, tmp_path):
    path = write()
    for other in ("isian.yaml", f"spo:{path}", f"{KIND}:{tmp_path / 'tidak-ada.yaml'}"):
        assert run("check", KIND, path, "--satker", "13.71", "--bersama", other)[0] == 2


INTERRUPTED = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from docgen.__main__ import main
main()
"""


def test_ctrl_c_before_anything_has_begun_ends_the_command_without_a_word():
    command = [sys.executable, "-c", INTERRUPTED]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")
