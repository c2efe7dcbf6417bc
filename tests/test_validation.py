"""Every error at once, each with its place, what was given and what is allowed."""

import datetime as dt
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from docgen.kinds import Angka, Bilangan, Jam, Part, Payload, Tanggal, Teks, TeksAtauDaftar, YaTidak
from docgen.validation import validate


class Baris(Part):
    uraian: Teks = Field(title="Uraian")
    orang: TeksAtauDaftar = Field((), title="Orang")


class Surat(Payload):
    judul: Teks = Field(title="Judul surat")
    sifat: Literal["biasa", "rahasia"] = Field("biasa", title="Sifat")
    tanggal: Tanggal | None = Field(None, title="Tanggal")
    mulai: Jam | None = Field(None, title="Mulai")
    jumlah: Bilangan | None = Field(None, title="Jumlah")
    biaya: Angka | None = Field(None, title="Biaya")
    penting: YaTidak | None = Field(None, title="Penting")
    butir: tuple[Teks, ...] = Field((), title="Butir", max_length=2)
    baris: tuple[Baris, ...] = Field((), title="Baris")


def say(data):
    return [(f.code, f.pointer, f.message) for f in validate(Surat, data)[1]]


def value(**data):
    payload, findings = validate(Surat, {"judul": "a", **data})
    assert findings == []
    return payload


def test_text_becomes_what_the_field_is():
    payload = value(tanggal="2026-02-06", mulai="09.05", jumlah="12", biaya="1.5", penting="ya")
    assert payload.tanggal == dt.date(2026, 2, 6)
    assert payload.mulai == dt.time(9, 5)
    assert (payload.jumlah, payload.biaya, payload.penting) == (12, 1.5, True)


def test_one_text_is_a_list_of_one():
    assert value(baris=[{"uraian": "x", "orang": "A"}]).baris[0].orang == ("A",)


def test_a_key_without_a_value_counts_as_left_out():
    assert value(tanggal=None, butir=None) == value()


def test_text_keeps_its_spaces_newlines_and_tabs():
    assert value(judul="  a\n\tb ").judul == "  a\n\tb "


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, ("A02", "/judul", "Judul surat: harus diisi.")),
        ({"judul": " "}, ("A02", "/judul", "Judul surat: harus diisi.")),
        ({"judul": None}, ("A02", "/judul", "Judul surat: harus diisi.")),
        ({"judul": ["a"]}, ("A03", "/judul", "Judul surat: harus teks, bukan daftar.")),
        ({"judul": 5}, ("A03", "/judul", "Judul surat: harus teks, bukan “5”.")),
        (
            {"judul": "a", "sifat": "bisa"},
            ("A04", "/sifat", "Sifat: “bisa” tidak dikenal."),
        ),
        (
            {"judul": "a", "tanggal": "2026-02-31"},
            ("A03", "/tanggal", "Tanggal: “2026-02-31” tidak ada di kalender."),
        ),
        (
            {"judul": "a", "tanggal": 0},
            ("A03", "/tanggal", "Tanggal: “0” harus tanggal dengan bentuk TTTT-BB-HH."),
        ),
        (
            {"judul": "a", "mulai": "25.00"},
            ("A03", "/mulai", "Mulai: “25.00” harus jam dengan bentuk 09.00."),
        ),
        (
            {"judul": "a", "jumlah": "dua"},
            ("A03", "/jumlah", "Jumlah: “dua” harus bilangan bulat."),
        ),
        (
            {"judul": "a", "jumlah": True},
            ("A03", "/jumlah", "Jumlah: ya/tidak harus bilangan bulat."),
        ),
        (
            {"judul": "a", "butir": ["x", "y", "z"]},
            ("A08", "/butir", "Butir: paling banyak 2 butir."),
        ),
        (
            {"judul": "a", "baris": [{"uraian": "x"}, {"orang": ["A", ""], "uraian": "y"}]},
            ("A02", "/baris/1/orang/1", "Baris 2, orang 2: harus diisi."),
        ),
        (
            {"judul": "a", "baris": ["x"]},
            ("A03", "/baris/0", "Baris 1: harus kelompok isian, bukan “x”."),
        ),
        (
            {"judul": "a", "baris": [{"uraian": "x", "orang": ""}]},
            ("A02", "/baris/0/orang", "Baris 1, orang: harus diisi."),
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place(data, expected):
    assert say(data) == [expected]


def test_an_unknown_key_names_the_nearest_known_one():
    (finding,) = validate(Surat, {"judul": "a", "baris": [{"uraain": "x", "uraian": "y"}]})[1]
    assert (finding.code, finding.pointer) == ("A01", "/baris/0/uraain")
    assert finding.message == "Baris 1, uraain: isian ini tidak dikenal."
    assert finding.hint.startswith("Mungkin “uraian”?")


def test_all_errors_are_told_at_once():
    found = say({"sifat": "x", "tanggal": "besok", "baris": [{}], "salah": "1", "butir": ["\x00"]})
    assert {pointer for _, pointer, _ in found} == {
        "/judul",
        "/sifat",
        "/tanggal",
        "/baris/0/uraian",
        "/salah",
        "/butir/0",
    }


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_carry_is_an_error_that_names_the_field(character):
    assert say({"judul": f"a{character}b"}) == [
        (
            "A05",
            "/judul",
            f"Judul surat: ada karakter U+{ord(character):04X} yang tidak dapat disimpan dalam "
            "dokumen Word.",
        )
    ]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800"])
def test_a_key_with_such_a_character_is_an_error_that_names_the_character(character):
    assert say({"judul": "a", f"a{character}b": "c"}) == [
        ("A09", "", f"sebuah nama isian memuat karakter U+{ord(character):04X}.")
    ]


def test_nothing_in_a_list_is_said_as_what_must_be_filled():
    assert say({"judul": "a", "butir": [None]}) == [("A02", "/butir/0", "Butir 1: harus diisi.")]


def test_a_placeholder_of_another_system_is_a_warning():
    (finding,) = validate(Surat, {"judul": "a ${nomor}"})[1]
    assert (finding.code, finding.level, finding.pointer) == ("A06", "warning", "/judul")


def test_nesting_without_end_is_refused():
    data: dict[str, object] = {}
    for _ in range(5_000):
        data = {"a": data}
    assert ("A07", "", "Isian bertingkat lebih dari 40 lapis.") in say(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
KEYS = st.sampled_from([*Surat.model_fields, "salah"])


@given(st.dictionaries(KEYS, JSON))
def test_any_data_is_either_a_payload_or_errors_that_point_into_it(data):
    payload, findings = validate(Surat, data)
    assert (payload is None) == any(finding.is_error for finding in findings)
    assert all(finding.message for finding in findings)


def test_a_list_is_not_too_short_because_its_rows_have_errors(kind):
    from docgen.schema import json_schema

    rows = [
        key
        for key, field in json_schema(kind)["properties"].items()
        if field.get("minItems") and "$ref" in field.get("items", {})
    ]
    for key in rows:
        _, findings = validate(kind.payload, {key: [{}]})
        assert [f for f in findings if f.pointer == f"/{key}"] == []
