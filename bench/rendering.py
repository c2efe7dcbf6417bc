"""How fast templates are filled, against docxtpl on the same templates and contexts in the same run."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup

from docgen.generate import generate, prepare
from docgen.kinds import DocumentOrder
from docgen.rendering import Picture, Xml, load
from docgen.rendering.filters import FILTERS
from docgen.rendering.measures import expand_measures
from docgen.rendering.package import Entry, Laid, lay, seal
from docgen.rendering.parts import is_story
from docgen.rendering.provenance import provenance_xml
from docgen.satker import registry
from templates_docx.sop import KIND as SOP

OFFICE = "13.71"
LANES = ("Sekretaris", "Kepala Subbagian", "Pelaksana", "Pengadministrasi")
PROPERTIES = {"docgen.kind": "sop", "docgen.satker": OFFICE, "docgen.input": "0" * 64}
BODY = "word/document.xml"
TURNS = 300
FIRST_TIMES = """
import sys, time
began = time.perf_counter()
from pathlib import Path
from docgen.rendering import load
load(Path(sys.argv[1]), cache_dir=Path(sys.argv[2]))
print(time.perf_counter() - began)
"""


def run() -> dict[str, Any]:
    """What the engine takes, from ready context to bytes, beside docxtpl in the same run.

    `documents` has a row for SOPs of 15, 50 and 200 steps: median microseconds and their ratio.
    `stages_us` says where the time of one of 15 steps goes; `fresh_process_ms` is the import and
    loading of a template in a new process whose disk cache is warm, `docgen_render_ms` the whole
    command. `carrying_input` is what it costs that the input travels in the file. `payload_to_bytes_per_second` is with the drawing's layout known, as for the second
    and every later office of a master; `memory_grown_kb` is over 10,000 documents.
    """
    return {
        "documents": [_compared(steps) for steps in (15, 50, 200)],
        "stages_us": stages(15),
        "carrying_input": carrying_input(),
        "payload_to_bytes_per_second": payload_to_bytes_per_second(),
        "memory_grown_kb": memory_grown_kb(10_000),
        "fresh_process_ms": fresh_process_ms(),
        "docgen_render_ms": docgen_render_ms(),
    }


def sop_input(steps: int) -> dict[str, Any]:
    """An SOP with that many steps over four lanes, every fifth a decision."""
    return {
        "judul": "Pengelolaan Surat Masuk & Disposisi",
        "nomor": "1/OT.03.1-SOP/1371/2026",
        "pelaksana": list(LANES),
        "dasar_hukum": ["UU Nomor 7 Tahun 2017", "PKPU Nomor 21 Tahun 2023"],
        "langkah": [_step(number, steps) for number in range(1, steps + 1)],
    }


def _step(number: int, steps: int) -> dict[str, Any]:
    step = {
        "kegiatan": f"Memeriksa kelengkapan berkas nomor {number} & meneruskannya kepada pejabat",
        "pelaksana": LANES[number % len(LANES)],
        "kelengkapan": ["Surat masuk", "Lembar disposisi"],
        "waktu": "15 Menit",
        "output": "Berkas yang telah diperiksa",
    }
    if number % 5 == 4 and number < steps:
        step |= {"ya": str(number + 1), "tidak": str(number - 1)}
    return step


def sop_context(steps: int) -> Mapping[str, Any]:
    """What the SOP's template is filled with."""
    satker = registry().get(OFFICE)
    payload = prepare(SOP, sop_input(steps), satker).valid_payload()
    return SOP.build_context(DocumentOrder(payload, satker, SOP.naskah[0].name, {}))


def for_docxtpl(template: bytes) -> bytes:
    """The template with our measuring tags carried out, which docxtpl does not know."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            root = etree.fromstring(content) if entry.filename.endswith(".xml") else None
            if root is not None and is_story(root):
                expand_measures(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(entry, content)
    return stream.getvalue()


def docxtpl_fill(template: bytes, context: Mapping[str, Any]) -> bytes:
    """The document as docxtpl makes it, values escaped, with our filters."""
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    document = DocxTemplate(BytesIO(template))
    document.render(in_docxtpl_words(context, document), environment, autoescape=True)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


class _RunOfPicture:
    """docxtpl's picture as `{{r }}` wants it: its run alone, without ends of those around it."""

    def __init__(self, image: InlineImage) -> None:
        self._image = image

    def __html__(self) -> str:
        xml = str(self._image).removeprefix("</w:t></w:r>")
        return xml.removesuffix('<w:r><w:t xml:space="preserve">')


def in_docxtpl_words(value: Any, document: DocxTemplate) -> Any:  # noqa: ANN401  any context
    """The context with fragments and pictures as docxtpl wants them."""
    if isinstance(value, Xml):
        return Markup(value.xml)  # noqa: S704  XML that our own code made
    if isinstance(value, Picture):
        width, height = Emu(value.lebar_emu), Emu(value.tinggi_emu)
        return _RunOfPicture(InlineImage(document, BytesIO(value.content), width, height))
    if isinstance(value, Mapping):
        return {key: in_docxtpl_words(one, document) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_docxtpl_words(one, document) for one in value]
    return value


def _compared(steps: int) -> dict[str, Any]:
    path = SOP.template_path(SOP.naskah[0])
    context = sop_context(steps)
    theirs = for_docxtpl(path.read_bytes())
    template = load(path)
    content = template.fill(context, PROPERTIES).content
    engine = _median_us(lambda: template.fill(context, PROPERTIES), 200)
    docxtpl = _median_us(lambda: docxtpl_fill(theirs, context), 7)
    # That the context has to be said in docxtpl's words is not docxtpl's time.
    document = DocxTemplate(BytesIO(theirs))
    docxtpl -= _median_us(lambda: in_docxtpl_words(context, document), 7)
    return {
        "steps": steps,
        "xml_bytes": len(_part(content, BODY)),
        "docxtpl_us": round(docxtpl),
        "engine_us": round(engine),
        "engine_per_second": round(1_000_000 / engine),
        "ratio": round(docxtpl / engine),
    }


def stages(steps: int) -> dict[str, int]:
    """Where the microseconds of one document go; writing the XML is what the others leave."""
    template = load(SOP.template_path(SOP.naskah[0]))
    context = sop_context(steps)
    content = template.fill(context, PROPERTIES).content
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts[BODY]
    xml = body.decode()
    *constant, relations, core, custom = (
        Entry.of(name, part) for name, part in parts.items() if name != BODY
    )
    laid = lay(constant, Laid())
    filled = [Entry.of(BODY, body), relations, core, custom]
    provenance = "x" * custom.size
    whole = _median_us(lambda: template.fill(context, PROPERTIES), 300)
    took = {
        "encode": _median_us(xml.encode, 300),
        "crc_and_deflate": _median_us(lambda: Entry.of(BODY, body), 300),
        "properties": _median_us(
            lambda: Entry.of("p", provenance_xml(PROPERTIES, provenance).encode()), 300
        ),
        "splice": _median_us(lambda: seal(lay(filled, laid)), 300),
    }
    took = {"write_xml": whole - sum(took.values()), **took, "all": whole}
    return {name: round(us) for name, us in took.items()}


def carrying_input() -> list[dict[str, Any]]:
    """From payload to bytes without the input in the document and with it, turn by turn."""
    rows = []
    for steps in (15, 200):
        office = registry().get(OFFICE)
        payload = prepare(SOP, sop_input(steps), office).valid_payload()
        took: dict[bool, list[float]] = {False: [], True: []}
        sizes = {}
        for turn in range(2 * TURNS):
            embed = bool(turn % 2)
            began = time.perf_counter()
            (file,) = generate(SOP, payload, office, embed_input=embed)
            took[embed].append(time.perf_counter() - began)
            sizes[embed] = len(file.content)
        without, carried = (statistics.median(took[embed]) * 1_000_000 for embed in (False, True))
        rows.append(
            {
                "steps": steps,
                "without_us": round(without),
                "with_us": round(carried),
                "ratio": round(carried / without, 3),
                "more_bytes": sizes[True] - sizes[False],
            }
        )
    return rows


def fresh_process_ms() -> int:
    """From the first import to a template ready to be filled, in a new process with a warm cache."""
    path = SOP.template_path(SOP.naskah[0])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", FIRST_TIMES, str(path), folder]
        times = [
            float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603  our own program
            for _ in range(6)
        ]
    return round(statistics.median(times[1:]) * 1_000)


def payload_to_bytes_per_second() -> int:
    """Documents a second from a payload that was checked, for one office after another."""
    offices = registry().select("provinsi")
    payload = prepare(SOP, sop_input(15), offices[0]).valid_payload()
    generate(SOP, payload, offices[0])
    began = time.perf_counter()
    for office in offices:
        generate(SOP, payload, office)
    return round(len(offices) / (time.perf_counter() - began))


def memory_grown_kb(documents: int) -> int:
    """By how much the process grows over so many documents, after the first thousand."""
    template = load(SOP.template_path(SOP.naskah[0]))
    context = sop_context(15)
    sizes = []
    for times in (1_000, documents):
        for number in range(times):
            template.fill({**context, "judul": f"Dokumen {number}"}, PROPERTIES)
        sizes.append(int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4)
    return sizes[1] - sizes[0]


def docgen_render_ms() -> int:
    """`docgen render` of one document, from start to exit, only the cache on disk warm."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "isian.json")
        path.write_text(json.dumps(sop_input(15)), encoding="utf-8")
        program = Path(sys.executable).with_name("docgen")
        command: list[str | Path] = [
            program,
            "render",
            SOP.name,
            path,
            "--satker",
            OFFICE,
            "-d",
            folder,
        ]
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        times = []
        for _ in range(6):
            began = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603  our own program
            times.append(time.perf_counter() - began)
    return round(statistics.median(times[1:]) * 1_000)


def _median_us(call: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1_000_000


def _part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read(name)
