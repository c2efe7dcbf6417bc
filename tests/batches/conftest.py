"""Every test of batches runs against both places that a service can keep things in."""

from tests.batches.places import place

__all__ = ["place"]
