"""The HTTP API: other systems ask for documents under /api/v1 and are told about them."""

from web.api.setup import PREFIX, init_app

__all__ = ["PREFIX", "init_app"]
