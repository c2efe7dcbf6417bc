"""What is missing: sections, people in charge, dates, links between minutes and SOP."""

from collections.abc import Iterator, Sequence

from docgen.findings import Finding
from docgen.zi import find_area, nearest_area
from templates_docx.notulen_internalisasi.rules.warnings import BUKTI, warn
from templates_docx.notulen_internalisasi.schema import Rapat

_SECTIONS = (
    ("K01", "agenda", "Tulis pokok-pokok acaranya."),
    ("K02", "pembahasan", "Tulis pokok bahasan dan isinya."),
    ("K03", "kesimpulan", "Tulis hasil rapat."),
    ("K04", "tindak_lanjut", "Tulis uraian, penanggung jawab, dan tenggat."),
    ("K05", "dokumentasi", "Penilai meminta foto yang menunjukkan materi disampaikan."),
    ("K06", "undangan", "Penilai meminta undangan, daftar hadir, notulen, dan foto yang selaras."),
)


def check_contents(rapat: Rapat) -> Iterator[Finding]:
    """Warnings about what is left out."""
    for code, key, hint in _SECTIONS:
        if not getattr(rapat, key):
            yield warn(code, (key,), "belum diisi.", hint, BUKTI)
    for position, subject in enumerate(rapat.pembahasan):
        if not subject.isi:
            steps = ("pembahasan", position, "isi")
            yield warn("K07", steps, "belum diisi.", "Tulis apa yang dibicarakan.")
    for position, question in enumerate(rapat.tanya_jawab):
        if question.jawaban is None:
            steps = ("tanya_jawab", position, "jawaban")
            yield warn("K08", steps, "belum diisi.", "Tulis jawabannya.")
    yield from _follow_up(rapat)
    yield from _pictures(rapat)
    yield from _zona_integritas(rapat)


def _follow_up(rapat: Rapat) -> Iterator[Finding]:
    for position, one in enumerate(rapat.tindak_lanjut):
        for code, key, hint in (
            ("K09", "penanggung_jawab", "Tulis siapa yang mengerjakannya."),
            ("K10", "tenggat", "Tulis tanggal selesainya."),
        ):
            if getattr(one, key) is None:
                yield warn(code, ("tindak_lanjut", position, key), "belum diisi.", hint, BUKTI)


def _pictures(rapat: Rapat) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for position, one in enumerate(rapat.dokumentasi):
        earlier = first.setdefault(one.berkas, position)
        if earlier != position:
            yield warn(
                "K12",
                ("dokumentasi", position, "berkas"),
                f"“{one.berkas}” sama dengan foto {earlier + 1}.",
                "Pilih foto lain, atau hapus salah satunya.",
            )
        if one.keterangan is None:
            steps = ("dokumentasi", position, "keterangan")
            yield warn("K11", steps, "belum diisi.", "Tulis apa yang tampak pada foto.", BUKTI)


def _zona_integritas(rapat: Rapat) -> Iterator[Finding]:
    if not rapat.sop_diinternalisasi:
        yield warn(
            "Z01",
            ("sop_diinternalisasi",),
            "belum diisi.",
            "Sebut SOP yang diinternalisasi: budaya kerja yang tidak dituangkan dalam SOP "
            "dinilai lebih rendah.",
            f"{BUKTI}, A.II.1.iii.a",
        )
    if not rapat.area_zi:
        yield warn("Z02", ("area_zi",), "belum diisi.", "Sebut area yang dibahas.", BUKTI)
    for position, name in enumerate(rapat.area_zi):
        area = find_area(name)
        if area is None:
            near = nearest_area(name)
            yield warn(
                "Z03",
                ("area_zi", position),
                f"“{name}” bukan area perubahan Zona Integritas.",
                f"Mungkin “{near.nama}”?" if near else "Pilih salah satu dari enam area.",
                BUKTI,
            )
        elif area.nama != name.strip():
            yield warn(
                "Z04",
                ("area_zi", position),
                f"“{name}” tidak ditulis seperti di LKE.",
                f"Tulis “{area.nama}”.",
                BUKTI,
            )
    yield from _repeated(rapat.area_zi)


def _repeated(names: Sequence[str]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for position, name in enumerate(names):
        area = find_area(name)
        key = area.nama if area else name.casefold()
        if first.setdefault(key, position) != position:
            yield warn(
                "Z05",
                ("area_zi", position),
                f"“{name}” sudah disebut.",
                "Hapus salah satunya.",
            )
