"""From what was typed to what is drawn: each step's kind, its lanes, and where it leads.

The rules are the contract's: a stated `jenis` wins; the first step is the entry; every `selesai`
is an end; a target is an `id`, else a 1-based position. What cannot be drawn or reached is an
error here; everything else a reviewer could raise is in `rules`.
"""

import difflib
import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from docgen.findings import Finding, pointer
from templates_docx.sop.schema import Jenis, Langkah, Sop

Answer = Literal["", "ya", "tidak"]

SUMBER_ALIR = "PermenPAN-RB 35/2012, Lampiran: bagian flowchart"


@dataclass(frozen=True, slots=True)
class Exit:
    """One way on: the 0-based step that it leads to, and the answer that takes it."""

    target: int
    answer: Answer = ""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step as it is drawn: its kind, its lanes (0-based, left to right), its exits."""

    jenis: Jenis
    lanes: tuple[int, ...]
    exits: tuple[Exit, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole flow, and what had to be said while reading it.

    Where a finding is an error, the exits and lanes that could not be resolved are missing.
    """

    steps: tuple[FlowStep, ...]
    findings: tuple[Finding, ...]


# The rules, the drawing and the template's context ask for the same SOP's flow one after the other.
@functools.lru_cache(maxsize=2)
def resolve(sop: Sop) -> Flow:
    """The flow of a SOP; its findings hold every error at once."""
    resolver = _Resolver(sop)
    steps = tuple(resolver.step(position) for position in range(len(sop.langkah)))
    if not any(finding.is_error for finding in resolver.findings):
        resolver.findings.extend(_reachability(steps))
    return Flow(steps, tuple(resolver.findings))


def jenis_of(sop: Sop, position: int) -> Jenis:
    """The kind of the step at this 0-based position: stated, or as the contract infers it."""
    step = sop.langkah[position]
    if step.jenis is not None:
        return step.jenis
    if step.ya or step.tidak:
        return "keputusan"
    # A SOP of one step has no room for both capsules; the end is what its flow must reach.
    if position == len(sop.langkah) - 1:
        return "selesai"
    return "mulai" if position == 0 else "proses"


class _Resolver:
    """Reads one SOP's steps, collecting findings as it goes."""

    def __init__(self, sop: Sop) -> None:
        self.sop = sop
        self.findings: list[Finding] = []
        self._lane_of = _first_positions(label.strip() for label in sop.pelaksana)
        self._step_of = _first_positions(step.id.strip() if step.id else "" for step in sop.langkah)

    def step(self, position: int) -> FlowStep:
        jenis = jenis_of(self.sop, position)
        return FlowStep(jenis, self._lanes(position), self._exits(position, jenis))

    def _lanes(self, position: int) -> tuple[int, ...]:
        lanes = set()
        for index, label in enumerate(self.sop.langkah[position].pelaksana):
            lane = self._lane_of.get(label.strip())
            if lane is None:
                self._unknown_lane(position, index, label)
            else:
                lanes.add(lane)
        return tuple(sorted(lanes))

    def _unknown_lane(self, position: int, index: int, label: str) -> None:
        known = ", ".join(f"“{lane}”" for lane in self.sop.pelaksana)
        near = difflib.get_close_matches(label, self.sop.pelaksana, n=1)
        self._error(
            "P03",
            pointer("langkah", position, "pelaksana", index),
            f"Langkah {position + 1}: pelaksana “{label}” tidak ada di daftar pelaksana.",
            f"Mungkin “{near[0]}”?" if near else f"Yang ada: {known}.",
        )

    def _exits(self, position: int, jenis: Jenis) -> tuple[Exit, ...]:
        step = self.sop.langkah[position]
        ya = self._targets(position, "ya", step.ya)
        tidak = self._targets(position, "tidak", step.tidak)
        lanjut = self._targets(position, "lanjut", step.lanjut)
        if step.ya and step.tidak and set(ya) & set(tidak):
            self._same_target(position)
        exits = [
            *(Exit(target, "ya") for target in ya),
            *(Exit(target, "tidak") for target in tidak),
            *(Exit(target) for target in lanjut if target not in (*ya, *tidak)),
        ]
        if jenis == "keputusan":
            exits.extend(self._missing_answer(position, step, ya or tidak))
        elif not step.lanjut and not (step.ya and step.tidak) and jenis != "selesai":
            exits.extend(self._next_step(position, exits))
        return tuple(exits)

    def _targets(self, position: int, key: str, values: Sequence[str]) -> tuple[int, ...]:
        if not values:
            return ()
        found: dict[int, None] = {}
        for index, value in enumerate(values):
            target = self._target(value.strip())
            place = pointer("langkah", position, key, *([index] if len(values) > 1 else []))
            if target is None:
                self._unknown_target(position, key, place, value)
            elif target == position:
                self._error(
                    "D04",
                    place,
                    f"Langkah {position + 1}, {key}: langkah tidak boleh menuju dirinya sendiri.",
                    "Pilih langkah lain sebagai tujuan.",
                )
            else:
                found[target] = None
        return tuple(found)

    def _target(self, value: str) -> int | None:
        if value in self._step_of:
            return self._step_of[value]
        if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= len(self.sop.langkah):
            return int(value) - 1
        return None

    def _unknown_target(self, position: int, key: str, place: str, value: str) -> None:
        near = difflib.get_close_matches(value, [*self._step_of], n=1)
        allowed = f"Tulis nomor 1 sampai {len(self.sop.langkah)} atau tanda sebuah langkah."
        self._error(
            "F07",
            place,
            f"Langkah {position + 1}, {key}: langkah “{value}” tidak ada.",
            f"Mungkin “{near[0]}”? {allowed}" if near else allowed,
        )

    def _same_target(self, position: int) -> None:
        self._error(
            "D03",
            pointer("langkah", position, "tidak"),
            f"Langkah {position + 1}: jawaban ya dan tidak menuju langkah yang sama.",
            "Pilih tujuan yang berbeda, atau jadikan langkah ini proses biasa.",
        )

    def _missing_answer(
        self, position: int, step: Langkah, given: tuple[int, ...]
    ) -> Iterable[Exit]:
        if step.ya and step.tidak:
            return
        if not step.ya and not step.tidak:
            self._error(
                "D01",
                pointer("langkah", position),
                f"Langkah {position + 1}: keputusan ini belum punya tujuan.",
                "Pilih tujuan bila jawabannya ya dan bila tidak.",
            )
            return
        missing: Answer = "tidak" if step.ya else "ya"
        if position + 1 in given:
            self._warning(
                "D02",
                pointer("langkah", position),
                f"Langkah {position + 1}: keputusan ini hanya punya satu jalan keluar.",
                f"Pilih tujuan bila jawabannya {missing}.",
            )
            return
        for exit_ in self._next_step(position, ()):
            self._warning(
                "D02",
                pointer("langkah", position),
                f"Langkah {position + 1}: tujuan bila jawabannya {missing} belum diisi.",
                f"Sekarang digambar ke langkah {position + 2}; isi bila bukan itu maksudnya.",
            )
            yield Exit(exit_.target, missing)

    def _next_step(self, position: int, exits: Sequence[Exit]) -> Iterable[Exit]:
        if position + 1 >= len(self.sop.langkah):
            self._error(
                "F08",
                pointer("langkah", position),
                f"Langkah {position + 1}: tidak ada langkah sesudahnya.",
                "Pilih langkah lanjutannya, atau jadikan jenisnya selesai.",
            )
        elif all(exit_.target != position + 1 for exit_ in exits):
            yield Exit(position + 1)

    def _error(self, code: str, place: str, message: str, hint: str) -> None:
        self.findings.append(Finding(code, "error", place, message, hint, SUMBER_ALIR))

    def _warning(self, code: str, place: str, message: str, hint: str) -> None:
        self.findings.append(Finding(code, "warning", place, message, hint, SUMBER_ALIR))


def _first_positions(labels: Iterable[str]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, label in enumerate(labels):
        if label:
            positions.setdefault(label, position)
    return positions


def _reachability(steps: Sequence[FlowStep]) -> Iterable[Finding]:
    forward = [[exit_.target for exit_ in step.exits] for step in steps]
    backward: list[list[int]] = [[] for _ in steps]
    for source, targets in enumerate(forward):
        for target in targets:
            backward[target].append(source)
    reached = _walk([0], forward.__getitem__)
    ends = [position for position, step in enumerate(steps) if step.jenis == "selesai"]
    ending = _walk(ends, backward.__getitem__)
    for position in range(len(steps)):
        if position not in reached:
            yield Finding(
                "F09",
                "error",
                pointer("langkah", position),
                f"Langkah {position + 1}: tidak ada langkah yang menuju ke sini.",
                "Arahkan sebuah langkah ke langkah ini, atau hapus langkah ini.",
                SUMBER_ALIR,
            )
        elif position not in ending:
            yield Finding(
                "F10",
                "error",
                pointer("langkah", position),
                f"Langkah {position + 1}: alurnya tidak pernah sampai ke langkah selesai.",
                "Arahkan alurnya ke sebuah langkah yang jenisnya selesai.",
                SUMBER_ALIR,
            )


def _walk(start: Iterable[int], neighbours: Callable[[int], Sequence[int]]) -> set[int]:
    seen = set(start)
    todo = list(seen)
    while todo:
        for neighbour in neighbours(todo.pop()):
            if neighbour not in seen:
                seen.add(neighbour)
                todo.append(neighbour)
    return seen
