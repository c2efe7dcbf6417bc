"""Finds the kinds of document by their folders: a new kind is a new folder, nothing else."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from docgen.errors import UnknownKind
from docgen.kinds import DocumentKind

KINDS_PACKAGE = "templates_docx"


@functools.cache
def kinds() -> Mapping[str, DocumentKind[Any]]:
    """Every kind by its name, in the order of their folders' names."""
    package = importlib.import_module(KINDS_PACKAGE)
    return MappingProxyType({name: _load(name) for name in kind_names(package.__path__)})


def get_kind(name: str) -> DocumentKind[Any]:
    """The kind of this name, without importing the others.

    Raises:
        UnknownKind: No folder has this name.
    """
    known = kind_names(importlib.import_module(KINDS_PACKAGE).__path__)
    if name not in known:
        raise UnknownKind(name, known)
    return _load(name)


def kind_names(path: Any) -> list[str]:  # noqa: ANN401  a package's __path__ has no public type
    """The names of the kinds' folders."""
    return sorted(module.name for module in pkgutil.iter_modules(path) if module.ispkg)


@functools.cache
def _load(name: str) -> DocumentKind[Any]:
    kind: DocumentKind[Any] = importlib.import_module(f"{KINDS_PACKAGE}.{name}").KIND
    return kind
