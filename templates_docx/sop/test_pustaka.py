"""The library of masters: what a Sekretaris would check before giving one to an office."""

import re

import pytest

from docgen.generate import generate, prepare
from docgen.inputs import parse_input
from docgen.masters import PLACEHOLDER, apply_changes, load_masters
from docgen.rendering.text import read_text
from docgen.satker import registry
from templates_docx.sop import KIND
from templates_docx.sop.flow import resolve
from templates_docx.sop.rules import OWN_OF_OFFICE

MASTERS = load_masters(KIND)
KPU_NTB = {
    "autentikasi-perolehan-suara-kursi",
    "magang-perguruan-tinggi",
    "paw-dprd",
    "pendidikan-pemilih",
    "pengaduan-masyarakat",
    "permohonan-data-pemilih",
    "permohonan-informasi-publik",
}
# One of each class, and of those whose names are unlike the others': Aceh, DKI, Papua.
OFFICES = ["00", "11", "11.18", "13", "13.01", "13.71", "31", "31.71", "91.03"]
# What stays the same in every office: the Commission as a whole, and its central unit.
NATIONAL = re.compile(r"\b(?:Peraturan|Keputusan) KPU\b|UPG KPU RI|surat KPU RI|lingkungan KPU\b")


@pytest.fixture(params=MASTERS.values(), ids=list(MASTERS))
def master(request):
    return request.param


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from texts(inner)


def test_there_are_at_least_twenty_and_among_them_the_seven_services():
    assert len(MASTERS) >= 20
    assert set(MASTERS) >= KPU_NTB


def test_an_id_is_the_name_of_its_file():
    assert sorted(MASTERS) == sorted(path.stem for path in KIND.masters.glob("*.yaml"))


def test_a_master_says_that_it_is_a_starting_point_and_where_it_comes_from(master):
    says = master.data["master"]
    assert says["catatan"] == "Titik awal untuk disesuaikan satker; bukan SOP resmi."
    assert says["sumber"]
    assert says["belum_diverifikasi"]


@pytest.mark.parametrize("kode", OFFICES)
def test_a_master_has_no_finding_for_any_office_that_it_holds_for(master, kode):
    satker = registry().get(kode)
    findings = prepare(KIND, master.data, satker).findings
    expected = [] if master.holds_for(satker) else ["S04"]
    assert [finding.code for finding in findings] == expected


def test_every_master_holds_for_all_offices_of_some_level(master):
    levels = {"pusat", "provinsi", "kabupaten", "kota"}
    assert set(master.berlaku.split(",")) <= levels


def test_every_step_can_be_named_and_every_target_is_an_id(master):
    steps = master.data["langkah"]
    ids = [step["id"] for step in steps]
    assert len(set(ids)) == len(ids)
    for step in steps:
        for key in ("ya", "tidak", "lanjut"):
            assert step.get(key, ids[0]) in ids


def test_related_masters_are_named_as_they_are(master):
    titles = {one.judul for one in MASTERS.values()}
    assert set(master.data["keterkaitan"]) <= titles - {master.judul}


def test_a_master_leaves_number_dates_and_signatory_to_the_office(master):
    assert OWN_OF_OFFICE & set(master.data) == set()


def test_no_text_names_an_office_where_a_placeholder_belongs(master):
    for text in texts({key: value for key, value in master.data.items() if key != "master"}):
        rest = NATIONAL.sub("", text)
        if text not in master.data["dasar_hukum"]:
            assert re.findall(r"\b(?:KPU|KIP|Komisi Pemilihan Umum)\b", rest) == []
        assert "{{" not in PLACEHOLDER.sub("", text)


def test_every_placeholder_is_one_that_offices_fill(master):
    known = set(registry().get("13.71").placeholder_values())
    assert {name for text in texts(master.data) for name in PLACEHOLDER.findall(text)} <= known


def test_in_aceh_a_master_speaks_of_kip_and_of_no_other_office():
    satker = registry().get("11.18")
    for master in MASTERS.values():
        payload = prepare(KIND, master.data, satker).valid_payload()
        (file,) = generate(KIND, payload, satker)
        said = read_text(file.content)
        assert "KOMISI INDEPENDEN PEMILIHAN" in said
        assert "Titik awal" not in said
        assert "{{" not in said
        assert "KPU Kabupaten Pidie" not in said


def test_every_step_of_a_master_is_reached_and_leads_to_an_end(master):
    satker = registry().select(master.berlaku)[0]
    assert resolve(prepare(KIND, master.data, satker).valid_payload()).findings == ()


def test_the_changes_that_readme_shows_can_be_made():
    readme = (KIND.masters / "README.md").read_text(encoding="utf-8")
    changes = parse_input(readme.partition("```yaml")[2].partition("```")[0].encode())
    master = MASTERS["pengelolaan-surat-masuk"]
    data = apply_changes(master.data, changes)
    prepared = prepare(KIND, data, registry().get("13.71"))
    assert [(one.code, one.pointer) for one in prepared.findings] == [
        ("I02", "/nomor"),
        ("I03", "/disahkan_oleh"),
        ("I02", "/tanggal_pembuatan"),
    ]
    assert [step.id for step in prepared.valid_payload().langkah][6:8] == [
        "memberikan-arahan",
        "memaraf-disposisi",
    ]
