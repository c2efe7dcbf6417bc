"""Makes the documents of an election office from structured input."""
