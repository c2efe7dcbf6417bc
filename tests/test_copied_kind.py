"""A new kind is a new folder: a copy of one, under another name, with nothing else touched."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.registry import kinds
from tests.conftest import EXAMPLE_OFFICE, examples

ROOT = Path(__file__).parent.parent
SOURCES = ("docgen", "templates_docx", "web", "tests", "pyproject.toml")
WHAT_IS_NOT_SOURCE = shutil.ignore_patterns("__pycache__", ".*_cache")

MODEL = min(kinds().values(), key=lambda kind: len(list((kind.folder / "examples").iterdir())))
COPY = f"{MODEL.name}_salinan"


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The whole project, with a copy of one kind's folder that only changed its own name."""
    tree = tmp_path_factory.mktemp("proyek")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=WHAT_IS_NOT_SOURCE)
        else:
            shutil.copy(source, tree / name)
    folder = tree / "templates_docx" / COPY
    shutil.copytree(tree / "templates_docx" / MODEL.name, folder)
    for path in folder.glob("*.py"):
        words = path.read_text(encoding="utf-8")
        words = words.replace(f"templates_docx.{MODEL.name}", f"templates_docx.{COPY}")
        words = words.replace(f'name="{MODEL.name}"', f'name="{COPY}"')
        path.write_text(words, encoding="utf-8")
    return tree


def run(tree, *command):
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=tree, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def docgen(tree, *arguments):
    return run(tree, "-c", "from docgen.cli import main; main()", *arguments)


def test_a_copied_folder_is_a_kind_of_the_command_line(tree, tmp_path):
    known = json.loads(docgen(tree, "kinds", "--json"))
    assert len(known) == len(kinds()) + 1
    assert COPY in json.dumps(known)
    schema = json.loads(docgen(tree, "schema", COPY))
    assert set(schema["properties"]) == set(MODEL.payload.model_fields)
    example = next(one for one in examples() if one.kind is MODEL)
    docgen(tree, "render", COPY, example.path, "--satker", EXAMPLE_OFFICE, "-d", tmp_path)
    assert len(list(tmp_path.glob("*.docx"))) == 1


@pytest.mark.long
def test_a_copied_folder_gets_its_form_its_api_and_its_tests(tree):
    of_all_kinds = [
        "tests/web/test_making.py::test_every_kind_has_a_form_with_every_field_labelled",
        "tests/web/test_making.py::test_all_kinds_are_offered_on_the_start_page",
        "tests/api/test_documents.py::test_kinds_schemas_and_offices_say_what_can_be_asked_for",
    ]
    assert f"[{COPY}]" in run(tree, "-m", "pytest", "-v", *of_all_kinds)
    of_the_copy = run(
        tree, "-m", "pytest", "-q", "tests/test_kinds.py", "-k", f"{COPY} and not any_office"
    )
    assert " passed" in of_the_copy
