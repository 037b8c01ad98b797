"""What the sandbox keeps, as a payment provider does: payments, refunds, webhooks to send."""

import sqlalchemy as sa
from alembic import op

revision = "sandbox"
down_revision = "payments"
branch_labels = None
depends_on = None

# SQLite counts only a column of exactly this type.
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_payments()
    _create_refunds()
    _create_notices()


def _create_payments() -> None:
    op.create_table(
        "sandbox_payments",
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("received_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("expires_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("pays_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'paid', 'failed', 'closed')", name=op.f("ck_sandbox_payments_state_known")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_sandbox_payments")),
        sa.UniqueConstraint("ref", name=op.f("uq_sandbox_payments_ref")),
    )


def _create_refunds() -> None:
    op.create_table(
        "sandbox_refunds",
        sa.Column("refund_id", sa.String(length=32), nullable=False),
        sa.Column("attempt_id", sa.String(length=32), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["sandbox_payments.attempt_id"],
            name=op.f("fk_sandbox_refunds_attempt_id"),
        ),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_sandbox_refunds")),
    )
    op.create_index(op.f("ix_sandbox_refunds_attempt_id"), "sandbox_refunds", ["attempt_id"], unique=False)


def _create_notices() -> None:
    op.create_table(
        "sandbox_notices",
        sa.Column("notice_id", _COUNTED, nullable=False),
        sa.Column("provider", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("delivered_at_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_sandbox_notices")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_sandbox_notices_due_at_ms",
        "sandbox_notices",
        ["due_at_ms"],
        unique=False,
        sqlite_where=sa.text("delivered_at_ms IS NULL"),
        postgresql_where=sa.text("delivered_at_ms IS NULL"),
    )
