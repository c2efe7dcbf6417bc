"""The decree's fixed wording: titles, items and their marks, as PKPU 2/2021 jo. 8/2021 has them."""

import re
import textwrap
from collections.abc import Sequence

from docgen.bahasa import daftar, huruf
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.schema import KeputusanTim, Penerbit

KOSONG = "..."
"""Stands where a draft's number or date will go."""

TITLE_LINE = 50
"""Capitals that a title's line holds in any office font of 12 points, on A4 too."""

FULL_LINE = 56
"""The same for a line from margin to margin."""

_ENDED = re.compile(r"[.,;:?!…]\s*$|[;,]\s+(?:dan|atau|dan/atau)\s*$", re.IGNORECASE)
_CLOSING = re.compile(
    r"\s*bahwa\s+berdasarkan\s+pertimbangan\s+sebagaimana\s+dimaksud", re.IGNORECASE
)
_FORMING = re.compile(r"(?:Pembentukan|Penetapan|Penunjukan|Pengangkatan)\s+(?=\S)", re.IGNORECASE)


def penerbit(keputusan: KeputusanTim) -> Penerbit:
    """Whose decree it is: as stated, else by who signs."""
    if keputusan.penerbit:
        return keputusan.penerbit
    return "sekretariat" if keputusan.penandatangan.jabatan == "Sekretaris" else "kpu"


def jabatan_penerbit(keputusan: KeputusanTim, satker: Satker) -> str:
    """The office that decides: `Ketua` or `Sekretaris`, at the centre `Sekretaris Jenderal`."""
    if penerbit(keputusan) == "kpu":
        return "Ketua"
    return nama_jabatan("Sekretaris", satker)


def pejabat_penetap(keputusan: KeputusanTim, satker: Satker) -> str:
    """The line before Menimbang: one, or two where the region would be torn."""
    jabatan = jabatan_penerbit(keputusan, satker).upper()
    lembaga, wilayah = satker.kop
    line = f"{jabatan} {lembaga} {wilayah}"
    return line if len(line) < FULL_LINE else f"{jabatan} {lembaga}\n{wilayah}"


def nama_jabatan(jabatan: str, satker: Satker) -> str:
    """The post as the office calls it."""
    is_general = jabatan == "Sekretaris" and satker.jenis == "pusat"
    return "Sekretaris Jenderal" if is_general else jabatan


def judul_keputusan(keputusan: KeputusanTim, satker: Satker) -> str:
    """`Keputusan Komisi Pemilihan Umum Kota Padang`, or that of its Sekretaris."""
    return f"Keputusan {_penetap(keputusan, satker)} {satker.nama_lengkap}".replace("  ", " ")


def judul_dua_baris(keputusan: KeputusanTim, satker: Satker) -> str:
    """The same with the region on a line of its own, so that no word is left alone."""
    lembaga, wilayah = satker.kop
    first = f"KEPUTUSAN {_penetap(keputusan, satker).upper()} {lembaga}".replace("  ", " ")
    return f"{first}\n{wilayah}"


def _penetap(keputusan: KeputusanTim, satker: Satker) -> str:
    return "" if penerbit(keputusan) == "kpu" else jabatan_penerbit(keputusan, satker)


def nomor_keputusan(keputusan: KeputusanTim, *, srikandi: bool = False) -> str:
    """`NOMOR 12 TAHUN 2026`; a number with strokes already holds its year."""
    if srikandi:
        nomor = "${nomor_naskah}"
    else:
        nomor = keputusan.nomor or KOSONG
        if "/" in nomor:
            return f"NOMOR {nomor}"
    return f"NOMOR {nomor} TAHUN {tahun(keputusan) or KOSONG}"


def tahun(keputusan: KeputusanTim) -> int | None:
    """The year of the number; None where neither it nor the date is known."""
    if keputusan.tahun is not None:
        return keputusan.tahun
    return keputusan.tanggal.year if keputusan.tanggal else None


def nama_tim(tentang: str) -> str:
    """The team's name, which is the title without `Pembentukan`.

    >>> nama_tim("Pembentukan Tim Kerja Zona Integritas")
    'Tim Kerja Zona Integritas'
    """
    return _FORMING.sub("", tentang, count=1) if _FORMING.match(tentang) else tentang


def baris_judul(text: str) -> str:
    r"""A title that is set in capitals, broken into as few lines as hold it, about equally long.

    >>> baris_judul("SUSUNAN TIM KERJA PEMBANGUNAN ZONA INTEGRITAS TAHUN 2026")
    'SUSUNAN TIM KERJA PEMBANGUNAN\nZONA INTEGRITAS TAHUN 2026'
    """
    if "\n" in text or "\t" in text:
        return text
    lines = _wrapped(text, TITLE_LINE)
    for width in range(len(text) // max(len(lines), 1), TITLE_LINE):
        narrower = _wrapped(text, width)
        if len(narrower) == len(lines):
            return "\n".join(narrower)
    return "\n".join(lines)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 1), break_long_words=False, break_on_hyphens=False)


def is_closing(text: str) -> bool:
    """Whether a consideration is the closing one, which the program makes."""
    return _CLOSING.match(text) is not None


def penutup_menimbang(keputusan: KeputusanTim, satker: Satker) -> str:
    """The closing consideration, in the form that KPU RI uses (Keputusan KPU 57/2022)."""
    letters = [f"huruf {huruf(number)}" for number, _ in enumerate(keputusan.menimbang, 1)]
    return (
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam {daftar(letters)}, perlu "
        f"menetapkan {judul_keputusan(keputusan, satker)} tentang {keputusan.tentang}"
    )


def butir_menimbang(keputusan: KeputusanTim, satker: Satker) -> list[str]:
    """All considerations; one that closes them is not doubled."""
    typed = list(keputusan.menimbang)
    if not is_closing(typed[-1]):
        typed.append(penutup_menimbang(keputusan, satker))
    return [berakhir(text, ";") for text in typed]


def berakhir(text: str, mark: str) -> str:
    """The text with this mark at its end, unless it was typed with one.

    >>> berakhir("bahwa perlu tim", ";"), berakhir("bahwa perlu tim.", ";")
    ('bahwa perlu tim;', 'bahwa perlu tim.')
    """
    return text if _ENDED.search(text) else f"{text.rstrip()}{mark}"


def rincian(items: Sequence[str]) -> list[str]:
    """Sub-items: `;` between them, `; dan` before the last, which ends in a full stop.

    >>> rincian(["menyusun", "melaksanakan", "melaporkan"])
    ['menyusun;', 'melaksanakan; dan', 'melaporkan.']
    """
    if not items:
        return []
    marks = [";"] * (len(items) - 2) + ["; dan"] * (len(items) > 1) + ["."]
    return [berakhir(text, mark) for text, mark in zip(items, marks, strict=True)]
