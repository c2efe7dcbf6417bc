"""What `laporan_monev.docx` is filled with: the plan's rows, seen from the end of a quarter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.bahasa import angka, daftar
from docgen.kinds import DocumentOrder
from docgen.letterhead import emblem
from templates_docx.rencana_aksi.capaian import Kemajuan, kemajuan, rata_rata, terakhir
from templates_docx.rencana_aksi.judul import ringkas
from templates_docx.rencana_aksi.kolom import WHOLE_ROW, tinggi_sel
from templates_docx.rencana_aksi.matriks import butir
from templates_docx.rencana_aksi.pengesahan import nomor, pengesahan
from templates_docx.rencana_aksi.schema import PERIODE, ROMAWI, Baris, Periode, RencanaAksi
from templates_docx.rencana_aksi.susunan import BagianArea, Kelompok, susun

EMBLEM_MM = 20
RENTANG = ("Januari s.d. Maret", "April s.d. Juni", "Juli s.d. September", "Oktober s.d. Desember")
UNMEASURED = "-"


# As the template has them, in twips.
KENDALA_WIDTHS = (2268, 2268)
KENDALA_HEIGHT = 12_000
RINCIAN_WIDTHS = (2600, 2700, 1850, 1850, 1650)
RINCIAN_HEIGHT = 8_000
BASE_POINTS, CELL_POINTS = 11.0, 9.0


@dataclass(frozen=True, slots=True)
class Font:
    """What the cells are written in; the size in points."""

    nama: str
    ukuran: float


@dataclass(frozen=True, slots=True)
class Terukur:
    """A row with its rencana kerja and how far it has come."""

    kelompok: Kelompok
    isi: Baris
    awal: bool
    kemajuan: Kemajuan


def build_laporan(order: DocumentOrder[RencanaAksi]) -> Mapping[str, Any]:
    """The names that the template uses."""
    rencana = order.payload
    # `needs` has seen to it that some row has a realisation.
    periode = rencana.periode or PERIODE[0]
    parts = [(part, _measure(part, periode)) for part in susun(rencana)]
    rows = [row for _, own in parts for row in own]
    triwulan = f"Triwulan {ROMAWI[PERIODE.index(periode)]}"
    summary = [_area(part, own) for part, own in parts]
    total = _figures(rows)
    font = _font(rencana)
    return {
        "instansi": order.satker.nama_lengkap,
        "nama_satker": order.satker.nama,
        "judul": rencana.judul,
        "tahun": str(rencana.tahun),
        "judul_ringkas": ringkas(rencana),
        "lambang": emblem(order.satker, EMBLEM_MM),
        "kop": order.satker.kop,
        "alamat": order.satker.alamat,
        "nomor": nomor(order, rencana.laporan.nomor),
        "triwulan": triwulan,
        "triwulan_kapital": triwulan.upper(),
        "rentang": RENTANG[PERIODE.index(periode)],
        "capaian": summary,
        "capaian_seluruhnya": total,
        "grafik": {
            "area": [_bars(part, own) for part, own in parts],
            "deskripsi": _describe(triwulan, summary),
        },
        "status": [
            {"nama": name.lower(), "banyak": str(count)}
            for name, count in sorted(Counter(row.kemajuan.status for row in rows).items())
        ],
        "tidak_terukur": _unmeasured(rows),
        "kendala": [
            _obstacle(row, font) for row in rows if row.isi.kendala or row.isi.tindak_lanjut
        ],
        "tanpa_eviden": [_unproved(row, periode) for row in rows if _lacks_proof(row, periode)],
        "simpulan": rencana.laporan.simpulan or (_conclusion(triwulan, rows),),
        "rekomendasi": rencana.laporan.rekomendasi,
        "rincian": [_details(part, own, periode, font) for part, own in parts],
        **pengesahan(order, rencana.laporan.tanggal),
    }


def tanpa_eviden(baris: Baris, periode: Periode) -> bool:
    """Whether something was realised by the end of the quarter and nothing proves it."""
    return bool(terakhir(baris.realisasi, periode)) and not baris.eviden


def _font(rencana: RencanaAksi) -> Font:
    points = CELL_POINTS * (rencana.opsi.ukuran_huruf or BASE_POINTS) / BASE_POINTS
    return Font(rencana.opsi.huruf or "Arial", points)


def _measure(part: BagianArea, periode: Periode) -> list[Terukur]:
    return [
        Terukur(group, row.isi, at == 0, kemajuan(row.isi, periode))
        for group in part.kelompok
        for at, row in enumerate(group.baris)
    ]


def _figures(rows: Sequence[Terukur]) -> Mapping[str, str]:
    target, realised = _mean_target(rows), _mean_realised(rows)
    reached = sum(row.kemajuan.status == "Tercapai" for row in rows)
    return {
        "banyak": str(len(rows)),
        "tercapai": str(reached),
        "target": _percent(target),
        "realisasi": _percent(realised),
        "capaian": _percent(realised / target if target and realised is not None else None),
    }


def _mean_target(rows: Sequence[Terukur]) -> float | None:
    return rata_rata(row.kemajuan.target for row in rows)


def _mean_realised(rows: Sequence[Terukur]) -> float | None:
    """A row that did more than all does not make up for one that did nothing."""
    shares = [row.kemajuan.realisasi for row in rows]
    return rata_rata(None if share is None else min(share, 1) for share in shares)


def _area(part: BagianArea, rows: Sequence[Terukur]) -> Mapping[str, str]:
    return {"nomor": str(part.area.nomor), "nama": part.area.nama, **_figures(rows)}


def _bars(part: BagianArea, rows: Sequence[Terukur]) -> Mapping[str, object]:
    return {
        "nama": part.area.nama,
        "target": round((_mean_target(rows) or 0) * 100, 1),
        "realisasi": round((_mean_realised(rows) or 0) * 100, 1),
    }


def _describe(triwulan: str, areas: Sequence[Mapping[str, str]]) -> str:
    each = [f"{one['nama']}: target {one['target']}, realisasi {one['realisasi']}" for one in areas]
    return f"Grafik batang capaian per area sampai {triwulan}. {'; '.join(each)}."


def _unmeasured(rows: Sequence[Terukur]) -> str:
    """How many rows the means leave out, as a sentence's number; empty where none."""
    count = sum(row.kemajuan.target is None for row in rows)
    return str(count) if count else ""


def _obstacle(row: Terukur, font: Font) -> Mapping[str, object]:
    cells = (row.isi.kendala, row.isi.tindak_lanjut)
    return {
        "utuh": _fits(cells, KENDALA_WIDTHS, KENDALA_HEIGHT, font),
        "nomor": str(row.kelompok.nomor),
        "rencana_kerja": _called(row),
        "kendala": butir(row.isi.kendala),
        "tindak_lanjut": butir(row.isi.tindak_lanjut),
        "penanggung_jawab": "\n".join(row.isi.penanggung_jawab) or "-",
    }


def _fits(cells: Sequence[Sequence[str]], widths: Sequence[int], height: int, font: Font) -> int:
    """1 where the row may be kept whole, 0 where it would fill too much of a page."""
    heights = (
        tinggi_sel(texts, width, font.nama, font.ukuran)
        for texts, width in zip(cells, widths, strict=True)
    )
    return max(heights) <= WHOLE_ROW * height


def _lacks_proof(row: Terukur, periode: Periode) -> bool:
    return tanpa_eviden(row.isi, periode)


def _unproved(row: Terukur, periode: Periode) -> Mapping[str, str]:
    return {
        "nomor": str(row.kelompok.nomor),
        "rencana_kerja": _called(row),
        "realisasi": terakhir(row.isi.realisasi, periode),
        "penanggung_jawab": "\n".join(row.isi.penanggung_jawab) or "-",
    }


def _called(row: Terukur) -> str:
    """The rencana kerja; where the row has only a dash, what is done for it."""
    plan = row.kelompok.rencana_kerja
    return plan if plan.strip() != "-" else daftar(row.isi.kegiatan) or plan


def _conclusion(triwulan: str, rows: Sequence[Terukur]) -> str:
    figures = _figures(rows)
    return (
        f"Sampai dengan {triwulan}, {figures['tercapai']} dari {figures['banyak']} kegiatan sudah "
        f"mencapai targetnya; rata-rata realisasi {figures['realisasi']} dari target setahun, "
        f"sedangkan target sampai triwulan ini {figures['target']}."
    )


def _details(
    part: BagianArea, rows: Sequence[Terukur], periode: Periode, font: Font
) -> Mapping[str, object]:
    return {
        "nomor": str(part.area.nomor),
        "nama": part.area.nama,
        "baris": [_detail(row, periode, font) for row in rows],
    }


def _detail(row: Terukur, periode: Periode, font: Font) -> Mapping[str, object]:
    isi = row.isi
    plan = (isi.rencana_kerja, isi.lke or "")
    cells = (plan, isi.kegiatan, isi.kendala, isi.tindak_lanjut, isi.eviden)
    return {
        "utuh": _fits(cells, RINCIAN_WIDTHS, RINCIAN_HEIGHT, font),
        "awal": row.awal,
        "nomor": str(row.kelompok.nomor),
        "rencana_kerja": row.kelompok.rencana_kerja,
        "lke": row.kelompok.lke,
        "kegiatan": butir(isi.kegiatan),
        "target": _target(isi, periode),
        "realisasi": terakhir(isi.realisasi, periode) or "-",
        "capaian": _percent(row.kemajuan.realisasi),
        "status": row.kemajuan.status,
        "kendala": butir(isi.kendala),
        "tindak_lanjut": butir(isi.tindak_lanjut),
        "eviden": butir(isi.eviden),
    }


def _target(baris: Baris, periode: Periode) -> str:
    """The target that holds at the quarter's end; where none is due yet, the next with its quarter."""
    if due := terakhir(baris.target, periode):
        return due
    for one in baris.target.terisi:
        return f"{baris.target.pada(one)} (TW {ROMAWI[PERIODE.index(one)]})"
    return "-"


def _percent(share: float | None) -> str:
    return UNMEASURED if share is None else f"{angka(round(share * 100, 1))}%"
