"""The web front: forms in, documents out. It decides nothing about documents."""

from web.app import create_app

__all__ = ["create_app"]
