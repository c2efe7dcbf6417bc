"""The berita acara of the plenary meeting that decided on the team."""

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.bahasa import daftar, pukul, tanggal, tanggal_terbilang
from docgen.kinds import DocumentOrder
from docgen.letterhead import emblem
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.schema import KeputusanTim, Peserta, Pleno
from templates_docx.keputusan_tim_zi.wording import KOSONG, baris_judul, berakhir, rincian

EMBLEM_MM = 20


def lacking(keputusan: KeputusanTim) -> str:
    """What the berita acara needs and the input has not; nothing where it can be made."""
    return "" if keputusan.pleno else "isi dahulu bagian rapat pleno (pleno)."


def is_ketua(peserta: Peserta) -> bool:
    """Whether this is the Ketua, a deputy among them."""
    return _words(peserta.jabatan)[:1] == ["ketua"]


def is_member(peserta: Peserta) -> bool:
    """Whether this is the Ketua or an Anggota, who sign; others only attend."""
    return _words(peserta.jabatan)[:1] in (["ketua"], ["anggota"])


def _words(jabatan: str) -> list[str]:
    words = jabatan.casefold().split()
    return words[1:] if words[:1] in (["plt."], ["plh."], ["pj."]) else words


def judul_berita_acara(keputusan: KeputusanTim, pleno: Pleno) -> str:
    """The title: as typed, else the only item of the agenda, else the decree's."""
    if pleno.tentang:
        return pleno.tentang
    subject = pleno.agenda[0].rstrip(" .;") if len(pleno.agenda) == 1 else keputusan.tentang
    return f"Rapat Pleno {subject}"


def build_berita_acara(order: DocumentOrder[KeputusanTim]) -> Mapping[str, Any]:
    """The names that `berita_acara.docx` uses."""
    keputusan, satker, pleno = order.payload, order.satker, order.payload.pleno
    if pleno is None:
        raise ValueError(lacking(keputusan))
    judul = judul_berita_acara(keputusan, pleno)
    agenda, keputusan_rapat = rincian(pleno.agenda), rincian(pleno.keputusan)
    return {
        "judul_berkas": f"Berita Acara {judul}",
        "instansi": satker.nama_lengkap,
        "lambang": emblem(satker, EMBLEM_MM),
        "kop": satker.kop,
        "nomor": "${nomor_naskah}" if order.srikandi else pleno.nomor or KOSONG,
        "judul": baris_judul(judul),
        "pembuka": _pembuka(pleno, satker),
        **_one_or_many("agenda", agenda),
        **_one_or_many("keputusan", keputusan_rapat),
        "hadir_pula": daftar(
            [f"{one.nama} ({one.jabatan})" for one in pleno.peserta if not is_member(one)]
        ),
        "waktu_selesai": pukul(pleno.selesai, satker.zona_waktu) if pleno.selesai else "",
        "tempat_dibuat": keputusan.ditetapkan_di or satker.ibu_kota,
        "tanggal": "${tanggal_naskah}" if order.srikandi else tanggal(pleno.tanggal),
        "penanda_tangan": _penanda_tangan(pleno.peserta, srikandi=order.srikandi),
    }


def _one_or_many(name: str, items: Sequence[str]) -> dict[str, Any]:
    """A list of one stands in the sentence, without a number."""
    if len(items) == 1:
        return {name: (), f"{name}_tunggal": berakhir(items[0].rstrip(" ;"), ".")}
    return {name: items, f"{name}_tunggal": ""}


def _pembuka(pleno: Pleno, satker: Satker) -> str:
    """The opening words, date in words, as the berita acara's own form has them."""
    waktu = f", pukul {pukul(pleno.mulai, satker.zona_waktu)}" if pleno.mulai else ""
    return (
        f"Pada hari ini {tanggal_terbilang(pleno.tanggal)}, bertempat di {pleno.tempat}{waktu}, "
        f"{satker.nama_lengkap} telah melaksanakan Rapat Pleno {pleno.jenis.capitalize()}"
    )


def _penanda_tangan(peserta: Sequence[Peserta], *, srikandi: bool) -> list[dict[str, Any]]:
    """Ketua first, then every Anggota; signatures left and right by turns."""
    members = sorted(filter(is_member, peserta), key=lambda one: not is_ketua(one))
    rows = [
        {
            "nama": one.nama,
            "jabatan": one.jabatan,
            "nip": "",
            "tanda_tangan": "",
            "genap": number % 2 == 0,
        }
        for number, one in enumerate(members, 1)
    ]
    if srikandi and rows:
        rows[0] |= {
            "nama": "${nama_pengirim}",
            "jabatan": "${jabatan_pengirim}",
            "nip": "${nip_pengirim}",
            "tanda_tangan": "${ttd_pengirim}",
        }
    return rows
