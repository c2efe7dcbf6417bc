"""What people write arrives as they wrote it, or is refused with a sentence that says where."""

import json
import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import InvalidInput, UnreadableInput
from docgen.inputs import MAX_BYTES, parse_input, read_input


def read(text: str):
    return parse_input(text.encode())


def refused(raw: bytes, *, is_json: bool = False) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse_input(raw, is_json=is_json)
    (finding,) = caught.value.findings
    return finding.message


def test_plain_scalars_stay_the_text_they_are():
    assert read("a: ya\nb: no\nc: 13.10\nd: 2026-02-06\ne: 007\nf: ~") == {
        "a": "ya",
        "b": "no",
        "c": "13.10",
        "d": "2026-02-06",
        "e": "007",
        "f": "~",
    }


def test_an_empty_value_and_null_are_no_value_but_quoted_ones_are_text():
    assert read("a:\nb: null\nc: ''\nd: 'null'") == {"a": None, "b": None, "c": "", "d": "null"}


def test_an_alias_repeats_its_value():
    assert read("a: &x [1, 2]\nb: *x") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_aliases_that_multiply_without_bound_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert refused("\n".join(lines).encode()) == "Isian memuat lebih dari 200000 nilai."


def test_aliases_that_multiply_a_long_text_are_refused():
    text = "a: &a " + "x" * 100_000 + f"\nb: [{', '.join(['*a'] * 200)}]"
    assert refused(text.encode()) == f"Isian memuat lebih dari {MAX_BYTES} huruf."


def test_a_key_written_twice_is_refused_by_name_and_line():
    assert refused(b"judul: a\nunit: b\njudul: c") == "Baris 3: nama “judul” ditulis dua kali."


def test_broken_yaml_says_the_line_and_column():
    assert refused(b"judul: a\n  unit: [b").startswith("Baris 2, kolom 7: YAML")


def test_broken_json_says_the_line_and_column():
    assert refused(b'{"judul": "a",\n}', is_json=True).startswith("Baris 2, kolom 1: JSON")


def test_a_key_written_twice_in_json_is_refused():
    assert refused(b'{"a": 1, "a": 2}', is_json=True) == "Nama “a” ditulis dua kali."


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_have_are_refused(name):
    assert name in refused(f'{{"a": {name}}}'.encode(), is_json=True)


def test_a_number_of_thousands_of_digits_is_refused():
    assert refused(b'{"a": ' + b"9" * 5000 + b"}", is_json=True) == (
        "Ada bilangan yang terlalu panjang."
    )


@pytest.mark.parametrize("is_json", [True, False])
def test_nesting_without_end_is_refused(is_json):
    raw = b'{"a": ' + b"[" * 100_000 if is_json else b"a: " + b"[" * 5_000
    assert refused(raw, is_json=is_json) in {
        "Isian bertingkat lebih dari 40 lapis.",
        "Baris 1, kolom 100007: JSON tidak lengkap atau salah tulis.",
    }


def test_a_file_that_is_not_text_is_refused_with_the_byte_that_is_not():
    assert refused(b"judul: \xff\xfe") == "Berkas ini bukan teks UTF-8 (byte ke-8)."


@pytest.mark.parametrize("character", ["\x01", "\x7f", "\x80", "\ufffe"])
def test_a_character_that_yaml_cannot_hold_is_refused_with_its_line(character):
    assert refused(f"judul: satu\nnomor: a{character}b".encode()) == (
        f"Baris 2: karakter U+{ord(character):04X} tidak boleh ada di dalam berkas teks."
    )


def test_a_file_of_fifty_megabytes_is_refused_without_reading_it_all(tmp_path):
    path = tmp_path / "besar.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    with pytest.raises(InvalidInput) as caught:
        read_input(path)
    assert caught.value.findings[0].message == f"Berkas lebih besar dari {MAX_BYTES >> 20} MB."


def test_a_list_at_the_top_is_refused():
    assert refused(b"- a\n- b") == "Isian harus berupa pasangan nama dan nilai."


def test_two_documents_in_one_file_are_refused():
    assert refused(b"a: 1\n---\nb: 2") == "Satu berkas hanya memuat satu isian."


def test_a_byte_order_mark_is_not_part_of_the_first_key():
    assert read("\ufeffjudul: a") == {"judul": "a"}


def test_a_path_that_cannot_be_read_says_which(tmp_path):
    with pytest.raises(UnreadableInput, match="tidak-ada"):
        read_input(tmp_path / "tidak-ada.yaml")


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))) | st.text(
    alphabet=string.printable.replace("\x0b", "").replace("\x0c", "").replace("\r", "")
)


@given(st.dictionaries(TEXTS.filter(bool), TEXTS | st.lists(TEXTS), max_size=5))
def test_whatever_text_yaml_can_write_is_read_back_whole(data):
    assert read(yaml.safe_dump(data, allow_unicode=True, default_style='"')) == data


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), max_size=5))
def test_whatever_json_can_write_is_read_back_whole(data):
    raw = json.dumps(data).encode()
    assert parse_input(raw, is_json=True) == data
