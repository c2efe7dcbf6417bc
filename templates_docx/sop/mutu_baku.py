"""What a reviewer would raise about kelengkapan, waktu and output."""

import functools
import re
from collections.abc import Iterator, Set

from docgen.findings import Finding, pointer
from templates_docx.sop.flow import jenis_of
from templates_docx.sop.schema import Langkah, Sop
from templates_docx.sop.waktu import NONE_NEEDED, Waktu, read, total_in

SUMBER = "PermenPAN-RB 35/2012"
SHORTEST_WORD = 3
"""Letters of a word by which two documents may be told to be the same."""

SMALL_WORDS = frozenset("dan atau yang untuk dari pada dengan oleh tentang para".split())


def check(sop: Sop) -> Iterator[Finding]:
    """All warnings, step by step, then those about several steps."""
    for position, step in enumerate(sop.langkah):
        yield from _unfilled(position, step)
    yield from _unused_outputs(sop)
    yield from _wrong_totals(sop)


def _warn(code: str, place: str, message: str, hint: str) -> Finding:
    return Finding(code, "warning", place, message, hint, SUMBER)


_WAKTU = {
    "no_unit": ("M02", "satuannya belum ada.", "Tulis menit, jam, atau hari."),
    "unreadable": ("M03", "tidak dapat dibaca sebagai lama waktu.", "Misalnya “15 menit”."),
    "mixed": ("M04", "memuat lebih dari satu lama waktu.", "Pilih satu, atau satu rentang."),
}


def _unfilled(position: int, step: Langkah) -> Iterator[Finding]:
    number = position + 1
    if step.waktu is None:
        yield _warn(
            "M01",
            pointer("langkah", position, "waktu"),
            f"Langkah {number}, waktu: belum diisi.",
            "Misalnya “15 menit”.",
        )
    else:
        found = read(step.waktu)
        if found is not None and not isinstance(found, Waktu):
            code, wrong, hint = _WAKTU[found]
            place = pointer("langkah", position, "waktu")
            yield _warn(code, place, f"Langkah {number}, waktu: “{step.waktu}” {wrong}", hint)
    for code, key in (("M05", "kelengkapan"), ("M06", "output")):
        if not getattr(step, key):
            yield _warn(
                code,
                pointer("langkah", position, key),
                f"Langkah {number}, {key}: belum diisi.",
                "Tulis dokumennya, atau tanda - bila memang tidak ada.",
            )


def _unused_outputs(sop: Sop) -> Iterator[Finding]:
    """Steps whose kelengkapan has no word of anything that the flow had brought about before.

    Only where one plain step simply follows another, and both say which documents they have: a
    decision passes on what it got, and the first document of a flow comes from outside.
    """
    known: set[str] = set()
    for position, step in enumerate(sop.langkah):
        needed = _words(*step.kelengkapan)
        if needed and not _related(needed, known) and _simply_follows(sop, position):
            yield _warn(
                "M07",
                pointer("langkah", position, "kelengkapan"),
                f"Langkah {position + 1}, kelengkapan: output langkah {position} tidak dipakai.",
                "Tulis outputnya sebagai kelengkapan langkah ini bila memang dipakai.",
            )
        known |= needed | _words(*step.output, step.kegiatan)


def _simply_follows(sop: Sop, position: int) -> bool:
    """Whether the step before is a plain one that leads here and says what it brings about."""
    if not position:
        return False
    before = sop.langkah[position - 1]
    plain = jenis_of(sop, position - 1) in {"mulai", "proses"} and not before.lanjut
    return plain and bool(_words(*before.output))


@functools.lru_cache(maxsize=4096)
def _words(*texts: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", " ".join(texts).casefold())
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD) - SMALL_WORDS


def _related(some: Set[str], others: Set[str]) -> bool:
    """Whether a word of one stands in a word of the other: `cap` in `tercap`."""
    # Most often a whole word stands in both, which is soon seen.
    return not some.isdisjoint(others) or any(
        one in other or other in one for one in some for other in others
    )


def _wrong_totals(sop: Sop) -> Iterator[Finding]:
    """Totals of waktu written somewhere that are not the sum of the steps."""
    total = _total(sop)
    if total is None:
        return
    for place, label, text in _remarks(sop):
        stated = total_in(text)
        if stated is not None and stated != total:
            yield _warn(
                "M08",
                place,
                f"{label}: jumlah waktu tidak sama dengan jumlah waktu semua langkah, "
                f"{total.in_words()}.",
                "Satu hari kerja dihitung 8 jam. Perbaiki jumlahnya atau waktu langkahnya.",
            )


def _remarks(sop: Sop) -> Iterator[tuple[str, str, str]]:
    for key, label in (("peringatan", "Peringatan"), ("pencatatan", "Pencatatan")):
        for position, text in enumerate(getattr(sop, key)):
            yield pointer(key, position), f"{label} {position + 1}", text
    for position, step in enumerate(sop.langkah):
        place = pointer("langkah", position, "keterangan")
        yield place, f"Langkah {position + 1}, keterangan", step.keterangan or ""


def _total(sop: Sop) -> Waktu | None:
    """The sum of all steps; None where one of them cannot be read."""
    total = Waktu(0, 0)
    for step in sop.langkah:
        if (step.waktu or "").strip() in NONE_NEEDED:
            continue
        found = read(step.waktu or "")
        if not isinstance(found, Waktu):
            return None
        total = total + found
    return total
