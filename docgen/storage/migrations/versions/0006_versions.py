"""Documents in versions and stages, their areas; drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("series", sa.String(32), nullable=False, server_default=""))
        documents.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        documents.add_column(
            sa.Column("is_latest", sa.Boolean, nullable=False, server_default=sa.true())
        )
        documents.add_column(sa.Column("nomor", sa.Text, nullable=False, server_default=""))
        documents.add_column(sa.Column("tanggal", sa.Date))
        documents.add_column(
            sa.Column("stage", sa.String(16), nullable=False, server_default="draft")
        )
        documents.add_column(sa.Column("note", sa.Text, nullable=False, server_default=""))
        for name in ("requested", "checked", "approved"):
            documents.add_column(
                sa.Column(f"{name}_name", sa.Text, nullable=False, server_default="")
            )
        documents.add_column(sa.Column("checked_at", MOMENT))
        documents.add_column(sa.Column("approved_at", MOMENT))
    # Every document that was made before is the first of its series.
    op.execute("update documents set series = id")
    op.create_index("documents_of_series", "documents", ["series", "version"], unique=True)
    op.create_index("documents_latest", "documents", ["is_latest", "id"])
    op.create_table(
        "document_areas",
        sa.Column(
            "document_id",
            sa.String(32),
            sa.ForeignKey("documents.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("area", sa.Integer, primary_key=True),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("satker", sa.String(16), nullable=False, index=True),
        sa.Column("judul", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("filled", sa.Integer, nullable=False),
        sa.Column("required", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("editor", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("updated_name", sa.Text, nullable=False),
        sa.Column("document_id", sa.String(32)),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_index("drafts_of_owner", "drafts", ["owner", "is_open", "updated_at"])
