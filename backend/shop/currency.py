"""The currency of the shop, which its first order locks."""

from sqlalchemy import Connection, select

from backend.storage.catalog_tables import SHOP_SETTINGS


def read_currency(connection: Connection) -> str:
    """Return the currency of all prices (ISO 4217)."""
    value = select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == "currency")
    return str(connection.scalar(value))
