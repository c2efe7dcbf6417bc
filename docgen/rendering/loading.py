"""Templates by their content: compiled once, kept in memory and on disk."""

import functools
import hashlib
import os
import tempfile
from pathlib import Path
from threading import Lock

from docgen import __version__
from docgen.rendering.compiled import CompiledTemplate, dump, restore
from docgen.rendering.setup import PageSetup
from docgen.rendering.template import Template

_templates: dict[tuple[str, int, int, PageSetup], Template] = {}
_by_fingerprint: dict[str, Template] = {}
_lock = Lock()

AS_IT_IS = PageSetup()


def load(path: Path, setup: PageSetup = AS_IT_IS, cache_dir: Path | None = None) -> Template:
    """The compiled template; the same object for the same content and setup.

    With `cache_dir`, what was compiled is kept there for other processes; several may fill the
    same folder at once.

    Raises:
        InvalidTemplate: The file is not a template that can be filled.
    """
    status = path.stat()
    key = (str(path), status.st_mtime_ns, status.st_size, setup)
    if (found := _templates.get(key)) is not None:
        return found
    template = load_bytes(path.read_bytes(), setup, cache_dir)
    _templates[key] = template
    return template


def load_bytes(
    content: bytes, setup: PageSetup = AS_IT_IS, cache_dir: Path | None = None
) -> Template:
    """As `load`, for a template that is not a file."""
    digest = hashlib.sha256(hashlib.sha256(content).digest())
    digest.update(f"{__version__} {_engine()} {setup}".encode())
    fingerprint = digest.hexdigest()
    with _lock:
        if fingerprint not in _by_fingerprint:
            compiled = _from_cache(fingerprint, cache_dir)
            if compiled is None:
                compiled = _compile(content, setup, fingerprint)
                _into_cache(compiled, cache_dir)
            _by_fingerprint[fingerprint] = Template(compiled)
        return _by_fingerprint[fingerprint]


@functools.cache
def _engine() -> str:
    """What this package's code is: what an earlier state of it compiled is not used."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _compile(content: bytes, setup: PageSetup, fingerprint: str) -> CompiledTemplate:
    # Reading XML as a tree costs 300 ms of imports, which a warm cache must not pay.
    from docgen.rendering.compiler import compile_template  # noqa: PLC0415  see above

    return compile_template(content, setup, fingerprint)


def _from_cache(fingerprint: str, cache_dir: Path | None) -> CompiledTemplate | None:
    if cache_dir is None:
        return None
    try:
        return restore((cache_dir / fingerprint).read_bytes())
    except OSError:
        return None


def _into_cache(compiled: CompiledTemplate, cache_dir: Path | None) -> None:
    """Keep it, in one step; a cache that cannot be written costs time, not documents."""
    if cache_dir is None:
        return
    try:
        cache_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=cache_dir)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(dump(compiled))
        Path(name).replace(cache_dir / compiled.fingerprint)
    except OSError:
        return
