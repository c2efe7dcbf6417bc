"""How far a row has come: target and realisation as shares of the year's target.

Percentages and counts are read from the text that the office typed. Targets that rise from
quarter to quarter are cumulative; others are each quarter's own and are added up.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from templates_docx.rencana_aksi.schema import PERIODE, Baris, Periode, Triwulan

Status = Literal[
    "Tercapai", "Belum tercapai", "Berjalan", "Belum jatuh tempo", "Tanpa target", "Tidak terukur"
]
PERCENT = "%"

_MEASURE = re.compile(
    r"(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*(%|persen\b)?\s*(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Takar:
    """A quantity with its unit, `%` for a percentage; the unit is in small letters."""

    jumlah: float
    satuan: str


@dataclass(frozen=True, slots=True)
class Kemajuan:
    """Target and realisation up to a quarter, as shares of the year's target (1 is all of it).

    Both are None where the text cannot be measured, or where there is no target at all.
    """

    target: float | None
    realisasi: float | None
    status: Status


def baca(words: str) -> Takar | None:
    """The quantity that a text begins with; None where it begins with none.

    >>> baca("62,5 %")
    Takar(jumlah=62.5, satuan='%')
    >>> baca("1.200 dokumen")
    Takar(jumlah=1200.0, satuan='dokumen')
    >>> baca("terlaksana") is None
    True
    """
    found = _MEASURE.fullmatch(words.strip())
    if found is None:
        return None
    number = found[1]
    if "," in number or re.fullmatch(r"\d{1,3}(\.\d{3})+", number):
        number = number.replace(".", "").replace(",", ".")
    unit = PERCENT if found[2] else " ".join(found[3].casefold().split())
    return Takar(float(number), unit)


def kemajuan(baris: Baris, periode: Periode) -> Kemajuan:
    """How far the row has come by the end of the quarter."""
    until = PERIODE[: PERIODE.index(periode) + 1]
    if not baris.target.terisi:
        return Kemajuan(None, None, "Tanpa target")
    target, realised = _shares(baris, until)
    if target is None or realised is None:
        return Kemajuan(None, None, "Tidak terukur")
    return Kemajuan(target, realised, _status(target, realised))


def rata_rata(values: Iterable[float | None]) -> float | None:
    """The mean of those that can be measured; None where none can."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def terakhir(nilai: Triwulan, periode: Periode) -> str:
    """The value that holds at the end of the quarter: its own, else the last before it."""
    until = PERIODE[: PERIODE.index(periode) + 1]
    return next((words for one in reversed(until) if (words := nilai.pada(one))), "")


def _status(target: float, realised: float) -> Status:
    if realised >= 1 or (target and realised >= target):
        return "Tercapai"
    if target:
        return "Belum tercapai"
    return "Berjalan" if realised else "Belum jatuh tempo"


def _shares(baris: Baris, until: Sequence[Periode]) -> tuple[float | None, float | None]:
    targets = {periode: baca(baris.target.pada(periode)) for periode in baris.target.terisi}
    if None in targets.values() or len({one.satuan for one in targets.values() if one}) > 1:
        return _in_words(baris, until)
    known = {periode: one.jumlah for periode, one in targets.items() if one}
    is_cumulative = all(a < b for a, b in itertools.pairwise(known.values()))
    whole = max(known.values()) if is_cumulative else sum(known.values())
    if not whole:
        return None, None
    unit = next(one.satuan for one in targets.values() if one)
    target = _up_to(known, until, is_cumulative=is_cumulative) / whole
    return target, _realised(baris.realisasi, unit, whole, until, is_cumulative=is_cumulative)


def _realised(
    realisasi: Triwulan, unit: str, whole: float, until: Sequence[Periode], *, is_cumulative: bool
) -> float | None:
    """The share that was realised; a percentage of counted things is already a share."""
    read = {one: baca(realisasi.pada(one)) for one in realisasi.terisi if one in until}
    if not read:
        return 0
    known = [one for one in read.values() if one]
    units = {one.satuan for one in known}
    if len(known) < len(read) or len(units) > 1:
        return None
    amounts = {periode: one.jumlah for periode, one in read.items() if one}
    if units == {unit}:
        return _up_to(amounts, until, is_cumulative=is_cumulative) / whole
    if units == {PERCENT}:
        return _up_to(amounts, until, is_cumulative=True) / 100
    # "1" of "1 dokumen" is one document.
    return _up_to(amounts, until, is_cumulative=is_cumulative) / whole if units == {""} else None


def _up_to(
    amounts: dict[Periode, float], until: Sequence[Periode], *, is_cumulative: bool
) -> float:
    own = [amount for periode, amount in amounts.items() if periode in until]
    if is_cumulative:
        return own[-1] if own else 0
    return sum(own)


def _in_words(baris: Baris, until: Sequence[Periode]) -> tuple[float | None, float | None]:
    """Targets such as `terlaksana`: each is one thing, done where the realisation says the same."""
    due = baris.target.terisi
    target = sum(periode in until for periode in due) / len(due)
    said = {one: baris.realisasi.pada(one) for one in baris.realisasi.terisi if one in until}
    reached = {_target_named(baris.target, one, words) for one, words in said.items()}
    if None not in reached:
        return target, len(reached) / len(due)
    shares = [baca(words) for words in said.values()]
    if all(one and one.satuan == PERCENT for one in shares) and shares[-1]:
        return target, shares[-1].jumlah / 100
    return None, None


def _target_named(target: Triwulan, periode: Periode, words: str) -> Periode | None:
    """The target that these words say was reached: the quarter's own, else the next one."""
    coming = [one for one in target.terisi if one >= periode]
    wanted = coming[0] if coming else target.terisi[-1]
    return wanted if target.pada(wanted).casefold() == words.casefold() else None
