"""Zona Integritas as PermenPAN-RB 90/2021 measures it: areas, questions, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Predikat = Literal["WBK", "WBBM"]
Bagian = Literal["Pemenuhan", "Reform"]

SUMBER = "PermenPAN-RB 90/2021 jo. 5/2024, Lembar Kerja Evaluasi"


@dataclass(frozen=True, slots=True)
class Area:
    """One of the six areas of change.

    `bobot` is the most points that its questions can bring, of 60; `minimal` the points that a
    predicate asks for, Pemenuhan and Reform together.
    """

    nomor: int
    nama: str
    bobot: float
    minimal: Mapping[Predikat, float]


@dataclass(frozen=True, slots=True)
class Subarea:
    """A group of questions inside one half of an area; `bobot` is the points of all of them."""

    id: str
    area: Area
    bagian: Bagian
    nama: str
    bobot: float


@dataclass(frozen=True, slots=True)
class Pertanyaan:
    """One question of the LKE.

    `baris` is its ID in the LKE workbook, `jawaban` the name of its scale, `pilihan` each answer's
    share of `bobot`, empty where the answer is a percentage or an index. `subarea` is None for the
    three of component Hasil, which belong to no area; only these have a `minimal` of their own.
    """

    id: str
    baris: int
    teks: str
    jawaban: str
    pilihan: Mapping[str, float]
    bobot: float
    subarea: Subarea | None
    minimal: Mapping[Predikat, float]

    @property
    def area(self) -> Area | None:
        return self.subarea.area if self.subarea else None


@dataclass(frozen=True, slots=True)
class Ambang:
    """The least points that a predicate asks for; `area_persen` holds for each of the six areas."""

    total: float
    pengungkit: float
    area_persen: float
    birokrasi_bersih: float
    pelayanan_prima: float
