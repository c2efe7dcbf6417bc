"""Changes kept beside a master: RFC 7396, and single items by their id."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import InvalidInput
from docgen.merge_patch import difference, merged

STEPS = {"langkah": [{"id": "terima", "waktu": "5 menit"}, {"id": "periksa"}, {"id": "arsip"}]}


def ids(data):
    return [step.get("id") for step in data["langkah"]]


def errors(data, changes):
    with pytest.raises(InvalidInput) as caught:
        merged(data, changes)
    return [(finding.code, finding.pointer) for finding in caught.value.findings]


# The examples of RFC 7396, appendix A, whose data and changes are both mappings.
@pytest.mark.parametrize(
    ("data", "changes", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        ({"a": "foo"}, {"a": {"b": "c"}}, {"a": {"b": "c"}}),
    ],
)
def test_mappings_are_merged_as_rfc_7396_says(data, changes, result):
    assert merged(data, changes) == result


def test_one_step_is_changed_by_its_id_and_the_others_stay():
    assert merged(STEPS, {"langkah": {"terima": {"waktu": "1 jam"}}}) == {
        "langkah": [{"id": "terima", "waktu": "1 jam"}, {"id": "periksa"}, {"id": "arsip"}]
    }


def test_a_step_is_taken_out_put_in_and_moved():
    assert ids(merged(STEPS, {"langkah": {"periksa": None}})) == ["terima", "arsip"]
    new = {"paraf": {"sesudah": "periksa", "waktu": "5 menit"}}
    result = merged(STEPS, {"langkah": new})
    assert ids(result) == ["terima", "periksa", "paraf", "arsip"]
    assert result["langkah"][2] == {"id": "paraf", "waktu": "5 menit"}
    assert ids(merged(STEPS, {"langkah": {"arsip": {"sesudah": ""}}})) == [
        "arsip",
        "terima",
        "periksa",
    ]


def test_new_steps_may_stand_behind_one_another_in_any_order_of_keys():
    chain = {"dua": {"sesudah": "satu"}, "satu": {"sesudah": "terima"}}
    expected = ["terima", "satu", "dua", "periksa", "arsip"]
    assert ids(merged(STEPS, {"langkah": chain})) == expected
    assert ids(merged(STEPS, {"langkah": dict(reversed(chain.items()))})) == expected
    siblings = {"b": {"sesudah": "terima"}, "a": {"sesudah": "terima"}}
    assert ids(merged(STEPS, {"langkah": siblings}))[:3] == ["terima", "a", "b"]


def test_every_change_that_finds_no_place_is_told():
    changes = {
        "langkah": {
            "perksa": {"waktu": "1 jam"},
            "arsip": "nanti",
            "baru": {"sesudah": "entah"},
            "satu": {"sesudah": "dua"},
            "dua": {"sesudah": "satu"},
        }
    }
    assert sorted(errors(STEPS, changes)) == [
        ("V01", "/langkah/perksa"),
        ("V02", "/langkah/arsip"),
        ("V03", "/langkah/baru/sesudah"),
        ("V03", "/langkah/dua/sesudah"),
        ("V03", "/langkah/satu/sesudah"),
    ]


def test_items_without_an_id_or_with_one_twice_are_all_kept():
    data = {"langkah": [{"id": "a"}, {"kegiatan": "x"}, {"id": "a", "kegiatan": "y"}]}
    assert merged(data, {"langkah": {"a": {"waktu": "-"}}}) == {
        "langkah": [{"id": "a", "waktu": "-"}, {"kegiatan": "x"}, {"id": "a", "kegiatan": "y"}]
    }


names = st.sampled_from(["a", "b", "c"])
plain = st.none() | st.integers() | st.text(max_size=3)
data_of_any_shape = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(names, data_of_any_shape),
    st.dictionaries(names, data_of_any_shape),
)
def test_neither_the_data_nor_the_changes_are_altered(data, changes):
    before = repr(data), repr(changes)
    try:
        once = merged(data, changes)
    except InvalidInput:
        once = None
    assert (repr(data), repr(changes)) == before
    if once is not None and not _names_items(data, changes):
        assert merged(once, changes) == once


def _names_items(data, changes):
    """Whether some change meets a list: taking an item out twice is an error."""
    if isinstance(data, list):
        return isinstance(changes, dict)
    if not isinstance(data, dict) or not isinstance(changes, dict):
        return False
    return any(_names_items(data.get(key), change) for key, change in changes.items())


ROWS = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("abcdef")}, optional={"x": st.text(max_size=3), "y": st.integers()}
    ),
    max_size=6,
)
INPUTS = st.fixed_dictionaries(
    {},
    optional={
        "langkah": ROWS,
        "judul": st.text(max_size=3),
        "opsi": st.dictionaries(st.sampled_from("pq"), st.text(max_size=2)),
    },
)


@given(INPUTS, INPUTS)
def test_the_difference_of_two_inputs_makes_one_into_the_other(before, after):
    assert merged(before, difference(before, after)) == after


def test_one_changed_step_is_a_change_of_that_step_only():
    before = {"langkah": [{"id": "a", "waktu": "1"}, {"id": "b", "waktu": "2"}]}
    after = {"langkah": [{"id": "a", "waktu": "1"}, {"id": "n"}, {"id": "b", "waktu": "3"}]}
    expected = {"langkah": {"n": {"sesudah": "a"}, "b": {"waktu": "3"}}}
    assert difference(before, after) == expected
