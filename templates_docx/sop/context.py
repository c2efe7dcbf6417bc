"""What the SOP's template is filled with."""

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.bahasa import nip, tanggal
from docgen.kinds import DocumentOrder
from docgen.letterhead import emblem
from docgen.rendering import Xml
from docgen.satker import Satker
from docgen.swimlane import Layout, Page, row_drawing
from templates_docx.sop.drawing import cell_texts, lay_out_sop
from templates_docx.sop.flow import Exit, Flow, FlowStep, resolve
from templates_docx.sop.identitas import identity
from templates_docx.sop.schema import Pengesah, Sop

EMBLEM_MM = 26
NOTHING = Xml("")


def build_context(order: DocumentOrder[Sop]) -> Mapping[str, Any]:
    """The names that `sop.docx` uses."""
    sop = order.payload
    flow = resolve(sop)
    layout = lay_out_sop(sop, flow)
    return {
        "instansi": order.satker.nama_lengkap,
        "lambang": emblem(order.satker, EMBLEM_MM),
        "kop": order.satker.kop,
        "unit": sop.unit or "",
        "nomor": "${nomor_naskah}" if order.srikandi else sop.nomor or "",
        "tanggal_pembuatan": _date(sop.tanggal_pembuatan),
        "revisi": _revisi(sop),
        # SRIKANDI dates what it signs, and a SOP holds from then on.
        "tanggal_efektif": "${tanggal_naskah}" if order.srikandi else _date(sop.tanggal_efektif),
        "pengesah": _pengesah(sop.disahkan_oleh, order.satker, srikandi=order.srikandi),
        "judul": sop.judul,
        "identitas": identity(sop),
        "dasar_hukum": _bagian(sop.dasar_hukum),
        "kualifikasi_pelaksana": _bagian(sop.kualifikasi_pelaksana),
        "keterkaitan": _bagian(sop.keterkaitan),
        "peralatan": _bagian(sop.peralatan),
        "peringatan": _bagian(sop.peringatan),
        "pencatatan": _bagian(sop.pencatatan),
        "alir": _alir(sop, flow, layout),
    }


def _date(day: Any) -> str:  # noqa: ANN401  a date or None
    return tanggal(day) if day else ""


def _revisi(sop: Sop) -> dict[str, Any]:
    """Date and number for the identity, and the note that stands after the steps."""
    number = f"Revisi ke-{sop.revisi_ke}" if sop.revisi_ke else ""
    day = _date(sop.tanggal_revisi)
    return {
        "tanggal": f"{day or '-'} ({number})" if number else day or "-",
        "sebutan": (number or "Revisi").upper(),
        "catatan": sop.catatan_revisi,
    }


def _bagian(items: Sequence[str]) -> dict[str, Any]:
    """A list of one has no number, so it stands apart."""
    if len(items) == 1:
        return {"satu": items[0], "butir": ()}
    return {"satu": "", "butir": items}


def _pengesah(pengesah: Pengesah, satker: Satker, *, srikandi: bool) -> dict[str, str]:
    """Who signs: as typed, else the satker's Sekretaris; SRIKANDI's marks in their places."""
    if srikandi:
        return {
            "jabatan": "${jabatan_pengirim}",
            "tanda_tangan": "${ttd_pengirim}",
            "nama": "${nama_pengirim}",
            "pangkat": "",
            "nip": "${nip_pengirim}",
        }
    known = satker.holder(pengesah.jabatan or "Sekretaris")
    sifat = pengesah.sifat if pengesah.sifat != "definitif" else known.sifat
    jabatan = pengesah.jabatan or satker.jabatan_lengkap("Sekretaris")
    return {
        "jabatan": jabatan if sifat == "definitif" else f"{sifat} {jabatan}",
        "tanda_tangan": "",
        "nama": pengesah.nama or known.nama,
        "pangkat": pengesah.pangkat or known.pangkat,
        "nip": nip(pengesah.nip or known.nip),
    }


def _alir(sop: Sop, flow: Flow, layout: Layout) -> dict[str, Any]:
    widths = layout.column_widths
    lanes = layout.lane_columns
    kelengkapan, waktu, output, keterangan = widths[lanes.stop :]
    return {
        "kisi": widths,
        "jumlah_lajur": len(lanes),
        "lebar_no": widths[0],
        "lebar_kegiatan": widths[1],
        "lebar_lajur": sum(widths[lanes.start : lanes.stop]),
        "lebar_kelengkapan": kelengkapan,
        "lebar_waktu": waktu,
        "lebar_output": output,
        "lebar_mutu_baku": kelengkapan + waktu + output,
        "lebar_keterangan": keterangan,
        "lajur": [
            {"label": label, "lebar": widths[column]}
            for label, column in zip(layout.lane_labels, lanes, strict=True)
        ],
        "ukuran_kepala": layout.head.size,
        "ukuran_lajur": layout.head.lane_size,
        "arah_lajur": "btLr" if layout.head.lanes_vertical else "lrTb",
        "tinggi_kepala_1": layout.head.heights[0],
        "tinggi_kepala_2": layout.head.heights[1],
        "ukuran_isi": layout.text_size,
        "jarak_baris": layout.line_pitch,
        "halaman": [
            _halaman(sop, flow, layout, number, page) for number, page in enumerate(layout.pages)
        ],
    }


def _halaman(sop: Sop, flow: Flow, layout: Layout, number: int, page: Page) -> dict[str, Any]:
    return {
        "baris": [
            _baris(sop, flow, layout, (number, index), row.step, row.height)
            for index, row in enumerate(page.rows)
        ]
    }


def _baris(
    sop: Sop, flow: Flow, layout: Layout, where: tuple[int, int], step: int, height: int
) -> dict[str, Any]:
    langkah = sop.langkah[step]
    no, kegiatan, kelengkapan, waktu, output, keterangan = cell_texts(step + 1, langkah)
    drawing = Xml(row_drawing(layout, *where, describe(sop, flow.steps[step], step)))
    widths = [layout.column_widths[column] for column in layout.lane_columns]
    return {
        "no": no,
        "kegiatan": kegiatan,
        "kelengkapan": kelengkapan,
        "waktu": waktu,
        "output": output,
        "keterangan": keterangan,
        "tinggi": height,
        # The whole row's drawing is one group, anchored in its first lane.
        "lajur": [
            {"lebar": width, "gambar": NOTHING if lane else drawing}
            for lane, width in enumerate(widths)
        ],
    }


def describe(sop: Sop, step: FlowStep, position: int) -> str:
    """The row's drawing in words, for those who cannot see it."""
    actors = ", ".join(sop.pelaksana[lane] for lane in step.lanes)
    ways = "; ".join(_way(sop, exit_) for exit_ in step.exits) or "alur berakhir"
    return (
        f"Langkah {position + 1}: {sop.langkah[position].kegiatan} Pelaksana: {actors}. "
        f"Simbol {step.jenis}; {ways}."
    )


def _way(sop: Sop, exit_: Exit) -> str:
    label = {"": "", "ya": sop.opsi.label_ya, "tidak": sop.opsi.label_tidak}[exit_.answer]
    return f"{label} ke langkah {exit_.target + 1}".strip()
