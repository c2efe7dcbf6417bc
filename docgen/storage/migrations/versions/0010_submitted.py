"""Documents are handed in to be checked: by whom, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents") as documents:
        documents.add_column(
            sa.Column("submitted_name", sa.Text, nullable=False, server_default="")
        )
        documents.add_column(sa.Column("submitted_at", sa.DateTime(timezone=True)))
    # Every draft that was made waited for its reviewer until now, and goes on waiting; what was
    # checked had been handed in.
    op.execute(
        "update documents set submitted_name = requested_name, submitted_at = created_at "
        "where status = 'done' and (stage <> 'draft' or note = '')"
    )
    op.execute(
        "update documents set stage = 'submitted' "
        "where status = 'done' and stage = 'draft' and note = ''"
    )
