"""Batches, their jobs and items, newest versions, snapshots of inputs, offices' changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("masters", sa.JSON, nullable=False),
        sa.Column("selector", sa.Text, nullable=False),
        sa.Column("force", sa.Boolean, nullable=False),
        sa.Column("dry_run", sa.Boolean, nullable=False),
        sa.Column("requested_by", sa.String(32)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
    )
    op.create_table(
        "batch_jobs",
        sa.Column("id", sa.String(32), primary_key=True),
        _batch_id(),
        sa.Column("satker", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("skipped", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("lease_owner", sa.String(64)),
        sa.Column("lease_until", MOMENT),
        sa.Column("started_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index("batch_jobs_by_office", "batch_jobs", ["batch_id", "satker"], unique=True)
    op.create_index("batch_jobs_by_status", "batch_jobs", ["status", "lease_until"])
    op.create_table(
        "batch_items",
        _batch_id(primary_key=True),
        sa.Column("satker", sa.String(16), primary_key=True),
        sa.Column("master", sa.String(120), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(120), nullable=False),
        sa.Column("previous", sa.String(120), nullable=False),
        *_file(),
    )
    failed = sa.text("status = 'failed'")
    op.create_index(
        "batch_items_failed",
        "batch_items",
        ["batch_id"],
        sqlite_where=failed,
        postgresql_where=failed,
    )
    op.create_index("batch_items_by_content", "batch_items", ["sha256"])
    op.create_table(
        "versions",
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("satker", sa.String(16), primary_key=True),
        sa.Column("master", sa.String(120), primary_key=True),
        sa.Column("fingerprint", sa.String(120), nullable=False),
        *_file(),
        sa.Column("made_at", MOMENT, nullable=False),
    )
    op.create_index("versions_by_content", "versions", ["sha256"])
    op.create_table(
        "snapshots",
        sa.Column("fingerprint", sa.String(16), primary_key=True),
        sa.Column("data", sa.JSON, nullable=False),
    )
    op.create_table(
        "office_changes",
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("satker", sa.String(16), primary_key=True),
        sa.Column("master", sa.String(120), primary_key=True),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("updated_by", sa.String(32)),
        sa.Column("updated_at", MOMENT, nullable=False),
    )


def _batch_id(*, primary_key: bool = False) -> "sa.Column[str]":
    return sa.Column(
        "batch_id",
        sa.String(32),
        sa.ForeignKey("batches.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def _file() -> tuple["sa.Column[str]", "sa.Column[str]", "sa.Column[int]", "sa.Column[str]"]:
    return (
        sa.Column("naskah", sa.String(64), nullable=False),
        sa.Column("filename", sa.String(160), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
