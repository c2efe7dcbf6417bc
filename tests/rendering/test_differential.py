"""The engine against docxtpl: the same XML from the same template and context, part by part."""

import random
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.generate import prepare
from docgen.kinds import DocumentOrder
from tests.rendering.same_as_docxtpl import both

TEXT = st.text(
    # What both can carry: docxtpl lets a carriage return become a newline that shows as a space.
    alphabet=st.characters(
        exclude_categories=["Cs", "Cc"],
        include_characters="\n\t",
        exclude_characters="\ufffe\uffff",
    ),
    max_size=12,
)
CONTEXT = st.fixed_dictionaries(
    {
        "a": TEXT,
        "b": TEXT,
        "n": st.integers(-5, 5_000),
        "ya": st.booleans(),
        "xs": st.lists(TEXT, max_size=3),
        "ys": st.lists(
            st.fixed_dictionaries({"t": TEXT, "n": st.integers(0, 9), "zs": st.lists(TEXT)}),
            max_size=3,
        ),
    }
)
PIECES = st.sampled_from(
    [
        "kata ",
        " & <x> ",
        "{{ a }}",
        "{{b}}",
        "{{ n }}",
        "{% if ya %}ya{% else %}tidak{% endif %}",
        "{% if n > 100 and not ya %}{{ n }}{% elif xs %}{{ xs[0] }}{% endif %}",
        "{% for x in xs %}{{ loop.index }}.{{ x }}{% if not loop.last %}; {% endif %}{% endfor %}",
        "{{ ‘kutip’ }}",
        "{{ 'a' if ya else b }}",
        "{{ a | kapital }}",
        "{# catatan #}",
    ]
)
PARAGRAPH = st.lists(PIECES, max_size=4).map(lambda pieces: ("p", pieces))
TABLE = st.lists(PIECES, min_size=1, max_size=3).map(lambda cells: ("table", cells))
BLOCK = st.recursive(
    PARAGRAPH | TABLE,
    lambda inner: st.tuples(
        st.sampled_from(["for x in xs", "for y in ys", "if ya", "if xs", "if a == b"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)


DESCRIPTIONS = st.tuples(PIECES, st.lists(BLOCK, min_size=1, max_size=4), st.integers(0, 1_000))


def _template(header, blocks, seed):
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = header
    scissors = random.Random(seed)
    for block in blocks:
        _write(made, block, scissors)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _write(made, block, scissors):
    kind, content = block
    if kind == "p":
        _write_runs(made.add_paragraph(), "".join(content), scissors)
    elif kind == "table":
        _write_table(made, content, scissors)
    else:
        made.add_paragraph(f"{{%p {kind} %}}")
        for inner in content:
            _write(made, inner, scissors)
        made.add_paragraph(f"{{%p end{kind.split()[0]} %}}")


def _write_runs(paragraph, words, scissors):
    """The words in runs of different formatting, cut anywhere, as Word does."""
    while words:
        cut = scissors.randint(1, len(words))
        paragraph.add_run(words[:cut]).bold = scissors.choice([None, True, False])
        words = words[cut:]


def _write_table(made, cells, scissors):
    table = made.add_table(5, len(cells) + 2)
    table.rows[0].cells[0].text = "{%tr for y in ys %}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    for cell, piece in zip(table.rows[1].cells, ["{{ y.t }}", "{{ y.n }}", *cells], strict=True):
        _write_runs(cell.paragraphs[0], piece, scissors)
    row = table.rows[3].cells
    row[0].text, row[1].text, row[2].text = "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"
    table.rows[4].cells[0].text = "{% cellbg 'D9D9D9' %}{{ a }}"
    table.rows[4].cells[1].text = "{% colspan n %}{{ b }}"


def _assert_same(template, context):
    theirs, ours = both(template, context)
    assert ours.keys() == theirs.keys()
    for part, lines in theirs.items():
        assert ours[part] == lines, part


EITHER = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@settings(EITHER, max_examples=40)
@given(DESCRIPTIONS, CONTEXT)
def test_generated_templates_come_out_as_from_docxtpl(description, context):
    _assert_same(_template(*description), context)


@pytest.mark.long
@settings(EITHER, max_examples=2_000)
@given(DESCRIPTIONS, CONTEXT)
def test_many_generated_templates_come_out_as_from_docxtpl(description, context):
    _assert_same(_template(*description), context)


def test_every_shipped_template_comes_out_as_from_docxtpl(example):
    """Every naskah of every example of every kind, with all that the kind puts into it."""
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    for naskah in example.kind.naskah:
        if naskah.needs(payload):
            continue
        context = example.kind.build_context(
            DocumentOrder(payload, example.satker, naskah.name, example.assets)
        )
        _assert_same(example.kind.template_path(naskah).read_bytes(), context)
