"""The papers of a meeting that makes Zona Integritas and the SOP known: one record, four naskah."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.agreement import same_name
from docgen.assets import NamedPicture
from docgen.facts import Facts, Orang, Stated, StatedDay
from docgen.findings import pointer
from docgen.kinds import Archive, DocumentKind, Naskah
from docgen.satker import Satker
from docgen.zi import find_area
from templates_docx.notulen_internalisasi.context import build_context
from templates_docx.notulen_internalisasi.form import FORM
from templates_docx.notulen_internalisasi.rules import check
from templates_docx.notulen_internalisasi.schema import Petugas, Rapat


def _needs_undangan(rapat: Rapat) -> str:
    return "" if rapat.undangan else "isian “undangan” belum ada."


def _archive(rapat: Rapat, _satker: Satker) -> Archive:
    return Archive(rapat.acara, rapat.nomor or "", rapat.tanggal)


def _pictures(rapat: Rapat) -> Sequence[NamedPicture]:
    return [
        NamedPicture(one.berkas, pointer("dokumentasi", position, "berkas"))
        for position, one in enumerate(rapat.dokumentasi)
    ]


def _facts(rapat: Rapat, _satker: Satker) -> Facts:
    return Facts(
        nomor=list(_numbers(rapat)),
        orang=[*_present(rapat), *_signers(rapat)],
        rapat=StatedDay(rapat.tanggal, pointer("tanggal")),
        sop_disebut=[
            Stated(sop.judul, pointer("sop_diinternalisasi", position))
            for position, sop in enumerate(rapat.sop_diinternalisasi)
        ],
        area_disebut=[
            Stated(area.nama if (area := find_area(name)) else name, pointer("area_zi", position))
            for position, name in enumerate(rapat.area_zi)
        ],
    )


def _numbers(rapat: Rapat) -> Iterator[Stated]:
    if rapat.undangan and rapat.undangan.nomor:
        yield Stated(rapat.undangan.nomor, pointer("undangan", "nomor"))
    if rapat.nomor:
        yield Stated(rapat.nomor, pointer("nomor"))
    if rapat.laporan.nomor:
        yield Stated(rapat.laporan.nomor, pointer("laporan", "nomor"))


def _present(rapat: Rapat) -> Iterator[Orang]:
    """Those who were there, each once, at the first place that names them."""
    seen: set[str] = set()
    named = [
        (one.nama, one.jabatan or "", pointer("peserta", position, "nama"))
        for position, one in enumerate(rapat.peserta)
    ]
    for key, one in (("pimpinan", rapat.pimpinan), ("notulis", rapat.notulis)):
        named.append((one.nama, one.jabatan, pointer(key, "nama")))
    for nama, jabatan, place in named:
        if same_name(nama) not in seen:
            seen.add(same_name(nama))
            yield Orang(nama, jabatan, "hadir", place)


def _signers(rapat: Rapat) -> Iterator[Orang]:
    signers: list[tuple[Petugas | None, str]] = [
        (rapat.mengesahkan, pointer("mengesahkan", "nama")),
        (
            rapat.undangan.penanda_tangan if rapat.undangan else None,
            pointer("undangan", "penanda_tangan", "nama"),
        ),
    ]
    for signer, place in signers:
        if signer and signer.sifat == "definitif":
            yield Orang(signer.nama, signer.jabatan, "penanda_tangan", place)


KIND = DocumentKind(
    name="notulen_internalisasi",
    judul="Notulen Internalisasi",
    keterangan=(
        "Satu rekaman rapat internalisasi Zona Integritas dan SOP menghasilkan notulen, undangan, "
        "daftar hadir, dan laporan dengan foto."
    ),
    folder=Path(__file__).parent,
    payload=Rapat,
    naskah=(
        Naskah("notulen", "Notulen", "notulen.docx"),
        Naskah("undangan", "Undangan", "undangan.docx", _needs_undangan),
        Naskah("daftar_hadir", "Daftar Hadir", "daftar_hadir.docx"),
        Naskah("laporan", "Laporan", "laporan.docx"),
    ),
    build_context=build_context,
    check=check,
    archive=_archive,
    opsi=lambda rapat: rapat.opsi,
    form=FORM,
    pictures=_pictures,
    facts=_facts,
)
