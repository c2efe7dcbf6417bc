"""What `matriks.docx` is filled with."""

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.bahasa import angka, huruf
from docgen.kinds import DocumentOrder
from docgen.zi import find_question
from templates_docx.rencana_aksi.judul import kepala, ringkas
from templates_docx.rencana_aksi.kolom import (
    MONTHS,
    TOGETHER,
    WHOLE_ROW,
    Kolom,
    Lembar,
    lembar,
    susun_kolom,
    tinggi_baris,
    tinggi_kepala,
)
from templates_docx.rencana_aksi.pengesahan import nomor, pengesahan
from templates_docx.rencana_aksi.schema import PERIODE, ROMAWI, Baris, Periode, RencanaAksi
from templates_docx.rencana_aksi.susunan import BagianArea, Kelompok, susun

SHADED, PLAIN = "BFBFBF", "auto"
MARK = "●"
MONTHS_A_QUARTER = 3


def build_matriks(order: DocumentOrder[RencanaAksi]) -> Mapping[str, Any]:
    """The names that the template uses."""
    rencana = order.payload
    sheet = lembar(rencana)
    columns = susun_kolom(rencana, sheet)
    parts = susun(rencana)
    is_monthly = rencana.opsi.jadwal == "bulan"
    return {
        **kepala(order),
        "nomor": nomor(order, rencana.nomor),
        "kaki": f"{ringkas(rencana)} {order.satker.nama} Tahun {rencana.tahun}",
        "kolom": {**_kolom(columns), "tinggi_kepala": tinggi_kepala(columns, sheet)},
        "bulanan": is_monthly,
        "nama_bulan": [str(month) for month in range(1, 13)] if is_monthly else [],
        "triwulan": list(ROMAWI),
        "area": [_area(part, columns, sheet, is_monthly=is_monthly) for part in parts],
        "jumlah": _money(sum(part.anggaran for part in parts)),
        "rekapitulasi": _recap(rencana, parts),
        "predikat": rencana.predikat or "",
        **pengesahan(order, rencana.tanggal),
    }


def _kolom(columns: Kolom) -> Mapping[str, object]:
    grid = columns.kisi
    return {
        "kisi": grid,
        "banyak": len(grid),
        "sebelum_anggaran": len(grid) - 2,
        "lebar": sum(grid),
        "lebar_sebelum_anggaran": sum(grid[:-2]),
        "no": columns.no,
        "rencana_kerja": columns.rencana_kerja,
        "kegiatan": columns.kegiatan,
        "output": columns.output,
        "triwulan": columns.triwulan,
        "semua_triwulan": columns.triwulan * len(PERIODE),
        "bulan": columns.bulan,
        "semua_bulan": columns.bulan * MONTHS,
        "penanggung_jawab": columns.penanggung_jawab,
        "anggaran": columns.anggaran,
        "keterangan": columns.keterangan,
    }


def _area(
    part: BagianArea, columns: Kolom, sheet: Lembar, *, is_monthly: bool
) -> Mapping[str, object]:
    rows = [
        _row(group, at, columns, sheet, is_monthly=is_monthly)
        for group in part.kelompok
        for at in range(len(group.baris))
    ]
    if rows and rows[-1]["utuh"]:
        # The area's sum does not stand alone at the head of a page.
        rows[-1]["lekat"] = True
    return {
        "huruf": huruf(part.area.nomor).upper(),
        "nama": part.area.nama,
        "baris": rows,
        "jumlah": _money(part.anggaran),
    }


def _row(
    group: Kelompok, at: int, columns: Kolom, sheet: Lembar, *, is_monthly: bool
) -> dict[str, object]:
    heights = [tinggi_baris(row.isi, columns, sheet) for row in group.baris]
    stays = sum(heights) <= TOGETHER * sheet.tinggi
    baris = group.baris[at].isi
    several = len(group.baris) > 1
    return {
        "awal": at == 0,
        "rencana_kerja": group.rencana_kerja,
        "lke": group.lke,
        "kegiatan": butir(baris.kegiatan, numbered=several),
        "output": butir(baris.output),
        "indikator": baris.indikator or "",
        "triwulan": [_quarter(baris, periode, is_monthly=is_monthly) for periode in PERIODE],
        "bulan": [_mark(month in baris.jadwal) for month in range(1, 13)] if is_monthly else [],
        "penanggung_jawab": "\n".join(baris.penanggung_jawab) or "-",
        "anggaran": _money(baris.anggaran or 0),
        "eviden": butir(baris.eviden, absent=""),
        "keterangan": baris.keterangan or "",
        "utuh": heights[at] <= WHOLE_ROW * sheet.tinggi,
        "lekat": stays and at < len(group.baris) - 1,
    }


def butir(
    items: Sequence[str], *, numbered: bool = False, absent: str = "-"
) -> Mapping[str, object]:
    """A list of one has no letter, unless others of the same list stand in the rows around it."""
    if not items:
        return {"satu": absent, "butir": ()}
    if len(items) == 1 and not numbered:
        return {"satu": items[0], "butir": ()}
    return {"satu": "", "butir": items}


def _quarter(baris: Baris, periode: Periode, *, is_monthly: bool) -> Mapping[str, str]:
    first = PERIODE.index(periode) * MONTHS_A_QUARTER + 1
    months = range(first, first + MONTHS_A_QUARTER)
    is_on = not is_monthly and any(month in baris.jadwal for month in months)
    realised = baris.realisasi.pada(periode)
    return {
        **_mark(is_on),
        "target": baris.target.pada(periode),
        "realisasi": f"({realised})" if realised else "",
    }


def _mark(is_on: bool) -> Mapping[str, str]:
    return {"tanda": MARK if is_on else "", "warna": SHADED if is_on else PLAIN}


def _money(amount: int) -> str:
    return angka(amount) if amount else "-"


def _recap(rencana: RencanaAksi, parts: Sequence[BagianArea]) -> Mapping[str, object]:
    return {
        "area": [
            {
                "huruf": huruf(part.area.nomor).upper(),
                "nama": part.area.nama,
                "banyak": str(len(part.kelompok)),
                "bobot": angka(part.area.bobot),
                "minimal": angka(part.area.minimal[rencana.predikat]) if rencana.predikat else "-",
                "direncanakan": angka(round(bobot_direncanakan(part), 2)),
                "anggaran": _money(part.anggaran),
            }
            for part in parts
        ],
        "banyak": str(sum(len(part.kelompok) for part in parts)),
        "bobot": angka(sum(part.area.bobot for part in parts)),
        "direncanakan": angka(round(sum(map(bobot_direncanakan, parts)), 2)),
    }


def bobot_direncanakan(part: BagianArea) -> float:
    """The points of the area's LKE questions that its rows name, each question once."""
    named = {baris.isi.lke.strip() for baris in part.baris if baris.isi.lke}
    questions = [question for id_ in sorted(named) if (question := find_question(id_))]
    return sum(question.bobot for question in questions if question.area == part.area)
