"""Counts what a buyer has of a SKU with a limit, under each key they are known by."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, update

from backend.storage.bulk import insert_rows
from backend.storage.catalog_tables import BUYER_LIMITS

# The guard is the last net: who decided has counted already.
_ADD = (
    "ON CONFLICT (sku_id, buyer_key) DO UPDATE SET quantity = buyer_limits.quantity + excluded.quantity "
    "WHERE buyer_limits.quantity + excluded.quantity <= "
    "(SELECT limit_per_buyer FROM skus WHERE skus.sku_id = excluded.sku_id)"
)
_GIVE_BACK = (
    update(BUYER_LIMITS)
    .where(
        BUYER_LIMITS.c.sku_id == bindparam("b_sku_id"),
        BUYER_LIMITS.c.buyer_key == bindparam("b_buyer_key"),
        BUYER_LIMITS.c.quantity >= bindparam("b_quantity"),
    )
    .values(quantity=BUYER_LIMITS.c.quantity - bindparam("b_quantity"))
)


class OverLimitError(Exception):
    """A buyer would have more than one may."""


def count_bought(connection: Connection, bought: Mapping[tuple[str, str], int]) -> None:
    """Add what buyers have of SKUs with a limit, by SKU and key.

    Raises:
        OverLimitError: see there; the caller's savepoint undoes the rest.
    """
    rows = [
        {"sku_id": sku_id, "buyer_key": key, "quantity": units}
        for (sku_id, key), units in sorted(bought.items())
    ]
    if insert_rows(connection, BUYER_LIMITS, rows, on_conflict=_ADD) != len(rows):
        raise OverLimitError("A buyer's limit was passed: another writer counts the same buyer.")


def give_back(connection: Connection, returned: Mapping[tuple[str, str], int]) -> None:
    """Take off what buyers do not have any more; what was never counted stays so."""
    rows = [
        {"b_sku_id": sku_id, "b_buyer_key": key, "b_quantity": units}
        for (sku_id, key), units in sorted(returned.items())
    ]
    if rows:
        connection.execute(_GIVE_BACK, rows)
