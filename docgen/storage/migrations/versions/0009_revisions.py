"""Uploads that are kept for a time; what a version made by a batch says of its revision."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("uploads") as uploads:
        uploads.add_column(sa.Column("kept_until", sa.DateTime(timezone=True)))
        uploads.create_index("ix_uploads_kept_until", ["kept_until"])
    with op.batch_alter_table("versions") as versions:
        versions.add_column(sa.Column("revision", sa.JSON, nullable=False, server_default="{}"))
