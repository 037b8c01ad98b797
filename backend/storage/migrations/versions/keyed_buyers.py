"""Phones and places that limits count by become hashes with a secret of the shop: they name nobody."""

import hmac
import secrets

import sqlalchemy as sa
from alembic import op

revision = "keyed_buyers"
down_revision = "order_messages"
branch_labels = None
depends_on = None

_BATCH = 500
_NAME = "buyer_keys"
# While some are hashed and some are not.
_HASHED = "hashed:"
_KINDS = ("phone:", "address:")
_TABLES = (("buyer_limits", "sku_id"), ("unpaid_holds", "order_id"))


def upgrade() -> None:
    """Make the secret, and hash what is counted."""
    connection = op.get_bind()
    kept = op.create_table(
        "shop_secrets",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shop_secrets")),
    )
    secret = secrets.token_bytes(32)
    connection.execute(sa.insert(kept).values(name=_NAME, value=secret.hex()))
    for name, thing in _TABLES:
        table = sa.table(name, sa.column(thing, sa.String), sa.column("buyer_key", sa.String))
        for kind in _KINDS:
            _hash_all(connection, table, table.c[thing], kind, secret)


def _hash_all(
    connection: sa.Connection,
    table: sa.TableClause,
    thing: sa.ColumnClause[str],
    kind: str,
    secret: bytes,
) -> None:
    key, after = table.c.buyer_key, ("", "")
    place = sa.tuple_(thing, key)
    while True:
        query = sa.select(thing, key).where(key.like(f"{kind}%"), place > after).order_by(thing, key)
        rows = [(str(one), str(two)) for one, two in connection.execute(query.limit(_BATCH))]
        if not rows:
            break
        after = rows[-1]
        for of, old in rows:
            hashed = hmac.digest(secret, old.removeprefix(kind).encode(), "sha256").hex()
            is_this = sa.and_(thing == of, key == old)
            connection.execute(sa.update(table).where(is_this).values(buyer_key=_HASHED + hashed))
    done = sa.literal(kind) + sa.func.substr(key, len(_HASHED) + 1)
    connection.execute(sa.update(table).where(key.like(f"{_HASHED}%")).values(buyer_key=done))


def downgrade() -> None:
    """Forget phones and places: they cannot be read from their hashes."""
    for name, _thing in _TABLES:
        for kind in _KINDS:
            op.execute(f"DELETE FROM {name} WHERE buyer_key LIKE '{kind}%'")  # noqa: S608 - names of ours
    op.drop_table("shop_secrets")
