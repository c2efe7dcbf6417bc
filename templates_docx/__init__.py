"""One folder per kind of document."""
