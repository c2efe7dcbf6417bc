"""Every document that we make is one that Microsoft's own validator finds nothing wrong with.

It is the Open XML SDK, compiled for Node; the rest of the tests use a port of it, which is quicker
and needs no Node.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from docgen.generate import SEMUA, generate, prepare
from tests.conftest import examples

PACKAGE = "@ooxml-tools/validate@0.4.6"
SCRIPT = """
import { readFile } from "node:fs/promises";
import validate from "@ooxml-tools/validate";
const found = {};
for (const path of process.argv.slice(1)) {
  const bytes = await readFile(path);
  const problems = await validate(bytes, "Microsoft365");
  if (problems.length) found[path] = problems;
}
console.log(JSON.stringify(found));
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (shutil.which("node") and shutil.which("npm")), reason="node and npm are not installed"
    ),
]


@pytest.fixture(scope="module")
def validator():
    """The folder where the validator is installed; kept between runs."""
    folder = Path(tempfile.gettempdir()) / f"docgen-{PACKAGE.rpartition('@')[2]}-validator"
    if not (folder / "node_modules" / "@ooxml-tools" / "validate").is_dir():
        folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--no-fund", "--no-audit", "--prefix", folder, PACKAGE]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def problems(validator, paths):
    """What is wrong with each of the files, by path."""
    command = ["node", "--input-type=module", "-e", SCRIPT, "--", *map(str, paths)]
    done = subprocess.run(
        command, cwd=validator, capture_output=True, text=True, check=True, timeout=900
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_every_example_is_valid(validator, tmp_path):
    paths = []
    for number, example in enumerate(examples()):
        payload = prepare(example.kind, example.data, example.satker).valid_payload()
        for srikandi in (False, True):
            for file in generate(
                example.kind,
                payload,
                example.satker,
                naskah=SEMUA,
                srikandi=srikandi,
                assets=example.assets,
            ):
                path = tmp_path / f"{number}-{srikandi:d}-{file.naskah}.docx"
                path.write_bytes(file.content)
                paths.append(path)
    assert problems(validator, paths) == {}


def test_the_validator_does_find_what_is_wrong(validator, tmp_path):
    example = examples()[0]
    payload = prepare(example.kind, example.data, example.satker).valid_payload()
    (file,) = generate(example.kind, payload, example.satker)
    path = tmp_path / "rusak.docx"
    path.write_bytes(broken(file.content))
    assert list(problems(validator, [path])) == [str(path)]


def broken(content):
    """The document with an element that Word does not know."""
    import zipfile
    from io import BytesIO

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "word/document.xml":
                part = part.replace(b"<w:sectPr", b"<w:asing/><w:sectPr")
            new.writestr(entry, part)
    return out.getvalue()
