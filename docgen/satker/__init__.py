"""The offices: who they are, what their letterheads say, how a selection of them is written."""

from docgen.satker.mentions import mentions_of_other_office, mentions_region
from docgen.satker.model import Pejabat, Satker
from docgen.satker.register import Registry, is_within, registry

__all__ = [
    "Pejabat",
    "Registry",
    "Satker",
    "is_within",
    "mentions_of_other_office",
    "mentions_region",
    "registry",
]
