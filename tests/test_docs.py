"""README says what there is: every setting and every command."""

import re
from pathlib import Path

import typer

from docgen.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTING = re.compile(r"\bDOCGEN_[A-Z0-9]+(?:_[A-Z0-9]+)*\b")


def settings_in_code():
    modules = [*(ROOT / "docgen").rglob("*.py"), *(ROOT / "web").rglob("*.py")]
    return {name for path in modules for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def test_readme_lists_every_setting_and_no_other():
    table = set(re.findall(r"^\| `(DOCGEN_\w+)`", README, re.MULTILINE))
    assert "DOCGEN_DATA_DIR" in table
    assert table == settings_in_code()


def commands(group, before=""):
    for name, command in group.commands.items():
        if getattr(command, "commands", None):
            yield from commands(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}"


def test_readme_tells_of_every_command():
    found = list(commands(typer.main.get_command(app)))
    assert "render" in found
    assert [name for name in found if f"| `docgen {name}" not in README] == []


def test_every_picture_of_readme_is_there_and_small():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 2
    for picture in pictures:
        assert (ROOT / picture).stat().st_size < 120_000
