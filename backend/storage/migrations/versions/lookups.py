"""Indexes for what was looked for by reading whole tables."""

import sqlalchemy as sa
from alembic import op

revision = "lookups"
down_revision = "kept_answers"
branch_labels = None
depends_on = None

_ALL = (
    ("bundles", ("component_sku_id",)),
    ("listings", ("spu_id",)),
    ("refunds", ("state", "at_ms")),
)
_SOME = (
    ("idempotency_keys", "at_ms", "route != 'orders'"),
    ("sandbox_payments", "pays_at_ms", "pays_at_ms IS NOT NULL"),
)


def upgrade() -> None:
    """Create them."""
    for table, columns in _ALL:
        op.create_index(_name(table, *columns), table, list(columns), unique=False)
    for table, column, of_them in _SOME:
        where = sa.text(of_them)
        op.create_index(
            _name(table, column), table, [column], unique=False, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Drop them."""
    for table, columns in _ALL:
        op.drop_index(_name(table, *columns), table)
    for table, column, _ in _SOME:
        op.drop_index(_name(table, column), table)


def _name(table: str, *columns: str) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")
