"""Whether documents that belong together agree: findings that no document alone can give.

Only documents of the same office are compared. All of it is a warning: which of two documents is
wrong is for their owners to say. The codes begin with X, for across.
"""

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.bahasa import daftar, tanggal
from docgen.facts import Facts, Orang
from docgen.findings import Finding
from docgen.kinds import Payload
from docgen.satker import Satker
from docgen.validation import place

LKE = "LKE Zona Integritas (PermenPAN-RB 90/2021)"
SINGLE_POSTS = ("Ketua", "Sekretaris")
MOST_LISTED = 5

_TITLES_BEFORE = frozenset("dr drs dra h hj ir prof tgk".split())


@dataclass(frozen=True, slots=True)
class Document:
    """One input of a set: its name, its office, the form of its data and what it states."""

    input: str
    satker: Satker
    payload_type: type[Payload]
    facts: Facts

    def warn(
        self, code: str, pointer: str, message: str, hint: str = "", source: str = ""
    ) -> Finding:
        """A warning about a place in this input, which the message is led by."""
        where = place(self.payload_type, _steps(pointer))
        full = f"{where}: {message}" if where else message
        return Finding(code, "warning", pointer, full, hint, source, self.input)


def disagreements(documents: Iterable[Document]) -> list[Finding]:
    """Where documents of one office contradict each other, in the order of the documents."""
    by_office: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_office[document.satker.kode].append(document)
    return [
        finding
        for office in by_office.values()
        if len(office) > 1
        for rule in _RULES
        for finding in rule(office)
    ]


def same_name(name: str) -> str:
    """What equal names have in common, with or without their titles.

    >>> same_name("Dr. H. Rina  Wati, S.H., M.H.") == same_name("RINA WATI")
    True
    """
    words = re.sub(r"[.\s]+", " ", name.split(",", maxsplit=1)[0]).casefold().split()
    while len(words) > 1 and words[0] in _TITLES_BEFORE:
        words = words[1:]
    return " ".join(words)


def same_sop(title: str) -> str:
    """What equal titles of a procedure have in common.

    >>> same_sop("SOP Surat  Masuk.") == same_sop("surat masuk")
    True
    """
    words = re.sub(r"[^\w]+", " ", title.casefold()).strip()
    return re.sub(r"^(?:sop|standar operasional prosedur)\s+", "", words)


def _steps(pointer: str) -> list[str | int]:
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    return [int(step) if step.isdecimal() else step for step in steps]


def _numbers(documents: Sequence[Document]) -> Iterator[Finding]:
    first: dict[str, Document] = {}
    for document in documents:
        for nomor in document.facts.nomor:
            other = first.setdefault(re.sub(r"\s+", "", nomor.text).casefold(), document)
            if other is not document:
                yield document.warn(
                    "X01",
                    nomor.pointer,
                    f"“{nomor.text}” sudah dipakai {other.input}.",
                    "Setiap naskah memakai nomornya sendiri; periksa buku nomor.",
                )


def _people(documents: Sequence[Document]) -> Iterator[Finding]:
    teams = [one for one in documents if one.facts.orang_sebagai("anggota_tim")]
    if not teams:
        return
    members = {same_name(o.nama) for team in teams for o in team.facts.orang_sebagai("anggota_tim")}
    for document in documents:
        for orang in document.facts.orang_sebagai("hadir"):
            if same_name(orang.nama) not in members:
                yield document.warn(
                    "X02",
                    orang.pointer,
                    f"“{orang.nama}” tidak ada dalam susunan tim di {_inputs(teams)}.",
                    "Samakan ejaan namanya, atau lengkapi susunan tim bila ia memang anggotanya.",
                )


def _team_before_meeting(documents: Sequence[Document]) -> Iterator[Finding]:
    for team in documents:
        if team.facts.penetapan_tim is None:
            continue
        made = team.facts.penetapan_tim.day
        for document in documents:
            if (rapat := document.facts.rapat) and document is not team and made >= rapat.day:
                when = "pada hari yang sama" if made == rapat.day else f"baru {tanggal(made)}"
                yield document.warn(
                    "X03",
                    rapat.pointer,
                    f"rapat diadakan {tanggal(rapat.day)}, padahal tim ditetapkan {when} "
                    f"({team.input}).",
                    "Tim ditetapkan lebih dahulu; periksa kedua tanggalnya.",
                    LKE,
                )


def _sops_named(documents: Sequence[Document]) -> Iterator[Finding]:
    known = {same_sop(one.facts.sop.text): one.facts.sop.text for one in documents if one.facts.sop}
    if not known:
        return
    for document in documents:
        for sop in document.facts.sop_disebut:
            if same_sop(sop.text) not in known:
                near = difflib.get_close_matches(same_sop(sop.text), known, n=1)
                yield document.warn(
                    "X04",
                    sop.pointer,
                    f"“{sop.text}” tidak ada di antara SOP yang diperiksa bersama.",
                    f"Mungkin “{known[near[0]]}”?" if near else "Samakan judulnya.",
                    LKE,
                )


def _sops_not_named(documents: Sequence[Document]) -> Iterator[Finding]:
    meetings = [one for one in documents if one.facts.rapat]
    named = {same_sop(sop.text) for one in documents for sop in one.facts.sop_disebut}
    if not meetings:
        return
    for document in documents:
        if (sop := document.facts.sop) and same_sop(sop.text) not in named:
            yield document.warn(
                "X05",
                sop.pointer,
                f"“{sop.text}” belum disebut sebagai SOP yang diinternalisasi di "
                f"{_inputs(meetings)}.",
                "Sebut SOP ini di rapat yang menginternalisasinya.",
                f"{LKE}, A.II.1.iii.a",
            )


def _areas(documents: Sequence[Document]) -> Iterator[Finding]:
    covering = [one for one in documents if one.facts.area]
    covered = {area.text.casefold() for one in covering for area in one.facts.area}
    if not covering:
        return
    for document in documents:
        for area in document.facts.area_disebut:
            if area.text.casefold() not in covered:
                yield document.warn(
                    "X06",
                    area.pointer,
                    f"{area.text} tidak mendapat bagian di {_inputs(covering)}.",
                    "Lengkapi area itu, atau periksa penulisannya.",
                    LKE,
                )


def _years(documents: Sequence[Document]) -> Iterator[Finding]:
    stated = [(document, year) for document in documents for year in document.facts.tahun]
    for document, year in stated:
        others = {other.text for one, other in stated if one is not document}
        of_others = [one for one, _ in stated if one is not document]
        if others and year.text not in others and document is not stated[0][0]:
            yield document.warn(
                "X07",
                year.pointer,
                f"{year.text}, padahal {_inputs(of_others)} menyebut {daftar(sorted(others))}.",
                "Samakan tahunnya.",
            )


def _single_posts(documents: Sequence[Document]) -> Iterator[Finding]:
    for post in SINGLE_POSTS:
        first: dict[str, tuple[Document, Orang]] = {}
        for document in documents:
            for orang in document.facts.orang_sebagai("penanda_tangan"):
                if not _holds(orang, post, document.satker):
                    continue
                other, holder = first.setdefault(post, (document, orang))
                if same_name(holder.nama) != same_name(orang.nama):
                    yield document.warn(
                        "X08",
                        orang.pointer,
                        f"{post} di sini {orang.nama}, di {other.input} {holder.nama}.",
                        "Samakan namanya, atau tulis Plt. atau Plh. bila memang berbeda orang.",
                    )


def _holds(orang: Orang, post: str, satker: Satker) -> bool:
    named = orang.jabatan.strip().casefold()
    return named in {post.casefold(), satker.jabatan_lengkap(post).casefold()}


def _inputs(documents: Sequence[Document]) -> str:
    names = list(dict.fromkeys(document.input for document in documents))
    if len(names) > MOST_LISTED:
        return f"{', '.join(names[:MOST_LISTED])}, dan {len(names) - MOST_LISTED} isian lain"
    return daftar(names)


_RULES: tuple[Callable[[Sequence[Document]], Iterator[Finding]], ...] = (
    _numbers,
    _people,
    _team_before_meeting,
    _sops_named,
    _sops_not_named,
    _areas,
    _years,
    _single_posts,
)
