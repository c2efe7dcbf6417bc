"""The offices: who they are, what their letterheads say, how a selection of them is written."""

from docgen.satker.model import Pejabat, Satker
from docgen.satker.register import Registry, registry

__all__ = ["Pejabat", "Registry", "Satker", "registry"]
