"""What `docgen serve` makes sure of before it starts anything, each failure a sentence."""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO

from docgen.config import Settings
from docgen.errors import InvalidSettings

LONGEST_SOCKET_PATH = 107
"""Bytes of a unix socket's path that Linux takes."""
BACKLOG = 256


def make_folders(settings: Settings) -> None:
    """Make the folders of the data, for nobody else to read.

    Raises:
        InvalidSettings: They cannot be made, or their path is too long for the engine's socket.
    """
    try:
        for folder in (
            settings.data_dir,
            settings.engine_dir,
            settings.cache_dir,
            settings.metrics_dir,
        ):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise InvalidSettings(
            f"DOCGEN_DATA_DIR={settings.data_dir}: cannot be made or written ({error.strerror})"
        ) from error
    too_long = len(os.fsencode(engine_socket(settings))) - LONGEST_SOCKET_PATH
    if settings.has_embedded_engine and too_long > 0:
        raise InvalidSettings(
            f"DOCGEN_DATA_DIR={settings.data_dir}: {too_long} bytes too long a path for the "
            "engine's socket in it; choose a shorter one, or set DOCGEN_REDIS_URL"
        )


def engine_socket(settings: Settings) -> Path:
    """Where the embedded engine listens."""
    return settings.engine_dir / "engine.sock"


def take_data_dir(settings: Settings) -> IO[bytes]:
    """Hold the data folder for this process; it is free again when the answer is closed.

    Raises:
        InvalidSettings: Another service works on it.
    """
    lock = (settings.data_dir / "serve.lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise InvalidSettings(
            f"DOCGEN_DATA_DIR={settings.data_dir}: another `docgen serve` is running on it"
        ) from error
    return lock


def listen(host: str, port: int) -> socket.socket:
    """The socket that the web answers on. It stays open while the web restarts: callers wait.

    Raises:
        InvalidSettings: The address is taken, or not of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise InvalidSettings(
            f"--host {host} --port {port}: cannot listen there ({os.strerror(error.errno or 0)}); "
            "stop what uses it, or choose another: PORT=8001 make run"
        ) from error
