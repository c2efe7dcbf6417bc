"""What the four templates are filled with: one record, so that they cannot contradict each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.bahasa import angka, daftar, hari_tanggal, nip, pukul, rentang_pukul, tanggal
from docgen.kinds import DocumentOrder
from docgen.letterhead import emblem
from docgen.photographs import fitted
from docgen.satker import Satker
from templates_docx.notulen_internalisasi.schema import (
    Dokumentasi,
    Narasumber,
    Orang,
    Petugas,
    Rapat,
    SopDisebut,
    Undangan,
)

EMBLEM_MM = 20
PHOTO_MM = (150, 100)
PHOTOS_A_PAGE = 2

MOST_LISTED = 20
"""More participants than this stand in a list of their own, behind the minutes."""

LONGEST_WHOLE_ROW = 600
"""A row with a longer text may be torn by a page break: one that no page holds would lose text."""

ROWS_WITH_SIGNATURE = 2
"""How many names go along with the signature under them."""

PELAKSANAAN = {"luring": "Luring", "daring": "Daring", "hibrida": "Hibrida (luring dan daring)"}

Context = dict[str, Any]


def build_context(order: DocumentOrder[Rapat]) -> Mapping[str, Any]:
    """The names that the template of the ordered naskah uses."""
    return {**_common(order), **_BY_NASKAH[order.naskah](order)}


def mengesahkan(rapat: Rapat) -> Petugas:
    """Who confirms the minutes."""
    return rapat.mengesahkan or rapat.pimpinan


def pengundang(undangan: Undangan, satker: Satker) -> Petugas:
    """Who signs the invitation: as typed, else the office's chairperson on that day."""
    if undangan.penanda_tangan:
        return undangan.penanda_tangan
    ketua = satker.holder("Ketua", undangan.tanggal)
    return Petugas(nama=ketua.nama, jabatan="Ketua", nip=None, sifat=ketua.sifat)


def _common(order: DocumentOrder[Rapat]) -> Context:
    rapat, satker = order.payload, order.satker
    return {
        "instansi": satker.nama_lengkap,
        "lambang": emblem(satker, EMBLEM_MM),
        "kop": satker.kop,
        "alamat": satker.alamat.splitlines(),
        "acara": rapat.acara,
        "hari_tanggal": hari_tanggal(rapat.tanggal),
        "pukul": rentang_pukul(rapat.mulai, rapat.selesai, satker.zona_waktu),
        "tempat": rapat.tempat,
        "pelaksanaan": PELAKSANAAN[rapat.moda],
        "tempat_naskah": satker.ibu_kota,
    }


def _undangan(order: DocumentOrder[Rapat]) -> Context:
    rapat, satker = order.payload, order.satker
    undangan = rapat.undangan
    if undangan is None:
        raise ValueError("an invitation was ordered of a meeting without one")
    signer = pengundang(undangan, satker)
    is_of_office = undangan.penanda_tangan is None
    return {
        "nomor": _nomor(order, undangan.nomor),
        "tanggal_naskah": _tanggal(order, tanggal(undangan.tanggal)),
        "sifat": undangan.sifat,
        "lampiran": undangan.lampiran,
        "kepada": _bagian(undangan.kepada),
        "pengundang": f"{_jabatan(signer)} {satker.nama_lengkap}"
        if is_of_office
        else _jabatan(signer),
        "penyelenggara": rapat.penyelenggara or "",
        "penanda": _penanda(order, signer),
        **_agenda(rapat),
    }


def _daftar_hadir(order: DocumentOrder[Rapat]) -> Context:
    rapat = order.payload
    rows = [(orang.nama, orang.jabatan or "") for orang in rapat.peserta]
    rows += [("", "")] * rapat.opsi.baris_kosong
    return {
        "nomor": _nomor(order, None),
        "tanggal_naskah": _tanggal(order, ""),
        "hadir": [
            {
                "nama": nama,
                "jabatan": jabatan,
                "ganjil": number % 2 == 1,
                "lekat": number > len(rows) - ROWS_WITH_SIGNATURE,
            }
            for number, (nama, jabatan) in enumerate(rows, 1)
        ],
        "penanda": _penanda(order, mengesahkan(rapat)),
    }


def _notulen(order: DocumentOrder[Rapat]) -> Context:
    rapat, satker = order.payload, order.satker
    is_short = len(rapat.peserta) <= MOST_LISTED
    listed = [_nama_jabatan(orang) for orang in rapat.peserta]
    count = f"{len(rapat.peserta)} orang, daftar peserta terlampir"
    return {
        "nomor": _nomor(order, rapat.nomor),
        "tanggal_naskah": _tanggal(order, ""),
        "sebutan_kapital": rapat.judul_naskah.upper(),
        "sebutan_kecil": rapat.judul_naskah.lower(),
        "penyelenggara": rapat.penyelenggara or satker.nama,
        "lanjutan_dari": rapat.lanjutan_dari or "",
        "pimpinan": _nama_jabatan(rapat.pimpinan),
        "notulis": _nama_jabatan(rapat.notulis),
        "peserta": _bagian(listed) if is_short else _bagian([count]),
        "lampiran_peserta": [] if is_short else [_orang(orang) for orang in rapat.peserta],
        "ada_dasar": bool(rapat.dasar),
        "dasar": _bagian(rapat.dasar),
        "narasumber": [_narasumber(one) for one in rapat.narasumber],
        "tanya_jawab": [
            _row(penanya=one.penanya, pertanyaan=one.pertanyaan, jawaban=one.jawaban or "")
            for one in rapat.tanya_jawab
        ],
        "ada_internalisasi": bool(rapat.sop_diinternalisasi or rapat.area_zi),
        "area": _bagian(rapat.area_zi),
        "ditutup_pukul": pukul(rapat.selesai, satker.zona_waktu) if rapat.selesai else "",
        "nama_notulis": rapat.notulis.nama,
        "nip_notulis": nip(rapat.notulis.nip or ""),
        "penanda": _penanda(order, mengesahkan(rapat)),
        **_agenda(rapat),
        **_isi(rapat),
    }


def _laporan(order: DocumentOrder[Rapat]) -> Context:
    rapat, satker = order.payload, order.satker
    laporan = rapat.laporan
    dasar = [*rapat.dasar, *_undangan_sebagai_dasar(rapat)]
    return {
        "nomor": _nomor(order, laporan.nomor),
        "tanggal_naskah": _tanggal(order, tanggal(laporan.tanggal) if laporan.tanggal else ""),
        "umum": laporan.umum or _umum(rapat, satker),
        "maksud_tujuan": laporan.maksud_tujuan or _maksud_tujuan(rapat),
        "ada_dasar": bool(dasar),
        "dasar": _bagian(dasar),
        "penyelenggara": rapat.penyelenggara or satker.nama,
        "pimpinan": _nama_jabatan(rapat.pimpinan),
        "ada_narasumber": bool(rapat.narasumber),
        "narasumber": _bagian([_nama_jabatan(one) for one in rapat.narasumber]),
        "kehadiran": _kehadiran(rapat),
        "nama_area": daftar(rapat.area_zi),
        "penanda": _penanda(order, mengesahkan(rapat)),
        "dokumentasi": [
            _foto(order, position, one) for position, one in enumerate(rapat.dokumentasi)
        ],
        **_agenda(rapat),
        **_isi(rapat),
    }


_BY_NASKAH = {
    "undangan": _undangan,
    "daftar_hadir": _daftar_hadir,
    "notulen": _notulen,
    "laporan": _laporan,
}


def _agenda(rapat: Rapat) -> Context:
    return {"ada_agenda": bool(rapat.agenda), "agenda": _bagian(rapat.agenda)}


def _isi(rapat: Rapat) -> Context:
    """What minutes and report both say of the meeting."""
    return {
        "pembahasan": [{"pokok": one.pokok, "isi": _bagian(one.isi)} for one in rapat.pembahasan],
        "ada_sop": bool(rapat.sop_diinternalisasi),
        "sop": _bagian([_sop(sop) for sop in rapat.sop_diinternalisasi]),
        "ada_area": bool(rapat.area_zi),
        "ada_kesimpulan": bool(rapat.kesimpulan),
        "kesimpulan": _bagian(rapat.kesimpulan),
        "tindak_lanjut": [
            _row(
                uraian=one.uraian,
                penanggung_jawab=one.penanggung_jawab or "",
                tenggat=tanggal(one.tenggat) if one.tenggat else "",
            )
            for one in rapat.tindak_lanjut
        ],
    }


def _bagian(items: Sequence[str]) -> Context:
    """A list of one has no number, so it stands apart."""
    if len(items) == 1:
        return {"satu": items[0], "butir": ()}
    return {"satu": "", "butir": items}


def _row(**texts: str) -> Context:
    return {**texts, "utuh": max(map(len, texts.values())) <= LONGEST_WHOLE_ROW}


def _nama_jabatan(orang: Orang | Petugas | Narasumber) -> str:
    jabatan = _jabatan(orang) if isinstance(orang, Petugas) else orang.jabatan
    return f"{orang.nama}, {jabatan}" if jabatan else orang.nama


def _orang(orang: Orang) -> Context:
    return {"nama": orang.nama, "jabatan": orang.jabatan or ""}


def _jabatan(petugas: Petugas) -> str:
    prefix = "" if petugas.sifat == "definitif" else f"{petugas.sifat} "
    return f"{prefix}{petugas.jabatan}"


def _narasumber(one: Narasumber) -> Context:
    pembuka = _nama_jabatan(one)
    if one.materi:
        pembuka += ", menyampaikan:" if one.jabatan else " menyampaikan:"
    return {"pembuka": pembuka, "materi": _bagian(one.materi)}


def _sop(sop: SopDisebut) -> str:
    return f"{sop.judul} (Nomor {sop.nomor})" if sop.nomor else sop.judul


def _nomor(order: DocumentOrder[Rapat], nomor: str | None) -> str:
    return "${nomor_naskah}" if order.srikandi else nomor or ""


def _tanggal(order: DocumentOrder[Rapat], day: str) -> str:
    return "${tanggal_naskah}" if order.srikandi else day


def _penanda(order: DocumentOrder[Rapat], signer: Petugas) -> Context:
    if order.srikandi:
        return {
            "jabatan": "${jabatan_pengirim}",
            "tanda_tangan": "${ttd_pengirim}",
            "nama": "${nama_pengirim}",
            "nip": "${nip_pengirim}",
        }
    return {
        "jabatan": _jabatan(signer),
        "tanda_tangan": "",
        "nama": signer.nama,
        "nip": nip(signer.nip or ""),
    }


def _undangan_sebagai_dasar(rapat: Rapat) -> list[str]:
    if rapat.undangan is None:
        return []
    number = f" Nomor {rapat.undangan.nomor}" if rapat.undangan.nomor else ""
    return [f"Surat undangan{number} tanggal {tanggal(rapat.undangan.tanggal)}."]


def _umum(rapat: Rapat, satker: Satker) -> str:
    return (
        f"{rapat.acara} diselenggarakan oleh {rapat.penyelenggara or satker.nama} pada hari "
        f"{hari_tanggal(rapat.tanggal)} di {rapat.tempat}."
    )


def _maksud_tujuan(rapat: Rapat) -> str:
    return (
        f"Laporan ini dibuat sebagai pertanggungjawaban pelaksanaan {rapat.acara} dan sebagai "
        "bahan tindak lanjut hasilnya."
    )


def _kehadiran(rapat: Rapat) -> str:
    count = len(rapat.peserta)
    if rapat.jumlah_pegawai is None:
        return f"{count} orang (daftar hadir terlampir)"
    share = angka(round(100 * count / rapat.jumlah_pegawai, 1))
    return f"{count} dari {rapat.jumlah_pegawai} orang ({share}%), daftar hadir terlampir"


def _foto(order: DocumentOrder[Rapat], position: int, one: Dokumentasi) -> Context:
    rapat = order.payload
    caption = one.keterangan or rapat.acara
    told = f"Foto {position + 1}: {caption}. {rapat.acara}, {hari_tanggal(rapat.tanggal)}."
    return {
        "gambar": fitted(order.assets[one.berkas], *PHOTO_MM, told),
        "keterangan": caption,
        "halaman_baru": position > 0 and position % PHOTOS_A_PAGE == 0,
    }
