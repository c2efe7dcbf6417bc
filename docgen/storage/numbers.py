"""Numbers of documents: an office's pattern for each naskah, and the next number, never given twice.

Patterns as offices write them since KPT 57/2022: `{no}/{klas}-{jenis}/{wil}/{tahun}`; counted anew
each year.
"""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docgen.bahasa import romawi
from docgen.errors import DocgenError, UnknownSatker
from docgen.satker import Satker, registry
from docgen.storage.access import SignedIn
from docgen.storage.audit import note
from docgen.storage.database import Database, take_turns
from docgen.storage.tables import NumberPatternRow, TakenNumberRow

PLACES = ("no", "klas", "jenis", "wil", "bulan", "tahun")
LONGEST = 200
_PLACE = re.compile(rf"\{{({'|'.join(PLACES)})\}}")


class InvalidPattern(DocgenError):
    """A pattern that cannot make numbers; the text says why, in Indonesian."""


class NoPattern(DocgenError):
    """The office has no pattern for this naskah: its number is typed, or left blank."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How an office numbers a naskah; `klas` and `jenis` stand where the pattern names them."""

    pola: str
    klas: str = ""
    jenis: str = ""

    def number(self, no: int, office: Satker, day: dt.date) -> str:
        """The number as it is written."""
        values = {
            "no": str(no),
            "klas": self.klas,
            "jenis": self.jenis,
            "wil": office.kode_surat,
            "bulan": romawi(day.month),
            "tahun": str(day.year),
        }
        return _PLACE.sub(lambda match: values[match[1]], self.pola)


def checked_pattern(pola: str, klas: str, jenis: str) -> Pattern:
    """The pattern that was typed.

    Raises:
        InvalidPattern: It has no number in it, a place that we do not know, or a value is missing.
    """
    pattern = Pattern(pola.strip(), klas.strip(), jenis.strip())
    named = _PLACE.findall(pattern.pola)
    if re.search(r"[{}]", _PLACE.sub("", pattern.pola)):
        known = ", ".join(f"{{{one}}}" for one in PLACES)
        raise InvalidPattern(f"Yang dikenal: {known}.")
    if "no" not in named:
        raise InvalidPattern("Harus memuat {no}, tempat nomor urutnya.")
    if max(map(len, (pattern.pola, pattern.klas, pattern.jenis))) > LONGEST:
        raise InvalidPattern("Terlalu panjang.")
    for place, value in (("klas", pattern.klas), ("jenis", pattern.jenis)):
        if place in named and not value:
            raise InvalidPattern(f"Memuat {{{place}}}, jadi {place} harus diisi.")
    return pattern


class Numbers:
    """The patterns and numbers of the offices within the scope of the one who is asking."""

    def __init__(self, database: Database, who: SignedIn) -> None:
        self._database = database
        self._who = who

    def patterns(self, kode: str) -> dict[tuple[str, str], Pattern]:
        """The office's patterns by kind and naskah; those it did not set are not among them."""
        self._office(kode)
        query = select(NumberPatternRow).where(NumberPatternRow.satker == kode)
        with self._database.read() as session:
            return {
                (row.kind, row.naskah): Pattern(row.pola, row.klas, row.jenis)
                for row in session.scalars(query)
            }

    def set_pattern(self, kode: str, kind: str, naskah: str, pattern: Pattern | None) -> None:
        """Keep a pattern; None takes it away. Numbers that were given out stay given out."""
        self._office(kode)
        with self._turn(kode) as session:
            row = session.get(NumberPatternRow, (kode, kind, naskah))
            before = Pattern(row.pola, row.klas, row.jenis) if row else None
            if before == pattern:
                return
            if row is not None:
                session.delete(row)
                session.flush()
            if pattern is not None:
                session.add(
                    NumberPatternRow(
                        satker=kode,
                        kind=kind,
                        naskah=naskah,
                        pola=pattern.pola,
                        klas=pattern.klas,
                        jenis=pattern.jenis,
                    )
                )
            words = pattern.pola if pattern else "dikosongkan"
            self._note(session, kode, "number.pattern", f"{kind}, {naskah}: {words}")

    def next(self, kode: str, kind: str, naskah: str, day: dt.date) -> str:
        """The number that would be given out now; it is not taken by that.

        Raises:
            NoPattern: The office has none for this naskah.
        """
        office = self._office(kode)
        with self._database.read() as session:
            pattern = self._pattern(session, kode, kind, naskah)
            return pattern.number(_last(session, kode, kind, naskah, day.year) + 1, office, day)

    def take(self, kode: str, kind: str, naskah: str, day: dt.date) -> str:
        """The next number, which nobody else will be given.

        Raises:
            NoPattern: The office has none for this naskah.
        """
        office, now = self._office(kode), self._database.now()
        with self._turn(kode) as session:
            pattern = self._pattern(session, kode, kind, naskah)
            no = _last(session, kode, kind, naskah, day.year) + 1
            nomor = pattern.number(no, office, day)
            session.add(
                TakenNumberRow(
                    satker=kode,
                    kind=kind,
                    naskah=naskah,
                    year=day.year,
                    no=no,
                    nomor=nomor,
                    taken_by=self._who.user_id,
                    taken_at=now,
                )
            )
            session.flush()
            self._note(session, kode, "number.taken", nomor)
            return nomor

    def start_at(self, kode: str, kind: str, naskah: str, year: int, no: int) -> bool:
        """Go on at this number: those before it were given out elsewhere. Never goes back."""
        self._office(kode)
        with self._turn(kode) as session:
            if no - 1 <= _last(session, kode, kind, naskah, year):
                return False
            session.add(
                TakenNumberRow(
                    satker=kode,
                    kind=kind,
                    naskah=naskah,
                    year=year,
                    no=no - 1,
                    nomor="",
                    taken_by=self._who.user_id,
                    taken_at=self._database.now(),
                )
            )
            self._note(session, kode, "number.pattern", f"{kind}, {naskah}: mulai dari {no}")
            return True

    @contextmanager
    def _turn(self, kode: str) -> Iterator[Session]:
        """A session in which nobody else changes the office's numbers."""
        with self._database.write() as session:
            take_turns(session, f"numbers {kode}")
            yield session

    def _pattern(self, session: Session, kode: str, kind: str, naskah: str) -> Pattern:
        row = session.get(NumberPatternRow, (kode, kind, naskah))
        if row is None:
            raise NoPattern("Satker ini belum punya pola nomor untuk naskah ini.")
        return Pattern(row.pola, row.klas, row.jenis)

    def _office(self, kode: str) -> Satker:
        if not self._who.scope.covers(kode):
            raise UnknownSatker(kode)
        return registry().get(kode)

    def _note(self, session: Session, kode: str, action: str, detail: str) -> None:
        now = self._database.now()
        note(session, now, self._who, action, satker=kode, subject=kode, detail=detail)


def _last(session: Session, kode: str, kind: str, naskah: str, year: int) -> int:
    """The highest number given out in that year, 0 where none was."""
    query = select(func.max(TakenNumberRow.no)).filter_by(
        satker=kode, kind=kind, naskah=naskah, year=year
    )
    return session.scalar(query) or 0
