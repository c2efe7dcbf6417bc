"""Makes the documents of an election office from structured input."""

__version__ = "0.1.0"
