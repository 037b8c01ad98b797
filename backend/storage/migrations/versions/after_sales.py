"""Cases, what was refunded of each line, and when parcels and orders are done by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "after_sales"
down_revision = "one_catalogue"
branch_labels = None
depends_on = None

_TEN_DAYS_MS = 10 * 24 * 3_600_000
# One statement that both databases take: SQLite adds a constraint only with its column.
_ADD_COUNT = "ALTER TABLE order_lines ADD COLUMN {} BIGINT DEFAULT 0 NOT NULL CONSTRAINT {} CHECK ({})"


def upgrade() -> None:
    """Create the tables, and widen those of orders."""
    _create_cases()
    _create_case_lines()
    _create_case_changes()
    _widen_orders()
    _widen_lines_and_changes()
    _widen_parcels()


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("buyer_id", sa.String(length=160), nullable=False),
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("goods_minor", sa.BigInteger(), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("carrier", sa.String(length=64), server_default="", nullable=False),
        sa.Column("tracking", sa.String(length=64), server_default="", nullable=False),
        sa.Column("is_escalated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due_at_ms", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("closed_at_ms", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('refund_only', 'return', 'exchange')", name=op.f("ck_cases_kind_known")),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'sent_back', 'received', 'refunded', 'exchanged', "
            "'declined', 'withdrawn')",
            name=op.f("ck_cases_state_known"),
        ),
        sa.CheckConstraint(
            "goods_minor >= 0 AND shipping_minor >= 0", name=op.f("ck_cases_money_not_negative")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.order_id"], name=op.f("fk_cases_order_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_order_id"), "cases", ["order_id"], unique=False)
    op.create_index("ix_cases_buyer_id_case_id", "cases", ["buyer_id", "case_id"], unique=False)
    op.create_index("ix_cases_room_id_case_id", "cases", ["room_id", "case_id"], unique=False)
    _index_set("ix_cases_due_at_ms", "cases", "due_at_ms")


def _create_case_lines() -> None:
    op.create_table(
        "case_lines",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("restocked", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_case_lines_quantity_above_zero")),
        sa.CheckConstraint(
            "restocked >= 0 AND restocked <= quantity", name=op.f("ck_case_lines_restocked_within")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name=op.f("fk_case_lines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_case_lines")),
    )


def _create_case_changes() -> None:
    op.create_table(
        "case_changes",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("from_state", sa.String(length=16), nullable=False),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name=op.f("fk_case_changes_case_id")),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_case_changes")),
    )


def _widen_orders() -> None:
    op.add_column("orders", sa.Column("completes_at_ms", sa.BigInteger(), nullable=True))
    _index_set("ix_orders_completes_at_ms", "orders", "completes_at_ms")


def _widen_lines_and_changes() -> None:
    for name, most in (("refunded", "quantity"), ("dropped", "refunded")):
        constraint = f"ck_order_lines_{name}_within"
        op.execute(_ADD_COUNT.format(name, constraint, f"{name} >= 0 AND {name} <= {most}"))
    with op.batch_alter_table("order_changes") as batch:
        batch.drop_constraint(op.f("ck_order_changes_axis_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_order_changes_axis_known"), "axis IN ('order', 'payment', 'parcel', 'case')"
        )


def _widen_parcels() -> None:
    op.add_column("parcels", sa.Column("case_id", sa.String(length=32), nullable=True))
    op.add_column("parcels", sa.Column("due_at_ms", sa.BigInteger(), nullable=True))
    arrives = sa.text("UPDATE parcels SET due_at_ms = shipped_at_ms + :days WHERE state = 'shipped'")
    op.execute(arrives.bindparams(days=_TEN_DAYS_MS))
    _index_set("ix_parcels_due_at_ms", "parcels", "due_at_ms")


def _index_set(name: str, table: str, column: str) -> None:
    """Index the rows that have a value in the column."""
    is_set = sa.text(f"{column} IS NOT NULL")
    op.create_index(name, table, [column], unique=False, sqlite_where=is_set, postgresql_where=is_set)


def downgrade() -> None:
    """Drop the tables and columns."""
    for index, table, columns in (
        ("ix_parcels_due_at_ms", "parcels", ("due_at_ms", "case_id")),
        ("ix_orders_completes_at_ms", "orders", ("completes_at_ms",)),
    ):
        op.drop_index(index, table)
        for column in columns:
            op.drop_column(table, column)
    with op.batch_alter_table("order_lines") as batch:
        for name in ("dropped", "refunded"):
            batch.drop_constraint(op.f(f"ck_order_lines_{name}_within"), type_="check")
            batch.drop_column(name)
    op.execute("DELETE FROM order_changes WHERE axis = 'case'")
    with op.batch_alter_table("order_changes") as batch:
        batch.drop_constraint(op.f("ck_order_changes_axis_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_order_changes_axis_known"), "axis IN ('order', 'payment', 'parcel')"
        )
    for table in ("case_changes", "case_lines", "cases"):
        op.drop_table(table)
