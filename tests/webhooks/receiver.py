"""A real receiver on this machine, that behaves as it is told."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["Handler"], None]


@dataclass
class Arrived:
    """A message as it came."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Where it listens, what came, and what it does next: the last behaviour goes on."""

    url: str
    behaviours: list[Behaviour]
    arrived: list[Arrived] = field(default_factory=list)

    def next(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


class Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.receiver.arrived.append(Arrived(dict(self.headers), body))
        with contextlib.suppress(ConnectionError):
            self.receiver.next()(self)

    def do_GET(self) -> None:
        self.receiver.arrived.append(Arrived({"method": "GET"}, b""))
        answer(200)(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def answer(status: int, body: bytes = b"ok", **headers: str) -> Behaviour:
    def behave(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def hang(seconds: float) -> Behaviour:
    return lambda _handler: time.sleep(seconds)


def drip(seconds: float) -> Behaviour:
    """Answers a byte at a time."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("content-length", "1000000")
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return behave


def flood(handler: Handler) -> None:
    """Answers without end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(b"x" * 65_536)


def die(handler: Handler) -> None:
    """Drops the connection in the middle."""
    handler.connection.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def receiver(*behaviours: Behaviour) -> Iterator[Receiver]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Handler,), {}))
    server.daemon_threads = True
    ours = Receiver(f"http://127.0.0.1:{server.server_port}/kabar", list(behaviours))
    server.RequestHandlerClass.receiver = ours  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield ours
    server.shutdown()
    server.server_close()
    thread.join()
