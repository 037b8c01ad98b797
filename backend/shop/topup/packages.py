"""Which coins the shop sells, and for what. The functions run inside the caller's transaction."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.coins import CoinPackage, CoinSettings, default_packages
from backend.shop.currency import read_currency
from backend.shop.settings import write_setting
from backend.storage.catalog_tables import SHOP_SETTINGS

_ROW: Final = "coins"


class _Kept(msgspec.Struct, frozen=True):
    """What the host chose, in the currency of then: in another one the prices mean nothing."""

    is_on: bool
    packages: list[CoinPackage]
    currency: str


def read_packages(connection: Connection) -> CoinSettings:
    """Read what is sold; usual packages where the host chose none."""
    currency = read_currency(connection)
    value = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == _ROW))
    kept = None if value is None else msgspec.json.decode(value, type=_Kept)
    if kept is None or kept.currency != currency:
        is_on = kept is None or kept.is_on
        return CoinSettings(is_on, default_packages(currency), currency)
    return CoinSettings(kept.is_on, kept.packages, currency)


def write_packages(connection: Connection, wanted: CoinSettings) -> CoinSettings:
    """Change what is sold, and return it as it is kept; orders that stand keep their price."""
    by_coins = {one.coins: one for one in wanted.packages}
    packages = [by_coins[coins] for coins in sorted(by_coins)]
    kept = _Kept(wanted.is_on, packages, read_currency(connection))
    write_setting(connection, _ROW, msgspec.json.encode(kept).decode())
    return CoinSettings(kept.is_on, packages, kept.currency)
