"""The rooms' coins move into the shop's journal: one wallet a person, and the house's accounts once."""

import sqlalchemy as sa
from alembic import op

revision = "one_journal"
down_revision = "offered_prices"
branch_labels = None
depends_on = None

# As in backend.money.wallet.
_COINS = "XLC"
# Oldest first, so that the journal goes on in the order of time.
_MOVEMENTS = (
    "INSERT INTO shop_journal (kind, ref, currency, at_ms) "
    "SELECT kind, room_id || ':' || ref, :coins, at_ms FROM journal ORDER BY at_ms, room_id, number"
)
_FORMER = (
    "INSERT INTO former_movements (journal_id, room_id, number) SELECT s.journal_id, r.room_id, r.number "
    "FROM journal r JOIN shop_journal s ON s.kind = r.kind AND s.ref = r.room_id || ':' || r.ref"
)
# The hosts of all rooms have one user id, and are not one person.
_POSTINGS = (
    "INSERT INTO shop_postings (journal_id, account, amount_minor) SELECT f.journal_id, "
    "CASE WHEN p.account = 'user:host' THEN 'wallet:host:' || p.room_id "
    "WHEN p.account LIKE 'user:%' THEN 'wallet:' || SUBSTR(p.account, 6) ELSE p.account END, p.coins "
    "FROM postings p JOIN former_movements f ON f.room_id = p.room_id AND f.number = p.number "
    "WHERE p.coins <> 0"
)
_WALLETS = (
    "INSERT INTO wallets (user_id, coins, version, changed_at_ms) "
    "SELECT SUBSTR(s.account, 8), SUM(s.amount_minor), COUNT(*), MAX(j.at_ms) FROM shop_postings s "
    "JOIN shop_journal j ON j.journal_id = s.journal_id "
    "WHERE s.account LIKE 'wallet:%' GROUP BY s.account"
)


def upgrade() -> None:
    """Copy each movement once, note where it stood, add the wallets up, and drop the rooms' tables."""
    _create_wallets()
    _create_former_movements()
    op.execute(sa.text(_MOVEMENTS).bindparams(coins=_COINS))
    for statement in (_FORMER, _POSTINGS, _WALLETS):
        op.execute(sa.text(statement))
    op.drop_table("postings")
    op.drop_table("journal")
    op.drop_table("wallet_accounts")


def _create_wallets() -> None:
    op.create_table(
        "wallets",
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("coins", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("coins >= 0", name=op.f("ck_wallets_coins_not_negative")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_wallets")),
    )
    op.create_index("ix_wallets_changed_at_ms", "wallets", ["changed_at_ms"])


def _create_former_movements() -> None:
    op.create_table(
        "former_movements",
        sa.Column("journal_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["shop_journal.journal_id"], name=op.f("fk_former_movements_journal_id")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_former_movements_room_id")),
        sa.PrimaryKeyConstraint("journal_id", name=op.f("pk_former_movements")),
        sa.UniqueConstraint("room_id", "number", name=op.f("uq_former_movements_room_id_number")),
    )
