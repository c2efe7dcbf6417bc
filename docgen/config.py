"""Settings, read once from DOCGEN_* and passed on as an argument."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlsplit

from docgen.errors import InvalidSettings
from docgen.roles import ROLES, Role

DEFAULT_DATA_DIR = "var"
DEFAULT_PDF_MAX_BYTES = 2_000_000
"""What evaluators' portals take."""

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The institution's sign-in: who it is, who we are to it, and what its claims mean.

    `roles` are ours by the words that the issuer uses for them.
    """

    issuer: str
    client_id: str
    client_secret: str
    role_claim: str
    scope_claim: str
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; README lists the variables.

    `redis_url` and `database_url` are complete: where the operator named none, they lead to the
    embedded engine and to SQLite in `data_dir`.
    """

    data_dir: Path
    database_url: str
    redis_url: str
    blob_url: str
    workers: int = 2
    lease_seconds: int = 20
    reconcile_seconds: int = 10
    has_embedded_engine: bool = True
    secret_key: str = ""
    webhook_allow: tuple[IpNetwork, ...] = ()
    keep_batches_days: int = 365
    keep_workbooks_days: int = 7
    keep_pictures_days: int = 90
    keep_deliveries_days: int = 90
    embed_input: bool = True
    pdf_max_bytes: int = DEFAULT_PDF_MAX_BYTES
    public_url: str = ""
    oidc: OidcSettings | None = None

    @property
    def engine_dir(self) -> Path:
        """Where the embedded engine keeps its socket and its log of commands."""
        return self.data_dir / "engine"

    @property
    def cache_dir(self) -> Path:
        """Compiled templates."""
        return self.data_dir / "cache"

    @property
    def metrics_dir(self) -> Path:
        """What the processes of this host count; begun anew at each start."""
        return self.data_dir / "metrics"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The settings of this process.

        Raises:
            InvalidSettings: A variable holds what it cannot.
        """
        env = os.environ if environ is None else environ
        data_dir = Path(env.get("DOCGEN_DATA_DIR") or DEFAULT_DATA_DIR).absolute()
        redis_url = env.get("DOCGEN_REDIS_URL", "")
        return cls(
            data_dir=data_dir,
            database_url=_database_url(env.get("DOCGEN_DATABASE_URL", ""), data_dir),
            redis_url=redis_url or f"unix://{data_dir}/engine/engine.sock",
            blob_url=_blob_url(env, data_dir),
            workers=_whole_number(env, "DOCGEN_WORKERS", 2, least=1),
            lease_seconds=_whole_number(env, "DOCGEN_LEASE_SECONDS", 20, least=1),
            reconcile_seconds=_whole_number(env, "DOCGEN_RECONCILE_SECONDS", 10, least=1),
            has_embedded_engine=not redis_url,
            secret_key=env.get("DOCGEN_SECRET_KEY", ""),
            webhook_allow=_networks(env, "DOCGEN_WEBHOOK_ALLOW"),
            keep_batches_days=_whole_number(env, "DOCGEN_KEEP_BATCHES_DAYS", 365, least=0),
            keep_workbooks_days=_whole_number(env, "DOCGEN_KEEP_WORKBOOKS_DAYS", 7, least=0),
            keep_pictures_days=_whole_number(env, "DOCGEN_KEEP_PICTURES_DAYS", 90, least=0),
            keep_deliveries_days=_whole_number(env, "DOCGEN_KEEP_DELIVERIES_DAYS", 90, least=0),
            embed_input=embeds_input(env),
            pdf_max_bytes=pdf_max_bytes(env),
            public_url=_address(env, "DOCGEN_PUBLIC_URL"),
            oidc=_oidc(env),
        )


def user_cache_dir(environ: Mapping[str, str] | None = None) -> Path:
    """Where the command line keeps compiled templates; a person has no data folder of the service's.

    >>> user_cache_dir({"XDG_CACHE_HOME": "/tmp/c"})
    PosixPath('/tmp/c/docgen')
    """
    env = os.environ if environ is None else environ
    return Path(env.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "docgen"


def embeds_input(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a document carries the input that it was made from, so that it can be opened again.

    Raises:
        InvalidSettings: The variable is neither 0 nor 1.
    """
    env = os.environ if environ is None else environ
    return _is_on(env, "DOCGEN_EMBED_INPUT", default=True)


def pdf_max_bytes(environ: Mapping[str, str] | None = None) -> int:
    """How large a PDF may be.

    Raises:
        InvalidSettings: The variable is no number, or less than 100 kB, which no document fits in.
    """
    env = os.environ if environ is None else environ
    return _whole_number(env, "DOCGEN_PDF_MAX_BYTES", DEFAULT_PDF_MAX_BYTES, least=100_000)


def _oidc(env: Mapping[str, str]) -> OidcSettings | None:
    issuer = env.get("DOCGEN_OIDC_ISSUER", "")
    if not issuer:
        return None
    _address(env, "DOCGEN_OIDC_ISSUER")
    needed = ("DOCGEN_OIDC_CLIENT_ID", "DOCGEN_OIDC_CLIENT_SECRET", "DOCGEN_PUBLIC_URL")
    if lacking := [name for name in needed if not env.get(name)]:
        raise InvalidSettings(f"DOCGEN_OIDC_ISSUER needs {', '.join(lacking)} too")
    return OidcSettings(
        issuer,
        env["DOCGEN_OIDC_CLIENT_ID"],
        env["DOCGEN_OIDC_CLIENT_SECRET"],
        env.get("DOCGEN_OIDC_ROLE_CLAIM") or "role",
        env.get("DOCGEN_OIDC_SCOPE_CLAIM") or "satker",
        _roles(env, "DOCGEN_OIDC_ROLES"),
    )


def _roles(env: Mapping[str, str], name: str) -> Mapping[str, Role]:
    """Our roles by the issuer's words; without a setting it uses ours."""
    ours = {role: role for role in ROLES}
    text = env.get(name, "")
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if unknown := [role.strip() for _, _, role in pairs if role.strip() not in ours]:
        raise InvalidSettings(
            f"{name}={text}: {unknown[0] or 'nothing'} is not one of {', '.join(ROLES)}; write "
            "their-word=role, joined by commas"
        )
    return {word.strip(): ours[cast("Role", role.strip())] for word, _, role in pairs} or {
        str(role): role for role in ROLES
    }


def _address(env: Mapping[str, str], name: str) -> str:
    """An address without a slash at its end; plain http only on this machine."""
    text = env.get(name, "").rstrip("/")
    parts = urlsplit(text)
    is_here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if text and not (parts.hostname and (parts.scheme == "https" or is_here)):
        raise InvalidSettings(f"{name}={text}: must begin with https://")
    return text


def _is_on(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = env.get(name) or str(int(default))
    if text not in {"0", "1"}:
        raise InvalidSettings(f"{name}={text}: must be 0 or 1")
    return text == "1"


def _database_url(url: str, data_dir: Path) -> str:
    if not url:
        return f"sqlite:///{data_dir}/docgen.db"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return f"postgresql+psycopg://{url.removeprefix(prefix)}"
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    scheme = url.partition(":")[0]
    raise InvalidSettings(f"DOCGEN_DATABASE_URL={scheme}:…: only sqlite and postgresql are known")


def _blob_url(env: Mapping[str, str], data_dir: Path) -> str:
    """The store's address; a bucket's carries its endpoint, where it is not Amazon's own."""
    url = env.get("DOCGEN_BLOB_URL") or f"file://{data_dir}/blobs"
    endpoint = env.get("DOCGEN_S3_ENDPOINT", "")
    if not endpoint or not url.startswith("s3:") or "?endpoint=" in url:
        return url
    if not endpoint.startswith(("http://", "https://")):
        raise InvalidSettings(f"DOCGEN_S3_ENDPOINT={endpoint}: must begin with http:// or https://")
    return f"{url}?endpoint={quote(endpoint, safe='')}"


def _networks(env: Mapping[str, str], name: str) -> tuple[IpNetwork, ...]:
    parts = [part.strip() for part in env.get(name, "").split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(part) for part in parts)
    except ValueError as error:
        raise InvalidSettings(
            f"{name}={env[name]}: must be networks joined by commas, such as 10.20.0.0/16 ({error})"
        ) from error


def _whole_number(env: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdigit() or int(text) < least:
        raise InvalidSettings(f"{name}={text}: must be a whole number, at least {least}")
    return int(text)
