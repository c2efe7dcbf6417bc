"""People with names, roles and states; sessions that end; who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("nama", sa.Text, nullable=False, server_default=""))
        users.add_column(sa.Column("subject", sa.String(255)))
        users.add_column(sa.Column("disabled_at", MOMENT))
        users.add_column(sa.Column("last_seen_at", MOMENT))
        users.create_unique_constraint("users_by_subject", ["subject"])
        users.create_index("ix_users_scope", ["scope"])
    op.execute("update users set nama = name")
    # Who was signed in signs in again: their sessions had no last end.
    op.execute("delete from sessions")
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("ends_at", MOMENT, nullable=False))
    op.create_table(
        "audit",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("user_id", sa.String(32)),
        sa.Column("nama", sa.Text, nullable=False),
        sa.Column("satker", sa.String(16), nullable=False, index=True),
        sa.Column("action", sa.String(48), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("audit_of_subject", "audit", ["subject", "id"])
