"""What an evaluator would raise about a rencana aksi; nothing here stops a document."""

from collections.abc import Iterator

from docgen.bahasa import angka
from docgen.findings import Finding, pointer
from docgen.satker import Satker
from docgen.zi import SUMBER, find_question, nearest_question
from templates_docx.rencana_aksi.capaian import PERCENT, baca, kemajuan
from templates_docx.rencana_aksi.matriks import bobot_direncanakan
from templates_docx.rencana_aksi.rules_teks import check_texts
from templates_docx.rencana_aksi.rules_waktu import check_times
from templates_docx.rencana_aksi.schema import PERIODE, ROMAWI, Baris, Periode, RencanaAksi
from templates_docx.rencana_aksi.susunan import NONE_YET, BagianArea, susun

LKE_RENCANA = "LKE A.I.1.ii, rencana pembangunan Zona Integritas"
LKE_MONEV = "LKE A.I.1.iii, pemantauan dan evaluasi"


def check(rencana: RencanaAksi, satker: Satker) -> list[Finding]:
    """All warnings: of the whole, of its texts and dates, then row by row."""
    return [
        *_areas(rencana),
        *check_times(rencana),
        *check_texts(rencana, satker),
        *(
            finding
            for position, baris in enumerate(rencana.baris)
            for finding in _row(rencana, position, baris)
        ),
    ]


def _warn(code: str, place: str, message: str, hint: str, source: str) -> Finding:
    return Finding(code, "warning", place, message, hint, source)


def _areas(rencana: RencanaAksi) -> Iterator[Finding]:
    for part in susun(rencana):
        if not part.kelompok:
            yield _warn(
                "R01",
                pointer("baris"),
                f"Area {part.area.nomor}, {part.area.nama}: belum ada rencana kerja.",
                "Keenam area harus terisi.",
                LKE_RENCANA,
            )
        else:
            yield from _minimum(rencana, part)


def _minimum(rencana: RencanaAksi, part: BagianArea) -> Iterator[Finding]:
    """Full marks for all that is planned must reach what the predicate asks of the area."""
    if rencana.predikat is None:
        return
    planned, least = bobot_direncanakan(part), part.area.minimal[rencana.predikat]
    if 0 < planned < least:
        yield _warn(
            "R02",
            pointer("baris"),
            f"Area {part.area.nomor}, {part.area.nama}: pertanyaan LKE yang direncanakan berbobot "
            f"{angka(round(planned, 2))}, sedangkan nilai minimal {rencana.predikat} "
            f"{angka(least)} dari {angka(part.area.bobot)}.",
            "Pastikan pertanyaan lainnya sudah terpenuhi, atau rencanakan juga.",
            SUMBER,
        )


def _row(rencana: RencanaAksi, position: int, baris: Baris) -> Iterator[Finding]:
    yield from _missing(position, baris)
    yield from _lke(position, baris)
    yield from _realisation(position, baris)
    if rencana.periode:
        yield from _reported(position, baris, rencana.periode)


def _missing(position: int, baris: Baris) -> Iterator[Finding]:
    for code, key, label, is_missing, hint in (
        ("R03", "rencana_kerja", "rencana kerja", baris.rencana_kerja.strip() == NONE_YET, ""),
        ("R04", "kegiatan", "kegiatan", not baris.kegiatan, ""),
        ("R05", "output", "output", not baris.output, "Tulis dokumen atau hasilnya."),
        ("R06", "jadwal", "bulan pelaksanaan", not baris.jadwal, "Pilih bulan 1 sampai 12."),
        ("R07", "target", "target", not baris.target.terisi, "Isi sedikitnya satu triwulan."),
        ("R08", "penanggung_jawab", "penanggung jawab", not baris.penanggung_jawab, ""),
        ("R09", "lke", "kode LKE", not baris.lke, "Tulis pertanyaan LKE yang dijawabnya."),
    ):
        if is_missing:
            yield _warn(
                code,
                pointer("baris", position, key),
                f"Baris {position + 1}, {label}: belum diisi.",
                hint or "Isi sebelum disahkan.",
                LKE_RENCANA,
            )


def _lke(position: int, baris: Baris) -> Iterator[Finding]:
    if not baris.lke or baris.lke.strip() == NONE_YET:
        return
    place = pointer("baris", position, "lke")
    question = find_question(baris.lke)
    if question is None:
        near = nearest_question(baris.lke)
        yield _warn(
            "R10",
            place,
            f"Baris {position + 1}, kode LKE: “{baris.lke}” tidak ada.",
            f"Mungkin {near.id}, “{near.teks}”?",
            SUMBER,
        )
    elif question.area is None or question.area.nama != baris.area:
        owner = question.area.nama if question.area else "komponen Hasil"
        yield _warn(
            "R11",
            place,
            f"Baris {position + 1}, kode LKE: {question.id} milik {owner}, bukan {baris.area}.",
            "Perbaiki kodenya, atau pindahkan barisnya.",
            SUMBER,
        )


def _realisation(position: int, baris: Baris) -> Iterator[Finding]:
    if baris.realisasi.terisi and not baris.eviden:
        yield _warn(
            "R12",
            pointer("baris", position, "eviden"),
            f"Baris {position + 1}, eviden: ada realisasi, tetapi buktinya belum disebut.",
            "Tulis nama berkas atau tautannya.",
            LKE_MONEV,
        )
    for periode in baris.realisasi.terisi:
        yield from _beyond(position, baris, periode)


def _beyond(position: int, baris: Baris, periode: Periode) -> Iterator[Finding]:
    """More than the quarter's own target, or more than the whole."""
    said = baris.realisasi.pada(periode)
    target, realised = baca(baris.target.pada(periode)), baca(said)
    own = target and realised and target.satuan == realised.satuan
    is_beyond_own = own and realised and target and realised.jumlah > target.jumlah
    is_beyond_all = realised and realised.satuan == PERCENT and realised.jumlah > 100
    if is_beyond_own or is_beyond_all or _is_beyond_year(baris, periode):
        limit = f"target {baris.target.pada(periode)}" if is_beyond_own else "target setahun"
        yield _warn(
            "R13",
            pointer("baris", position, "realisasi", periode),
            f"Baris {position + 1}, realisasi triwulan {ROMAWI[PERIODE.index(periode)]}: {said} "
            f"melebihi {limit}.",
            "Periksa angkanya; bila benar, jelaskan pada keterangan.",
            LKE_MONEV,
        )


def _is_beyond_year(baris: Baris, periode: Periode) -> bool:
    now = kemajuan(baris, periode).realisasi
    at = PERIODE.index(periode)
    was = kemajuan(baris, PERIODE[at - 1]).realisasi if at else 0
    return now is not None and now > 1 and (was is None or was <= 1)


def _reported(position: int, baris: Baris, periode: Periode) -> Iterator[Finding]:
    found = kemajuan(baris, periode)
    quarter = ROMAWI[PERIODE.index(periode)]
    if found.status == "Tidak terukur":
        yield _warn(
            "R14",
            pointer("baris", position, "realisasi"),
            f"Baris {position + 1}, realisasi: tidak dapat dibandingkan dengan targetnya.",
            "Tulis angka dengan satuan yang sama, misalnya 50% dari 100%, atau 1 dokumen dari 2.",
            LKE_MONEV,
        )
    if found.status == "Belum tercapai" and not baris.kendala:
        yield _warn(
            "R15",
            pointer("baris", position, "kendala"),
            f"Baris {position + 1}, kendala: target triwulan {quarter} belum tercapai, sebabnya "
            "belum ditulis.",
            "Tulis kendala dan tindak lanjutnya.",
            LKE_MONEV,
        )
    if baris.kendala and not baris.tindak_lanjut:
        yield _warn(
            "R16",
            pointer("baris", position, "tindak_lanjut"),
            f"Baris {position + 1}, tindak lanjut: ada kendala, tindak lanjutnya belum ditulis.",
            "Tulis yang akan dilakukan, oleh siapa, dan kapan.",
            LKE_MONEV,
        )
