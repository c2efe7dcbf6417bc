"""What `docgen batch` takes: twenty masters for every office, again unchanged, and one step changed."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.rendering import docxtpl_fill, for_docxtpl
from docgen.generate import prepare
from docgen.kinds import DocumentOrder
from docgen.masters import Master, load_masters
from docgen.satker import registry
from templates_docx.sop import FOLDER
from templates_docx.sop import KIND as SOP
from templates_docx.sop.drawing import lay_out_sop
from templates_docx.sop.flow import resolve

OFFICE = "13.71"
MASTERS = 20
COMMAND = Path(sys.executable).with_name("docgen")


def run() -> dict[str, Any]:
    """What the command takes, start to end, with all files and the manifest written.

    `runs` has a row for the first run, one with nothing changed, one with one master changed and
    one with one document gone; `per_core_second` is documents made by the processor's seconds, of
    all processes. `docxtpl` fills the same masters' documents for one office from contexts that
    are ready; its milliseconds a document are over against ours for everything: reading,
    checking, laying out, filling and writing. `layouts_computed_percent` is the share of documents
    whose drawing had to be laid out, in one process over all offices.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "hasil"
        inputs = _copies(Path(place))
        first = _run("first", inputs, folder)
        rows = [first, _run("unchanged", inputs, folder)]
        inputs[0].write_text(inputs[0].read_text("utf-8").replace("Menit", "menit"), "utf-8")
        rows.append(_run("one master changed", inputs, folder))
        next(folder.rglob("*.docx")).unlink()
        rows.append(_run("one document gone", inputs, folder))
    return {
        "offices": len(registry().all()),
        "masters": MASTERS,
        "runs": rows,
        **_docxtpl(first),
        "layouts_computed_percent": _layouts_computed_percent(),
    }


def _copies(place: Path) -> list[Path]:
    paths = []
    for path in sorted((FOLDER / "pustaka").glob("*.yaml"))[:MASTERS]:
        paths.append(place / path.name)
        paths[-1].write_bytes(path.read_bytes())
    return paths


def _run(name: str, inputs: list[Path], folder: Path) -> dict[str, Any]:
    before, began = _cpu_seconds(), time.perf_counter()
    subprocess.run(  # noqa: S603  our own command
        [COMMAND, "batch", SOP.name, *inputs, "--satker", "semua", "-d", folder],
        check=True,
        capture_output=True,
    )
    seconds, cpu = time.perf_counter() - began, _cpu_seconds() - before
    counts = json.loads((folder / "manifest.json").read_text("utf-8"))["counts"]
    return {
        "run": name,
        "made": counts["made"],
        "skipped": counts["skipped"],
        "seconds": round(seconds, 1),
        "per_second": round(counts["made"] / seconds),
        "cpu_seconds": round(cpu, 1),
        "per_core_second": round(counts["made"] / cpu),
        "cores": len(os.sched_getaffinity(0)),
    }


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _docxtpl(ours: dict[str, Any]) -> dict[str, Any]:
    template = for_docxtpl(SOP.template_path(SOP.naskah[0]).read_bytes())
    contexts = list(_contexts())
    began = time.process_time()
    for context in contexts:
        docxtpl_fill(template, context)
    theirs_ms = (time.process_time() - began) / len(contexts) * 1000
    ours_ms = ours["cpu_seconds"] / ours["made"] * 1000
    return {
        "ours_ms": round(ours_ms, 2),
        "docxtpl_ms": round(theirs_ms, 1),
        "ratio": round(theirs_ms / ours_ms),
    }


def _contexts() -> Iterator[Mapping[str, object]]:
    satker = registry().get(OFFICE)
    for master in _masters():
        payload = prepare(SOP, master.data, satker).valid_payload()
        yield SOP.build_context(DocumentOrder(payload, satker, SOP.naskah[0].name, {}))


def _masters() -> list[Master]:
    return list(load_masters(SOP).values())[:MASTERS]


def _layouts_computed_percent() -> float:
    layouts, documents = {}, 0
    for satker in registry().all():
        for master in _masters():
            if master.holds_for(satker):
                payload = prepare(SOP, master.data, satker).valid_payload()
                layout = lay_out_sop(payload, resolve(payload))
                layouts[id(layout)] = layout
                documents += 1
    return round(len(layouts) / documents * 100, 2)
