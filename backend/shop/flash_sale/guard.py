"""What a flash sale's prices are held to before it is announced, and what may be crossed out beside them.

EU: the lowest price of the 30 days before, flash prices included (Directive 98/6/EC, Art. 6a). CN: the lowest
that was paid in the 7 days before, else the last one (规范促销行为暂行规定). A sale may not cost more than
that; at that price nothing is crossed out.
"""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection

from backend.contract.currency import plain_amount
from backend.contract.flash_sale import FlashPrice
from backend.contract.sale_settings import Profile
from backend.shop.catalog.price_history import read_offers, read_sales
from backend.shop.catalog.reference_rules import lowest_offered, lowest_sold
from backend.shop.catalog.skus import CatalogSku
from backend.shop.currency import read_currency
from backend.shop.settings import read_profile


class PriceRefused(msgspec.Struct, frozen=True):
    """Why a SKU cannot be sold so; cause and remedy, in English.

    Attributes:
        allowed: the nearest price that may be, as people read it; empty where any lower one may.
    """

    code: str
    detail: str
    allowed: str = ""


def references_of(
    connection: Connection, prices: list[FlashPrice], skus: Mapping[str, CatalogSku], now_ms: int
) -> dict[str, int | None] | PriceRefused:
    """Return what may be crossed out beside each price, by SKU, or the first price that may not stand."""
    profile, currency = read_profile(connection), read_currency(connection)
    found: dict[str, int | None] = {}
    for one in prices:
        sku = skus[one.sku_id]
        refused = _against_catalog(one, sku, currency)
        if refused is not None:
            return refused
        lowest = _lowest(connection, sku, profile, now_ms)
        if lowest is not None and one.price_minor > lowest:
            return _no_reduction(profile, plain_amount(lowest, currency), sku)
        found[one.sku_id] = lowest if lowest is not None and lowest > one.price_minor else None
    return found


def _against_catalog(one: FlashPrice, sku: CatalogSku, currency: str) -> PriceRefused | None:
    name = _name_of(sku)
    if one.price_minor >= sku.price_minor:
        price = plain_amount(sku.price_minor, currency)
        return PriceRefused("not_below_price", f"{name} costs {price}: a flash price is below that.")
    if one.price_minor < sku.floor_minor:
        floor = plain_amount(sku.floor_minor, currency)
        return PriceRefused("below_floor", f"The lowest price that {name} may have is {floor}.", floor)
    return None


def _lowest(connection: Connection, sku: CatalogSku, profile: Profile, now_ms: int) -> int | None:
    match profile:
        case Profile.EU:
            return lowest_offered(read_offers(connection, [sku.sku_id]).get(sku.sku_id, []), now_ms)
        case Profile.CN:
            return lowest_sold(read_sales(connection, sku.sku_id, now_ms), now_ms)
        case _:
            return sku.reference_minor or sku.price_minor


def _no_reduction(profile: Profile, lowest: str, sku: CatalogSku) -> PriceRefused:
    name = _name_of(sku)
    since = f"{name} was offered at {lowest} in the last 30 days"
    if profile is Profile.CN:
        since = f"{name} was sold at {lowest} before, the lowest of the last 7 days or the last one"
    return PriceRefused("no_reduction", f"{since}: a flash sale may not cost more than that.", lowest)


def _name_of(sku: CatalogSku) -> str:
    return " ".join([sku.title, *(value for _, value in sku.specs)])
