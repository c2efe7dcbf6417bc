"""One attempt to hand over a message: to the judged address, without redirects, within bounds."""

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx

from docgen.config import IpNetwork
from docgen.errors import DocgenError
from docgen.webhooks.addresses import Resolve, Target, find_target, resolve
from docgen.webhooks.signing import sign

CONNECT_SECONDS = 5.0
STEP_SECONDS = 10.0
WHOLE_SECONDS = 15.0
KEPT_BYTES = 256
READ_BYTES = 16_384
"""An answer is read so far, so that the connection ends cleanly; what is longer is cut off."""

USER_AGENT = "docgen-webhooks"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt went: the status, None where there was no answer; its first bytes, or why not."""

    status: int | None
    said: str
    milliseconds: int

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == 410


def send(
    url: str,
    body: str,
    headers: Mapping[str, str],
    allowed: Sequence[IpNetwork],
    resolve_name: Resolve = resolve,
) -> Outcome:
    """Try once; whatever goes wrong is the outcome, not an error."""
    began = time.monotonic()
    try:
        target = find_target(url, allowed, resolve_name)
        status, said = _post(target, body, headers, began + WHOLE_SECONDS)
    except (DocgenError, httpx.HTTPError, httpx.InvalidURL) as error:
        status, said = None, _reason(error)
    return Outcome(status, said, round((time.monotonic() - began) * 1000))


def signed_headers(
    secrets_in_use: Sequence[str], message_id: str, moment: dt.datetime, body: str
) -> dict[str, str]:
    """Everything that goes above the body."""
    return {
        **sign(secrets_in_use, message_id, moment, body),
        "content-type": "application/json",
        "user-agent": USER_AGENT,
    }


def _post(target: Target, body: str, headers: Mapping[str, str], until: float) -> tuple[int, str]:
    # The address itself is connected to; the name stands in Host and in the certificate's check.
    address = f"[{target.address}]" if target.address.version == 6 else str(target.address)
    timeout = httpx.Timeout(STEP_SECONDS, connect=CONNECT_SECONDS)
    with (
        httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            f"{target.scheme}://{address}:{target.port}{target.path}",
            content=body.encode(),
            headers={**headers, "host": _host(target)},
            extensions={"sni_hostname": target.host},
        ) as response,
    ):
        return response.status_code, _beginning(response, until)


def _host(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    default = {"https": 443, "http": 80}[target.scheme]
    return host if target.port == default else f"{host}:{target.port}"


def _beginning(response: httpx.Response, until: float) -> str:
    """The first bytes of the answer; a slow or long one is left."""
    read = b""
    for chunk in response.iter_raw():
        read += chunk
        if len(read) >= READ_BYTES or time.monotonic() > until:
            break
    return read[:KEPT_BYTES].decode(errors="replace")


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "Tidak menjawab dalam batas waktu."
    if isinstance(error, httpx.ConnectError):
        return "Tidak dapat dihubungi."
    if isinstance(error, DocgenError):
        return str(error)
    return f"Sambungan terputus ({type(error).__name__})."
