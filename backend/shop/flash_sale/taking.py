"""What the purchases of one transaction take of flash sales, to be written at its end."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from backend.shop.flash_sale.deciding import FlashSales
from backend.shop.flash_sale.holds import (
    CountMove,
    count_buyers,
    hand_over,
    move_counts,
    tell_soon,
)
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.stock.movements import StockMove
from backend.storage.bulk import insert_rows
from backend.storage.flash_tables import FLASH_HOLDS

Units = Mapping[str, int]
Prices = Mapping[str, FlashPrice]


class FlashTaking:
    """Collects what accepted purchases take of the sales."""

    def __init__(self, sales: FlashSales) -> None:
        self._sales = sales
        self._rows: list[dict[str, object]] = []
        self._moves: list[CountMove] = []
        self._bought: Counter[tuple[str, str]] = Counter()

    def from_stock(self, units: Units, prices: Prices) -> dict[str, int]:
        """Return the units that no quota gives: those at other prices, and those of quotas that went back."""
        return {
            sku_id: quantity
            for sku_id, quantity in units.items()
            if sku_id not in prices or self._sales.find(prices[sku_id].campaign_id).is_drained
        }

    def take(
        self,
        order_id: str,
        units: Units,
        prices: Prices,
        keys: Sequence[str],
        *,
        received_at_ms: int,
        state: str,
    ) -> list[StockMove]:
        """Take the units of an order that have a sale's price, and return what that hands over of quotas.

        `state` is `RESERVED`, or `SOLD` of an order that costs nothing.
        """
        handed: list[StockMove] = []
        for campaign_id in {price.campaign_id: None for price in prices.values()}:
            sale = self._sales.find(campaign_id)
            mine = {sku: units[sku] for sku, price in prices.items() if price.campaign_id == campaign_id}
            self._sales.count(sale, mine, keys, state)
            for key in keys:
                self._bought[campaign_id, key] += sum(mine.values())
            for sku_id, count in mine.items():
                self._rows.append(
                    {
                        "order_id": order_id,
                        "sku_id": sku_id,
                        "campaign_id": campaign_id,
                        "units": count,
                        "state": state,
                        "received_at_ms": received_at_ms,
                    }
                )
                returned = -count if sale.is_drained else 0
                self._moves.append(CountMove(campaign_id, sku_id, returned=returned, **{state: count}))
                handed += [] if sale.is_drained else [hand_over(sku_id, count)]
        return handed

    def write(self, connection: Connection, now_ms: int) -> None:
        """Write it, after the orders."""
        insert_rows(connection, FLASH_HOLDS, self._rows)
        count_buyers(connection, self._bought)
        move_counts(connection, self._moves)
        tell_soon(connection, [move.campaign_id for move in self._moves], now_ms)
