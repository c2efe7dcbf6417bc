"""The decree's own words: considerations, rulings, and what they refer to."""

import re
from collections.abc import Iterator

from docgen.bahasa import huruf, urutan_diktum
from docgen.findings import Finding
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.rules.findings import TEKNIK, warn
from templates_docx.keputusan_tim_zi.schema import MAX_BUTIR, KeputusanTim
from templates_docx.keputusan_tim_zi.wording import is_closing, nama_tim

_LAMPIRAN = re.compile(r"\bLampiran\b(?:\s+([IVX]+)\b)?")
_DIKTUM = re.compile(r"\bdiktum\s+(KE[A-Z ]+)", re.IGNORECASE)
_FORMED = re.compile(
    r"(?:Membentuk|Menetapkan|Mengangkat)\s+(.+?)\s+(?:dengan\s+susunan|sebagaimana|yang)\b"
)
_ORDINALS = {urutan_diktum(number): number for number in range(1, MAX_BUTIR + 1)}


def check(keputusan: KeputusanTim, _satker: Satker) -> Iterator[Finding]:
    """Findings about what the decree says of itself."""
    yield from _title(keputusan)
    yield from _considerations(keputusan)
    yield from _attachments(keputusan)
    yield from _rulings(keputusan)
    yield from _team_name(keputusan)


def _title(keputusan: KeputusanTim) -> Iterator[Finding]:
    text = keputusan.tentang.strip()
    if re.match(r"(?:tentang|keputusan)\b", text, re.IGNORECASE):
        hint = "Tulis judulnya saja, misalnya “Tim Kerja …”."
        yield warn("R10", ("tentang",), "diawali kata yang sudah ditulis otomatis.", hint)
    if text.endswith((".", ";")):
        yield warn("R10", ("tentang",), "judul tidak diakhiri tanda baca.", "Hapus.", TEKNIK)


def _considerations(keputusan: KeputusanTim) -> Iterator[Finding]:
    for position, text in enumerate(keputusan.menimbang):
        steps = ("menimbang", position)
        if not re.match(r"\s*bahwa\b", text, re.IGNORECASE):
            yield warn("R03", steps, "tidak diawali “bahwa”.", "Mulai dengan “bahwa”.", TEKNIK)
        if text.rstrip().endswith("."):
            hint = "Hapus titiknya; titik koma ditulis otomatis."
            yield warn("R04", steps, "diakhiri titik, seharusnya titik koma.", hint, TEKNIK)
        if is_closing(text):
            yield from _typed_closing(keputusan, position, text)


def _typed_closing(keputusan: KeputusanTim, position: int, text: str) -> Iterator[Finding]:
    steps = ("menimbang", position)
    hint = "Hapus butir ini; program membuatnya dari judul."
    if position < len(keputusan.menimbang) - 1:
        yield warn("R05", steps, "butir penutup berada di tengah.", hint, TEKNIK)
        return
    yield warn("R05", steps, "butir penutup tidak perlu ditulis.", hint)
    if _plain(keputusan.tentang) not in _plain(text):
        yield warn("R06", steps, "judul di sini berbeda dari judul keputusan.", hint, TEKNIK)
    letters = re.findall(r"\bhuruf\s+([a-z]{1,2})\b", text)
    if letters != [huruf(number) for number in range(1, position + 1)]:
        yield warn("R06", steps, "huruf yang dirujuk tidak sama dengan butir di atasnya.", hint)


def _attachments(keputusan: KeputusanTim) -> Iterator[Finding]:
    has_two = bool(keputusan.uraian_tugas)
    named: set[str] = set()
    for position, diktum in enumerate(keputusan.diktum):
        for numeral in _LAMPIRAN.findall("\n".join((diktum.isi, *diktum.butir))):
            named.add(numeral or "I")
            if numeral not in (("I", "II") if has_two else ("",)):
                there = "Lampiran I dan Lampiran II" if has_two else "satu Lampiran tanpa angka"
                yield warn(
                    "R07",
                    ("diktum", position),
                    f"menyebut Lampiran {numeral}".rstrip() + f", padahal yang ada {there}.",
                    "Samakan dengan lampirannya, atau isi uraian tugas.",
                    TEKNIK,
                )
    if "I" not in named:
        hint = "Tulis “… dengan susunan sebagaimana tercantum dalam Lampiran …”."
        yield warn("R07", ("diktum",), "lampiran susunan tim tidak disebut.", hint, TEKNIK)
    if has_two and "II" not in named:
        hint = "Tulis “Uraian tugas … tercantum dalam Lampiran II …”."
        yield warn("R07", ("diktum",), "Lampiran II tidak disebut.", hint, TEKNIK)


def _rulings(keputusan: KeputusanTim) -> Iterator[Finding]:
    count = len(keputusan.diktum)
    for position, diktum in enumerate(keputusan.diktum):
        for words in _DIKTUM.findall("\n".join((diktum.isi, *diktum.butir))):
            number = _ordinal(words)
            if number is None or number > count or number == position + 1:
                yield warn(
                    "R08",
                    ("diktum", position),
                    f"merujuk Diktum {words.strip()}, yang tidak ada atau diktum ini sendiri.",
                    f"Yang ada KESATU sampai {urutan_diktum(count)}.",
                )
    if "berlaku" not in keputusan.diktum[-1].isi.casefold():
        yield warn(
            "R09",
            ("diktum", count - 1),
            "diktum terakhir tidak menyatakan kapan keputusan mulai berlaku.",
            "Misalnya “Keputusan ini mulai berlaku pada tanggal ditetapkan.”",
            TEKNIK,
        )


def _ordinal(words: str) -> int | None:
    """The number of the longest ordinal that these words begin with."""
    parts = words.upper().split()
    for length in range(min(len(parts), 3), 0, -1):
        if (number := _ORDINALS.get(" ".join(parts[:length]))) is not None:
            return number
    return None


def _team_name(keputusan: KeputusanTim) -> Iterator[Finding]:
    """The ruling that forms the team names it as the title does."""
    name = nama_tim(keputusan.tentang)
    for position, diktum in enumerate(keputusan.diktum):
        found = _FORMED.match(diktum.isi.strip())
        if not found or _plain(found[1]).split()[:1] != _plain(name).split()[:1]:
            continue
        if _plain(found[1]) != _plain(name):
            yield warn(
                "R11",
                ("diktum", position, "isi"),
                f"nama tim berbeda dari judul, “{name}”.",
                "Samakan dengan judulnya.",
            )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
