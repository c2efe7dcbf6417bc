"""What the service counts about itself, for Prometheus; every process counts, one tells all.

With PROMETHEUS_MULTIPROC_DIR set, as the supervisor does for its children, the processes of one
host keep their counts in that folder and any of them can tell the sum.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

DOCUMENTS = Counter(
    "docgen_documents",
    "Documents by kind and outcome (done, failed, again, skipped).",
    ("kind", "outcome"),
)
STAGES = Histogram(
    "docgen_stage_seconds",
    "Seconds that a document spends in a stage (check, fill, keep).",
    ("stage",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
DELIVERIES = Counter(
    "docgen_deliveries",
    "Attempts to hand a message over, by what became of it.",
    ("state",),
)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count the seconds that what is inside takes."""
    with STAGES.labels(name).time():
        yield


def exposition(now: Mapping[str, int]) -> bytes:
    """All counts in Prometheus's text form; `now` gives gauges by name, as things stand."""
    registry = CollectorRegistry()
    for name, value in now.items():
        Gauge(f"docgen_{name}", f"{name.replace('_', ' ')}, now.", registry=registry).set(value)
    return _counts() + generate_latest(registry)


def _counts() -> bytes:
    if FOLDER_VARIABLE not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the package types it halfway
    return generate_latest(registry)
