"""What holds for every kind of document, by its being there."""

import hashlib
import zipfile
from io import BytesIO

import pytest
from openxml_audit import OpenXmlValidator

from docgen.findings import Finding
from docgen.generate import SEMUA, generate, prepare
from docgen.registry import get_kind, kinds
from docgen.rendering.text import read_text
from docgen.schema import json_schema
from docgen.validation import place


def make(example, naskah=SEMUA, satker=None):
    satker = satker or example.satker
    prepared = prepare(example.kind, example.data, satker)
    return generate(
        example.kind, prepared.valid_payload(), satker, naskah=naskah, assets=example.assets
    )


def test_there_are_kinds_and_each_is_found_by_its_name():
    assert [get_kind(name) for name in kinds()] == list(kinds().values())
    assert all(kind.name == name for name, kind in kinds().items())


def test_every_kind_has_examples_and_a_template_per_naskah(kind):
    assert list((kind.folder / "examples").glob("*.yaml"))
    assert all(kind.template_path(naskah).is_file() for naskah in kind.naskah)


def test_an_example_says_what_it_must_say(example, accept):
    for file in make(example):
        expected = example.path.with_name(f"{example.path.stem}.{file.naskah}.txt")
        said = read_text(file.content) + "\n"
        if accept:
            expected.write_text(said, encoding="utf-8")
        assert said == expected.read_text(encoding="utf-8")


def test_the_title_stands_in_the_document_in_the_letters_that_were_typed(example):
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    (file,) = make(example, naskah="")
    assert example.kind.archive(payload, example.satker).judul in read_text(file.content)


def test_an_example_is_a_valid_word_file(example, tmp_path):
    for file in make(example):
        path = tmp_path / file.filename
        path.write_bytes(file.content)
        result = OpenXmlValidator().validate(str(path))
        assert [str(error) for error in result.errors] == []


def test_the_same_input_makes_the_same_bytes(example):
    first, second = make(example), make(example)
    assert [file.content for file in first] == [file.content for file in second]
    assert [hashlib.sha256(f.content).hexdigest() for f in first] == [f.sha256 for f in first]


def test_no_example_has_a_finding_that_does_not_point_into_it(example):
    for finding in prepare(example.kind, example.data, example.satker).findings:
        assert isinstance(finding, Finding)
        assert finding.message.endswith((".", "?"))
        here = example.data
        for step in finding.pointer.split("/")[1:-1]:
            here = here[int(step)] if isinstance(here, list) else here[step]


def test_every_part_of_the_package_is_well_named(example):
    for file in make(example):
        with zipfile.ZipFile(BytesIO(file.content)) as package:
            assert package.testzip() is None
            assert package.namelist()[0] == "[Content_Types].xml"


def test_the_form_asks_for_every_field_once(kind):
    asked = [field for section in kind.form.sections for field in section.fields]
    not_asked = {"satker", "master"}
    assert sorted(asked) == sorted(set(kind.payload.model_fields) - not_asked)


def test_every_hint_of_the_form_names_a_field(kind):
    for pattern in kind.form.hints:
        steps = [0 if step == "*" else step for step in pattern.split("/")]
        assert place(kind.payload, steps) != pattern


def test_the_schema_speaks_indonesian_and_names_every_field(kind):
    schema = json_schema(kind)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["properties"]) == set(kind.payload.model_fields)
    assert all(field.get("title") for field in schema["properties"].values())


@pytest.mark.parametrize("kode", ["00", "11", "11.18", "13", "13.01", "91.03"])
def test_every_example_can_be_made_for_any_office(example, kode):
    from docgen.satker import registry

    satker = registry().get(kode)
    for file in make(example, satker=satker):
        assert satker.kop[-1] in read_text(file.content)
