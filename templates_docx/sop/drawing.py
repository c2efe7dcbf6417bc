"""The SOP's steps on the sheet: what the swim-lane is asked, and its pages for Word and browser."""

from docgen.kinds import Opsi
from docgen.rendering import PAPER_TWIPS
from docgen.satker import Satker
from docgen.swimlane import Chart, Exit, Layout, Sheet, Step, TextColumn, lay_out, page_svg
from templates_docx.sop.flow import Flow, FlowStep, resolve
from templates_docx.sop.schema import Langkah, Sop

MARGIN_TWIPS = 850
"""15 mm on all sides, as the template has it."""

BASE_POINTS = 10.0
TEXT_POINTS = 8.0
"""The template's base size, and the size of the steps' text under it."""

BEFORE = (TextColumn("No", 480, 420, grows=False), TextColumn("Kegiatan", 3000, 2300))
AFTER = (
    TextColumn("Kelengkapan", 1600, 1240),
    TextColumn("Waktu", 940, 780, grows=False),
    TextColumn("Output", 1600, 1240),
    TextColumn("Keterangan", 1240, 960),
)


def draw(sop: Sop, _satker: Satker) -> tuple[str, ...]:
    """The drawing's pages as SVG, for the form."""
    layout = lay_out_sop(sop, resolve(sop))
    return tuple(page_svg(layout, page) for page in range(len(layout.pages)))


def lay_out_sop(sop: Sop, flow: Flow) -> Layout:
    """Where the rows, symbols and arrows of a SOP without errors stand."""
    steps = tuple(
        _step(number, langkah, step)
        for number, (langkah, step) in enumerate(zip(sop.langkah, flow.steps, strict=True), 1)
    )
    chart = Chart(
        sop.pelaksana, steps, sop.opsi.label_ya, sop.opsi.label_tidak, sop.opsi.gaya_mulai
    )
    return lay_out(chart, sheet(sop.opsi))


def sheet(opsi: Opsi) -> Sheet:
    """The room between the margins of the paper asked for, and the steps' font."""
    short, long = PAPER_TWIPS[opsi.kertas or "A4"]
    return Sheet(
        width=long - 2 * MARGIN_TWIPS,
        height=short - 2 * MARGIN_TWIPS,
        before=BEFORE,
        after=AFTER,
        font=opsi.huruf or "Arial",
        size=_half_point(TEXT_POINTS * (opsi.ukuran_huruf or BASE_POINTS) / BASE_POINTS),
    )


def _half_point(points: float) -> float:
    return round(points * 2) / 2


def _step(number: int, langkah: Langkah, step: FlowStep) -> Step:
    exits = tuple(Exit(exit_.target, exit_.answer) for exit_ in step.exits)
    return Step(step.jenis, step.lanes, exits, cell_texts(number, langkah))


def cell_texts(number: int, langkah: Langkah) -> tuple[str, ...]:
    """The texts of a row's cells beside the lanes, in the table's order."""
    return (
        f"{number}.",
        langkah.kegiatan,
        "\n".join(langkah.kelengkapan),
        langkah.waktu or "",
        "\n".join(langkah.output),
        langkah.keterangan or "",
    )
