"""Other systems: their tokens, where they hear from us, and what they may send us."""

from web.views.connections import index, receivers, sources, tokens
from web.views.connections.base import blueprint

__all__ = ["blueprint", "index", "receivers", "sources", "tokens"]
