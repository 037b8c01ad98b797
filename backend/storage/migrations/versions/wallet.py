"""The wallet of each room: accounts, and the double-entry journal they follow from."""

import sqlalchemy as sa
from alembic import op

revision = "wallet"
down_revision = "event_log"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "wallet_accounts",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("coins", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "account", name="pk_wallet_accounts"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_wallet_accounts_room_id"),
        # op.f: the name is whole; the convention must not put its own before it.
        sa.CheckConstraint(
            "kind = 'house' OR coins >= 0", name=op.f("ck_wallet_accounts_coins_not_negative")
        ),
    )
    op.create_table(
        "journal",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("ref", sa.String(200), nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "number", name="pk_journal"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_journal_room_id"),
        sa.UniqueConstraint("room_id", "kind", "ref", name="uq_journal_room_id_kind_ref"),
    )
    op.create_table(
        "postings",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("coins", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", "number", "account", name="pk_postings"),
        sa.ForeignKeyConstraint(
            ["room_id", "number"],
            ["journal.room_id", "journal.number"],
            name="fk_postings_room_id_number",
        ),
        sa.ForeignKeyConstraint(
            ["room_id", "account"],
            ["wallet_accounts.room_id", "wallet_accounts.account"],
            name="fk_postings_room_id_account",
        ),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("postings")
    op.drop_table("journal")
    op.drop_table("wallet_accounts")
