"""The areas, questions and thresholds, read once from the data file beside this module."""

import difflib
import functools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen.zi.model import Ambang, Area, Pertanyaan, Predikat, Subarea

DATA = Path(__file__).with_name("lke.json")

NO_MINIMA: Mapping[Predikat, float] = MappingProxyType({})
NO_CHOICES: Mapping[str, float] = MappingProxyType({})

# Spellings of the forms before 2021, and the one that Word's spelling checker proposes.
_OTHER_NAMES = {
    "penataan tata laksana": 2,
    "penataan manajemen sdm": 3,
    "penataan sistem manajemen sdm": 3,
    "penguatan akuntabilitas kinerja": 4,
}


@functools.cache
def areas() -> tuple[Area, ...]:
    """The six areas in their official order, so that area n stands at position n - 1."""
    return tuple(Area(**row) for row in _data()["area"])


def find_area(name: str) -> Area | None:
    """The area with this name; its number and the names of older forms are understood too.

    >>> find_area("Penguatan  akuntabilitas kinerja").nama
    'Penguatan Akuntabilitas'
    >>> find_area("6").nama
    'Peningkatan Kualitas Pelayanan Publik'
    >>> find_area("7") is None
    True
    """
    wanted = _folded(name)
    number = _OTHER_NAMES.get(wanted)
    for area in areas():
        if wanted in {_folded(area.nama), str(area.nomor)} or area.nomor == number:
            return area
    return None


def nearest_area(name: str) -> Area | None:
    """The area whose name is most like this one; None where none is."""
    known = {_folded(area.nama): area for area in areas()}
    near = difflib.get_close_matches(_folded(name), known, n=1, cutoff=0.5)
    return known[near[0]] if near else None


@functools.cache
def questions() -> Mapping[str, Pertanyaan]:
    """The 113 questions by their id, in the order of the LKE; the last three are of Hasil."""
    found = [*_enabler_questions(), *_result_questions()]
    return MappingProxyType({question.id: question for question in found})


def find_question(id_: str) -> Pertanyaan | None:
    """The question with this id, such as `A.I.1.i.a`; None where the LKE has none."""
    return questions().get(id_.strip())


def nearest_question(id_: str) -> Pertanyaan:
    """The question whose id is most like this one: the longest common beginning, then letters.

    >>> nearest_question("A.I.1.i.f").id
    'A.I.1.i.b'
    >>> nearest_question("a.ii.6.ii.a").id
    'A.II.6.ii.a'
    """
    wanted = id_.strip().casefold()
    return max(questions().values(), key=lambda one: _likeness(wanted, one.id.casefold()))


def ambang(predikat: Predikat) -> Ambang:
    """The least points that the predicate asks for."""
    return Ambang(**_data()["ambang"][predikat])


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _likeness(wanted: str, known: str) -> tuple[int, float, str]:
    same = 0
    for one, other in zip(wanted.split("."), known.split("."), strict=False):
        if one != other:
            break
        same += 1
    return same, difflib.SequenceMatcher(None, wanted, known).ratio(), known


@functools.cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


def _enabler_questions() -> Iterator[Pertanyaan]:
    subareas = {
        row["id"]: Subarea(**{**row, "area": areas()[row["area"] - 1]})
        for row in _data()["subarea"]
    }
    rows = [(row, subareas[row["id"].rpartition(".")[0]]) for row in _data()["pertanyaan"]]
    count = Counter(subarea.id for _, subarea in rows)
    for row, subarea in rows:
        weight = subarea.bobot / count[subarea.id]
        yield _question(row, weight, subarea, NO_MINIMA)


def _result_questions() -> Iterator[Pertanyaan]:
    for row in _data()["hasil"]:
        yield _question(row, row["bobot"], None, row["minimal"])


def _question(
    row: Mapping[str, Any],
    weight: float,
    subarea: Subarea | None,
    minima: Mapping[Predikat, float],
) -> Pertanyaan:
    return Pertanyaan(
        id=row["id"],
        baris=row["baris"],
        teks=row["teks"],
        jawaban=row["jawaban"],
        pilihan=_data()["skala"].get(row["jawaban"], NO_CHOICES),
        bobot=weight,
        subarea=subarea,
        minimal=minima,
    )
