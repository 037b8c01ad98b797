"""What the shop gives as its own reasons becomes codes: clients say them in their reader's language."""

import sqlalchemy as sa
from alembic import op

revision = "own_reasons"
down_revision = "keyed_buyers"
branch_labels = None
depends_on = None

_TABLES = ("order_changes", "case_changes", "stock_movements")
_CODES = {
    "not paid in time": "not_paid_in_time",
    "late payment": "paid_after_all",
    "10 days sent": "sent_long_ago",
    "7 days delivered": "arrived_long_ago",
    "not sent back in time": "not_sent_back_in_time",
    "nobody answered in time": "nobody_answered_in_time",
}


def upgrade() -> None:
    """Name each reason by its code."""
    _rename(_CODES)


def downgrade() -> None:
    """Say them in English again."""
    _rename({code: words for words, code in _CODES.items()})


def _rename(names: dict[str, str]) -> None:
    for name in _TABLES:
        reason = sa.column("reason", sa.String)
        table = sa.table(name, reason)
        after = sa.case(names, value=reason, else_=reason)
        op.execute(sa.update(table).where(reason.in_(names)).values(reason=after))
