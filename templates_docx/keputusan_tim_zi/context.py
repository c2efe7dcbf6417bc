"""What the decree's template is filled with; the berita acara's is in `pleno`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.bahasa import huruf, nip, tanggal, urutan_diktum
from docgen.kinds import DocumentOrder
from docgen.letterhead import emblem
from docgen.satker import Pejabat, Satker
from templates_docx.keputusan_tim_zi.pleno import build_berita_acara
from templates_docx.keputusan_tim_zi.schema import Diktum, Kelompok, KeputusanTim, UraianTugas
from templates_docx.keputusan_tim_zi.wording import (
    KOSONG,
    baris_judul,
    berakhir,
    butir_menimbang,
    judul_dua_baris,
    judul_keputusan,
    nama_jabatan,
    nama_tim,
    nomor_keputusan,
    pejabat_penetap,
    penerbit,
    rincian,
)

EMBLEM_MM = 22
WHOLE_ROW = 450
"""Characters up to which an item's row is not torn between pages: about ten lines."""

LAST_SHORT_ORDINAL = 11
"""Up to KESEBELAS a label stands on one line; one of two must not be torn either."""

LAST_AUTOMATIC_LETTER = 27
"""Word's own lists go a to z, aa, then bb, cc; the text's references go aa, ab, ac."""

CLOSING_LINE = len("KETUA KOMISI PEMILIHAN UMUM")
"""The longest line of capitals that the closing block of 80 mm holds."""

BAGIAN_HUKUM = {
    "pusat": "Kepala Biro Advokasi Hukum dan Penyelesaian Sengketa",
    "provinsi": (
        "Kepala Bagian Teknis Penyelenggaraan Pemilu, Partisipasi Hubungan Masyarakat, Hukum, "
        "dan Sumber Daya Manusia"
    ),
    "kabupaten": "Kepala Subbagian Teknis Penyelenggaraan Pemilu dan Hukum",
    "kota": "Kepala Subbagian Teknis Penyelenggaraan Pemilu dan Hukum",
}


def build_context(order: DocumentOrder[KeputusanTim]) -> Mapping[str, Any]:
    """The names that the naskah's template uses."""
    if order.naskah == "berita_acara":
        return build_berita_acara(order)
    keputusan, satker = order.payload, order.satker
    judul = judul_keputusan(keputusan, satker)
    return {
        "judul_berkas": keputusan.tentang,
        "instansi": satker.nama_lengkap,
        "lambang": emblem(satker, EMBLEM_MM),
        "kop": _kop(keputusan, satker),
        "judul_keputusan": judul,
        "judul_dua_baris": judul_dua_baris(keputusan, satker),
        "nomor": nomor_keputusan(keputusan, srikandi=order.srikandi),
        "tentang": keputusan.tentang,
        "judul": baris_judul(keputusan.tentang.upper()),
        "pejabat_penetap": pejabat_penetap(keputusan, satker),
        "menimbang": _butir(butir_menimbang(keputusan, satker)),
        "mengingat": _butir([berakhir(text, ";") for text in keputusan.mengingat]),
        "memperhatikan": _butir([berakhir(text, ";") for text in keputusan.memperhatikan]),
        "menetapkan": berakhir(f"{judul} TENTANG {keputusan.tentang}".upper(), "."),
        "diktum": _rows_of_dikta(keputusan.diktum),
        "penutup": _penutup(keputusan, satker, srikandi=order.srikandi),
        "salinan": _salinan(keputusan, satker) if keputusan.salinan else {},
        "tembusan": [berakhir(text, ";") for text in keputusan.tembusan[:-1]]
        + [berakhir(text, ".") for text in keputusan.tembusan[-1:]],
        "susunan": _susunan(keputusan),
        "uraian": _uraian(keputusan) if keputusan.uraian_tugas else {},
    }


def _kop(keputusan: KeputusanTim, satker: Satker) -> tuple[str, str]:
    lembaga, wilayah = satker.kop
    if penerbit(keputusan) == "kpu":
        return lembaga, wilayah
    return f"{_sekretariat(satker)} {lembaga}", wilayah


def _sekretariat(satker: Satker) -> str:
    return "SEKRETARIAT JENDERAL" if satker.jenis == "pusat" else "SEKRETARIAT"


def _butir(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Items of a part that is a list; one alone has no number."""
    return [
        {
            "isi": text,
            "satu": len(texts) == 1,
            "huruf": _typed_letter(number),
            "utuh": len(text) <= WHOLE_ROW,
        }
        for number, text in enumerate(texts, 1)
    ]


def _typed_letter(number: int) -> str:
    """The letter that must be typed because Word's own would differ; mostly none."""
    return huruf(number) if number > LAST_AUTOMATIC_LETTER else ""


def _rows_of_dikta(dikta: Sequence[Diktum]) -> list[dict[str, Any]]:
    rows = [row for number, diktum in enumerate(dikta, 1) for row in _rows_of(number, diktum)]
    rows[-1]["terakhir"] = True
    return rows


def _rows_of(number: int, diktum: Diktum) -> Iterator[dict[str, Any]]:
    """One row with the ruling and its first sub-item, then a row for each other sub-item."""
    butir = rincian(diktum.butir)
    isi = berakhir(diktum.isi, ":" if butir else ".")
    limit = WHOLE_ROW if number <= LAST_SHORT_ORDINAL else 2 * WHOLE_ROW
    for position, text in enumerate(butir or [""]):
        shown = "" if position else isi
        yield {
            "label": "" if position else urutan_diktum(number),
            "isi": shown,
            "butir": text,
            "huruf": _typed_letter(position + 1),
            "utuh": len(shown) + len(text) <= limit,
            "terakhir": False,
        }


def _penutup(keputusan: KeputusanTim, satker: Satker, *, srikandi: bool) -> dict[str, str]:
    """The closing block: as typed, else the office's own; SRIKANDI's marks in their places."""
    tempat = keputusan.ditetapkan_di or satker.ibu_kota
    if srikandi:
        return {
            "tempat": tempat,
            "tanggal": "${tanggal_naskah}",
            "jabatan": "${jabatan_pengirim}",
            "tanda_tangan": "${ttd_pengirim}",
            "nama": "${nama_pengirim}",
            "pangkat": "",
            "nip": "${nip_pengirim}",
        }
    pejabat = penanda_tangan(keputusan, satker)
    return {
        "tempat": tempat,
        "tanggal": tanggal(keputusan.tanggal) if keputusan.tanggal else KOSONG,
        "jabatan": _jabatan_kapital(pejabat, satker),
        "tanda_tangan": "ttd." if keputusan.salinan else "",
        "nama": pejabat.nama,
        "pangkat": pejabat.pangkat,
        "nip": nip(pejabat.nip),
    }


def penanda_tangan(keputusan: KeputusanTim, satker: Satker) -> Pejabat:
    """Who signs; a Ketua is named without NIP unless one was typed."""
    typed = keputusan.penandatangan
    jabatan = typed.jabatan or ("Ketua" if penerbit(keputusan) == "kpu" else "Sekretaris")
    known = satker.holder(jabatan, keputusan.tanggal)
    has_nip = jabatan != "Ketua"
    return Pejabat(
        jabatan=jabatan,
        nama=typed.nama or known.nama,
        nip=typed.nip or (known.nip if has_nip else ""),
        pangkat=typed.pangkat or (known.pangkat if has_nip else ""),
        sifat=typed.sifat if typed.sifat != "definitif" else known.sifat,
    )


def _jabatan_kapital(pejabat: Pejabat, satker: Satker) -> str:
    """The post in capitals, `Plh.` before it as it is, the region on a line of its own."""
    sifat = "" if pejabat.sifat == "definitif" else f"{pejabat.sifat} "
    if pejabat.jabatan not in ("Ketua", "Sekretaris"):
        return f"{sifat}{pejabat.jabatan.upper()}"
    lembaga, wilayah = satker.kop
    jabatan = f"{sifat}{nama_jabatan(pejabat.jabatan, satker).upper()}"
    between = " " if len(f"{jabatan} {lembaga}") <= CLOSING_LINE else "\n"
    return f"{jabatan}{between}{lembaga}\n{wilayah}"


def _salinan(keputusan: KeputusanTim, satker: Satker) -> dict[str, str]:
    lembaga, wilayah = satker.kop
    jabatan = keputusan.salinan_oleh.jabatan or BAGIAN_HUKUM[satker.jenis]
    known = {pejabat.jabatan: pejabat for pejabat in satker.pejabat}.get(jabatan)
    return {
        "kantor": f"{_sekretariat(satker)} {lembaga}\n{wilayah}",
        "jabatan": jabatan,
        "nama": keputusan.salinan_oleh.nama or (known.nama if known else "NAMA PEJABAT"),
        "nip": nip(keputusan.salinan_oleh.nip or (known.nip if known else "")),
    }


def _susunan(keputusan: KeputusanTim) -> dict[str, Any]:
    last = len(keputusan.tim) - 1
    return {
        "kepala": "LAMPIRAN I" if keputusan.uraian_tugas else "LAMPIRAN",
        "judul": _judul_lampiran("Susunan", keputusan),
        "kelompok": [
            {"nama": group.kelompok, "anggota": _anggota(group, is_last=number == last)}
            for number, group in enumerate(keputusan.tim)
        ],
    }


def _anggota(group: Kelompok, *, is_last: bool) -> list[dict[str, Any]]:
    """The group's rows; the table's last one stays with the signature below it."""
    return [
        {
            "nama": orang.nama,
            "nip": nip(orang.nip or ""),
            "jabatan_dinas": orang.jabatan_dinas,
            "kedudukan": orang.kedudukan,
            "terakhir": is_last and row == len(group.anggota),
        }
        for row, orang in enumerate(group.anggota, 1)
    ]


def _uraian(keputusan: KeputusanTim) -> dict[str, Any]:
    last = len(keputusan.uraian_tugas) - 1
    return {
        "kepala": "LAMPIRAN II",
        "judul": _judul_lampiran("Uraian Tugas", keputusan),
        "kelompok": [
            {"nama": group.kelompok, "tugas": _tugas(group, is_last=number == last)}
            for number, group in enumerate(keputusan.uraian_tugas)
        ],
    }


def _tugas(group: UraianTugas, *, is_last: bool) -> list[dict[str, Any]]:
    return [
        {"isi": text, "terakhir": is_last and row == len(group.tugas)}
        for row, text in enumerate(rincian(group.tugas), 1)
    ]


def _judul_lampiran(what: str, keputusan: KeputusanTim) -> str:
    return baris_judul(f"{what} {nama_tim(keputusan.tentang)}".upper())
