"""From what was typed to what is drawn."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_docx.sop.flow import Exit, resolve
from templates_docx.sop.schema import Sop


def sop(*langkah, pelaksana=("A", "B")):
    steps = [{"kegiatan": "Menulis", "pelaksana": "A", **step} for step in langkah]
    return Sop.model_validate({"judul": "Uji", "pelaksana": list(pelaksana), "langkah": steps})


def exits(*langkah):
    return [[(e.target + 1, e.answer) for e in step.exits] for step in resolve(sop(*langkah)).steps]


def kinds(*langkah):
    return [step.jenis for step in resolve(sop(*langkah)).steps]


def codes(*langkah, **more):
    return [(f.code, f.level, f.pointer) for f in resolve(sop(*langkah, **more)).findings]


def test_without_a_word_the_first_step_begins_and_the_last_one_ends():
    assert kinds({}, {}, {}) == ["mulai", "proses", "selesai"]
    assert exits({}, {}, {}) == [[(2, "")], [(3, "")], []]


def test_a_single_step_is_the_end():
    assert kinds({}) == ["selesai"]
    assert codes({}) == []


def test_an_answer_makes_a_decision_unless_the_kind_is_stated():
    assert kinds({"ya": "2", "tidak": "3"}, {}, {}) == ["keputusan", "proses", "selesai"]
    assert kinds({"ya": "2", "tidak": "3", "jenis": "proses"}, {}, {})[0] == "proses"


def test_a_target_is_an_id_before_it_is_a_position():
    assert exits({"lanjut": "3"}, {"id": "3"}, {}) == [[(2, "")], [(3, "")], []]


def test_several_targets_split_the_flow():
    assert exits({"lanjut": ["2", "3"]}, {"lanjut": "4"}, {}, {})[0] == [(2, ""), (3, "")]


def test_a_decision_with_one_answer_takes_the_next_step_for_the_other_and_says_so():
    assert exits({}, {"tidak": "1"}, {})[1] == [(1, "tidak"), (3, "ya")]
    assert codes({}, {"tidak": "1"}, {}) == [("D02", "warning", "/langkah/1")]


def test_a_decision_whose_one_answer_is_the_next_step_keeps_that_one_exit():
    assert exits({}, {"ya": "3"}, {})[1] == [(3, "ya")]
    assert codes({}, {"ya": "3"}, {}) == [("D02", "warning", "/langkah/1")]


@pytest.mark.parametrize(
    ("langkah", "expected"),
    [
        ([{"jenis": "keputusan"}, {}], [("D01", "error", "/langkah/0")]),
        ([{}, {"ya": "3", "tidak": "3"}, {}], [("D03", "error", "/langkah/1/tidak")]),
        ([{"lanjut": "1"}, {}], [("D04", "error", "/langkah/0/lanjut")]),
        ([{"lanjut": "9"}, {}], [("F07", "error", "/langkah/0/lanjut")]),
        ([{"lanjut": ["2", "0"]}, {}], [("F07", "error", "/langkah/0/lanjut/1")]),
        ([{}, {"jenis": "proses"}], [("F08", "error", "/langkah/1")]),
        ([{"lanjut": "3"}, {}, {}], [("F09", "error", "/langkah/1")]),
        (
            [{}, {"lanjut": "1"}, {"jenis": "selesai"}],
            [
                ("F10", "error", "/langkah/0"),
                ("F10", "error", "/langkah/1"),
                ("F09", "error", "/langkah/2"),
            ],
        ),
        ([{"pelaksana": "C"}, {}], [("P03", "error", "/langkah/0/pelaksana/0")]),
    ],
)
def test_what_cannot_be_drawn_or_reached_is_an_error_at_its_place(langkah, expected):
    assert codes(*langkah) == expected


def test_every_error_is_told_at_once():
    found = codes({"pelaksana": "C", "lanjut": "x"}, {"jenis": "keputusan"}, {"lanjut": "3"})
    assert [code for code, _, _ in found] == ["P03", "F07", "D01", "D04"]


def test_a_misspelt_lane_names_the_nearest_one():
    (finding,) = resolve(
        sop({"pelaksana": "Kasubag Umum"}, pelaksana=["Kasubbag Umum", "B"])
    ).findings
    assert finding.hint == "Mungkin “Kasubbag Umum”?"


def test_several_actors_stand_in_lane_order_once_each():
    (step,) = resolve(sop({"pelaksana": ["B", "A", "B"]})).steps
    assert step.lanes == (0, 1)


STEP = st.fixed_dictionaries(
    {},
    optional={
        "id": st.text(string.ascii_letters, min_size=1, max_size=2),
        "jenis": st.sampled_from(["mulai", "proses", "keputusan", "selesai"]),
        "ya": st.integers(0, 8).map(str),
        "tidak": st.integers(0, 8).map(str),
        "lanjut": st.lists(st.integers(0, 8).map(str), max_size=3),
        "pelaksana": st.sampled_from(["A", "B", "C"]),
    },
)


@given(st.lists(STEP, min_size=1, max_size=8))
def test_a_flow_without_errors_leads_from_the_first_step_through_every_step_to_an_end(langkah):
    flow = resolve(sop(*langkah))
    if any(finding.is_error for finding in flow.findings):
        return
    reached, todo = {0}, [0]
    while todo:
        for exit_ in flow.steps[todo.pop()].exits:
            assert isinstance(exit_, Exit)
            assert 0 <= exit_.target < len(flow.steps)
            if exit_.target not in reached:
                reached.add(exit_.target)
                todo.append(exit_.target)
    assert reached == set(range(len(flow.steps)))
    assert all(step.lanes for step in flow.steps)
    assert any(step.jenis == "selesai" for step in flow.steps)
