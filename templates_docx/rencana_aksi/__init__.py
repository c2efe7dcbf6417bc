"""Rencana aksi pembangunan Zona Integritas, and the quarterly report on it."""

from collections.abc import Sequence
from pathlib import Path

from docgen.facts import Facts, Orang, Stated
from docgen.findings import Finding, pointer
from docgen.kinds import Archive, DocumentKind, Naskah
from docgen.satker import Satker
from templates_docx.rencana_aksi import rules
from templates_docx.rencana_aksi.context import LAPORAN_MONEV, MATRIKS, build_context
from templates_docx.rencana_aksi.form import FORM
from templates_docx.rencana_aksi.schema import RencanaAksi

FOLDER = Path(__file__).parent


def _check(rencana: RencanaAksi, satker: Satker) -> Sequence[Finding]:
    return rules.check(rencana, satker)


def _archive(rencana: RencanaAksi, _satker: Satker) -> Archive:
    return Archive(rencana.judul, rencana.nomor or "", rencana.tanggal)


def _facts(rencana: RencanaAksi, _satker: Satker) -> Facts:
    """What the plan states: its numbers, its year, its signers, the areas that it speaks of."""
    numbers = [(rencana.nomor, pointer("nomor")), (rencana.laporan.nomor, "/laporan/nomor")]
    signers = [
        (rencana.penandatangan, pointer("penandatangan", "nama")),
        (rencana.mengetahui, pointer("mengetahui", "nama")),
    ]
    return Facts(
        nomor=[Stated(number, place) for number, place in numbers if number],
        orang=[
            Orang(signer.nama, signer.jabatan or "", "penanda_tangan", place)
            for signer, place in signers
            if signer and signer.nama
        ],
        area_disebut=_areas(rencana),
        tahun=[Stated(str(rencana.tahun), pointer("tahun"))],
    )


def _areas(rencana: RencanaAksi) -> list[Stated]:
    """Each area that has a row, once, at its first row."""
    first: dict[str, Stated] = {}
    for position, baris in enumerate(rencana.baris):
        first.setdefault(baris.area, Stated(baris.area, pointer("baris", position, "area")))
    return list(first.values())


def _needs_realisation(rencana: RencanaAksi) -> str:
    if any(baris.realisasi.terisi for baris in rencana.baris):
        return ""
    return "belum ada baris yang berisi realisasi."


KIND = DocumentKind(
    name="rencana_aksi",
    judul="Rencana aksi Zona Integritas",
    keterangan=(
        "Matriks rencana aksi enam area perubahan dan laporan monitoring dan evaluasi "
        "triwulanannya, dari satu isian."
    ),
    folder=FOLDER,
    payload=RencanaAksi,
    naskah=(
        Naskah(MATRIKS, "Matriks Rencana Aksi", "matriks.docx"),
        Naskah(
            LAPORAN_MONEV,
            "Laporan Monitoring dan Evaluasi",
            "laporan_monev.docx",
            _needs_realisation,
        ),
    ),
    build_context=build_context,
    check=_check,
    facts=_facts,
    archive=_archive,
    opsi=lambda rencana: rencana.opsi,
    form=FORM,
)
