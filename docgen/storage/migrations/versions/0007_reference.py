"""Legal bases, numbering patterns, numbers that were given out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "legal_bases",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner_satker", sa.String(16), nullable=False, index=True),
        sa.Column("judul", sa.Text, nullable=False),
        sa.Column("berlaku_sejak", sa.Date),
        sa.Column("berlaku_sampai", sa.Date),
        sa.Column("diganti_oleh", sa.Text, nullable=False),
        sa.Column("updated_by", sa.String(32)),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "number_patterns",
        sa.Column("satker", sa.String(16), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("naskah", sa.String(64), primary_key=True),
        sa.Column("pola", sa.String(200), nullable=False),
        sa.Column("klas", sa.String(40), nullable=False),
        sa.Column("jenis", sa.String(40), nullable=False),
    )
    op.create_table(
        "taken_numbers",
        sa.Column("satker", sa.String(16), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("naskah", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("no", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("nomor", sa.Text, nullable=False),
        sa.Column("taken_by", sa.String(32)),
        sa.Column("taken_at", MOMENT, nullable=False),
    )
    op.create_index("taken_numbers_newest", "taken_numbers", ["satker", "taken_at"])
