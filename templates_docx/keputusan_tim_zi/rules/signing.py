"""Who signs the decree, its copy and the berita acara."""

from collections.abc import Iterator

from docgen.findings import Finding
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.pleno import is_ketua, is_member
from templates_docx.keputusan_tim_zi.rules.findings import TND, warn
from templates_docx.keputusan_tim_zi.schema import KeputusanTim, Pleno
from templates_docx.keputusan_tim_zi.wording import penerbit


def check(keputusan: KeputusanTim, satker: Satker) -> Iterator[Finding]:
    """Findings about signatures."""
    yield from _signatory(keputusan, satker)
    if keputusan.salinan and not keputusan.salinan_oleh.nama:
        message = "nama yang mengesahkan salinan belum diisi."
        yield warn("P08", ("salinan",), message, "Isi sebelum salinan dibagikan.")
    if keputusan.pleno:
        yield from _members(keputusan.pleno)
        yield from _same_ketua(keputusan, keputusan.pleno)


def _signatory(keputusan: KeputusanTim, satker: Satker) -> Iterator[Finding]:
    typed = keputusan.penandatangan
    right = "Ketua" if penerbit(keputusan) == "kpu" else "Sekretaris"
    if typed.jabatan and not typed.jabatan.casefold().startswith(right.casefold()):
        whose = satker.nama if right == "Ketua" else f"Sekretariat {satker.nama}"
        yield warn(
            "P01",
            ("penandatangan", "jabatan"),
            f"Keputusan {whose} ditandatangani {right}, bukan {typed.jabatan}.",
            "Ganti jabatannya, atau ganti penerbitnya.",
            f"{TND}, Pasal 13",
        )
    if right == "Ketua" and typed.nama and "," in typed.nama:
        yield warn(
            "P02",
            ("penandatangan", "nama"),
            "nama Ketua pada keputusan ditulis tanpa gelar.",
            "Hapus gelarnya.",
        )
    if not typed.nama and satker.holder(right, keputusan.tanggal).nama.startswith("NAMA "):
        message = "namanya belum diisi, dan data satker belum memuatnya."
        yield warn("P09", ("penandatangan",), message, "Isi sebelum ditandatangani.")


def _members(pleno: Pleno) -> Iterator[Finding]:
    if not any(map(is_ketua, pleno.peserta)):
        message = "Ketua tidak ada di antara peserta rapat pleno."
        hint = "Tambahkan Ketua, atau yang bertindak sebagai Ketua (Plh. Ketua)."
        yield warn("P05", ("pleno", "peserta"), message, hint, "PKPU 8/2019, rapat pleno")
    names: set[str] = set()
    for position, one in enumerate(pleno.peserta):
        steps = ("pleno", "peserta", position)
        if not is_member(one):
            yield warn(
                "P06",
                steps,
                f"{one.jabatan} bukan anggota pleno; disebut hadir, tidak menandatangani.",
                "Yang menandatangani berita acara Ketua dan semua Anggota.",
                "PKPU 8/2019, rapat pleno",
            )
        if (name := " ".join(one.nama.casefold().split())) in names:
            yield warn("P07", steps, f"“{one.nama}” disebut dua kali.", "Hapus salah satunya.")
        names.add(name)


def _same_ketua(keputusan: KeputusanTim, pleno: Pleno) -> Iterator[Finding]:
    """A definitive Ketua who signs the decree is the one who signed in the plenary."""
    typed = keputusan.penandatangan
    chairs = [one.nama.casefold() for one in pleno.peserta if is_ketua(one)]
    is_definitive = typed.sifat == "definitif" and penerbit(keputusan) == "kpu"
    if is_definitive and typed.nama and chairs and typed.nama.casefold() not in chairs:
        yield warn(
            "P03",
            ("penandatangan", "nama"),
            f"Ketua di sini “{typed.nama}”, dalam rapat pleno orang lain.",
            "Samakan, atau pilih Plt., Plh., atau Pj.",
        )
