"""What the decree states that other documents of its office can contradict."""

from collections.abc import Iterator

from docgen.facts import Facts, Orang, Stated, StatedDay
from docgen.findings import pointer
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi.context import penanda_tangan
from templates_docx.keputusan_tim_zi.pleno import is_ketua
from templates_docx.keputusan_tim_zi.rules.dates import years_in
from templates_docx.keputusan_tim_zi.rules.team import area_of
from templates_docx.keputusan_tim_zi.schema import KeputusanTim
from templates_docx.keputusan_tim_zi.wording import nomor_keputusan, penerbit, tahun


def facts(keputusan: KeputusanTim, satker: Satker) -> Facts:
    """Numbers, the team and who signs, the day on which it is appointed, areas and years."""
    return Facts(
        nomor=tuple(_numbers(keputusan)),
        orang=(*_team(keputusan), *_signatories(keputusan, satker)),
        penetapan_tim=(
            StatedDay(keputusan.tanggal, pointer("tanggal")) if keputusan.tanggal else None
        ),
        area=tuple(
            Stated(area.nama, pointer("tim", position, "kelompok"))
            for position, group in enumerate(keputusan.tim)
            if (area := area_of(group.kelompok))
        ),
        tahun=tuple(_years(keputusan)),
    )


def _numbers(keputusan: KeputusanTim) -> Iterator[Stated]:
    """Decrees of the office and of its secretariat are numbered apart."""
    if keputusan.nomor:
        whose = "" if penerbit(keputusan) == "kpu" else " Sekretaris"
        number = nomor_keputusan(keputusan).removeprefix("NOMOR ").replace("TAHUN", "Tahun")
        yield Stated(f"Keputusan{whose} Nomor {number}", pointer("nomor"))
    if keputusan.pleno and keputusan.pleno.nomor:
        yield Stated(keputusan.pleno.nomor, pointer("pleno", "nomor"))


def _team(keputusan: KeputusanTim) -> Iterator[Orang]:
    for position, group in enumerate(keputusan.tim):
        for row, one in enumerate(group.anggota):
            place = pointer("tim", position, "anggota", row, "nama")
            yield Orang(one.nama, one.jabatan_dinas, "anggota_tim", place)


def _signatories(keputusan: KeputusanTim, satker: Satker) -> Iterator[Orang]:
    if keputusan.penandatangan.nama:
        signer = penanda_tangan(keputusan, satker)
        sifat = "" if signer.sifat == "definitif" else f"{signer.sifat} "
        place = pointer("penandatangan", "nama")
        yield Orang(signer.nama, f"{sifat}{signer.jabatan}", "penanda_tangan", place)
    for position, one in enumerate(keputusan.pleno.peserta if keputusan.pleno else ()):
        if is_ketua(one):
            place = pointer("pleno", "peserta", position, "nama")
            yield Orang(one.nama, one.jabatan, "penanda_tangan", place)


def _years(keputusan: KeputusanTim) -> Iterator[Stated]:
    """The years in the title, else that of the number."""
    if found := sorted(years_in(keputusan.tentang)):
        yield from (Stated(str(year), pointer("tentang")) for year in found)
    elif year := tahun(keputusan):
        yield Stated(str(year), pointer("tanggal" if keputusan.tahun is None else "tahun"))
