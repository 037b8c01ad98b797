"""Attempts to pay, what providers sent, refunds, and the shop's journal."""

import sqlalchemy as sa
from alembic import op

revision = "payments"
down_revision = "orders"
branch_labels = None
depends_on = None

# SQLite counts only a column of exactly this type.
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_payment_attempts()
    _create_webhook_events()
    _create_refunds()
    _create_suspense()
    _create_shop_journal()
    _create_shop_postings()
    _create_shipping_templates()


def _create_payment_attempts() -> None:
    op.create_table(
        "payment_attempts",
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("provider_ref", sa.String(length=128), nullable=True),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("asked_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("paid_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('created', 'pending', 'paid', 'failed', 'closed')",
            name=op.f("ck_payment_attempts_state_known"),
        ),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_payment_attempts_amount_not_negative")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_payment_attempts_order_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_payment_attempts")),
        sa.UniqueConstraint(
            "provider", "provider_ref", name=op.f("uq_payment_attempts_provider_provider_ref")
        ),
    )
    op.create_index(op.f("ix_payment_attempts_order_id"), "payment_attempts", ["order_id"], unique=False)


def _create_webhook_events() -> None:
    op.create_table(
        "webhook_events",
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=128), nullable=False),
        sa.Column("received_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("provider", "event_id", name=op.f("pk_webhook_events")),
    )


def _create_refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("refund_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('requested', 'done', 'failed')", name=op.f("ck_refunds_state_known")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount_above_zero")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["payment_attempts.attempt_id"], name=op.f("fk_refunds_attempt_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_refunds_order_id")),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_refunds")),
    )
    op.create_index(op.f("ix_refunds_attempt_id"), "refunds", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_refunds_order_id"), "refunds", ["order_id"], unique=False)


def _create_suspense() -> None:
    op.create_table(
        "suspense",
        sa.Column("suspense_id", _COUNTED, nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=128), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("suspense_id", name=op.f("pk_suspense")),
        sqlite_autoincrement=True,
    )


def _create_shop_journal() -> None:
    op.create_table(
        "shop_journal",
        sa.Column("journal_id", _COUNTED, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("journal_id", name=op.f("pk_shop_journal")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_shop_journal_kind_ref")),
        sqlite_autoincrement=True,
    )


def _create_shop_postings() -> None:
    op.create_table(
        "shop_postings",
        sa.Column("journal_id", _COUNTED, nullable=False),
        sa.Column("account", sa.String(length=160), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["shop_journal.journal_id"], name=op.f("fk_shop_postings_journal_id")
        ),
        sa.PrimaryKeyConstraint("journal_id", "account", name=op.f("pk_shop_postings")),
    )
    op.create_index("ix_shop_postings_account", "shop_postings", ["account"], unique=False)


def _create_shipping_templates() -> None:
    op.create_table(
        "shipping_templates",
        sa.Column("template_id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_shipping_templates")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("shipping_templates")
    op.drop_table("shop_postings")
    op.drop_table("shop_journal")
    op.drop_table("suspense")
    op.drop_table("refunds")
    op.drop_table("webhook_events")
    op.drop_table("payment_attempts")
