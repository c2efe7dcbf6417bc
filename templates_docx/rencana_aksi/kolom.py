"""The matrix's columns and the room that its rows take, measured as Word lays text out."""

from collections.abc import Iterable
from dataclasses import dataclass

from docgen.bahasa import angka
from docgen.rendering import PAPER_TWIPS
from docgen.swimlane.metrics import longest_word_width, text_width, wrap
from templates_docx.rencana_aksi.schema import PERIODE, Baris, RencanaAksi

# As the template has them: margins, cell padding, the base size, and the sizes of `Sel Isi`,
# `Sel Kepala` and `Sel Target`.
SIDE_MARGINS = 2 * 709
END_MARGINS = 2 * 850
PADDING = 2 * 45
NARROW_PADDING = 2 * 17
BASE_POINTS = 10.0
TEXT_POINTS = 8.0
HEAD_POINTS = 7.5
SMALL_POINTS = 7.0
HANGING = 215
LINE_PITCH = 20 * 1.17
"""Twips from line to line for each point of the size, with what stands after a paragraph."""
ROW_PADDING = 60
ROUNDING = 1.04
"""Room for what a word processor adds to a word's own width before it breaks it."""
HEAD_HEIGHT = 900

MONTH = 224
MONTHS = 12
LEAST_QUARTER = {"bulan": 560, "triwulan": 900}
MOST_QUARTER = {"bulan": 780, "triwulan": 1150}
MOST_PERSON = 1400
SHARES = (25, 26, 28, 21)
"""Of what is left over: rencana kerja, kegiatan, output, eviden and keterangan."""

WHOLE_ROW = 0.85
"""A row that takes more of the page than this may break: kept whole, LibreOffice loses its end."""
TOGETHER = 0.6
"""The rows of one rencana kerja stay on one page up to this share of it."""


@dataclass(frozen=True, slots=True)
class Kolom:
    """The columns' widths in twips; `bulan` is 0 where the months have no columns."""

    no: int
    rencana_kerja: int
    kegiatan: int
    output: int
    triwulan: int
    bulan: int
    penanggung_jawab: int
    anggaran: int
    keterangan: int

    @property
    def kisi(self) -> list[int]:
        """The widths of all columns of the table's grid, from left to right."""
        return [
            self.no,
            self.rencana_kerja,
            self.kegiatan,
            self.output,
            *[self.triwulan] * len(PERIODE),
            *([self.bulan] * MONTHS if self.bulan else []),
            self.penanggung_jawab,
            self.anggaran,
            self.keterangan,
        ]


@dataclass(frozen=True, slots=True)
class Lembar:
    """The paper's room between the margins in twips, and the text's font and size in points."""

    lebar: int
    tinggi: int
    huruf: str
    skala: float

    @property
    def ukuran(self) -> float:
        return TEXT_POINTS * self.skala


def lembar(rencana: RencanaAksi) -> Lembar:
    """The sheet that the options ask for."""
    short, long = PAPER_TWIPS[rencana.opsi.kertas or "A4"]
    return Lembar(
        lebar=long - SIDE_MARGINS,
        tinggi=short - END_MARGINS - HEAD_HEIGHT,
        huruf=rencana.opsi.huruf or "Arial",
        skala=(rencana.opsi.ukuran_huruf or BASE_POINTS) / BASE_POINTS,
    )


def susun_kolom(rencana: RencanaAksi, sheet: Lembar) -> Kolom:
    """Columns as wide as the figures and names need; the texts share what is left."""
    jadwal = rencana.opsi.jadwal
    no = round(text_width("000.", sheet.huruf, sheet.ukuran)) + PADDING
    quarter = _between(
        LEAST_QUARTER[jadwal],
        _quarter_word(rencana, sheet) * ROUNDING + NARROW_PADDING,
        MOST_QUARTER[jadwal],
    )
    month = round(MONTH * max(1, sheet.skala)) if jadwal == "bulan" else 0
    person = _person_width(rencana, sheet)
    money = _money_width(rencana, sheet)
    left = sheet.lebar - no - len(PERIODE) * quarter - MONTHS * month - person - money
    plan, activity, output, note = (left * share // sum(SHARES) for share in SHARES)
    return Kolom(
        no=no,
        rencana_kerja=plan,
        kegiatan=activity,
        output=output + left - plan - activity - output - note,
        triwulan=quarter,
        bulan=month,
        penanggung_jawab=person,
        anggaran=money,
        keterangan=note,
    )


def tinggi_kepala(columns: Kolom, sheet: Lembar) -> int:
    """How high each of the two head rows must be in twips to hold the names of the columns."""
    names = (
        ("Rencana Kerja (Kode LKE)", columns.rencana_kerja),
        ("Output dan Indikator", columns.output),
        ("Penanggung Jawab", columns.penanggung_jawab),
        ("Anggaran (Rp)", columns.anggaran),
        ("Eviden dan Keterangan", columns.keterangan),
    )
    points = HEAD_POINTS * sheet.skala
    lines = max(
        len(wrap(name, width - PADDING, sheet.huruf, points, bold=True)) for name, width in names
    )
    return round((lines * points * LINE_PITCH + ROW_PADDING) / 2)


def tinggi_baris(baris: Baris, columns: Kolom, sheet: Lembar) -> float:
    """How high the row is in twips: its fullest cell."""
    cells = (
        ((baris.rencana_kerja, baris.lke or ""), columns.rencana_kerja),
        (baris.kegiatan, columns.kegiatan),
        ((*baris.output, f"Indikator: {baris.indikator or ''}"), columns.output),
        (baris.penanggung_jawab, columns.penanggung_jawab),
        ((*baris.eviden, baris.keterangan or ""), columns.keterangan),
    )
    return max(tinggi_sel(texts, width, sheet.huruf, sheet.ukuran) for texts, width in cells)


def tinggi_sel(texts: Iterable[str], width: int, font: str, points: float) -> float:
    """How high a cell with these paragraphs is in twips, if each were an item of a list."""
    inside = width - PADDING - HANGING
    lines = sum(len(wrap(text, inside, font, points)) for text in texts)
    return lines * points * LINE_PITCH + ROW_PADDING


def _between(least: float, wanted: float, most: float) -> int:
    return round(min(max(least, wanted), most))


def _quarter_word(rencana: RencanaAksi, sheet: Lembar) -> float:
    texts = [
        f"({words})"
        for baris in rencana.baris
        for values in (baris.target, baris.realisasi)
        for words in map(values.pada, PERIODE)
    ]
    points = SMALL_POINTS * sheet.skala
    return max((longest_word_width(text, sheet.huruf, points) for text in texts), default=0.0)


def _person_width(rencana: RencanaAksi, sheet: Lembar) -> int:
    names = [name for baris in rencana.baris for name in baris.penanggung_jawab]
    words = [longest_word_width(name, sheet.huruf, sheet.ukuran) for name in names]
    head = text_width("Penanggung", sheet.huruf, sheet.ukuran, bold=True)
    wanted = max(words, default=0.0) * ROUNDING + PADDING
    return _between(head * ROUNDING + PADDING, wanted, MOST_PERSON * max(1, sheet.skala))


def _money_width(rencana: RencanaAksi, sheet: Lembar) -> int:
    """The largest sum stands in the total, in bold; it must not break."""
    total = angka(sum(baris.anggaran or 0 for baris in rencana.baris))
    words = (total, "Anggaran")
    widest = max(text_width(word, sheet.huruf, sheet.ukuran, bold=True) for word in words)
    return round(widest * ROUNDING) + PADDING
