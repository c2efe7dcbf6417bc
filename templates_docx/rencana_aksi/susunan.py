"""The rows as the documents show them: by area, and inside it by rencana kerja."""

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.zi import Area, areas
from templates_docx.rencana_aksi.schema import Baris, RencanaAksi

NONE_YET = "-"


@dataclass(frozen=True, slots=True)
class Urut:
    """A row with its 0-based position in the input."""

    posisi: int
    isi: Baris


@dataclass(frozen=True, slots=True)
class Kelompok:
    """The rows of one rencana kerja; `nomor` counts from 1 through all areas."""

    nomor: int
    baris: tuple[Urut, ...]

    @property
    def rencana_kerja(self) -> str:
        return self.baris[0].isi.rencana_kerja

    @property
    def lke(self) -> str:
        return self.baris[0].isi.lke or ""


@dataclass(frozen=True, slots=True)
class BagianArea:
    """One of the six areas with what is planned in it, perhaps nothing."""

    area: Area
    kelompok: tuple[Kelompok, ...]

    @property
    def baris(self) -> tuple[Urut, ...]:
        return tuple(baris for kelompok in self.kelompok for baris in kelompok.baris)

    @property
    def anggaran(self) -> int:
        return sum(baris.isi.anggaran or 0 for baris in self.baris)


def susun(rencana: RencanaAksi) -> tuple[BagianArea, ...]:
    """All six areas in their official order, each with its rows in the input's order.

    Rows with the same LKE id and rencana kerja stand together where the first of them does.
    """
    parts: list[BagianArea] = []
    number = 0
    for area in areas():
        own = [
            Urut(position, baris)
            for position, baris in enumerate(rencana.baris)
            if baris.area == area.nama
        ]
        groups = _groups(own)
        parts.append(
            BagianArea(
                area,
                tuple(Kelompok(number + at, rows) for at, rows in enumerate(groups, 1)),
            )
        )
        number += len(groups)
    return tuple(parts)


def _groups(rows: Sequence[Urut]) -> list[tuple[Urut, ...]]:
    found: dict[object, list[Urut]] = {}
    for row in rows:
        found.setdefault(_key(row), []).append(row)
    return [tuple(group) for group in found.values()]


def _key(row: Urut) -> object:
    """What rows share that become one; a dash says that there is nothing to share."""
    plan, lke = row.isi.rencana_kerja.strip(), (row.isi.lke or "").strip()
    if NONE_YET in {plan, lke}:
        return row.posisi
    return lke, plan
