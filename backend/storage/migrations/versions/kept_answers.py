"""Kept answers hold no addresses: of an order, and of an address, its id is enough to read it again."""

from alembic import op

revision = "kept_answers"
down_revision = "buyer_keys"
branch_labels = None
depends_on = None

_SHORTEN = {
    "sqlite": (
        "UPDATE idempotency_keys SET answer = json_object('{id}', json_extract(answer, '$.{id}')) "
        "WHERE json_extract(answer, '$.address') IS NOT NULL AND json_extract(answer, '$.{id}') IS NOT NULL"
    ),
    "postgresql": (
        "UPDATE idempotency_keys SET answer = json_build_object('{id}', answer::json->>'{id}')::text "
        "WHERE answer::json->'address' IS NOT NULL AND answer::json->'{id}' IS NOT NULL"
    ),
}


def upgrade() -> None:
    """Shorten the answers that hold an address."""
    shorten = _SHORTEN[op.get_bind().dialect.name]
    for name in ("order_id", "address_id"):
        op.execute(shorten.format(id=name))


def downgrade() -> None:
    """Forget the shortened answers: the code of before does not read them."""
    op.execute(
        "DELETE FROM idempotency_keys WHERE answer NOT LIKE '%\"address\"%' "
        "AND (answer LIKE '{\"order_id\"%' OR answer LIKE '{\"address_id\"%')"
    )
