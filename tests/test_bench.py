"""`python -m bench` runs what lies in its folder, and one that fails hides no other."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = Path(__file__).parents[1] / "bench" / "__main__.py"
GOOD = 'def run():\n    return {"rows": [{"langkah": 15, "rasio": 216}], "ms": 39}\n'
BAD = 'def run():\n    raise ValueError("patah")\n'


@pytest.fixture
def bench(tmp_path):
    """Run the benches of a folder with these modules; answers with exit code, output and figures."""

    def bench(*names, **modules):
        folder = tmp_path / "bench"
        folder.mkdir(exist_ok=True)
        shutil.copy(MAIN, folder)
        # A package like the real one, which Python would otherwise find first.
        (folder / "__init__.py").touch()
        for name, source in modules.items():
            (folder / f"{name}.py").write_text(source, encoding="utf-8")
        command = [sys.executable, "-m", "bench", *names]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        results = tmp_path / "var" / "bench.json"
        kept = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
        return done.returncode, done.stdout + done.stderr, kept

    return bench


def test_every_bench_in_the_folder_is_run_and_kept(bench):
    code, said, kept = bench(satu=GOOD, dua=GOOD, alat="def helper():\n    pass\n")
    assert (code, sorted(kept)) == (0, ["dua", "satu"])
    assert kept["satu"] == {"rows": [{"langkah": 15, "rasio": 216}], "ms": 39}
    assert "satu: rows" in said
    assert "216" in said


def test_a_bench_that_fails_hides_no_other(bench):
    code, said, kept = bench(a_patah=BAD, baik=GOOD)
    assert (code, sorted(kept)) == (1, ["baik"])
    assert "patah" in said
    assert "baik: rows" in said


def test_one_bench_by_name_leaves_the_figures_of_others(bench):
    bench(satu=GOOD, dua=GOOD)
    code, said, kept = bench("dua")
    assert (code, sorted(kept)) == (0, ["dua", "satu"])
    assert "satu" not in said


def test_an_unknown_bench_is_a_usage_error(bench):
    assert bench("tiga", satu=GOOD)[0] == 2
