"""The drawing of examples and of hundreds of random charts, read back from its XML."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.swimlane import Chart, Exit, Step, lay_out, row_drawing
from docgen.swimlane.model import StartStyle
from tests.swimlane.charts import charts, example, example_names, sheet, simple
from tests.swimlane.checks import check_layout
from tests.swimlane.geometry import DECLARATIONS, NAMESPACES, read_page

A4, F4 = 267, 300


def codes(layout):
    return [notice.code for notice in layout.notices]


@pytest.mark.parametrize("width_mm", [A4, F4])
@pytest.mark.parametrize("style", get_args(StartStyle))
@pytest.mark.parametrize("name", example_names())
def test_an_example_keeps_every_rule_of_drawing(name, style, width_mm):
    chart = example(name, gaya_mulai=style)
    layout = lay_out(chart, sheet(width_mm))
    assert "garis_rapat" not in codes(layout)
    check_layout(chart, layout)


def check_random(most_steps, count, most_tight):
    """Check random charts; of those that found no clean place, which is told, there are few."""
    tight = []

    @given(charts(most_steps), st.sampled_from([A4, F4]))
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    def check(chart, width_mm):
        layout = lay_out(chart, sheet(width_mm))
        tight.append("garis_rapat" in codes(layout))
        if not tight[-1]:
            check_layout(chart, layout)

    check()
    assert len(tight) >= count
    assert sum(tight) / len(tight) <= most_tight, f"{sum(tight)} of {len(tight)} charts are tight"


def test_random_charts_keep_every_rule_of_drawing():
    check_random(most_steps=24, count=30, most_tight=0.2)


@pytest.mark.long
def test_hundreds_of_random_charts_keep_every_rule_of_drawing():
    check_random(most_steps=40, count=500, most_tight=0.08)


def test_a_forward_flow_in_one_lane_is_one_straight_line_after_the_other():
    layout = lay_out(simple(0, 0, 0), sheet())
    arrows = layout.pages[0].arrows
    assert [arrow.name for arrow in arrows] == ["Panah 1-2", "Panah 2-3"]
    assert all(len(arrow.points) == 2 for arrow in arrows)


def test_the_next_lane_is_reached_by_one_elbow_into_the_top():
    (arrow,) = lay_out(simple(0, 1), sheet()).pages[0].arrows
    (x0, y0), corner, (x1, y1) = arrow.points
    assert corner == (x1, y0)
    assert x0 < x1
    assert y0 < y1


def question(*exits, style="langkah", **labels):
    steps = (
        Step("mulai", (0,), (Exit(1),)),
        Step("keputusan", (1,), exits),
        Step("proses", (1,), (Exit(3),)),
        Step("selesai", (0,), ()),
    )
    return Chart(("Staf", "Kasubbag"), steps, gaya_mulai=style, **labels)


def test_an_answer_of_several_words_is_one_text_as_it_was_typed():
    chart = question(
        Exit(2, "ya"), Exit(0, "tidak"), label_ya="Sudah lengkap", label_tidak="Tidak & belum\n<b>"
    )
    drawn = "".join(row_drawing(lay_out(chart, sheet()), 0, row, "x") for row in range(3))
    assert ">Sudah lengkap<" in drawn
    assert '>Tidak &amp; belum</w:t><w:br/><w:t xml:space="preserve">&lt;b&gt;<' in drawn


def test_the_two_answers_leave_a_decision_by_different_corners_with_their_words():
    chart = question(Exit(2, "ya"), Exit(0, "tidak"), label_ya="Lengkap", label_tidak="Belum")
    page = lay_out(chart, sheet()).pages[0]
    yes, no = (next(a for a in page.arrows if a.name == f"Panah 2-{n}") for n in (3, 1))
    assert yes.points[0] != no.points[0]
    assert (yes.label.lines, no.label.lines) == (("Lengkap",), ("Belum",))
    assert (yes.label.name, no.label.name) == ("Label 2-3", "Label 2-1")


def test_arrows_to_one_step_may_share_its_arrow_head():
    steps = (
        Step("mulai", (0,), (Exit(1), Exit(2))),
        Step("proses", (0,), (Exit(3),)),
        Step("proses", (2,), (Exit(3),)),
        Step("selesai", (1,), ()),
    )
    chart = Chart(("A", "B", "C"), steps)
    layout = lay_out(chart, sheet())
    ends = {a.points[-1] for a in layout.pages[0].arrows if a.name.endswith("-4")}
    assert len(ends) == 1
    check_layout(chart, layout)


def test_a_split_into_seven_leaves_by_seven_lines():
    steps = (
        Step("mulai", (3,), tuple(Exit(target) for target in range(1, 8))),
        *(Step("proses", (lane,), (Exit(8),)) for lane in range(7)),
        Step("selesai", (3,), ()),
    )
    chart = Chart(tuple("ABCDEFG"), steps)
    layout = lay_out(chart, sheet())
    starts = {a.points[0] for a in layout.pages[0].arrows if a.name.startswith("Panah 1-")}
    assert len(starts) == 7
    check_layout(chart, layout)


def test_several_actors_stand_side_by_side_and_are_joined_in_lane_order():
    steps = (
        Step("mulai", (0, 1, 3), (Exit(1),)),
        Step("keputusan", (1, 2), (Exit(2, "ya"), Exit(0, "tidak"))),
        Step("selesai", (0, 2), ()),
    )
    layout = lay_out(Chart(("A", "B", "C", "D"), steps), sheet())
    drawing = read_page(layout, 0)
    assert [(s.name, s.preset) for s in drawing.symbols] == [
        ("Simbol 1/1", "roundRect"),
        ("Simbol 1/2", "flowChartProcess"),
        ("Simbol 1/4", "flowChartProcess"),
        ("Simbol 2/2", "flowChartProcess"),
        ("Simbol 2/3", "flowChartDecision"),
        ("Simbol 3/1", "flowChartProcess"),
        ("Simbol 3/3", "roundRect"),
    ]
    within = [a.name for a in layout.pages[0].arrows if "/" in a.name]
    assert within == ["Panah 1/1-1/2", "Panah 1/2-1/4", "Panah 2/2-2/3", "Panah 3/1-3/3"]
    assert all(len(a.points) == 2 for a in layout.pages[0].arrows if "/" in a.name)


@pytest.mark.parametrize(
    ("style", "start_lane", "end_lane"), [("tambahan", 1, 1), ("terpisah", 0, 0)]
)
def test_added_capsules_stand_in_the_rows_of_the_first_and_last_step(style, start_lane, end_lane):
    page = lay_out(simple(1, 0, 1, gaya_mulai=style), sheet()).pages[0]
    capsules = [(s.name, s.row, s.lane) for s in page.symbols if s.shape == "kapsul"]
    assert capsules == [("Simbol Mulai", 0, start_lane), ("Simbol Selesai", 2, end_lane)]
    names = {arrow.name for arrow in page.arrows}
    assert {"Panah Mulai-1", "Panah 3-Selesai"} < names


def test_without_a_lane_to_the_left_a_separate_capsule_stands_in_the_lane_itself():
    page = lay_out(simple(0, 0, gaya_mulai="terpisah"), sheet()).pages[0]
    start, first = page.symbols[1], page.symbols[0]
    assert start.name == "Simbol Mulai"
    assert start.lane == first.lane
    assert start.box.bottom < first.box.y


def test_every_row_is_one_group_that_an_invisible_frame_fills():
    layout = lay_out(simple(0, 1, 0), sheet())
    root = etree.fromstring(f"<root {DECLARATIONS}>{row_drawing(layout, 0, 1, 'x')}</root>")
    (group,) = root.findall(".//wpg:wgp", NAMESPACES)
    extent = group.find("wpg:grpSpPr/a:xfrm/a:ext", NAMESPACES).attrib
    first = group.find("wps:wsp", NAMESPACES)
    assert first.find("wps:cNvPr", NAMESPACES).get("name") == "Bingkai"
    assert first.find("wps:spPr/a:xfrm/a:ext", NAMESPACES).attrib == extent
    anchor = root.find(".//wp:anchor", NAMESPACES)
    assert anchor.find("wp:extent", NAMESPACES).attrib == extent
    assert [o.text for o in anchor.iterfind(".//wp:posOffset", NAMESPACES)] == ["0", "0"]


def test_the_alternative_text_may_hold_any_character():
    layout = lay_out(simple(0, 0), sheet())
    text = "Langkah 1: \"Tanda\" & 'kutip' <a> {{ b }} {% c %}"
    root = etree.fromstring(f"<root {DECLARATIONS}>{row_drawing(layout, 0, 0, text)}</root>")
    assert root.find(".//wp:docPr", NAMESPACES).get("descr") == text


def test_an_answer_may_hold_any_character():
    chart = question(Exit(2, "ya"), Exit(0, "tidak"), label_ya='<"&>', label_tidak="{{ x }}")
    labels = read_page(lay_out(chart, sheet()), 0).labels
    assert {label.text.replace("\n", " ") for label in labels} == {'<"&>', "{{ x }}"}


def test_a_line_over_a_row_border_runs_on_into_the_next_row_but_never_under_its_head():
    layout = lay_out(simple(0, 0), sheet())
    border = layout.pages[0].rows[0].bottom * 635
    above, below = read_page(layout, 0).lines
    assert (above.headed, below.headed) == (False, True)
    assert border < above.points[-1][1] < below.points[-1][1] - 6 * 12_700
    assert below.points[0] == (above.points[0][0], border)
