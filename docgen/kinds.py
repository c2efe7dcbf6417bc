"""DocumentKind: the contract that a kind's folder fills in, and the parts that its schema uses."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from docgen.assets import NamedPicture
from docgen.facts import Facts
from docgen.findings import Finding
from docgen.forms import Form
from docgen.satker import Satker

OFFICE_FONTS = ("Arial", "Bookman Old Style", "Calibri", "Cambria", "Times New Roman")
"""The fonts whose widths we know, so that line breaks can be computed."""


class Part(BaseModel):
    """A part of an input: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("kosong", "harus diisi")
    return value


def _iso_date(value: object) -> object:
    # pydantic's lax mode takes numbers for dates; only what a person would write as one passes.
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise PydanticCustomError("tanggal_tidak_ada", "tidak ada di kalender") from None
    raise PydanticCustomError("tanggal", "harus tanggal dengan bentuk TTTT-BB-HH")


def _clock_time(value: object) -> object:
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{1,2})[.:](\d{2})", value.strip())):
        hour, minute = int(match[1]), int(match[2])
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise PydanticCustomError("jam", "harus jam dengan bentuk 09.00")


def _integer(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise PydanticCustomError("bilangan", "harus bilangan bulat")
    if isinstance(value, str):
        if not re.fullmatch(r"\s*-?\d{1,18}\s*", value, re.ASCII):
            raise PydanticCustomError("bilangan", "harus bilangan bulat")
        return int(value)
    return value


def _number(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,18}(\.\d{1,9})?\s*", value, re.ASCII):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("angka", "harus angka")
    return value


_YES_NO = {"ya": True, "true": True, "tidak": False, "false": False}


def _yes_no(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _YES_NO:
        return _YES_NO[value.strip().lower()]
    raise PydanticCustomError("ya_tidak", "harus ya atau tidak")


def _as_list(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return value
    return (value,)


Teks = Annotated[str, BeforeValidator(_text), Field(min_length=1)]
"""A text that must not be blank."""

Tanggal = Annotated[
    dt.date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})
]
"""A date, written 2026-02-06."""

Jam = Annotated[
    dt.time,
    BeforeValidator(_clock_time),
    PlainSerializer(lambda time: f"{time:%H.%M}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}[.:]\d{2}$"}),
]
"""A time of day at the office, written 09.00; its zone is the satker's."""

Bilangan = Annotated[
    int,
    BeforeValidator(_integer),
    WithJsonSchema(
        {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\s*-?\d{1,18}\s*$"}]}
    ),
]
"""A whole number; text of digits is one too, because YAML's plain scalars arrive as text."""

Angka = Annotated[
    float,
    BeforeValidator(_number),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*-?\d+(\.\d+)?\s*$"}]}
    ),
]
"""A number, with a point for decimals."""

YaTidak = Annotated[
    bool,
    BeforeValidator(_yes_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["ya", "tidak", "true", "false"]}]}),
]
"""Yes or no, written `ya`, `tidak`, `true` or `false`."""

TeksAtauDaftar = Annotated[
    tuple[Teks, ...],
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {"type": "array", "items": {"type": "string", "minLength": 1}},
            ]
        }
    ),
]
"""One text, or a list of them."""


class Opsi(Part):
    """How the document is laid out; what is left out stays as the template has it."""

    kertas: Literal["A4", "F4"] | None = Field(None, title="Kertas", description="A4 atau F4.")
    huruf: Literal["Arial", "Bookman Old Style", "Calibri", "Cambria", "Times New Roman"] | None = (
        Field(None, title="Huruf", description="Jenis huruf seluruh naskah.")
    )
    ukuran_huruf: Annotated[Angka, Field(ge=6, le=16)] | None = Field(
        None, title="Ukuran huruf", description="Ukuran huruf isi, 6 sampai 16 poin."
    )


class Payload(Part):
    """The input of a kind: every kind's schema is one of these."""

    satker: Teks | None = Field(
        None, title="Satker", description="Kode satker, misalnya 13.71.", examples=["13.71"]
    )


P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True)
class DocumentOrder(Generic[P]):
    """What one naskah is made from.

    `assets` holds pictures by the name the input gives them. With `srikandi`, `${…}` markers
    stand where number, date and signature will go.
    """

    payload: P
    satker: Satker
    naskah: str
    assets: Mapping[str, bytes]
    srikandi: bool = False


@dataclass(frozen=True, slots=True)
class Naskah(Generic[P]):
    """One Word file that a kind can make.

    `needs` says in Indonesian what the input lacks for it, and nothing where it can be made.
    """

    name: str
    judul: str
    template: str
    needs: Callable[[P], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive wants to know of a document."""

    judul: str
    nomor: str = ""
    tanggal: dt.date | None = None
    klasifikasi: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """The fields of an input that say which revision it is: its number, its date, what changed.

    `berlaku` is the field with the day from which the document holds: until then it is a draft, and
    what mends it is no revision.
    """

    nomor: str
    tanggal: str
    catatan: str
    berlaku: str

    @property
    def fields(self) -> tuple[str, str, str]:
        return self.nomor, self.tanggal, self.catatan


@dataclass(frozen=True, slots=True)
class DocumentKind(Generic[P]):
    """A kind of document, complete: what it takes, what it says of it, what it makes.

    `check` returns the findings over a valid payload; `build_context` is pure. `opsi` says how a
    payload's options change the template's page; `pictures` gives the pictures that it names; `facts`
    says what it states that other documents can contradict. `draw` returns the pages of a drawing as SVG for the form, and `masters` is the
    folder of starter masters, where the kind has them. `evaluasi_tahun` is after how many years a
    document must be evaluated, counted from its date; 0 where no rule asks for it. `revision` names
    the fields that follow by themselves when a document becomes another version.
    """

    name: str
    judul: str
    keterangan: str
    folder: Path
    payload: type[P]
    naskah: tuple[Naskah[P], ...]
    build_context: Callable[[DocumentOrder[P]], Mapping[str, object]]
    check: Callable[[P, Satker], Sequence[Finding]]
    archive: Callable[[P, Satker], Archive]
    opsi: Callable[[P], Opsi]
    form: Form
    pictures: Callable[[P], Sequence[NamedPicture]] = lambda _: ()
    facts: Callable[[P, Satker], Facts] = lambda _payload, _satker: Facts()
    draw: Callable[[P, Satker], Sequence[str]] | None = None
    masters: Path | None = None
    evaluasi_tahun: int = 0
    revision: Revision | None = None

    def template_path(self, naskah: Naskah[Any]) -> Path:
        """Where the naskah's Word template lies."""
        return self.folder / naskah.template
