"""How fast the swim-lane is laid out, routed and drawn; every cache of ours emptied before."""

import functools
import gc
import json
import math
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import yaml

import docgen.swimlane
from docgen.generate import prepare
from docgen.satker import registry
from docgen.swimlane import row_drawing
from templates_docx.sop import KIND as SOP
from templates_docx.sop.drawing import draw, lay_out_sop
from templates_docx.sop.flow import resolve
from templates_docx.sop.schema import Sop

SATKER = registry().get("13.71")
EXAMPLES = SOP.folder / "examples"


def run() -> dict[str, Any]:
    """Milliseconds of one core; `samples` is a row per example, `summary` what is asked of them.

    `growth` has a row per number of steps; its `exponent`, between one row and the next, is 2
    where the time is quadratic. `second_satker_ms` is a layout of the same steps once more.
    """
    samples = [_sample(path.stem) for path in sorted(EXAMPLES.glob("*.yaml"))]
    growth = _growth((12, 25, 50, 100))
    layouts = [row["layout_ms"] for row in samples]
    return {
        "summary": [
            {
                "layout_median_ms": round(statistics.median(layouts), 1),
                "layout_worst_ms": max(layouts),
                "second_satker_ms": max(row["again_ms"] for row in samples),
                "growth_exponent": max(row["exponent"] for row in growth),
            }
        ],
        "samples": samples,
        "growth": growth,
    }


def _sample(name: str) -> dict[str, Any]:
    sop = _sop(yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")))
    cold = _median_ms(lambda: lay_out_sop(sop, resolve(sop)), before=_forget)
    others = iter([_sop_of_another(sop, letter) for letter in "eopqbdn"])
    warm = _median_ms(lambda: _lay_out(next(others)))
    layout = lay_out_sop(sop, resolve(sop))
    return {
        "sample": name,
        "steps": len(sop.langkah),
        "lanes": len(sop.pelaksana),
        "pages": len(layout.pages),
        "arrows": sum(len(page.arrows) for page in layout.pages),
        "layout_ms": round(cold, 1),
        "again_ms": round(warm, 3),
        "word_ms": round(_median_ms(lambda: _write(sop), before=_forget_drawings), 1),
        "svg_ms": round(_median_ms(lambda: draw(sop, SATKER)), 1),
    }


def _sop(data: Mapping[str, Any]) -> Sop:
    return prepare(SOP, data, SATKER).valid_payload()


def _sop_of_another(sop: Sop, letter: str) -> Sop:
    """The same steps, the first and last with another name in them that is as long.

    `a` is as wide in Arial as the letters that stand for it, so no line breaks elsewhere.
    """
    steps = tuple(
        step.model_copy(update={"kegiatan": step.kegiatan.replace("a", letter)})
        if position in {0, len(sop.langkah) - 1}
        else step
        for position, step in enumerate(sop.langkah)
    )
    return sop.model_copy(update={"langkah": steps})


def _write(sop: Sop) -> None:
    layout = lay_out_sop(sop, resolve(sop))
    for number, page in enumerate(layout.pages):
        for index in range(len(page.rows)):
            row_drawing(layout, number, index, "")


def _growth(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for steps in sizes:
        sop = _sop(_input(steps))
        took = _median_ms(functools.partial(_lay_out, sop), before=_forget)
        rows.append({"steps": steps, "layout_ms": round(took, 1), "exponent": 0.0})
    for one, other in pairwise(rows):
        ratio = other["layout_ms"] / one["layout_ms"]
        other["exponent"] = round(math.log(ratio, other["steps"] / one["steps"]), 2)
    return rows


def _input(steps: int) -> dict[str, Any]:
    """An SOP with that many steps over six lanes, every fifth a decision that leads back."""
    lanes = [f"Pelaksana {number}" for number in range(1, 7)]
    langkah: list[dict[str, Any]] = [
        {
            "kegiatan": f"Memeriksa berkas nomor {number} dan meneruskannya kepada pejabat",
            "pelaksana": lanes[number * 5 % len(lanes)],
            "output": "Berkas yang telah diperiksa",
        }
        for number in range(1, steps + 1)
    ]
    for position in range(4, steps - 1, 5):
        langkah[position] |= {"ya": str(position + 2), "tidak": str(position - 2)}
    return {"judul": "Pemeriksaan berkas", "pelaksana": lanes, "langkah": langkah}


def _lay_out(sop: Sop) -> None:
    lay_out_sop(sop, resolve(sop))


def _forget() -> None:
    """Empty every cache of the swim-lane but the table of widths, which is loaded once."""
    for name, module in sys.modules.items():
        if name.startswith(docgen.swimlane.__name__):
            for member in list(vars(module).values()):
                if hasattr(member, "cache_clear") and member.__name__ != "_tables":
                    member.cache_clear()


def _forget_drawings() -> None:
    docgen.swimlane.drawing._drawings.cache_clear()  # noqa: SLF001  there is no other way


def _median_ms(
    call: Callable[[], object], *, times: int = 7, before: Callable[[], None] = lambda: None
) -> float:
    took = []
    for _ in range(times):
        before()
        gc.collect()
        began = time.process_time()
        call()
        took.append(time.process_time() - began)
    return statistics.median(took) * 1_000


if __name__ == "__main__":
    print(json.dumps(run(), indent=1))
