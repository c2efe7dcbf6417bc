"""What README tells operators to copy is what the program understands."""

import configparser
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from docgen.cli import app
from docgen.config import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCALE_OUT = README.partition("## Scale-out")[2].partition("\n## ")[0]


def example(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", SCALE_OUT, re.DOTALL)
    return found


@pytest.fixture
def unit():
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(example("ini"))
    return parser


@pytest.fixture
def compose():
    return yaml.safe_load(example("yaml"))


def test_the_unit_starts_a_command_that_there_is_and_restarts_it(unit):
    program, command = unit["Service"]["ExecStart"].split()
    assert Path(program).name == "docgen"
    assert command in get_command(app).commands
    assert unit["Service"]["Restart"] == "always"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_the_compose_file_starts_commands_that_there_are_on_services_that_it_has(compose):
    services = compose["services"]
    for name in ("web", "worker"):
        program, command, *_ = services[name]["command"].split()
        assert program == "docgen"
        assert command in get_command(app).commands
        assert set(services[name]["depends_on"]) <= set(services)
    volumes = [volume for one in services.values() for volume in one.get("volumes", [])]
    assert {volume.partition(":")[0] for volume in volumes} == set(compose["volumes"])


def test_the_compose_files_settings_are_read_and_lead_to_its_services(compose):
    environ = compose["services"]["worker"]["environment"]
    assert environ == compose["services"]["web"]["environment"]
    settings = Settings.from_env(environ)
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert not settings.has_embedded_engine
    assert settings.blob_url == "s3://docgen/documents?endpoint=http%3A%2F%2Fobjects%3A8333"
    for address in (settings.database_url, settings.redis_url, environ["DOCGEN_S3_ENDPOINT"]):
        host = re.search(r"(?:@|//)(\w+)(?::\d+)?(?:/|$)", address)[1]
        assert host in compose["services"]


def test_the_compose_file_builds_our_image_and_makes_the_bucket_that_the_settings_name(compose):
    services = compose["services"]
    assert {name for name, one in services.items() if "image" not in one} == {"web", "worker"}
    assert [services[name]["build"] for name in ("web", "worker")] == [".", "."]
    bucket = services["worker"]["environment"]["DOCGEN_BLOB_URL"].split("/")[2]
    (command,) = services["bucket"]["command"]
    assert re.findall(r"--bucket (\S+)", command) == [bucket, bucket]
    made_by = services["bucket"]["environment"]
    used_by = services["worker"]["environment"]
    assert made_by.pop("AWS_ENDPOINT_URL") == used_by["DOCGEN_S3_ENDPOINT"]
    assert made_by.items() <= used_by.items()


def test_the_dockerfile_copies_what_there_is_and_runs_what_there_is():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and line[0] != "#"]
    assert [name for name, _ in steps if name in {"FROM", "CMD"}] == ["FROM", "CMD"]
    copied = [source for name, rest in steps if name == "COPY" for source in rest.split()[:-1]]
    assert [source for source in copied if not (ROOT / source).exists()] == []
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "bench"} <= set(copied)
    (target,) = re.findall(r"^make (\S+)$", "\n".join(rest for _, rest in steps), re.MULTILINE)
    subprocess.run(["make", "-n", target], cwd=ROOT, check=True, capture_output=True)
    program, command, *_ = json.loads(steps[-1][1])
    assert program == "docgen"
    assert command in get_command(app).commands


def test_every_setting_in_the_examples_is_explained():
    named = set(re.findall(r"DOCGEN_[A-Z0-9_]+", SCALE_OUT))
    for name in named - {"DOCGEN_DATA_DIR", "DOCGEN_SECRET_KEY"}:
        assert README.count(name) > 1, name
