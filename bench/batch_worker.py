"""A worker of the bench: the service's own, on the bench's masters, counting as it goes.

`python -m bench.batch_worker MASTERS REPORT engine|docxtpl|interactive`
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.rendering import docxtpl_fill, for_docxtpl
from docgen.config import Settings
from docgen.filenames import file_name, slug
from docgen.generate import GeneratedFile
from docgen.jobs import batch, office, run_workers
from docgen.jobs.workshop import Workshop
from docgen.kinds import DocumentKind, DocumentOrder, Payload
from docgen.registry import get_kind
from docgen.satker import Satker
from docgen.swimlane import layout


def use_masters(folder: Path) -> DocumentKind[Any]:
    """Let the kind take its masters from this folder, in this process."""
    kind = get_kind("sop")
    object.__setattr__(kind, "masters", folder)
    return kind


def docxtpl_generate(
    kind: DocumentKind[Any], payload: Payload, satker: Satker, **_: object
) -> tuple[GeneratedFile]:
    """What `generate` gives, made by plain docxtpl."""
    naskah = kind.naskah[0]
    context = kind.build_context(DocumentOrder(payload, satker, naskah.name, {}))
    template = for_docxtpl(kind.template_path(naskah).read_bytes())
    content = docxtpl_fill(template, context)
    name = slug(kind.archive(payload, satker).judul, kind.name)
    return (GeneratedFile(naskah.name, file_name(name, "", is_only_one=True), content, ""),)


class Counter:
    """What the jobs of this process took, kept in a file after each."""

    def __init__(self, report: Path, make: Callable[[Workshop, str], None]) -> None:
        self._report = report
        self._make = make
        self._counts: dict[str, float] = {}

    def __call__(self, shop: Workshop, job_id: str) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        if not self._report.exists():  # the bench took it away: another batch begins
            zero = dict.fromkeys(("jobs", "inside_cpu", "inside_wall"), 0.0)
            self._counts = {**zero, "first_cpu": cpu, "first_wall": wall, "before": _layouts()}
        self._make(shop, job_id)
        self._counts["inside_cpu"] += time.process_time() - cpu
        self._counts["inside_wall"] += time.perf_counter() - wall
        self._counts["jobs"] += 1
        self._counts |= self._now()
        self._report.write_text(json.dumps(self._counts))

    def _now(self) -> Mapping[str, float]:
        rss_kib = int(Path("/proc/self/statm").read_text().split()[1]) * 4
        if self._counts["jobs"] == 30:
            self._counts["early_rss_kib"] = rss_kib
        return {
            "all_cpu": time.process_time() - self._counts["first_cpu"],
            "all_wall": time.perf_counter() - self._counts["first_wall"],
            "user_cpu": resource.getrusage(resource.RUSAGE_SELF).ru_utime,
            "rss_kib": rss_kib,
            "layouts": _layouts() - self._counts["before"],
        }


def _layouts() -> int:
    return layout._arrange.cache_info().misses  # noqa: SLF001  the cache to be measured


def main() -> None:
    """Work until told to stop."""
    folder, report, mode = sys.argv[1:]
    use_masters(Path(folder))
    if mode == "docxtpl":
        vars(office)["generate"] = docxtpl_generate
    vars(batch)["make_office"] = Counter(Path(report), batch.make_office)
    run_workers(Settings.from_env(), interactive_only=mode == "interactive")


if __name__ == "__main__":
    main()
