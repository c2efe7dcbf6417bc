"""An edited template is told all its problems at once, each with its place and its mend."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from docgen.kinds import OFFICE_FONTS
from docgen.rendering import Xml
from docgen.rendering.checking import check_template
from docgen.rendering.xml import q

SAMPLE = {
    "judul": "SOP",
    "nomor": "1",
    "kop": ("KPU", "Kota Padang"),
    "pengesah": {"nama": "Rina", "nip": "1"},
    "baris": [
        {"no": 1, "isi": ["a"], "catatan": "", "gambar": Xml("")},
        {"no": 2, "isi": ["b"], "catatan": "c", "gambar": Xml("")},
    ],
    "kosong": [],
}


def told(template, *samples):
    found = check_template(template, samples or (SAMPLE,), (*OFFICE_FONTS, "Courier"))
    return [f"{one.place}: {one.message}" for one in found if one.level == "error"]


def test_a_good_template_has_no_problems(word):
    template = word(
        "{{ judul }} {{ nomor }} {{ pengesah.nama | kapital }} {{ pengesah['nip'] }}",
        "{%p for k in kop %}",
        "{{ k }} {{ loop.index }}",
        "{%p endfor %}",
        [
            ["{%tr for b in baris %}", ""],
            ["{% lebar b.no %}{{ b.no }}", "{{ b.isi[0] }} {{r b.gambar }} {{ b.catatan }}"],
            ["{%tr endfor %}", ""],
        ],
        "{% for x in kosong %}{{ x.apa_saja }}{% endfor %} ${nomor_naskah}",
    )
    assert check_template(template, [SAMPLE], (*OFFICE_FONTS, "Courier")) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{{ judull }}", "nama “judull” tidak dikenal."),
        ("{{ pengesah.namaa }}", "“pengesah” tidak punya “namaa”."),
        ("{{ pengesah }}", "“pengesah” adalah kumpulan isian."),
        ("{{ kop }}", "“kop” adalah daftar."),
        ("{% for x in judul %}{{ x }}{% endfor %}", "“judul” bukan daftar."),
        ("{% for b in baris %}{{ b.nomor }}{% endfor %}", "“b” tidak punya “nomor”."),
        ("{ { judul }}", "kurung sebuah tanda terpisah: “{ { judul }}”."),
        ("{{ judul } }", "kurung sebuah tanda terpisah: “{{ judul } }”."),
        ("{{ judul", "tanda dibuka tetapi tidak ditutup: “{{ judul”."),
        ("judul }}", "tanda ditutup tetapi tidak dibuka: “judul }}”."),
        ("{ judul }", "nama dalam satu kurung tidak diisi: “{ judul }”."),
        ("{% if judul %}", "if tidak ditutup."),
        ("{% endfor %}", "endfor tanpa pembuka."),
        ("{% for x dari kop %}{% endfor %}", "“for x dari kop” salah tulis."),
        ("{{ judul nomor }}", "“{{ judul nomor }}” salah tulis."),
        ("{{ judul() }}", "“judul(…)” tidak diperbolehkan."),
        ("{{ judul.__class__ }}", "“__class__” tidak diperbolehkan."),
        ("{{ judul | besar }}", "saringan “besar” tidak ada."),
        ("{% set x = 1 %}", "“set” tidak diperbolehkan."),
        ("{# {{ judul }} #}", "tanda di sini tidak akan pernah diisi: di dalam {# #}."),
        ("{%tr if judul %}", "{%tr …%} tidak di tempatnya."),
        ("{%pt endfor %}", "{%pt …%} tidak di tempatnya."),
        ("{% lebar 3 %}", "{% lebar %} tidak di tempatnya."),
        ("{% vm %}", "{% vm %} di luar for."),
        ("{%trfor x in kop %}", "spasi salah di “{%trfor x in kop %}”."),
        ("{% tr endfor %}", "spasi salah di “{% tr endfor %}”."),
        ("{{ }}", "tanda “{{ }}” kosong."),
        ("{{ judul + 1 }}", "“judul + 1” tidak diperbolehkan."),
        ("{# catatan", "tanda dibuka tetapi tidak ditutup: “{# catatan”."),
        ("{%p if judul %} teks", "teks di samping {%p …%} akan hilang: “teks”."),
    ],
)
def test_a_problem_is_told_with_its_place(word, words, message):
    assert f"word/document.xml, paragraf 2: {message}" in told(word("{{ judul }}", words))


def test_a_name_that_only_some_samples_have_must_stand_in_an_if(word):
    written, guarded = "{{ b.catatan }}", "{% if b.catatan %}{{ b.catatan }}{% endif %}"
    rows = [{"catatan": "c"}, {"catatan": None}]
    for words, expected in ((written, ["paragraf 1: tidak ada nilai"]), (guarded, [])):
        found = told(word(f"{{% for b in baris %}}{words}{{% endfor %}}"), {"baris": rows})
        assert [one.partition(", ")[2].partition(" untuk")[0] for one in found] == expected


def test_a_filter_that_does_not_fit_the_value_is_told(word):
    (problem,) = told(word("{{ judul | tanggal }}"))
    assert problem.startswith("word/document.xml, paragraf 1: nilai {{ judul | tanggal }} tidak")


def test_the_nearest_known_name_is_proposed(word):
    (problem, *_) = check_template(word("{{ pengesah.namaa }}"), [SAMPLE], OFFICE_FONTS)
    assert problem.mend == "Mungkin “nama”?"


def test_all_problems_of_all_parts_are_told_at_once(word):
    template = word(
        "{{ a }}", [["{{ b }}", "x"], ["y", "{{ judul"]], "{% if c %}", header="{{ d }}"
    )
    assert told(template) == [
        "word/document.xml, paragraf 1: nama “a” tidak dikenal.",
        "word/document.xml, tabel 1, baris 1, sel 1: nama “b” tidak dikenal.",
        "word/document.xml, tabel 1, baris 2, sel 2: tanda dibuka tetapi tidak ditutup: “{{ judul”.",
        "word/document.xml, paragraf 2: nama “c” tidak dikenal.",
        "word/document.xml, paragraf 2: if tidak ditutup.",
        "word/header1.xml, paragraf 1: nama “d” tidak dikenal.",
    ]


def test_tags_that_cross_are_told_where_the_outer_one_begins(word):
    assert told(word("{% if judul %}", "{% for x in kop %}", "{% endif %}", "{% endfor %}")) == [
        "word/document.xml, paragraf 3: endif menyilang for di word/document.xml, paragraf 2.",
        "word/document.xml, paragraf 4: endfor menyilang if di word/document.xml, paragraf 1.",
    ]


def test_a_loop_from_a_row_to_a_paragraph_is_told(word):
    (problem,) = told(word([["{%tr for x in kop %}"], ["{{ x }}"]], "{%p endfor %}"))
    assert problem == "word/document.xml, paragraf 1: endfor tidak setingkat dengan for-nya."


def test_an_ending_in_another_cell_is_told(word):
    (problem,) = told(word([["{% if judul %}a", "b"]], "{% endif %}"))
    assert "tidak setingkat" in problem


def test_text_beside_a_row_s_tag_is_told(word):
    (problem,) = told(
        word([["{%tr for x in kop %}", "Jumlah"], ["{{ x }}", ""], ["{%tr endfor %}", ""]])
    )
    assert problem == (
        "word/document.xml, tabel 1, baris 1, sel 1: teks di samping {%tr …%} akan hilang: “Jumlah”."
    )


def test_a_name_that_one_of_several_samples_has_is_known(word):
    assert told(word("{{ a }}{{ b }}{{ c }}"), {"a": 1}, {"b": 2}) == [
        "word/document.xml, paragraf 1: nama “c” tidak dikenal."
    ]


def test_a_name_that_the_template_lacks_is_a_warning(word):
    found = check_template(word("{{ judul }}"), [{"judul": "x", "nomor": "y"}], ["Courier"])
    assert [(one.level, one.message) for one in found if "nomor" in one.message] == [
        ("warning", "“nomor” tidak dipakai.")
    ]


def test_a_part_of_a_value_that_the_template_lacks_is_a_warning_too(word):
    sample = {"pengesah": {"nama": "x", "nip": "1"}, "baris": [{"no": 1}, {"no": 2, "isi": "a"}]}
    template = word("{{ pengesah.nama }}{% for b in baris %}{{ b.no }}{% endfor %}")
    found = check_template(template, [sample], ["Courier"])
    assert [one.message for one in found if "dipakai" in one.message] == [
        "“baris.isi” tidak dipakai.",
        "“pengesah.nip” tidak dipakai.",
    ]


def test_a_font_of_others_is_a_warning_with_its_place(word):
    made = docx.Document(BytesIO(word("a", "{{ judul }}")))
    made.paragraphs[1].runs[0].font.name = "Comic Sans MS"
    (problem,) = [one for one in _checked(made) if "Comic" in one.message]
    assert (problem.level, str(problem.place)) == ("warning", "word/document.xml, paragraf 2")


def test_a_tag_in_deleted_text_is_told(word):
    made = docx.Document(BytesIO(word("{{ judul }}", "{{ nomor }}")))
    made.paragraphs[1]._p.find(f".//{q('w:t')}").tag = q("w:delText")
    assert [str(one.place) for one in _checked(made) if one.level == "error"] == [
        "word/document.xml, paragraf 2"
    ]


def test_a_tag_in_a_part_that_is_not_filled_is_told(word):
    made = docx.Document(BytesIO(word("{{ judul }}", "x")))
    made.add_comment(made.paragraphs[1].runs, "Nanti {{ judul }}", "Rina")
    assert [str(one) for one in _checked(made) if one.level == "error"] == [
        "word/comments.xml, paragraf 1: tanda di sini tidak akan pernah diisi. Pindahkan ke isi "
        "naskah, atau hapus."
    ]


def test_what_is_no_word_file_is_one_problem():
    (problem,) = check_template(b"%PDF-1.7", [SAMPLE], OFFICE_FONTS)
    assert "bukan berkas Word" in problem.message


def _checked(made):
    stream = BytesIO()
    made.save(stream)
    return check_template(stream.getvalue(), [{"judul": "x"}], (*OFFICE_FONTS, "Courier"))


def test_a_tag_in_the_address_of_a_link_is_told(word):
    made = docx.Document(BytesIO(word("{{ judul }}")))
    made.part.relate_to("https://contoh.go.id/{{ judul }}", RT.HYPERLINK, is_external=True)
    assert [str(one.place) for one in _checked(made) if one.level == "error"] == [
        "word/_rels/document.xml.rels"
    ]


def test_a_part_that_is_no_xml_is_a_problem_and_not_a_crash(word):
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(word("{{ judul }}"))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:styles" if name == "word/styles.xml" else old.read(name))
    (problem,) = check_template(stream.getvalue(), [SAMPLE], OFFICE_FONTS)
    assert str(problem.place) == "word/styles.xml"


def test_a_page_without_margins_is_told(word):
    made = docx.Document(BytesIO(word("{{ judul }}")))
    section = made.sections[0]._sectPr
    section.remove(section.pgMar)
    (problem,) = [one for one in _checked(made) if one.level == "error"]
    assert "margin" in problem.message
