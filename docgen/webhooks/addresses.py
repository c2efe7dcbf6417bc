"""Where a message may go: public addresses by https, and the networks that the operator named.

A name is resolved once, every address is judged, and the connection goes to the one that was
judged: a name that answers otherwise a moment later reaches nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from docgen.config import IpNetwork
from docgen.errors import DocgenError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

LONGEST_URL = 2048

_EMBEDS_IPV4 = (
    # Each network, and how many bits stand behind the IPv4 address in it.
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated, RFC 2765
    (ipaddress.IPv6Network("::/96"), 0),  # IPv4-compatible, RFC 4291
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),  # NAT64 of a local network, RFC 8215
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
_IPV4_MASK = 0xFFFFFFFF


class ForbiddenAddress(DocgenError):
    """An address that a message must not go to; the text says why, in Indonesian."""


class UnknownHost(DocgenError):
    """A name that has no address now; later it may."""

    permanent = False


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver whose address was judged."""

    scheme: str
    host: str
    port: int
    address: IpAddress
    path: str


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, by the system's resolver; it knows the odd ways to write one too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def check_url(url: str, allowed: Sequence[IpNetwork], resolve_name: Resolve = resolve) -> None:
    """Refuse an address at the time it is registered; a name without an address yet may be kept.

    Raises:
        ForbiddenAddress: A message must not go there.
    """
    try:
        find_target(url, allowed, resolve_name)
    except UnknownHost:
        return


def find_target(url: str, allowed: Sequence[IpNetwork], resolve_name: Resolve = resolve) -> Target:
    """The receiver behind a URL, with the one address to connect to.

    Raises:
        ForbiddenAddress: A message must not go there.
        UnknownHost: The name has no address now.
    """
    scheme, host, port, path = _parts(url)
    try:
        addresses = [ipaddress.ip_address(one) for one in resolve_name(host, port)]
    except (OSError, UnicodeError) as error:
        raise UnknownHost(f"Nama {host} tidak ditemukan.") from error
    if not addresses:
        raise UnknownHost(f"Nama {host} tidak ditemukan.")
    for address in addresses:
        _judge(scheme, address, allowed)
    return Target(scheme, host, port, addresses[0], path)


def _parts(url: str) -> tuple[str, str, int, str]:
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise ForbiddenAddress("Alamat harus berupa URL biasa, paling panjang 2048 karakter.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenAddress("Alamat tidak dapat dibaca.") from error
    if parts.scheme not in {"https", "http"} or not parts.hostname or "%" in parts.hostname:
        raise ForbiddenAddress("Alamat harus diawali https://.")
    if parts.username or parts.password:
        raise ForbiddenAddress("Alamat tidak boleh memuat nama pengguna atau sandi.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, parts.hostname, port or _default_port(parts.scheme), path


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _judge(scheme: str, address: IpAddress, allowed: Sequence[IpNetwork]) -> None:
    if any(one in network for network in allowed for one in (address, *_inside(address))):
        return
    if any(not _is_public(one) for one in (address, *_inside(address))):
        raise ForbiddenAddress(
            f"Alamat {address} berada di jaringan yang tidak boleh dituju. "
            "Pengelola dapat membukanya dengan DOCGEN_WEBHOOK_ALLOW."
        )
    if scheme != "https":
        raise ForbiddenAddress("Alamat di luar jaringan sendiri harus https.")


def _is_public(address: IpAddress) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inside(address: IpAddress) -> Iterator[IpAddress]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.teredo:
        yield from address.teredo
    for network, behind in _EMBEDS_IPV4:
        if address in network:
            yield ipaddress.IPv4Address((int(address) >> behind) & _IPV4_MASK)
