"""Batches as the command runs them: on several processes, killed, stopped, started again."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from docgen.batch.ledger import NAME
from docgen.cli import main
from docgen.masters import load_masters
from docgen.registry import kinds
from docgen.satker import registry

COMMAND = Path(sys.executable).with_name("docgen")
KIND = next(kind for kind in kinds().values() if kind.masters)
LIBRARY = sorted(KIND.masters.glob("*.yaml"))
INPUTS = LIBRARY[:4]
OFFICES = "11.*,12.*,13.*"
SEVERAL = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two cores")


def start(folder, selector, *options, inputs=INPUTS):
    return subprocess.Popen(
        [COMMAND, "batch", KIND.name, *inputs, "--satker", selector, "-d", folder, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(folder, selector, *options, inputs=INPUTS):
    process = start(folder, selector, *options, inputs=inputs)
    out, err = process.communicate(timeout=600)
    return process.returncode, out, err


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def documents(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.docx")}


def wait_for(what, seconds=30):
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)
    return found


def children(process):
    try:
        text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(pid) for pid in text.split()]


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def begin_to_write(folder, process):
    """Wait until some documents are there, and the run is not over."""
    wait_for(lambda: len(documents(folder)) > 8 or process.poll() is not None)
    assert process.poll() is None


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("utuh")
    assert run(folder, OFFICES)[0] == 0
    return documents(folder)


def test_all_cores_make_what_one_makes(whole, tmp_path):
    command = [COMMAND, "batch", KIND.name, *INPUTS, "--satker", OFFICES, "-d", tmp_path]
    core = min(os.sched_getaffinity(0))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert documents(tmp_path) == whole
    assert len(whole) == len(INPUTS) * len(registry().select(OFFICES))


def test_a_run_after_kill_9_makes_what_is_missing_and_leaves_no_half_file(whole, tmp_path):
    process = start(tmp_path, OFFICES)
    begin_to_write(tmp_path, process)
    workers = children(process)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(map(is_alive, workers)))
    for path in tmp_path.rglob("*.docx"):
        assert zipfile.is_zipfile(path)
    assert not (tmp_path / "manifest.json").exists()
    code, out, err = run(tmp_path, OFFICES)
    assert (code, err) == (0, "")
    counts = manifest(tmp_path)["counts"]
    assert counts["made"] + counts["skipped"] == len(whole)
    assert counts["skipped"] > 0
    assert f"{counts['made']} dibuat, {counts['skipped']} tidak berubah, 0 gagal." in out
    assert documents(tmp_path) == whole
    assert list(tmp_path.rglob(".docgen-*")) == []


@SEVERAL
def test_a_process_that_dies_costs_no_document(whole, tmp_path):
    process = start(tmp_path, OFFICES)
    begin_to_write(tmp_path, process)
    os.kill(children(process)[0], signal.SIGKILL)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert documents(tmp_path) == whole
    assert manifest(tmp_path)["counts"] == {"made": len(whole), "skipped": 0, "failed": 0}


KILLING = """
import os, sys
from docgen.batch.office import OfficeMaker
from docgen.cli import main

real = OfficeMaker.document
OfficeMaker.document = lambda self, one: os._exit(9) if one.satker == "13.71" else real(self, one)
main()
"""


@SEVERAL
def test_an_office_that_kills_every_process_fails_alone(tmp_path):
    command = [sys.executable, "-c", KILLING, "batch", KIND.name, *INPUTS[:1]]
    done = subprocess.run(
        [*command, "--satker", "13.*", "-d", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "berhenti mendadak" in done.stderr
    failed = [row["satker"] for row in manifest(tmp_path)["documents"] if row["sha256"] == ""]
    assert failed == ["13.71"]
    assert len(documents(tmp_path)) == len(registry().select("13.*")) - 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_with_a_manifest_of_what_is_done_and_the_next_run_goes_on(
    whole, tmp_path, number
):
    process = start(tmp_path, OFFICES)
    begin_to_write(tmp_path, process)
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Dihentikan" in out
    made = {row["file"] for row in manifest(tmp_path)["documents"]}
    assert made == set(documents(tmp_path))
    assert 0 < len(made) < len(whole)
    assert run(tmp_path, OFFICES)[0] == 0
    assert manifest(tmp_path)["counts"]["skipped"] == len(made)
    assert documents(tmp_path) == whole


def test_what_cannot_be_asked_for_is_a_usage_error_and_makes_no_folder(tmp_path, monkeypatch):
    def code(*arguments):
        words = ["docgen", "batch", KIND.name, *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as stop:
            main()
        return stop.value.code

    folder = tmp_path / "hasil"
    (tmp_path / "berkas").write_text("bukan folder")
    assert code(*INPUTS, "--satker", "entah", "-d", folder) == 2
    assert code(*INPUTS, "--satker", "99.99", "-d", folder) == 2
    assert code(tmp_path / "tidak-ada.yaml", "--satker", "13", "-d", folder) == 2
    assert code(*INPUTS, "--satker", "13", "-d", folder, "--besar") == 2
    assert code(*INPUTS, "--satker", "13") == 2
    assert code(*INPUTS, "-d", folder) == 2
    assert code(*INPUTS, "--satker", "13", "-d", tmp_path / "berkas") == 2
    assert not folder.exists()


def test_a_terminal_is_shown_a_bar_with_an_estimate(whole, tmp_path):
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [COMMAND, "batch", KIND.name, *INPUTS, "--satker", OFFICES, "-d", tmp_path],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:
        pass  # how a terminal says that nobody writes to it any more
    finally:
        os.close(ours)
    assert process.wait(timeout=60) == 0
    assert b"Membuat" in shown
    assert f"/{len(whole)}".encode() in shown
    process.stdout.close()


@pytest.mark.long
def test_every_office_has_every_master_that_holds_for_it_whatever_is_killed(tmp_path):
    total = sum(
        master.holds_for(office)
        for master in load_masters(KIND).values()
        for office in registry().all()
    )
    for _ in range(4):
        process = start(tmp_path, "semua", inputs=LIBRARY)
        time.sleep(3)
        if workers := children(process):
            os.kill(workers[0], signal.SIGKILL)
            time.sleep(1)
        process.kill()
        process.communicate()
    assert run(tmp_path, "semua", inputs=LIBRARY)[0] == 0
    found = manifest(tmp_path)
    assert found["counts"]["made"] + found["counts"]["skipped"] == total
    assert len({row["file"] for row in found["documents"]}) == total
    assert {row["file"] for row in found["documents"]} == set(documents(tmp_path))
    assert (tmp_path / NAME).is_file()
    began = time.monotonic()
    assert run(tmp_path, "semua", inputs=LIBRARY)[0] == 0
    assert manifest(tmp_path)["counts"] == {"made": 0, "skipped": total, "failed": 0}
    assert time.monotonic() - began < 10
