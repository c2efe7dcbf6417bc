"""What a document states that other documents of its office can agree with or contradict.

The words are neutral: a kind says what its payload states, and knows of no other kind.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from docgen.zi import find_area

Peran = Literal["anggota_tim", "hadir", "penanda_tangan"]
"""Why a document names somebody: it appoints them to the team, they took part, they sign it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A text that the input states, and its place there as an RFC 6901 pointer."""

    text: str
    pointer: str


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A date that the input states, and its place."""

    day: dt.date
    pointer: str


@dataclass(frozen=True, slots=True)
class Orang:
    """Somebody whom the input names, as what, and where the name stands."""

    nama: str
    jabatan: str
    peran: Peran
    pointer: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What one document states; what it has no part in stays empty.

    `nomor` are the numbers that it and its companions bear. `rapat` is the day of the meeting that
    it records, `penetapan_tim` the day on which it appoints a team. `sop` is the procedure that it
    is, `sop_disebut` those that it says were taken up. `area` are the areas of change that it
    assigns work to, `area_disebut` those that it only speaks of, `area_bukti` the numbers of those
    for which it is evidence itself. `tahun` are the years that its work is for.
    """

    nomor: Sequence[Stated] = ()
    orang: Sequence[Orang] = ()
    rapat: StatedDay | None = None
    penetapan_tim: StatedDay | None = None
    sop: Stated | None = None
    sop_disebut: Sequence[Stated] = ()
    area: Sequence[Stated] = ()
    area_disebut: Sequence[Stated] = ()
    area_bukti: Sequence[int] = ()
    tahun: Sequence[Stated] = ()

    @property
    def nomor_area(self) -> frozenset[int]:
        """The numbers of the areas that it assigns work to, speaks of or is evidence for."""
        named = (find_area(one.text) for one in (*self.area, *self.area_disebut))
        return frozenset(self.area_bukti) | {area.nomor for area in named if area}

    def orang_sebagai(self, peran: Peran) -> list[Orang]:
        """Those named in this role, in the input's order."""
        return [orang for orang in self.orang if orang.peran == peran]
