"""The decree that forms the Zona Integritas team, and the berita acara that decided on it."""

from pathlib import Path

from docgen.kinds import Archive, DocumentKind, Naskah
from docgen.satker import Satker
from templates_docx.keputusan_tim_zi import rules
from templates_docx.keputusan_tim_zi.context import build_context
from templates_docx.keputusan_tim_zi.facts import facts
from templates_docx.keputusan_tim_zi.form import FORM
from templates_docx.keputusan_tim_zi.pleno import lacking
from templates_docx.keputusan_tim_zi.schema import KeputusanTim


def _archive(keputusan: KeputusanTim, _satker: Satker) -> Archive:
    return Archive(keputusan.tentang, keputusan.nomor or "", keputusan.tanggal)


KIND = DocumentKind(
    name="keputusan_tim_zi",
    judul="Keputusan tim kerja ZI",
    keterangan=(
        "Keputusan tentang tim kerja pembangunan Zona Integritas dengan lampirannya, dan berita "
        "acara rapat pleno yang memutuskannya."
    ),
    folder=Path(__file__).parent,
    payload=KeputusanTim,
    naskah=(
        Naskah("keputusan", "Keputusan", "keputusan.docx"),
        Naskah("berita_acara", "Berita Acara Rapat Pleno", "berita_acara.docx", lacking),
    ),
    build_context=build_context,
    check=rules.check,
    archive=_archive,
    opsi=lambda keputusan: keputusan.opsi,
    form=FORM,
    facts=facts,
)
