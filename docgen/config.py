"""Settings, read once from DOCGEN_* and passed on as an argument."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from docgen.errors import InvalidSettings

DEFAULT_DATA_DIR = "var"

IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


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
    embed_input: bool = True

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
            embed_input=embeds_input(env),
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
