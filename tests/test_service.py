"""The whole service as processes: what is killed comes back, what was asked for is made once."""

import os
import signal
import subprocess

import httpx
import pytest

from docgen.config import Settings
from docgen.storage import Database, Documents, Scope
from tests.conftest import EXAMPLE_OFFICE, examples
from tests.fixtures.service import PROGRAM, csrf, eventually
from web.controls import form_sections
from web.forms import write_form

pytestmark = pytest.mark.service

EXAMPLE = max(examples(), key=lambda one: len(one.data.get("langkah", ())))
ADDRESS = f"/buat/{EXAMPLE.kind.name}?satker={EXAMPLE_OFFICE}"


def ask_for(client, *titles):
    """Send the form once for each title; answers with the documents' addresses."""
    token = csrf(client.get(ADDRESS).text)
    sent = {}
    for name, value in write_form(form_sections(EXAMPLE.kind), EXAMPLE.data):
        sent.setdefault(name, []).append(str(value))
    asked = []
    for title in titles:
        fields = {**sent, "judul": title, "csrf_token": token, "buat": "1"}
        answer = client.post(ADDRESS, data=fields)
        assert answer.status_code == 200, answer.text
        asked.append(answer.url.path)
    return asked


def stored(service):
    """Every document that the service keeps."""
    settings = Settings.from_env({"DOCGEN_DATA_DIR": str(service.data_dir)})
    database = Database(settings.database_url)
    found = Documents(database, Scope("00")).newest(limit=1000)
    database.close()
    return found


def all_made(service, titles):
    """Whether there is one document for each title, done, with one file."""
    found = stored(service)
    assert sorted(one.judul for one in found) == sorted(titles)
    assert [one.error for one in found if one.status == "failed"] == []
    return all(one.status == "done" and len(one.files) == 1 for one in found)


@pytest.mark.parametrize(
    "victim",
    [
        "worker",
        "engine",
        pytest.param("web", marks=pytest.mark.long),
        pytest.param("dispatcher", marks=pytest.mark.long),
    ],
)
def test_what_is_killed_amid_ten_jobs_loses_none_and_doubles_none(service, victim):
    titles = [f"Dokumen {number}" for number in range(10)]
    with service.browse() as client:
        ask_for(client, *titles[:5])
        hit = service.kill(victim)
        assert hit
        eventually(service.is_ready, "the service does not come back")
        ask_for(client, *titles[5:])
        service.kill(victim)
        eventually(lambda: all_made(service, titles), "not all documents were made")
    assert set(service.processes(victim)).isdisjoint(hit)
    blobs = [one for one in (service.data_dir / "blobs").rglob("*") if one.is_file()]
    assert len(blobs) == len({one.files[0].sha256 for one in stored(service)}) == 10


def is_alive(process):
    asked = subprocess.run(["kill", "-0", str(process)], capture_output=True, check=False)
    return asked.returncode == 0


def test_stopping_and_starting_again_loses_nothing(service):
    titles = [f"Dokumen {number}" for number in range(6)]
    with service.browse() as client:
        (address,) = ask_for(client, "Tetap ada")
        eventually(lambda: all_made(service, ["Tetap ada"]), "the document was not made")
        ask_for(client, *titles)
        children, first_link = service.processes(), service.link
        assert service.stop(signal.SIGINT) == 0
        assert [one for one in children if is_alive(one)] == []
        assert "Traceback" not in service.log.read_text()
        service.start()
        page = client.get(address)
        assert (page.url.path, "Selesai" in page.text) == (address, True)
        assert client.get(f"{address}/{EXAMPLE.kind.naskah[0].name}").content[:2] == b"PK"
        eventually(lambda: all_made(service, [*titles, "Tetap ada"]), "not all were made")
    assert httpx.get(first_link).status_code == 410
    with service.browse() as client:
        assert "Buat dokumen" in client.get("/").text


@pytest.mark.long
def test_a_supervisor_that_is_killed_leaves_no_process_behind(service):
    children = service.processes()
    assert len(children) >= 5
    service.stop(signal.SIGKILL)
    eventually(lambda: not [one for one in children if is_alive(one)], "children were left")


def run(*arguments, **environ):
    """Run the program to its end; answers with its exit code and errors."""
    done = subprocess.run(
        [PROGRAM, *arguments], env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_a_port_in_use_is_a_sentence(shared_service, tmp_path):
    port = shared_service.port
    code, err = run("serve", "--port", str(port), DOCGEN_DATA_DIR=str(tmp_path / "b"))
    assert code == 2
    assert f"--port {port}: cannot listen there (Address already in use)" in err


def test_two_services_cannot_share_a_data_folder(shared_service):
    code, err = run("serve", "--port", "1", DOCGEN_DATA_DIR=str(shared_service.data_dir))
    assert code == 2
    assert "another `docgen serve` is running on it" in err
    assert shared_service.is_ready()


def test_settings_that_cannot_work_are_sentences(tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    long = tmp_path / ("x" * 120)
    cases = {
        "DOCGEN_WORKERS": "banyak",
        "DOCGEN_DATABASE_URL": "mysql://x",
        "DOCGEN_BLOB_URL": "ftp://x",
        "DOCGEN_DATA_DIR": str(long),
    }
    for name, value in cases.items():
        environ = {"DOCGEN_DATA_DIR": str(tmp_path / "v"), name: value}
        code, err = run("serve", "--port", "18999", **environ)
        assert (code, name in err) == (2, True), err
    code, err = run("serve", DOCGEN_DATA_DIR=str(tmp_path / "berkas"))
    assert (code, "DOCGEN_DATA_DIR" in err) == (2, True)


def test_a_worker_without_engine_or_tables_says_which_setting(shared_service, tmp_path):
    code, err = run("worker", DOCGEN_DATA_DIR=str(tmp_path / "kosong"))
    assert (code, "DOCGEN_DATABASE_URL" in err) == (2, True)
    elsewhere = {"DOCGEN_REDIS_URL": "redis://:rahasia@127.0.0.1:1/0"}
    code, err = run("worker", DOCGEN_DATA_DIR=str(shared_service.data_dir), **elsewhere)
    assert (code, "DOCGEN_REDIS_URL=redis://…@127.0.0.1:1/0" in err) == (2, True)
    assert "rahasia" not in err


@pytest.mark.long
def test_one_more_worker_joins_by_settings_alone(service, tmp_path):
    own = service.processes("worker")
    for one in own:
        os.kill(one, signal.SIGSTOP)
    data = service.data_dir
    environ = {
        "DOCGEN_DATA_DIR": str(tmp_path / "lain"),
        "DOCGEN_DATABASE_URL": f"sqlite:///{data}/docgen.db",
        "DOCGEN_REDIS_URL": f"unix://{data}/engine/engine.sock",
        "DOCGEN_BLOB_URL": f"file://{data}/blobs",
    }
    (tmp_path / "lain").mkdir()
    with (tmp_path / "worker.log").open("wb") as log:
        more = subprocess.Popen([PROGRAM, "worker"], env=environ, stderr=log)
        titles = [f"Dokumen {number}" for number in range(4)]
        with service.browse() as client:
            ask_for(client, *titles)
        eventually(lambda: all_made(service, titles), "not all documents were made")
        more.terminate()
        assert more.wait(60) == 0
    for one in own:
        os.kill(one, signal.SIGCONT)
    assert (tmp_path / "worker.log").read_text().count("document.done") == 4
