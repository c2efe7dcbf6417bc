"""What the guide for people who edit templates says is what there is, by its tables."""

import datetime as dt
import re
from pathlib import Path

import pytest

import templates_docx
from docgen.rendering.codegen import LOOP_ATTRIBUTES
from docgen.rendering.filters import FILTERS
from docgen.rendering.loading import load_bytes
from docgen.rendering.measures import MEASURES, MERGES
from docgen.rendering.tags import CHART_LEVELS, LEVELS
from docgen.rendering.text import read_text

GUIDE = (Path(templates_docx.__path__[0]) / "README.md").read_text(encoding="utf-8")
SECTION = GUIDE.partition("## Saringan\n")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("| `")
]
MEANT = {
    "tanggal": dt.date(2026, 3, 5),
    "jam": {"pukul": dt.time(9, 5), "rentang_pukul": dt.time(9)},
    "daftar a, b, c": ["a", "b", "c"],
    "daftar 1, 2, 3": [1, 2, 3],
}


def test_every_filter_is_in_the_guide_and_no_other():
    told = {re.match(r"`(\w+)", row[0])[1] for row in ROWS}
    assert told == set(FILTERS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_guide_s_example_of_a_filter_is_what_it_writes(row, word):
    call, source, result = row
    call = re.match(r"`([^`]+)`", call)[1]
    value = MEANT.get(source, source.strip("`"))
    if isinstance(value, dict):
        value = value[call.partition("(")[0]]
    elif source.strip("`").replace(".", "").isdigit() and call != "nip":
        value = float(value) if "." in value else int(value)
    template = load_bytes(word(f"{{{{ x | {call} }}}}"))
    content = template.fill({"x": value, "selesai": dt.time(11, 30)}).content
    assert read_text(content) == result.strip("`")


@pytest.mark.parametrize("name", [*MEASURES, *MERGES])
def test_every_measuring_tag_is_in_the_guide(name):
    assert re.search(rf"`\{{% {name}( x)? %\}}`", GUIDE)


@pytest.mark.parametrize("name", LOOP_ATTRIBUTES)
def test_everything_that_a_loop_knows_is_in_the_guide(name):
    assert f"`loop.{name}`" in GUIDE or f"loop.{name} }}}}`" in GUIDE


@pytest.mark.parametrize("level", [*LEVELS, *CHART_LEVELS])
def test_every_level_is_in_the_guide(level):
    assert f"{{%{level} " in GUIDE or f"{{{{{level} " in GUIDE
