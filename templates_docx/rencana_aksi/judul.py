"""How the plan is called at the head of both naskah."""

from collections.abc import Mapping

from docgen.kinds import DocumentOrder
from docgen.zi import Predikat
from templates_docx.rencana_aksi.schema import RencanaAksi

NAMA_PREDIKAT: Mapping[Predikat, str] = {
    "WBK": "Wilayah Bebas dari Korupsi (WBK)",
    "WBBM": "Wilayah Birokrasi Bersih dan Melayani (WBBM)",
}


def kepala(order: DocumentOrder[RencanaAksi]) -> Mapping[str, object]:
    """The title, and lines under it in capitals that each say something that the title does not."""
    rencana = order.payload
    lines = [order.satker.nama_lengkap.upper()]
    if rencana.predikat and rencana.predikat not in rencana.judul:
        lines.insert(0, f"menuju {NAMA_PREDIKAT[rencana.predikat]}".upper())
    if str(rencana.tahun) not in rencana.judul:
        lines.append(f"TAHUN {rencana.tahun}")
    return {
        "judul": rencana.judul,
        "baris_judul": lines,
        "instansi": order.satker.nama_lengkap,
        "tahun": str(rencana.tahun),
    }


def ringkas(rencana: RencanaAksi) -> str:
    """The title without the year, which is said beside it."""
    return rencana.judul.replace(f"Tahun {rencana.tahun}", "").strip()
