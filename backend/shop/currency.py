"""The currency of the shop, which its first order locks."""

from typing import Final

from sqlalchemy import Connection, select

from backend.storage.catalog_tables import SHOP_SETTINGS

CURRENCY_ROW: Final = "currency"


def read_currency(connection: Connection) -> str:
    """Return the currency of all prices (ISO 4217)."""
    value = select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == CURRENCY_ROW)
    return str(connection.scalar(value))
