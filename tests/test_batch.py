"""Batches on the command line, with real files: what is made, left, said and kept."""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.batch import ledger as ledger_module
from docgen.batch import run_batch
from docgen.batch.ledger import Ledger, locked
from docgen.batch.plan import read_inputs
from docgen.errors import UnreadableInput
from docgen.filenames import slug, title_of
from docgen.fingerprints import template_fingerprint
from docgen.generate import prepare
from docgen.input_set import InputSet
from docgen.registry import kinds
from docgen.satker import registry
from tests.conftest import examples

KIND = next(kind for kind in kinds().values() if kind.masters)
LIBRARY = sorted(KIND.masters.glob("*.yaml"))
OFFICES = "13,13.71"
ROW = {"satker", "kind", "naskah", "input", "file", "sha256", "status", "reason"}


class Batch:
    """A folder and its inputs; `run` answers with the exit code and keeps what was said."""

    def __init__(self, tmp_path):
        self.folder = tmp_path / "hasil"
        self.inputs = [self.write(tmp_path / path.name, path) for path in LIBRARY[:3]]

    def write(self, path, source, **changes):
        data = {**yaml.safe_load(source.read_text(encoding="utf-8")), **changes}
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return path

    def run(self, offices=OFFICES, **options):
        self.out, self.err = [], []

        def say(message, *, err=False):
            (self.err if err else self.out).append(message)

        chosen = registry().select(offices)
        return run_batch(KIND, self.inputs, chosen, self.folder, say, processes=1, **options)

    @property
    def manifest(self):
        return json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))

    @property
    def rows(self):
        return self.manifest["documents"]

    def files(self):
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*.docx")
        }

    def reasons(self, status="made"):
        return [row["reason"] for row in self.rows if row["status"] == status]


@pytest.fixture
def batch(tmp_path):
    return Batch(tmp_path)


@pytest.fixture
def done(batch):
    assert batch.run() == 0
    return batch


def rendered(inputs, kode):
    """What `docgen render` would write for an office, by path in the folder."""
    files = InputSet.read(KIND, inputs, registry().get(kode)).generate()
    return {f"{kode}/{name}": content for name, content in files.items()}


def test_the_folder_holds_what_render_would_write(done):
    expected = {**rendered(done.inputs, "13"), **rendered(done.inputs, "13.71")}
    assert done.files() == expected
    assert done.out == ["6 dibuat, 0 tidak berubah, 0 gagal."]


def test_the_manifest_has_a_row_a_file_and_counts_them(done):
    assert set(done.manifest) == {"counts", "documents"}
    assert done.manifest["counts"] == {"made": 6, "skipped": 0, "failed": 0}
    assert [row["satker"] for row in done.rows] == ["13"] * 3 + ["13.71"] * 3
    for row in done.rows:
        assert set(row) == ROW
        content = (done.folder / row["file"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
    assert [row["input"] for row in done.rows] == [str(path) for path in done.inputs] * 2


def test_a_second_run_makes_nothing_and_says_how_many_it_left(done):
    before = {path: path.stat().st_mtime_ns for path in done.folder.rglob("*.docx")}
    assert done.run() == 0
    assert done.out == ["0 dibuat, 6 tidak berubah, 0 gagal."]
    assert done.manifest["counts"] == {"made": 0, "skipped": 6, "failed": 0}
    assert {path: path.stat().st_mtime_ns for path in done.folder.rglob("*.docx")} == before
    assert all(row["sha256"] for row in done.rows)


def test_what_is_missing_altered_or_asked_for_is_made_again_and_the_manifest_says_why(done):
    wanted = done.files()
    missing, altered, *_ = sorted(wanted)
    (done.folder / missing).unlink()
    (done.folder / altered).write_bytes(wanted[altered] + b"x")
    assert done.run() == 0
    assert done.reasons() == ["berkasnya hilang", "berkasnya diubah sejak dibuat"]
    assert done.files() == wanted
    assert done.run(force=True) == 0
    assert done.reasons() == ["diminta dibuat ulang"] * 6


def test_a_changed_input_is_made_again_and_a_comment_in_it_changes_nothing(done):
    first, second, _ = done.inputs
    first.write_text("# komentar\n" + first.read_text(encoding="utf-8"), encoding="utf-8")
    done.write(second, second, unit="Unit Baru")
    assert done.run() == 0
    assert done.manifest["counts"] == {"made": 2, "skipped": 4, "failed": 0}
    told = "isian berubah: Unit: “Sekretariat” menjadi “Unit Baru”."
    assert set(done.reasons()) == {told}
    assert done.files() == {**rendered(done.inputs, "13"), **rendered(done.inputs, "13.71")}


def test_another_template_or_engine_is_a_reason_to_make_all_again(done, tmp_path):
    class Edited:
        @staticmethod
        def template_path(_naskah):
            return tmp_path / "lain.docx"

    (tmp_path / "lain.docx").write_bytes(b"lain")
    naskah = KIND.naskah[0]
    assert template_fingerprint(Edited, naskah) != template_fingerprint(KIND, naskah)
    text = (done.folder / ledger_module.NAME).read_text(encoding="utf-8")
    own = template_fingerprint(KIND, naskah)[:16]
    changed = text.replace(own, "0" * 16)
    assert changed != text
    (done.folder / ledger_module.NAME).write_text(changed, encoding="utf-8")
    assert done.run() == 0
    assert done.reasons() == ["templat berubah"] * 6


def test_a_new_name_takes_the_old_file_s_place_unless_somebody_changed_that(done):
    old = sorted(done.folder.glob("*/" + slug(title(done.inputs[0]), "") + ".docx"))
    assert len(old) == 2
    old[0].write_bytes(b"catatan tangan")
    done.write(done.inputs[0], done.inputs[0], judul="Nama Lain")
    assert done.run() == 0
    assert [path.exists() for path in old] == [True, False]
    assert len(list(done.folder.glob("*/nama-lain.docx"))) == 2
    assert done.run() == 0
    assert done.manifest["counts"]["made"] == 0


def title(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))["judul"]


def test_equal_titles_are_told_apart_in_input_order(batch):
    batch.inputs = [batch.write(path, path, judul="Sama") for path in batch.inputs]
    assert batch.run("13.71") == 0
    names = ["13.71/sama.docx", "13.71/sama-2.docx", "13.71/sama-3.docx"]
    assert [row["file"] for row in batch.rows] == names
    assert batch.files() == rendered(batch.inputs, "13.71")


def test_a_master_is_made_only_where_it_holds_and_the_dry_run_says_so(batch):
    master = {"id": "x", "berlaku": "kota"}
    batch.inputs[0] = batch.write(batch.inputs[0], batch.inputs[0], master=master)
    assert batch.run(dry_run=True) == 0
    assert not batch.folder.exists()
    assert f"dilewati  13  {batch.inputs[0]}  (berlaku untuk kota)" in batch.out
    assert batch.out[-1] == "5 akan dibuat, 0 tidak berubah, 0 gagal."
    assert sum(line.startswith("dibuat  ") and "(belum ada)" in line for line in batch.out) == 5
    assert batch.run() == 0
    assert [row["satker"] for row in batch.rows] == ["13", "13", "13.71", "13.71", "13.71"]


def test_a_dry_run_over_made_documents_writes_nothing_and_says_why(done):
    wanted = done.files()
    (done.folder / min(wanted)).unlink()
    before = sorted((path, path.stat().st_mtime_ns) for path in done.folder.rglob("*"))
    assert done.run(dry_run=True) == 0
    assert sorted((path, path.stat().st_mtime_ns) for path in done.folder.rglob("*")) == before
    assert done.out == [
        f"dibuat  {min(wanted)}  (berkasnya hilang)",
        "1 akan dibuat, 5 tidak berubah, 0 gagal.",
    ]


@pytest.mark.parametrize("dry_run", [False, True])
def test_one_bad_input_is_listed_with_its_reason_and_the_others_are_made(batch, tmp_path, dry_run):
    bad, broken = tmp_path / "salah.yaml", tmp_path / "rusak.yaml"
    batch.write(bad, batch.inputs[0], judull="x", judul="Salah")
    broken.write_text("judul: [", encoding="utf-8")
    batch.inputs = [bad, broken, *batch.inputs]
    assert batch.run(dry_run=dry_run) == 1
    assert "6" in batch.out[-1]
    assert batch.out[-1].endswith("4 gagal.")
    assert f"Gagal {bad} untuk 13 dan 1 satker lain:" in batch.err
    assert any("Mungkin “judul”?" in line for line in batch.err)
    assert any("YAML tidak dapat dibaca" in line for line in batch.err)
    if dry_run:
        return
    failed = [row for row in batch.rows if row["status"] == "failed"]
    assert [(row["input"], row["sha256"]) for row in failed] == [
        (str(bad), ""),
        (str(broken), ""),
    ] * 2
    assert all(row["reason"] for row in failed)
    assert batch.run() == 1
    assert batch.manifest["counts"] == {"made": 0, "skipped": 6, "failed": 4}


def test_a_place_that_cannot_be_written_fails_alone(batch):
    batch.folder.mkdir()
    (batch.folder / "13").write_text("bukan folder")
    assert batch.run() == 1
    assert batch.manifest["counts"] == {"made": 3, "skipped": 0, "failed": 3}
    wanted = f"{batch.folder / '13'}: tidak dapat ditulis (File exists)."
    assert set(batch.reasons("failed")) == {wanted}


@pytest.fixture
def disk(batch):
    """Mounts the folder anew: with `size=…`, or `ro`."""
    if os.geteuid():
        pytest.skip("only root may mount a disk")

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "docgen-test", str(batch.folder)]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("disks cannot be mounted here")

    batch.folder.mkdir()
    mount("size=64k")
    yield mount
    subprocess.run(["umount", "-l", str(batch.folder)], check=True)


def test_a_full_folder_is_named_and_what_came_of_each_document_is_told(batch, disk):
    assert batch.run() == 1
    told = "\n".join(batch.err)
    assert f"{batch.folder}: tidak dapat ditulis (No space left on device)." in told
    assert "None" not in told
    (summary,) = batch.out
    made = len(batch.files())
    assert summary == f"{made} dibuat, 0 tidak berubah, {6 - made} gagal."
    assert made < 6
    disk("remount,size=10m")
    assert batch.run() == 0
    assert len(batch.files()) == 6


def test_a_folder_that_cannot_be_written_is_an_error_only_where_something_is_to_be_made(
    batch, disk
):
    disk("remount,size=10m")
    assert batch.run() == 0
    before = batch.manifest
    disk("remount,ro")
    assert batch.run() == 0
    assert batch.out == ["0 dibuat, 6 tidak berubah, 0 gagal."]
    assert batch.run(force=True) == 1
    assert batch.out == ["0 dibuat, 0 tidak berubah, 6 gagal."]
    assert f"{batch.folder}: tidak dapat ditulis (Read-only file system)." in "\n".join(batch.err)
    assert f"{batch.folder / 'manifest.json'}: tidak dapat ditulis" in batch.err[-1]
    assert batch.manifest == before


def test_what_another_input_made_is_neither_taken_over_nor_deleted(batch):
    batch.inputs = [batch.write(path, path, judul="Sama") for path in batch.inputs]
    first, second, third = batch.inputs
    assert batch.run("13.71") == 0
    before = batch.files()
    batch.inputs = [third]
    assert batch.run("13.71") == 0
    assert batch.manifest["counts"] == {"made": 0, "skipped": 1, "failed": 0}
    assert [row["file"] for row in batch.rows] == ["13.71/sama-3.docx"]
    batch.inputs = [second, batch.write(third, third, judul="Lain")]
    assert batch.run("13.71") == 0
    assert [row["file"] for row in batch.rows] == ["13.71/sama-2.docx", "13.71/lain.docx"]
    batch.inputs = [batch.write(second, second, judul="Lain")]
    assert batch.run("13.71") == 0
    assert [row["file"] for row in batch.rows] == ["13.71/lain-2.docx"]
    after = batch.files()
    assert set(after) == {"13.71/sama.docx", "13.71/lain.docx", "13.71/lain-2.docx"}
    assert after["13.71/sama.docx"] == before["13.71/sama.docx"]
    batch.inputs = [first, third]
    assert batch.run("13.71") == 0
    assert batch.manifest["counts"]["skipped"] == 2


def test_an_input_that_was_moved_goes_on_with_its_documents(done, tmp_path):
    other = tmp_path / "lain"
    other.mkdir()
    done.inputs = [path.rename(other / path.name) for path in done.inputs]
    assert done.run() == 0
    assert done.manifest["counts"] == {"made": 0, "skipped": 6, "failed": 0}
    done.inputs = [done.write(path, path, unit="Unit Lain") for path in done.inputs]
    before = set(done.files())
    assert done.run() == 0
    assert done.manifest["counts"]["made"] == 6
    assert set(done.files()) == before


def test_an_input_that_is_no_master_is_made_for_every_office_with_a_warning(batch, tmp_path):
    plain = yaml.safe_load(LIBRARY[0].read_text(encoding="utf-8"))
    plain = {**plain, "master": None, "satker": "13", "unit": "{{ satker.nama }}"}
    path = tmp_path / "biasa.yaml"
    path.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")
    batch.inputs = [path]
    assert batch.run() == 0
    assert batch.manifest["counts"]["made"] == 2
    assert batch.err == [f"Ada peringatan; lihat dengan docgen check: {path}"]


def test_documents_of_other_runs_in_the_folder_stay_known(done):
    assert done.run("11.18") == 0
    assert {row["satker"] for row in done.rows} == {"11.18"}
    assert done.run() == 0
    assert done.manifest["counts"] == {"made": 0, "skipped": 6, "failed": 0}


def test_a_torn_or_lost_ledger_costs_documents_made_again_and_nothing_else(done):
    wanted = done.files()
    path = done.folder / ledger_module.NAME
    path.write_bytes(path.read_bytes()[:-100] + b'{"13/x.docx": [')
    assert done.run() == 0
    assert done.manifest["counts"] == {"made": 3, "skipped": 3, "failed": 0}
    path.unlink()
    assert done.run() == 0
    assert done.reasons() == ["belum tercatat"] * 6
    assert done.files() == wanted


def test_what_a_killed_run_was_writing_is_swept_away(done):
    for stray in (done.folder / ".docgen-abc", done.folder / "13" / ".docgen-xyz"):
        stray.write_bytes(b"setengah")
    not_ours = done.folder / "13" / ".docgen-folder"
    not_ours.mkdir()
    assert done.run() == 0
    assert list(done.folder.rglob(".docgen-*")) == [not_ours]


def test_one_batch_at_a_time_writes_into_a_folder(done, monkeypatch):
    monkeypatch.setattr(ledger_module, "WAIT_SECONDS", 0)
    with locked(done.folder), pytest.raises(UnreadableInput, match="sedang dipakai"):
        done.run()
    assert done.run() == 0


def test_the_ledger_keeps_one_line_an_office_however_many_runs_there_were(done):
    for _ in range(3):
        done.run(force=True)
    lines = (done.folder / ledger_module.NAME).read_text(encoding="utf-8").split("\n")
    assert len([line for line in lines if line]) == 2
    assert set(Ledger(done.folder).documents) == set(done.files())


def test_the_title_of_an_input_is_the_title_of_its_document(example):
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    archived = example.kind.archive(payload, example.satker).judul
    assert slug(title_of(example.data), "") == slug(archived, "")


touches = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["delete", "append", "flip", "empty", "touch"])),
    max_size=4,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(touches, st.booleans())
def test_after_any_deletions_and_alterations_a_run_makes_exactly_these_again(done, what, lose):
    done.run()
    wanted = done.files()
    for number, how in what:
        alter(done.folder / sorted(wanted)[number], how)
    if lose:
        (done.folder / "manifest.json").unlink()
    now = done.files()
    assert done.run() == 0
    assert done.files() == wanted
    assert {row["file"] for row in done.rows if row["status"] == "made"} == {
        file for file, content in wanted.items() if now.get(file) != content
    }


def alter(path: Path, how: str) -> None:
    content = path.read_bytes() if path.exists() else b""
    if how == "delete":
        path.unlink(missing_ok=True)
    elif how == "append":
        path.write_bytes(content + b"\0")
    elif how == "flip" and content:
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif how == "empty":
        path.write_bytes(b"")
    elif path.exists():
        path.touch()


def test_every_file_is_a_whole_word_file(done):
    for path in done.folder.rglob("*.docx"):
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None


def test_another_picture_under_the_same_name_is_another_input(tmp_path):
    example = next(one for one in examples() if one.assets)
    path = Path(shutil.copy(example.path, tmp_path))
    seen = []
    for content in (None, b"satu", b"dua", b"satu"):
        for name in example.assets if content is not None else ():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        (one,) = read_inputs(example.kind, [path])
        seen.append(one.fingerprint)
    assert len(set(seen)) == 3
    assert seen[1] == seen[3]
