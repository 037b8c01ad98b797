"""Accounts, and the version of each product that keeps two editors from overwriting one another."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_and_versions"
down_revision = "wallet"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "accounts",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("name_key", sa.String(128), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "user_id", name="pk_accounts"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_accounts_room_id"),
        sa.UniqueConstraint("room_id", "name_key", name="uq_accounts_room_id_name_key"),
    )
    op.add_column("products", sa.Column("version", sa.BigInteger, nullable=False, server_default="1"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("products", "version")
    op.drop_table("accounts")
