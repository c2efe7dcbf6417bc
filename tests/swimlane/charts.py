"""Charts and sheets for the tests: the examples that the SOP kind carries, and random ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from docgen.swimlane import Chart, Exit, Sheet, Step, TextColumn

EXAMPLES = Path(__file__).parents[2] / "templates_docx" / "sop" / "examples"
TWIPS_PER_MM = 56.7
WORDS = (
    "menerima memeriksa mencatat surat masuk berkas permohonan dan/atau alat-alat 2024-2025".split()
)


def column(label: str, preferred_mm: float, minimum_mm: float, *, grows: bool = True) -> TextColumn:
    return TextColumn(
        label, round(preferred_mm * TWIPS_PER_MM), round(minimum_mm * TWIPS_PER_MM), grows
    )


def sheet(width_mm: float = 267, **changes: Any) -> Sheet:
    """A4 landscape; 300 mm is F4."""
    settings: dict[str, Any] = {
        "width": round(width_mm * TWIPS_PER_MM),
        "height": round(180 * TWIPS_PER_MM),
        "before": (column("No", 8, 8, grows=False), column("Kegiatan", 55, 44)),
        "after": (
            column("Kelengkapan", 26, 23),
            column("Waktu", 17, 14),
            column("Output", 26, 23),
            column("Keterangan", 22, 18),
        ),
        "used_on_first_page": 500,
    }
    return Sheet(**(settings | changes))


def example_names() -> list[str]:
    return sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


def example(name: str, **changes: Any) -> Chart:
    """A chart of an example, its flow read in the simplest way."""
    source = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    lanes = tuple(source["pelaksana"])
    steps = source["langkah"]
    return Chart(
        lanes, tuple(_step(steps, position, lanes) for position in range(len(steps))), **changes
    )


def _step(steps: Sequence[Mapping[str, Any]], position: int, lanes: tuple[str, ...]) -> Step:
    step = steps[position]
    asks = "ya" in step or "tidak" in step
    kind = step.get("jenis") or ("keputusan" if asks else _place_kind(position, len(steps)))
    exits = [
        Exit(int(target) - 1, answer)  # type: ignore[arg-type]  # the literals stand right here
        for key, answer in (("ya", "ya"), ("tidak", "tidak"), ("lanjut", ""))
        for target in _listed(step.get(key))
    ]
    if not exits and position + 1 < len(steps):
        exits = [Exit(position + 1)]
    actors = sorted({lanes.index(actor) for actor in _listed(step["pelaksana"])})
    keys = ("kegiatan", "kelengkapan", "waktu", "output", "keterangan")
    texts = ("\n".join(map(str, _listed(step.get(key)))) for key in keys)
    return Step(kind, tuple(actors), tuple(exits), (f"{position + 1}.", *texts))


def _place_kind(position: int, count: int) -> str:
    if position == 0:
        return "mulai"
    return "selesai" if position == count - 1 else "proses"


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def simple(*lanes: int, **changes: Any) -> Chart:
    """One step after the other, each in the lane given; every text is short."""
    last = len(lanes) - 1
    steps = tuple(
        Step(
            "mulai" if not position else "selesai" if position == last else "proses",
            (lane,),
            (Exit(position + 1),) if position < last else (),
            (f"{position + 1}.", "Menerima surat", "Surat", "5 menit", "Surat", ""),
        )
        for position, lane in enumerate(lanes)
    )
    return Chart(tuple(f"Pelaksana {n + 1}" for n in range(max(lanes) + 1)), steps, **changes)


@st.composite
def charts(draw: st.DrawFn, most_steps: int = 24, most_lanes: int = 12) -> Chart:
    """Any flow: loops, jumps, splits, several actors in a row, all three styles of start."""
    count = draw(st.integers(2, most_steps))
    lane_count = draw(st.integers(1, most_lanes))
    asks = draw(st.sampled_from([1, 3, 6]))
    crowded = draw(st.sampled_from([0, 0, 2]))
    splits = draw(st.sampled_from([0, 1]))
    steps = tuple(
        _random_step(draw, position, count, lane_count, (asks, crowded, splits))
        for position in range(count)
    )
    yes, no = draw(st.sampled_from([("Ya", "Tidak"), ("Lengkap", "Tidak lengkap")]))
    style = draw(st.sampled_from(["langkah", "tambahan", "terpisah"]))
    lanes = tuple(f"Kepala Subbagian {n + 1}" for n in range(lane_count))
    return Chart(lanes, steps, yes, no, style)


def _random_step(
    draw: st.DrawFn, position: int, count: int, lane_count: int, odds: tuple[int, int, int]
) -> Step:
    asks, crowded, splits = odds
    several = draw(st.integers(1, 10)) <= crowded
    lanes = st.sets(st.integers(0, lane_count - 1), min_size=1, max_size=4 if several else 1)
    others = st.integers(0, count - 1).filter(lambda target: target != position)
    words = st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)
    texts = (f"{position + 1}.", draw(words), draw(words), "10 menit", "", "")
    ordinary: set[int] = {position + 1}
    if position == count - 1:
        return Step("selesai", tuple(sorted(draw(lanes))), (), texts)
    if position and draw(st.integers(1, 10)) <= asks:
        other = draw(others)
        exits = [Exit(position + 1, "ya")]
        exits += [Exit(other, "tidak")] if other != position + 1 else []
        return Step("keputusan", tuple(sorted(draw(lanes))), tuple(exits), texts)
    if draw(st.integers(1, 10)) <= splits:
        ordinary |= draw(st.sets(others, max_size=3))
    kind = "proses" if position else "mulai"
    exits = [Exit(target) for target in sorted(ordinary)]
    return Step(kind, tuple(sorted(draw(lanes))), tuple(exits), texts)
