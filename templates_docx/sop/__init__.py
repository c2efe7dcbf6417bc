"""SOP in the form of PermenPAN-RB 35/2012, with its flowchart."""

from collections.abc import Sequence
from pathlib import Path

from docgen.facts import Facts, Orang, Stated
from docgen.findings import Finding, pointer
from docgen.kinds import Archive, DocumentKind, Naskah, Revision
from docgen.satker import Satker
from templates_docx.sop import rules, tata_letak
from templates_docx.sop.context import build_context
from templates_docx.sop.drawing import draw
from templates_docx.sop.flow import resolve
from templates_docx.sop.form import FORM
from templates_docx.sop.schema import Sop

FOLDER = Path(__file__).parent

PENATAAN_TATALAKSANA = 2
"""The area whose first questions are about SOP: LKE A.I.2.i, rows 23 to 25."""


def _check(sop: Sop, satker: Satker) -> Sequence[Finding]:
    flow = resolve(sop)
    findings = [*flow.findings, *rules.check(sop, satker)]
    if not any(finding.is_error for finding in findings):
        findings += tata_letak.check(sop, flow)
    return findings


def _archive(sop: Sop, _satker: Satker) -> Archive:
    return Archive(sop.judul, sop.nomor or "", sop.tanggal_efektif)


def _facts(sop: Sop, _satker: Satker) -> Facts:
    pengesah = sop.disahkan_oleh
    place = pointer("disahkan_oleh", "nama")
    return Facts(
        nomor=[Stated(sop.nomor, pointer("nomor"))] if sop.nomor else [],
        sop=Stated(sop.judul, pointer("judul")),
        area_bukti=(PENATAAN_TATALAKSANA,),
        orang=[Orang(pengesah.nama, pengesah.jabatan or "Sekretaris", "penanda_tangan", place)]
        if pengesah.nama and pengesah.sifat == "definitif"
        else [],
    )


KIND = DocumentKind(
    name="sop",
    judul="SOP",
    keterangan="Standar Operasional Prosedur dengan bagan alir, menurut PermenPAN-RB 35/2012.",
    folder=FOLDER,
    payload=Sop,
    naskah=(Naskah("sop", "Standar Operasional Prosedur", "sop.docx"),),
    build_context=build_context,
    check=_check,
    archive=_archive,
    opsi=lambda sop: sop.opsi,
    facts=_facts,
    form=FORM,
    revision=Revision("revisi_ke", "tanggal_revisi", "catatan_revisi", berlaku="tanggal_efektif"),
    draw=draw,
    masters=FOLDER / "pustaka",
    evaluasi_tahun=1,  # as BPS Perka 19/2013 asks: at least yearly
)
