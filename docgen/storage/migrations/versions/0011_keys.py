"""A key may have made a batch as well as a document."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table("idempotency_keys", "idempotency_keys_of_documents")
    op.drop_index("ix_idempotency_keys_created_at", "idempotency_keys_of_documents")
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"])
    op.execute(
        "insert into idempotency_keys (caller, key, body_hash, subject, created_at) "
        "select caller, key, body_hash, document_id, created_at from idempotency_keys_of_documents"
    )
    op.drop_table("idempotency_keys_of_documents")
