"""Every SOP of every office through the queue: from the request to stored files and their rows.

Run alone: `python -m bench.batch [OFFICES] [MASTERS]`.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.batch_worker import use_masters
from docgen.config import Settings
from docgen.inputs import read_input
from docgen.jobs import dispatch_forever
from docgen.jobs.queues import connect
from docgen.registry import get_kind
from docgen.satker import registry
from docgen.startup import make_folders
from docgen.storage import Batch, Batches, Database, Documents, Scope, upgrade
from docgen.storage.scope import PUSAT
from docgen.supervisor import engine_command

OFFICES, MASTERS = 553, 60
SAMPLE_OFFICES, SAMPLE_MASTERS = 4, 20
"""For docxtpl, which would take half an hour for all."""

WORKERS = 2
GIVE_UP_SECONDS = 1_800


def run(offices: int = OFFICES, masters: int = MASTERS) -> dict[str, Any]:
    """What a batch takes on two workers, cold, unchanged, and beside docxtpl on a sample.

    Seconds are by the clock, `cpu` is the workers' own: on a machine that others use, the second is
    the one to compare.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-bench-") as folder:
        starters = get_kind("sop").masters
        if starters is None:
            raise RuntimeError("the kind has no masters")
        made = make_masters(starters, Path(folder) / "masters", masters)
        few = make_masters(starters, Path(folder) / "few", min(masters, SAMPLE_MASTERS))
        everybody = ",".join(office.kode for office in registry().all()[:offices])
        some = ",".join(office.kode for office in registry().all()[:SAMPLE_OFFICES])
        with _bench(Path(folder) / "engine", made, "engine") as bench:
            first = bench.batch(everybody, interactive=True)
            again = bench.batch(everybody)
            sizes = bench.sizes()
        with _bench(Path(folder) / "docxtpl", few, "docxtpl") as bench:
            bench.batch(some)  # its layouts are few and would weigh more than among all
            plain = bench.batch(some, force=True)
    return {
        "first": first,
        "unchanged": again,
        "stored": sizes,
        "docxtpl_sample": plain,
        "times_faster_cpu": plain["cpu_ms_per_document"] / first["cpu_ms_per_document"],
        "times_faster_clock": plain["seconds"]
        / plain["documents"]
        / (first["seconds"] / first["documents"]),
    }


def make_masters(starters: Path, folder: Path, count: int) -> Path:
    """A folder of that many masters that hold everywhere: the starters, and reworded ones of them."""
    folder.mkdir()
    found = sorted(starters.glob("*.yaml"))
    for number in range(count):
        data = read_input(found[number % len(found)])
        turn = number // len(found)
        name = f"{data['master']['id']}-{turn}"
        words = ["", " secara berkala", " sesuai ketentuan"][turn]
        steps = [{**step, "kegiatan": f"{step['kegiatan']}{words}"} for step in data["langkah"]]
        master = {**data, "master": {"id": name, "berlaku": "semua"}, "langkah": steps}
        master["judul"] = f"{data['judul']}{words}"
        text = yaml.safe_dump(master, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    return folder


@dataclass
class _Bench:
    settings: Settings
    database: Database
    reports: Sequence[Path]

    def batch(
        self, selector: str, *, interactive: bool = False, force: bool = False
    ) -> dict[str, Any]:
        """Ask for a batch, wait for its end, and say what it took."""
        for report in self.reports:
            report.unlink(missing_ok=True)
        batches = Batches(self.database, Scope(PUSAT))
        began = time.perf_counter()
        batch_id = batches.request(get_kind("sop"), "semua", selector, force=force)
        asked = time.perf_counter() - began
        waits: list[float] = []
        while not (batch := _get(batches, batch_id)).is_settled:
            if time.perf_counter() - began > GIVE_UP_SECONDS:
                raise TimeoutError(f"still {batch.status} after {GIVE_UP_SECONDS} s")
            if interactive and batch.done > batch.total * (len(waits) + 1) / 10:
                waits.append(self._wait_for_one_document())
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        return {**_told(batch, seconds, self._counts()), "request_s": asked, "interactive_s": waits}

    def _wait_for_one_document(self) -> float:
        """Seconds from a request of one document to its file."""
        path = next((get_kind("sop").folder / "examples").glob("*.yaml"))
        documents = Documents(self.database, Scope(PUSAT))
        began = time.perf_counter()
        data = {**read_input(path), "judul": f"Dokumen {began}"}
        document_id = documents.request("sop", "13.71", data, judul="x")
        while (document := documents.get(document_id)) is None or not document.is_settled:
            time.sleep(0.01)
        if document.status != "done":
            raise RuntimeError(document.error)
        return time.perf_counter() - began

    def _counts(self) -> list[Mapping[str, float]]:
        return [json.loads(path.read_text()) for path in self.reports if path.exists()]

    def sizes(self) -> dict[str, float]:
        """Rows and bytes that are kept."""
        blobs = Path(self.settings.blob_url.removeprefix("file://"))
        files = [path.stat().st_size for path in blobs.rglob("*") if path.is_file()]
        database = self.database.engine.url.database or ""
        return {
            "files": len(files),
            "bytes_per_file": sum(files) / max(1, len(files)),
            "database_mib": Path(database).stat().st_size / 2**20,
        }


def _get(batches: Batches, batch_id: str) -> Batch:
    batch = batches.get(batch_id)
    if batch is None:
        raise RuntimeError("the batch is gone")
    return batch


def _told(batch: Batch, seconds: float, counts: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    def total(name: str) -> float:
        return sum(one[name] for one in counts)

    return {
        "documents": batch.total,
        "made": batch.done,
        "skipped": batch.skipped,
        "failed": batch.failed,
        "seconds": seconds,
        "documents_a_second": batch.total / seconds,
        "cpu_s": total("all_cpu"),
        "cpu_ms_per_document": total("all_cpu") / batch.total * 1000,
        "documents_a_cpu_second": batch.total / total("all_cpu"),
        "queue_share_cpu": 1 - total("inside_cpu") / total("all_cpu"),
        "queue_share_clock": 1 - total("inside_wall") / total("all_wall"),
        "layouts_share": total("layouts") / batch.total,
        "rss_mib": [round(one["rss_kib"] / 1024) for one in counts],
        "early_rss_mib": [round(one.get("early_rss_kib", 0) / 1024) for one in counts],
    }


@contextlib.contextmanager
def _bench(data: Path, masters: Path, mode: str) -> Iterator[_Bench]:
    """Engine, dispatcher and workers on a data folder of their own."""
    settings = Settings.from_env({"DOCGEN_DATA_DIR": str(data)})
    make_folders(settings)
    database = Database(settings.database_url)
    upgrade(database)
    use_masters(masters)
    reports = [data / f"worker-{number}.json" for number in range(WORKERS)]
    stop = threading.Event()
    dispatcher = threading.Thread(target=dispatch_forever, args=(settings, stop))
    with contextlib.ExitStack() as stack:
        stack.enter_context(_process(engine_command(settings), os.environ))
        while not _answers(settings):
            time.sleep(0.05)
        environ = {**os.environ, "DOCGEN_DATA_DIR": str(data)}
        command = [sys.executable, "-m", "bench.batch_worker", str(masters)]
        for report in reports:
            stack.enter_context(_process([*command, str(report), mode], environ))
        spare = [*command, str(data / "interactive.json"), "interactive"]
        stack.enter_context(_process(spare, environ))
        dispatcher.start()
        try:
            yield _Bench(settings, database, reports)
        finally:
            stop.set()
            dispatcher.join()
            database.close()
    shutil.rmtree(data)


@contextlib.contextmanager
def _process(command: Sequence[str], environ: Mapping[str, str]) -> Iterator[None]:
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ, stdout=nothing, stderr=nothing) as process:  # noqa: S603  our own commands
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def _answers(settings: Settings) -> bool:
    try:
        return bool(connect(settings).ping())
    except OSError:
        return False


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=2))
