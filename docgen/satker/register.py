"""All offices, from the data file beside this module, and selections of them."""

import csv
import difflib
import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

from docgen.errors import InvalidSelector, UnknownSatker
from docgen.satker.model import Jenis, Satker

DATA = Path(__file__).with_name("satker.csv")
PUSAT = "00"
LEVELS: tuple[Jenis, ...] = ("pusat", "provinsi", "kabupaten", "kota")


class Registry:
    """The offices in the order of their codes."""

    def __init__(self, offices: Iterable[Satker]) -> None:
        self._by_kode: Mapping[str, Satker] = MappingProxyType(
            {office.kode: office for office in sorted(offices, key=lambda office: office.kode)}
        )

    def all(self) -> tuple[Satker, ...]:
        return tuple(self._by_kode.values())

    def get(self, kode: str) -> Satker:
        """The office with this code.

        Raises:
            UnknownSatker: There is none; the error names the nearest codes.
        """
        if kode in self._by_kode:
            return self._by_kode[kode]
        near = difflib.get_close_matches(kode, self._by_kode, n=2, cutoff=0.75)
        raise UnknownSatker(kode, [f"{one} ({self._by_kode[one].nama})" for one in near])

    def select(self, selector: str) -> tuple[Satker, ...]:
        """The offices that a selector names, each once, in code order.

        A selector is `semua`, a level, a code, a subtree `13.*`, or several joined by commas.

        Raises:
            UnknownSatker: It names a code that does not exist.
            InvalidSelector: It is none of these.
        """
        tests = [self._test(part.strip()) for part in selector.split(",")]
        return tuple(office for office in self.all() if any(test(office) for test in tests))

    def _test(self, part: str) -> Callable[[Satker], bool]:
        if part == "semua":
            return lambda _: True
        if part in LEVELS:
            return lambda office: office.jenis == part
        if part.endswith(".*"):
            root = self.get(part.removesuffix(".*")).kode
            return lambda office: is_within(office.kode, root)
        if not part.replace(".", "").isdigit():
            raise InvalidSelector(
                f"Pilihan satker “{part}” tidak dikenal. Tulis semua, pusat, provinsi, kabupaten, "
                "kota, sebuah kode seperti 13.71, sebuah wilayah seperti 13.*, atau beberapa yang "
                "dipisahkan koma."
            )
        kode = self.get(part).kode
        return lambda office: office.kode == kode

    def search(self, words: str, limit: int = 20) -> tuple[Satker, ...]:
        """Offices whose code or official name holds every word, nearest first."""
        wanted = words.lower().split()
        found = [
            office
            for office in self.all()
            if all(
                word in f"{office.kode} {office.nama} {office.nama_lengkap}".lower()
                for word in wanted
            )
        ]
        start = words.strip().lower()
        found.sort(key=lambda office: (not _begins(office, start), office.kode))
        return tuple(found[:limit])


def _begins(office: Satker, start: str) -> bool:
    place = office.wilayah.lower().removeprefix("kabupaten ").removeprefix("kota ")
    return office.kode == start or place.startswith(start)


def is_within(kode: str, root: str) -> bool:
    """Whether an office is the root or stands below it; everything stands below the centre.

    >>> is_within("13.71", "13"), is_within("13", "13.71"), is_within("91", "00")
    (True, False, True)
    """
    return root == PUSAT or kode == root or kode.startswith(f"{root}.")


@functools.cache
def registry() -> Registry:
    """The 553 offices as shipped."""
    with DATA.open(encoding="utf-8", newline="") as stream:
        return Registry(_office(row) for row in csv.DictReader(stream))


def _office(row: Mapping[str, str]) -> Satker:
    return Satker(
        kode=row["kode"],
        jenis=cast("Jenis", row["jenis"]),
        nama=row["nama_satker"],
        nama_lengkap=row["nama_lengkap"],
        wilayah=row["nama_wilayah"],
        kode_induk=row["kode_induk"] or None,
        ibu_kota=row["ibu_kota"],
        zona_waktu=row["zona_waktu"],
        kode_surat=row["kode_surat"],
    )
