"""What was left in the texts: another office, another year's rules, words to be filled in."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from docgen.findings import Finding
from docgen.peraturan import outdated_in
from docgen.review import placeholders_in, wrong_weekdays_in
from docgen.satker import Satker, mentions_of_other_office
from templates_docx.notulen_internalisasi.rules.warnings import BUKTI, Steps, warn
from templates_docx.notulen_internalisasi.schema import Rapat

NOT_READ = frozenset({"satker", "opsi", "berkas"})
FROM_ELSEWHERE = ("narasumber", "penyelenggara")
"""Where another office is named with good reason."""


def check_texts(rapat: Rapat, satker: Satker) -> Iterator[Finding]:
    """Warnings about each text of the record."""
    for steps, text in all_texts(rapat):
        for left in placeholders_in(text):
            yield warn(
                "U01", steps, f"ada tanda isian yang belum diganti, “{left}”.", "Ganti atau hapus."
            )
        for wrong in wrong_weekdays_in(text):
            hint = f"Tanggal itu hari {wrong.hari}." if wrong.hari else "Tanggal itu tidak ada."
            yield warn("U02", steps, f"“{wrong.written}” tidak cocok dengan kalender.", hint, BUKTI)
        for one in outdated_in(text):
            yield warn("U03", steps, f"{one.wrong}.", one.instead, "daftar dasar hukum")
        if steps[0] not in FROM_ELSEWHERE:
            for name in mentions_of_other_office(text, satker):
                yield warn(
                    "U04",
                    steps,
                    f"menyebut {name}, padahal rapat ini milik {satker.nama}.",
                    "Ganti bila ini sisa salinan dari satker lain.",
                )


def all_texts(rapat: Rapat) -> Iterator[tuple[Steps, str]]:
    """Every text that was typed, with its place, in the order of the schema."""
    for key in type(rapat).model_fields:
        if key not in NOT_READ:
            yield from _texts((key,), getattr(rapat, key))


def _texts(steps: Steps, value: Any) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401  a part of any shape
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _texts((*steps, position), inner)
    elif isinstance(value, BaseModel):
        for key in type(value).model_fields:
            if key not in NOT_READ:
                yield from _texts((*steps, key), getattr(value, key))
