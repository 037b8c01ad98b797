"""Flash sales as a purchase needs them: prices, what is left, and when what the server receives counts."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.shop.catalog.skus import CatalogSku
from backend.storage.database import read_rows
from backend.storage.flash_tables import FLASH_BUYERS, FLASH_OFFERS, FLASH_SALES

TOLD_FOR_MS: Final = 600_000
"""For how long after its end a buyer is told that a sale is over; afterwards its price is just another."""


class OfferCounts(msgspec.Struct):
    """A SKU in a sale; purchases that are accepted change the counts for those after them.

    Attributes:
        reference_minor: what may be crossed out beside the price; None for nothing.
        returned: units that went back to the stock.
    """

    sku_id: str
    price_minor: int
    reference_minor: int | None
    quota: int
    reserved: int
    sold: int
    returned: int

    @property
    def left(self) -> int:
        """Units that nobody has."""
        return self.quota - self.reserved - self.sold - self.returned


class FlashSale(msgspec.Struct):
    """A sale that is announced, runs, or is over since a short time.

    Attributes:
        per_buyer: units that one buyer gets; None for no limit.
        is_drained: whether what was left went back to the stock.
        offers: by SKU.
    """

    campaign_id: str
    room_id: str
    spu_id: str
    opens_at_ms: int
    closes_at_ms: int
    per_buyer: int | None
    is_drained: bool
    offers: dict[str, OfferCounts] = msgspec.field(default_factory=dict)

    def can_give(self, sku_id: str) -> int:
        """Return the units that a purchase may take: of the quota, or of what it gave back to the stock."""
        offer = self.offers[sku_id]
        return offer.returned if self.is_drained else offer.left


class FlashPrice(msgspec.Struct, frozen=True):
    """What a line costs in a sale."""

    campaign_id: str
    price_minor: int
    reference_minor: int | None
    left: int


def read_sales(connection: Connection, room_ids: Collection[str], since_ms: int) -> list[FlashSale]:
    """Return the sales of rooms that were not over at a time, the newest first."""
    sale, offer = FLASH_SALES.c, FLASH_OFFERS.c
    query = (
        select(FLASH_SALES)
        .where(sale.room_id.in_(sorted(room_ids)), sale.closes_at_ms > since_ms)
        .order_by(sale.campaign_id.desc())
    )
    found = {str(row["campaign_id"]): msgspec.convert(row, FlashSale) for row in read_rows(connection, query)}
    if found:
        offers = select(FLASH_OFFERS).where(offer.campaign_id.in_(sorted(found))).order_by(offer.sku_id)
        for row in read_rows(connection, offers):
            of_sku = msgspec.convert(row, OfferCounts)
            found[str(row["campaign_id"])].offers[of_sku.sku_id] = of_sku
    return list(found.values())


def find_sale(connection: Connection, campaign_id: str) -> FlashSale | None:
    """Return a sale with its counts; None where there is none."""
    rows = read_rows(connection, select(FLASH_SALES).where(FLASH_SALES.c.campaign_id == campaign_id))
    if not rows:
        return None
    sale = msgspec.convert(rows[0], FlashSale)
    offers = select(FLASH_OFFERS).where(FLASH_OFFERS.c.campaign_id == campaign_id)
    for row in read_rows(connection, offers.order_by(FLASH_OFFERS.c.sku_id)):
        of_sku = msgspec.convert(row, OfferCounts)
        sale.offers[of_sku.sku_id] = of_sku
    return sale


def read_bought(
    connection: Connection, campaign_ids: Collection[str], keys: Collection[str]
) -> Counter[tuple[str, str]]:
    """Return the units that buyers have in sales, by sale and key."""
    bought = FLASH_BUYERS.c
    query = select(FLASH_BUYERS).where(
        bought.campaign_id.in_(sorted(campaign_ids)), bought.buyer_key.in_(sorted(keys))
    )
    return Counter(
        {(row.campaign_id, row.buyer_key): row.quantity for row in connection.execute(query)}
        if campaign_ids
        else {}
    )


def prices_in(
    sale: FlashSale, units: Mapping[str, int], skus: Mapping[str, CatalogSku]
) -> dict[str, FlashPrice]:
    """Return what lines cost in a sale, whoever buys and whatever is left; by SKU.

    Where the catalogue became cheaper than the sale, or its floor higher, the sale is none.
    """
    return {
        sku_id: FlashPrice(sale.campaign_id, offer.price_minor, offer.reference_minor, offer.left)
        for sku_id in units
        if (offer := sale.offers.get(sku_id)) is not None
        and skus[sku_id].floor_minor <= offer.price_minor < skus[sku_id].price_minor
    }
