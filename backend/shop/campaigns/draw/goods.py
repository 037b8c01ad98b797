"""The goods of a draw: carved out of the stock when it is armed, and given back where nobody has them.

The functions run inside the caller's transaction.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.currency import decimals_of, plain_amount
from backend.contract.draws import DrawTerms
from backend.contract.prizes import MOST_PRIZE_YUAN, PrizeGoods
from backend.contract.sale_settings import Profile
from backend.shop.campaigns.draw.entries import draw_terms
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.rows import CampaignRow, terms_of
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.listing import read_listed
from backend.shop.catalog.skus import IMAGE_PATH, CatalogSku, read_available, read_skus
from backend.shop.prizes.prizes import carve_prizes, uncarve_prizes
from backend.shop.settings import ShopSettings, read_settings
from backend.shop.stock.movements import NotEnoughStockError, move_stock

TWO_PRIZES: Final = NotArmed(
    "two_prizes", "What is won is either coins or a product. Choose one of them, or hold two draws."
)
UNKNOWN_SKU: Final = NotArmed("sku_unavailable", "This product is not on sale in this room.")
BUNDLE: Final = NotArmed("bundle", "A set that is made of other products cannot be won.")


class Progress(msgspec.Struct, frozen=True):
    """What a draw keeps beside its terms and its entries; `goods` is None where none are won."""

    goods: PrizeGoods | None = None


def progress_of(row: CampaignRow) -> Progress:
    """Return what a draw keeps beside its terms."""
    return msgspec.json.decode(row.progress, type=Progress)


def carve_goods(
    connection: Connection, row: CampaignRow, terms: DrawTerms, now_ms: int
) -> Progress | NotArmed:
    """Set the units that can be won aside."""
    if not terms.sku_id:
        return Progress()
    settings, sku = read_settings(connection), read_skus(connection, [terms.sku_id]).get(terms.sku_id)
    if sku is None or (row.room_id, sku.spu_id) not in read_listed(connection, [row.room_id], [sku.spu_id]):
        return UNKNOWN_SKU
    if wrong := _wrong_with(terms, sku, settings):
        return wrong
    moves = [carve_prizes(sku.sku_id, terms.winners)]
    try:
        move_stock(connection, moves, reason=row.campaign_id, order_id=None, actor=row.actor, at_ms=now_ms)
    except NotEnoughStockError:
        return _no_stock(connection, terms)
    announce_stock(connection, {sku.sku_id}, now_ms)
    return Progress(_shown(sku, settings.currency))


def give_all_units_back(connection: Connection, row: CampaignRow, now_ms: int) -> None:
    """Let all units of a draw that nobody won become free stock."""
    give_units_back(connection, row, draw_terms(terms_of(row.terms)).winners, now_ms)


def give_units_back(connection: Connection, row: CampaignRow, units: int, now_ms: int) -> None:
    """Let units that nobody has become free stock; nothing where no goods are won."""
    sku_id = draw_terms(terms_of(row.terms)).sku_id
    if not sku_id or not units:
        return
    moves = [uncarve_prizes(sku_id, units)]
    move_stock(connection, moves, reason=row.campaign_id, order_id=None, actor=row.actor, at_ms=now_ms)
    announce_stock(connection, {sku_id}, now_ms)


def _shown(sku: CatalogSku, currency: str) -> PrizeGoods:
    image_url = f"{IMAGE_PATH}{sku.image}" if sku.image else ""
    return PrizeGoods(sku.sku_id, sku.spu_id, sku.title, sku.specs, image_url, sku.price_minor, currency)


def _wrong_with(terms: DrawTerms, sku: CatalogSku, settings: ShopSettings) -> NotArmed | None:
    if terms.prize_coins:
        return TWO_PRIZES
    if sku.components:
        return BUNDLE
    most_minor = MOST_PRIZE_YUAN * 10 ** decimals_of(settings.currency)
    if settings.profile is not Profile.CN or sku.price_minor <= most_minor:
        return None
    most = plain_amount(most_minor, settings.currency)
    return NotArmed(
        "prize_too_dear",
        f"Under the rules of China, which this shop follows, a prize is worth {most} at most. "
        "Choose another product.",
        allowed=most,
    )


def _no_stock(connection: Connection, terms: DrawTerms) -> NotArmed:
    left = read_available(connection, [terms.sku_id]).get(terms.sku_id, 0)
    return NotArmed(
        "no_stock",
        f"{left} of it are free, and {terms.winners} are to be won. Add stock, or draw fewer winners.",
    )
