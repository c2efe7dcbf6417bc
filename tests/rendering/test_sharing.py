"""One template, many threads and processes, one cache: nothing of one document reaches another."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from docgen.rendering.loading import load_bytes
from docgen.rendering.text import read_text

LIGHT = ("docx", "docxtpl", "jinja2", "lxml", "pydantic")
"""What a process with a warm cache must not import."""

FILL = f"""
import sys
from pathlib import Path
from docgen.rendering import load
path, cache = map(Path, sys.argv[1:])
load(path, cache_dir=cache).fill({{"a": "x", "xs": ["y"]}})
print(*sorted(set({LIGHT}) & set(sys.modules)))
"""

MARKED = """
import re, sys, zipfile
from io import BytesIO
from pathlib import Path
from docgen.rendering import load
path, cache, first, last = *map(Path, sys.argv[1:3]), *map(int, sys.argv[3:])
template = load(path, cache_dir=cache)
foreign = 0
for number in range(first, last):
    mark = f"tanda-{number}"
    content = template.fill({"a": mark, "xs": [mark] * 20}).content
    with zipfile.ZipFile(BytesIO(content)) as package:
        words = b"".join(map(package.read, package.namelist())).decode(errors="ignore")
    found = re.findall(r"tanda-\\d+", words)
    foreign += len(found) != 22 or set(found) != {mark}
print(foreign)
"""

GROWTH = """
import sys
from pathlib import Path
from docgen.rendering import load
def resident_pages():
    return int(Path("/proc/self/statm").read_text().split()[1])
template = load(Path(sys.argv[1]))
def fill(times):
    for number in range(times):
        template.fill({"a": f"nilai {number}", "xs": [f"{number} & {one}" for one in range(200)]})
fill(1_000)
before = resident_pages()
fill(int(sys.argv[2]))
print((resident_pages() - before) * 4096)
"""


@pytest.fixture
def path(word, tmp_path):
    template = tmp_path / "templat.docx"
    template.write_bytes(word("{{ a }}", "{% for x in xs %}{{ x }} {% endfor %}", header="{{ a }}"))
    return template


def start(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def answers(processes):
    said = [process.communicate()[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return said


def threads_with_foreign_marks(template, threads, times):
    wrong = []

    def fill(thread):
        for number in range(times):
            value = f"{thread}-{number}"
            text = read_text(template.fill({"a": value, "xs": [value] * 20}).content)
            if set(text.split()) != {value}:
                wrong.append(text)

    running = [threading.Thread(target=fill, args=(thread,)) for thread in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return wrong


def test_sixteen_threads_share_a_template_without_a_foreign_mark(path):
    assert threads_with_foreign_marks(load_bytes(path.read_bytes()), 16, 20) == []


@pytest.mark.long
def test_sixteen_threads_make_five_thousand_without_a_foreign_mark(path):
    assert threads_with_foreign_marks(load_bytes(path.read_bytes()), 16, 313) == []


def test_processes_share_a_cache_without_a_foreign_mark(path, tmp_path):
    cache = tmp_path / "cache"
    started = [start(MARKED, path, cache, first, first + 50) for first in (0, 50)]
    assert answers(started) == ["0", "0"]


@pytest.mark.long
def test_eight_processes_make_five_thousand_without_a_foreign_mark(path, tmp_path):
    cache = tmp_path / "cache"
    started = [start(MARKED, path, cache, first, first + 625) for first in range(0, 5_000, 625)]
    assert answers(started) == ["0"] * 8


def test_processes_that_fill_the_cache_at_once_leave_one_whole_entry(path, tmp_path):
    cache = tmp_path / "cache"
    answers([start(FILL, path, cache) for _ in range(4)])
    (entry,) = cache.iterdir()
    whole = entry.read_bytes()
    assert answers([start(FILL, path, cache)]) == [""]
    assert entry.read_bytes() == whole


def test_a_warm_cache_needs_no_xml_library(path, tmp_path):
    cache = tmp_path / "cache"
    cold, warm = (answers([start(FILL, path, cache)]) for _ in range(2))
    # The validation libraries are no part of this package; all else is what compiling takes.
    assert cold == ["docx docxtpl jinja2 lxml"]
    assert warm == [""]


@pytest.mark.parametrize("damage", [b"", b"docgen", b"x" * 1_000])
def test_a_damaged_cache_is_made_again(path, tmp_path, damage):
    cache = tmp_path / "cache"
    answers([start(FILL, path, cache)])
    (entry,) = cache.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(whole[: len(whole) - len(damage)] + damage if damage else b"")
    answers([start(FILL, path, cache)])
    assert entry.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_no_document(path, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    assert answers([start(FILL, path, tmp_path / "berkas" / "cache")]) == [
        "docx docxtpl jinja2 lxml"
    ]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("times", [1_000, pytest.param(10_000, marks=pytest.mark.long)])
def test_memory_stays_flat(path, times):
    (grown,) = answers([start(GROWTH, path, times)])
    assert int(grown) < 2_000_000
