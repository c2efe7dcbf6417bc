"""What is left of another document in any of the texts."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from docgen.findings import Finding
from docgen.peraturan import outdated_in
from docgen.review import placeholders_in, wrong_weekdays_in
from docgen.satker import Satker, mentions_of_other_office
from templates_docx.keputusan_tim_zi.rules.findings import Steps, warn
from templates_docx.keputusan_tim_zi.schema import KeputusanTim

_STAND_IN = re.compile(r"NAMA(?: [A-Z0-9]+)+")
_KPU_IN_ACEH = re.compile(
    r"\b(?:KPU|Komisi Pemilihan Umum) (?:Kabupaten|Kota|Aceh|Provinsi Aceh)\b"
)


def check(keputusan: KeputusanTim, satker: Satker) -> Iterator[Finding]:
    """Findings about every text, in the input's order."""
    found = list(texts_in(keputusan))
    for steps, text in found:
        yield from _leftovers(steps, text)
        yield from _of_another(steps, text, satker)
    stand_ins = [(steps, text) for steps, text in found if _STAND_IN.fullmatch(text.strip())]
    if stand_ins:
        steps, text = stand_ins[0]
        count = "" if len(stand_ins) == 1 else f" {len(stand_ins)} nama seperti ini belum diganti."
        yield warn("R12", steps, f"“{text}” adalah pengganti nama.{count}", "Isi nama aslinya.")


def texts_in(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Every text of a part, with the steps that lead to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), (*steps, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from texts_in(inner, (*steps, position))


def _leftovers(steps: Steps, text: str) -> Iterator[Finding]:
    for left in placeholders_in(text):
        yield warn("R01", steps, f"“{left}” belum diisi.", "Ganti dengan isinya, atau hapus.")
    for wrong in wrong_weekdays_in(text):
        right = f"hari {wrong.hari}" if wrong.hari else "tidak ada di kalender"
        yield warn("W06", steps, f"“{wrong.written}” {right}.", "Periksa hari dan tanggalnya.")
    for one in outdated_in(text):
        yield warn("H01", steps, f"{one.wrong}.", one.instead, "daftar dasar hukum")


def _of_another(steps: Steps, text: str, satker: Satker) -> Iterator[Finding]:
    for name in mentions_of_other_office(text, satker):
        yield warn(
            "R02",
            steps,
            f"menyebut {name}, padahal keputusan ini milik {satker.nama}.",
            "Ganti bila ini sisa salinan dari satker lain.",
        )
    if satker.is_aceh and (found := _KPU_IN_ACEH.search(text)):
        yield warn(
            "R13",
            steps,
            f"menyebut “{found[0]}”, padahal di Aceh namanya {satker.lembaga}.",
            "Ganti namanya.",
            "UU 11/2006",
        )
