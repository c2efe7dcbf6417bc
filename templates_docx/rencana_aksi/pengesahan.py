"""Who signs, and the marks that SRIKANDI fills in: the same at the end of both naskah."""

import datetime as dt
from collections.abc import Mapping

from docgen.bahasa import nip, tanggal
from docgen.kinds import DocumentOrder
from docgen.satker import Satker
from templates_docx.rencana_aksi.schema import Penandatangan, RencanaAksi

NO_SIGNER: Mapping[str, str] = {
    "jabatan": "",
    "tanda_tangan": "",
    "nama": "",
    "pangkat": "",
    "nip": "",
}
BLANK_DATE = "\u2003" * 8
"""Room to write the date by hand."""


def pengesahan(order: DocumentOrder[RencanaAksi], day: dt.date | None) -> Mapping[str, object]:
    """Place, date and the one or two signers; `mengetahui.jabatan` is empty where one signs."""
    rencana, satker = order.payload, order.satker
    place = rencana.ditetapkan_di or satker.ibu_kota
    known = rencana.mengetahui
    return {
        "tempat_tanggal": f"{place}, {_date(day, srikandi=order.srikandi)}",
        "mengetahui": _signer(known, satker) if known else NO_SIGNER,
        "penandatangan": _marks() if order.srikandi else _signer(rencana.penandatangan, satker),
    }


def nomor(order: DocumentOrder[RencanaAksi], number: str | None) -> str:
    """The number, or the mark where SRIKANDI will write it; empty where there is none."""
    return "${nomor_naskah}" if order.srikandi else number or ""


def _date(day: dt.date | None, *, srikandi: bool) -> str:
    if srikandi:
        return "${tanggal_naskah}"
    return tanggal(day) if day else BLANK_DATE


def _marks() -> Mapping[str, str]:
    return {
        "jabatan": "${jabatan_pengirim}",
        "tanda_tangan": "${ttd_pengirim}",
        "nama": "${nama_pengirim}",
        "pangkat": "",
        "nip": "${nip_pengirim}",
    }


def _signer(signer: Penandatangan, satker: Satker) -> Mapping[str, str]:
    post = signer.jabatan or satker.jabatan_lengkap("Sekretaris")
    known = satker.holder(signer.jabatan or "Sekretaris")
    sifat = signer.sifat if signer.sifat != "definitif" or signer.nama else known.sifat
    return {
        "jabatan": post if sifat == "definitif" else f"{sifat} {post}",
        "tanda_tangan": "",
        "nama": signer.nama or known.nama,
        "pangkat": signer.pangkat or ("" if signer.nama else known.pangkat),
        "nip": nip(signer.nip or ("" if signer.nama else known.nip)),
    }
