"""Who was there, who leads, who writes, who signs."""

import re
from collections.abc import Iterator

from docgen.agreement import same_name
from docgen.findings import Finding
from docgen.review import nip_problem
from docgen.satker import Satker
from templates_docx.notulen_internalisasi.rules.warnings import BUKTI, Steps, warn
from templates_docx.notulen_internalisasi.schema import Petugas, Rapat

_STAND_IN = re.compile(r"NAMA( [A-Z]+)+( \d+)?")


def check_people(rapat: Rapat, satker: Satker) -> Iterator[Finding]:
    """Warnings about people."""
    yield from _twice(rapat)
    yield from _absent(rapat)
    yield from _two_roles(rapat)
    yield from _two_posts(rapat, satker)
    yield from _stand_ins(rapat)
    for steps, one in _officials(rapat):
        if one.nip and (problem := nip_problem(one.nip)):
            yield warn("R08", (*steps, "nip"), f"{problem}.", "Bandingkan dengan SK.", "bentuk NIP")
    yield from _count(rapat)


def _officials(rapat: Rapat) -> Iterator[tuple[Steps, Petugas]]:
    yield ("pimpinan",), rapat.pimpinan
    yield ("notulis",), rapat.notulis
    if rapat.mengesahkan:
        yield ("mengesahkan",), rapat.mengesahkan
    if rapat.undangan and rapat.undangan.penanda_tangan:
        yield ("undangan", "penanda_tangan"), rapat.undangan.penanda_tangan


def _twice(rapat: Rapat) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for position, one in enumerate(rapat.peserta):
        earlier = first.setdefault(same_name(one.nama), position)
        if earlier != position:
            yield warn(
                "R01",
                ("peserta", position, "nama"),
                f"“{one.nama}” sudah tertulis sebagai peserta {earlier + 1}.",
                "Hapus salah satunya.",
                BUKTI,
            )


def _absent(rapat: Rapat) -> Iterator[Finding]:
    present = {same_name(one.nama) for one in rapat.peserta}
    guests = {same_name(one.nama) for one in rapat.narasumber}
    for code, key, one in (("R02", "pimpinan", rapat.pimpinan), ("R03", "notulis", rapat.notulis)):
        if same_name(one.nama) not in present:
            yield warn(
                code,
                (key, "nama"),
                f"“{one.nama}” tidak ada di daftar peserta.",
                "Tambahkan ke peserta, atau samakan ejaan namanya.",
                BUKTI,
            )
    officials = {same_name(rapat.pimpinan.nama), same_name(rapat.notulis.nama)}
    for position, question in enumerate(rapat.tanya_jawab):
        if same_name(question.penanya) not in present | guests | officials:
            yield warn(
                "R04",
                ("tanya_jawab", position, "penanya"),
                f"“{question.penanya}” tidak ada di daftar peserta.",
                "Tambahkan ke peserta, atau samakan ejaan namanya.",
                BUKTI,
            )


def _two_roles(rapat: Rapat) -> Iterator[Finding]:
    writer = same_name(rapat.notulis.nama)
    for key in ("pimpinan", "mengesahkan"):
        one: Petugas | None = getattr(rapat, key)
        if one is not None and same_name(one.nama) == writer:
            yield warn(
                "R05",
                ("notulis", "nama"),
                f"“{rapat.notulis.nama}” juga {'memimpin' if key == 'pimpinan' else key}.",
                "Notulis dan yang mengesahkan sebaiknya dua orang.",
            )
            return


def _two_posts(rapat: Rapat, satker: Satker) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for position, one in enumerate(rapat.peserta):
        if one.jabatan:
            first.setdefault(same_name(one.nama), one.jabatan)
        else:
            place: Steps = ("peserta", position, "jabatan")
            yield warn("R07", place, "belum diisi.", "Isi jabatannya.", BUKTI)
    for steps, official in _officials(rapat):
        known = first.setdefault(same_name(official.nama), official.jabatan)
        if _post(known, satker) != _post(official.jabatan, satker):
            yield warn(
                "R06",
                (*steps, "jabatan"),
                f"“{official.jabatan}”, di tempat lain {official.nama} tertulis “{known}”.",
                "Samakan jabatannya.",
                BUKTI,
            )


def _post(jabatan: str, satker: Satker) -> str:
    """The post without the office it is at, which some write and some leave out."""
    bare = jabatan.casefold()
    for office in (satker.nama_lengkap, satker.nama):
        bare = bare.removesuffix(office.casefold()).strip()
    return bare


def _stand_ins(rapat: Rapat) -> Iterator[Finding]:
    people = [((*steps, "nama"), one.nama) for steps, one in _officials(rapat)]
    people += [
        (("peserta", position, "nama"), one.nama) for position, one in enumerate(rapat.peserta)
    ]
    for steps, nama in people:
        if _STAND_IN.fullmatch(nama.strip()):
            yield warn("R09", steps, f"“{nama}” masih pengganti nama.", "Tulis nama orangnya.")


def _count(rapat: Rapat) -> Iterator[Finding]:
    if rapat.jumlah_pegawai is None:
        return
    if rapat.jumlah_pegawai < len(rapat.peserta):
        yield warn(
            "R10",
            ("jumlah_pegawai",),
            f"{rapat.jumlah_pegawai}, padahal pesertanya {len(rapat.peserta)} orang.",
            "Hitung ulang seluruh pegawai.",
            BUKTI,
        )
    elif 2 * len(rapat.peserta) < rapat.jumlah_pegawai:
        yield warn(
            "R11",
            ("jumlah_pegawai",),
            f"yang hadir {len(rapat.peserta)} dari {rapat.jumlah_pegawai} orang, kurang dari separuh.",
            "Penilai mengharapkan seluruh pegawai mengikuti internalisasi.",
            BUKTI,
        )
