"""Names of files, as other people's programs expect them."""

import pytest

from docgen.filenames import distinct, file_name, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pelayanan Informasi Publik", "pelayanan-informasi-publik"),
        ("Kafé & “Résumé”", "kafe-resume"),
        ("  --A--  ", "a"),
        ("ﬁnal ①", "final-1"),
        ("文書", "sop"),
        ("", "sop"),
        ("a" * 79 + " bcd", "a" * 79),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_title_becomes_a_plain_name(title, expected):
    assert slug(title, "sop") == expected


def test_equal_names_are_told_apart_in_order():
    assert distinct(["surat", "surat", "masuk", "surat"]) == [
        "surat",
        "surat-2",
        "masuk",
        "surat-3",
    ]


def test_the_naskah_is_part_of_the_name_only_where_there_are_several():
    assert file_name("a", "sop", is_only_one=True) == "a.docx"
    assert file_name("a-2", "laporan", is_only_one=False) == "a-2-laporan.docx"
