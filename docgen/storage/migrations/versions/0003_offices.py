"""Offices' own data: seat, letterhead, emblem, officials."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offices",
        sa.Column("kode", sa.String(16), primary_key=True),
        sa.Column("ibu_kota", sa.Text, nullable=False),
        sa.Column("alamat", sa.Text, nullable=False),
        sa.Column("telepon", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("lambang", sa.LargeBinary),
        sa.Column("updated_by", sa.String(32)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "officials",
        sa.Column(
            "kode",
            sa.String(16),
            sa.ForeignKey("offices.kode", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("jabatan", sa.Text, nullable=False),
        sa.Column("nama", sa.Text, nullable=False),
        sa.Column("nip", sa.Text, nullable=False),
        sa.Column("pangkat", sa.Text, nullable=False),
        sa.Column("sifat", sa.String(16), nullable=False),
        sa.Column("mulai", sa.Date),
        sa.Column("sampai", sa.Date),
    )
