"""Processes that must be there: started, looked after, stopped.

Children die with their parent, even if it is killed: the kernel sends them SIGTERM.
"""

import ctypes
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

log = structlog.get_logger()

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 15
LONGEST_PAUSE_SECONDS = 10
STEADY_SECONDS = 30
"""A child that ran this long is taken to be sound: its next restart is at once."""


@dataclass
class Child:
    """A process that must be there, and how to start it; it inherits the files named in `files`."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    files: Sequence[int] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    restarts: int = 0
    restart_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command,
            env=dict(self.environ),
            preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
            pass_fds=self.files,
            stdin=subprocess.DEVNULL,
            # Ctrl-C at a terminal is for the supervisor, which stops its children in order.
            start_new_session=True,
        )
        self.started = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

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

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_running():
            self.process.terminate()

    def see_it_stop(self) -> None:
        """Wait until it has stopped, and insist after a while."""
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("child.killed", child=self.name)
            self.process.kill()
            self.process.wait()


def stop_all(children: Iterable[Child]) -> None:
    """Stop these together."""
    together = tuple(children)
    for child in together:
        child.ask_to_stop()
    for child in together:
        child.see_it_stop()


_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
