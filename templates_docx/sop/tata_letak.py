"""What the drawing had to do to fit the paper, as findings of the form."""

from collections.abc import Iterator

from docgen.findings import Finding, pointer
from docgen.swimlane import Notice
from templates_docx.sop.drawing import lay_out_sop
from templates_docx.sop.flow import Flow
from templates_docx.sop.schema import Sop

SMALL_HEAD_POINTS = 7.0
"""Heads down to this size read as well as the steps; nothing is said of them."""


def check(sop: Sop, flow: Flow) -> Iterator[Finding]:
    """A warning wherever the drawing is not as it was asked for; the flow has no errors."""
    for notice in lay_out_sop(sop, flow).notices:
        if notice.code != "kepala_diperkecil" or notice.value < SMALL_HEAD_POINTS:
            yield _finding(sop, notice)


def _finding(sop: Sop, notice: Notice) -> Finding:
    value = f"{notice.value:g}".replace(".", ",")
    page = f"Gambar halaman {value}"
    wider = "Kertas F4 memberi lajur yang lebih lebar, atau kurangi pelaksananya."
    if sop.opsi.kertas == "F4":
        wider = "Kurangi pelaksananya, atau gabungkan yang setara."
    code, place, message, hint = {
        "huruf_diperkecil": (
            "T01",
            pointer("langkah"),
            f"Langkah: huruf tabel diperkecil menjadi {value} pt agar muat.",
            "Ringkas isian yang panjang, atau pakai kertas F4.",
        ),
        "kepala_diperkecil": (
            "T02",
            pointer("pelaksana"),
            f"Pelaksana: huruf judul kolom diperkecil menjadi {value} pt agar muat.",
            "Singkat nama pelaksananya, atau pakai kertas F4.",
        ),
        "kepala_tegak": (
            "T03",
            pointer("pelaksana"),
            f"Pelaksana: judul kolom ditulis tegak karena lebar lajur hanya {value} mm.",
            wider,
        ),
        "lajur_sempit": (
            "T04",
            pointer("pelaksana"),
            f"Pelaksana: lebar lajur hanya {value} mm, gambarnya sulit dibaca.",
            wider,
        ),
        "baris_tinggi": (
            "T05",
            pointer("langkah", notice.step or 0),
            f"Langkah {(notice.step or 0) + 1}: isinya lebih tinggi daripada satu halaman.",
            "Ringkas isiannya, atau bagi menjadi beberapa langkah.",
        ),
        "garis_rapat": (
            "T06",
            pointer("langkah"),
            f"{page}: alurnya terlalu padat, ada panah atau jawaban yang berhimpitan.",
            "Periksa gambarnya; kurangi lompatan, atau pisahkan menjadi dua SOP.",
        ),
    }[notice.code]
    return Finding(code, "warning", place, message, hint)
