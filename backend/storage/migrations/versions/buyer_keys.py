"""Places that limits count by become hashes; phones without a digit, which were one for everybody, none."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "buyer_keys"
down_revision = "after_sales"
branch_labels = None
depends_on = None

_BATCH = 500
_PREFIX = "address:"
# While some are hashed and some are not.
_HASHED = "hashed:"
# What was left of a phone without digits: its country's code.
_CODES = ("", "86", "852", "49", "33", "44", "1", "81")

_LIMITS = sa.table(
    "buyer_limits",
    sa.column("sku_id", sa.String),
    sa.column("buyer_key", sa.String),
    sa.column("quantity", sa.BigInteger),
)
_ORDERS = sa.table("orders", sa.column("phone_key", sa.String))


def upgrade() -> None:
    """Hash the places, and drop what counts everybody.

    Of a place that was cut off, the hash is of what is left: it is not found again. Account and phone count
    its buyer on.
    """
    connection = op.get_bind()
    nobody = [f"phone:{code}" for code in _CODES]
    connection.execute(sa.delete(_LIMITS).where(_LIMITS.c.buyer_key.in_(nobody)))
    connection.execute(sa.update(_ORDERS).where(_ORDERS.c.phone_key.in_(_CODES)).values(phone_key=""))
    after = ("", "")
    while rows := _read(connection, after):
        after = rows[-1]
        for sku_id, key in rows:
            is_this = sa.and_(_LIMITS.c.sku_id == sku_id, _LIMITS.c.buyer_key == key)
            connection.execute(sa.update(_LIMITS).where(is_this).values(buyer_key=_hashed(key)))
    done = sa.func.substr(_LIMITS.c.buyer_key, len(_HASHED) + 1)
    is_hashed = _LIMITS.c.buyer_key.like(f"{_HASHED}%")
    connection.execute(sa.update(_LIMITS).where(is_hashed).values(buyer_key=sa.literal(_PREFIX) + done))


def _read(connection: sa.Connection, after: tuple[str, str]) -> list[tuple[str, str]]:
    place = sa.tuple_(_LIMITS.c.sku_id, _LIMITS.c.buyer_key)
    query = (
        sa.select(_LIMITS.c.sku_id, _LIMITS.c.buyer_key)
        .where(_LIMITS.c.buyer_key.like(f"{_PREFIX}%"), place > after)
        .order_by(_LIMITS.c.sku_id, _LIMITS.c.buyer_key)
        .limit(_BATCH)
    )
    return [(str(sku_id), str(key)) for sku_id, key in connection.execute(query)]


def _hashed(key: str) -> str:
    return _HASHED + hashlib.sha256(key.removeprefix(_PREFIX).encode()).hexdigest()


def downgrade() -> None:
    """Forget the places: they cannot be read from their hashes."""
    op.execute("DELETE FROM buyer_limits WHERE buyer_key LIKE 'address:%'")
