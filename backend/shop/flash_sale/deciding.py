"""Decides which purchases get the price of a flash sale, and says why one does not."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import msgspec
from sqlalchemy import Connection

from backend.shop.catalog.skus import CatalogSku
from backend.shop.flash_sale.sales import (
    TOLD_FOR_MS,
    FlashPrice,
    FlashSale,
    prices_in,
    read_bought,
    read_sales,
)


class FlashFault(StrEnum):
    """Why a purchase does not get the price of a sale."""

    NOT_OPEN = "flash_not_open"
    OVER = "flash_over"
    SOLD_OUT = "flash_sold_out"
    LIMIT = "flash_limit"


class Missed(msgspec.Struct, frozen=True):
    """A purchase that a sale does not count.

    Attributes:
        ms: how much too early it came, or too late.
        left: units that the buyer may still have, or that are left.
        limit: units a buyer, where that is why; else 0.
    """

    campaign_id: str
    opens_at_ms: int
    fault: FlashFault
    sku_id: str
    ms: int = 0
    left: int = 0
    limit: int = 0


class FlashSales(msgspec.Struct):
    """The sales that a group of purchases meets; each that is accepted changes them for those after it.

    Attributes:
        sales: the newest first.
        bought: units of buyers, by sale and key.
    """

    sales: list[FlashSale]
    bought: Counter[tuple[str, str]]

    def of(self, room_id: str, sku_ids: Collection[str]) -> list[FlashSale]:
        """Return the sales of a room that any of the SKUs is in."""
        return [
            sale
            for sale in self.sales
            if sale.room_id == room_id and not sale.offers.keys().isdisjoint(sku_ids)
        ]

    def find(self, campaign_id: str) -> FlashSale:
        """Return a sale that is here."""
        return next(sale for sale in self.sales if sale.campaign_id == campaign_id)

    def prices(
        self,
        room_id: str,
        units: Mapping[str, int],
        skus: Mapping[str, CatalogSku],
        keys: Sequence[str],
        at_ms: int,
    ) -> dict[str, FlashPrice]:
        """Return the lines that get a sale's price if the server received their purchase at a time."""
        found: dict[str, FlashPrice] = {}
        for sale in self.of(room_id, units):
            mine = {sku_id: n for sku_id, n in units.items() if sku_id not in found}
            prices = prices_in(sale, mine, skus)
            wanted = {sku_id: units[sku_id] for sku_id in prices}
            if wanted and self.fault(sale, wanted, keys, at_ms) is None:
                found.update(prices)
        return found

    def fault(
        self, sale: FlashSale, units: Mapping[str, int], keys: Sequence[str], at_ms: int
    ) -> Missed | None:
        """Return why a purchase of these units does not get the sale's price; None where it does."""
        first = next(iter(units))
        if at_ms < sale.opens_at_ms:
            return self._missed(sale, FlashFault.NOT_OPEN, first, ms=sale.opens_at_ms - at_ms)
        if at_ms >= sale.closes_at_ms:
            return self._missed(sale, FlashFault.OVER, first, ms=at_ms - sale.closes_at_ms)
        for sku_id, quantity in units.items():
            if quantity > sale.can_give(sku_id):
                return self._missed(sale, FlashFault.SOLD_OUT, sku_id, left=sale.can_give(sku_id))
        limit = sale.per_buyer
        had = [self.bought[sale.campaign_id, key] for key in keys] or [0]
        if limit is not None and max(had) + sum(units.values()) > limit:
            # What a phone or an address bought is for no other account to know.
            left = max(limit - had[0], 0) if had[0] == max(had) else 0
            return self._missed(sale, FlashFault.LIMIT, first, left=left, limit=limit)
        return None

    def count(self, sale: FlashSale, units: Mapping[str, int], keys: Sequence[str], state: str) -> None:
        """Count a purchase that is accepted: its units are `reserved` now, or `sold`."""
        for sku_id, quantity in units.items():
            offer = sale.offers[sku_id]
            setattr(offer, state, getattr(offer, state) + quantity)
            offer.returned -= quantity if sale.is_drained else 0
        for key in keys:
            self.bought[sale.campaign_id, key] += sum(units.values())

    @staticmethod
    def _missed(
        sale: FlashSale, fault: FlashFault, sku_id: str, *, ms: int = 0, left: int = 0, limit: int = 0
    ) -> Missed:
        return Missed(sale.campaign_id, sale.opens_at_ms, fault, sku_id, ms, left, limit)


def read_flash_sales(
    connection: Connection, room_ids: Collection[str], keys: Collection[str], now_ms: int
) -> FlashSales:
    """Return the sales that purchases of rooms may meet, and what these buyers have of them."""
    sales = read_sales(connection, room_ids, now_ms - TOLD_FOR_MS)
    return FlashSales(sales, read_bought(connection, {sale.campaign_id for sale in sales}, keys))
