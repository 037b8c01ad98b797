"""The kind flash sale: some units for less, for some minutes; its purchases are ordinary orders."""

from collections import Counter
from typing import ClassVar, Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update
from typing_extensions import override

from backend.contract.campaigns import CampaignDetail, CampaignKind, CampaignPhase, EndReason, MyPart
from backend.contract.flash_sale import FlashOffer, FlashSaleShown, FlashSaleTerms
from backend.shop.campaigns.kind import Kind, NotArmed, Result
from backend.shop.campaigns.refusals import tenth_of
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.shop.campaigns.takings import paid_minor
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.listing import read_listed
from backend.shop.catalog.skus import CatalogSku, read_skus
from backend.shop.flash_sale.guard import PriceRefused, references_of
from backend.shop.flash_sale.holds import RETURNED, CountMove, carve, move_counts, uncarve
from backend.shop.flash_sale.sales import FlashSale, find_sale
from backend.shop.stock.coarse import coarse
from backend.shop.stock.movements import NotEnoughStockError, StockMove, move_stock
from backend.storage.catalog_tables import OFFERED_PRICES, SKUS, SPUS
from backend.storage.flash_tables import FLASH_HOLDS, FLASH_OFFERS, FLASH_SALES
from backend.storage.order_tables import ORDERS

DRAIN_MS: Final = 2000
"""How long after the end purchases that came in time still find the quota; later ones take the stock's."""

UNKNOWN_SKU: Final = NotArmed("sku_unavailable", "One of its products is not on sale in this room.")
BUNDLE: Final = NotArmed("bundle", "A set that is made of other products cannot be in a flash sale.")
NO_STOCK: Final = NotArmed("no_stock", "The free stock is less than the units that the flash sale takes.")
TWICE: Final = NotArmed("twice", "One of its products stands in it twice.")
CLOSES_ALREADY: Final = NotArmed("over", "It is over already.")


class FlashSaleKind(Kind):
    """Flash sales; their quota is carved out of the stock when they are armed."""

    name: ClassVar = CampaignKind.FLASH_SALE

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        terms = _each_sku(connection, _terms(row))
        wanted = {one.sku_id: one.quota for one in terms.prices}
        if not wanted:
            return UNKNOWN_SKU
        if len(wanted) != len(terms.prices):
            return TWICE
        skus = read_skus(connection, wanted)
        unfit = _unfit(connection, row.room_id, terms, skus)
        if unfit is not None:
            return unfit
        references = references_of(connection, terms.prices, skus, now_ms)
        if isinstance(references, PriceRefused):
            return NotArmed(references.code, references.detail, references.allowed)
        try:
            _move(connection, row, [carve(sku_id, quota) for sku_id, quota in wanted.items()], now_ms)
        except NotEnoughStockError:
            return NO_STOCK
        _write(connection, row, terms, references)
        return Change(CampaignPhase.PREHEAT, row.opens_at_ms)

    @override
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        sale = _sale(connection, row)
        match row.phase:
            case CampaignPhase.PREHEAT if now_ms < sale.opens_at_ms:
                return Change(row.phase, sale.opens_at_ms)
            case CampaignPhase.PREHEAT:
                flash = {one.sku_id: one.price_minor for one in sale.offers.values()}
                _note_prices(connection, sale, flash, now_ms)
                return Change(CampaignPhase.OPEN, sale.closes_at_ms)
            case CampaignPhase.OPEN:
                return self._move_on_open(connection, row, sale, now_ms)
            case _ if now_ms < sale.closes_at_ms + DRAIN_MS:
                return Change(row.phase, sale.closes_at_ms + DRAIN_MS)
            case _:
                return self._drain(connection, row, sale, None, now_ms)

    def _move_on_open(self, connection: Connection, row: CampaignRow, sale: FlashSale, now_ms: int) -> Change:
        is_sold_out = all(one.sold == one.quota for one in sale.offers.values())
        if not is_sold_out and now_ms < sale.closes_at_ms:
            return Change(row.phase, sale.closes_at_ms)  # other counts are all that is new
        _note_usual_prices(connection, sale, now_ms)
        if is_sold_out:
            # A unit that comes back later goes to the stock, not to buyers of a sale that everybody saw end.
            is_this = FLASH_SALES.c.campaign_id == row.campaign_id
            connection.execute(update(FLASH_SALES).where(is_this).values(closes_at_ms=now_ms))
            return self._drain(connection, row, sale, EndReason.NONE_LEFT, now_ms)
        return Change(CampaignPhase.CLOSING, sale.closes_at_ms + DRAIN_MS, EndReason.TIME)

    @override
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        sale = _sale(connection, row)
        if row.phase not in {CampaignPhase.PREHEAT, CampaignPhase.OPEN} or now_ms >= sale.closes_at_ms:
            return CLOSES_ALREADY
        is_this = FLASH_SALES.c.campaign_id == row.campaign_id
        connection.execute(update(FLASH_SALES).where(is_this).values(closes_at_ms=now_ms))
        if row.phase is CampaignPhase.PREHEAT:
            self._drain(connection, row, sale, reason, now_ms)
            return Change(CampaignPhase.VOID, None, reason)
        _note_usual_prices(connection, sale, now_ms)
        return Change(CampaignPhase.CLOSING, now_ms + DRAIN_MS, reason)

    @override
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        terms = _terms(row)
        sale = find_sale(connection, row.campaign_id)
        if sale is None:  # while it is armed
            return FlashSaleShown(terms.spu_id, [], terms.per_buyer)
        offers = [
            FlashOffer(one.sku_id, one.price_minor, coarse(one.left), one.reference_minor, one.quota)
            for one in sale.offers.values()
        ]
        held = sum(one.reserved for one in sale.offers.values())
        sold = sum(one.sold for one in sale.offers.values())
        return FlashSaleShown(sale.spu_id, offers, sale.per_buyer, reserved=held, sold=sold)

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        hold = FLASH_HOLDS.c
        holds = (
            select(hold.order_id, func.max(hold.received_at_ms), func.max(ORDERS.c.buyer_id))
            .join(ORDERS, ORDERS.c.order_id == hold.order_id)
            .where(hold.campaign_id == row.campaign_id)
            .group_by(hold.order_id)
        )
        accepted = [(int(at_ms), str(buyer_id)) for _, at_ms, buyer_id in connection.execute(holds)]
        return Result(
            accepted_tenths=Counter(tenth_of(at_ms, row.opens_at_ms) for at_ms, _ in accepted),
            people=len({buyer_id for _, buyer_id in accepted}),
            gmv_minor=paid_minor(connection, row.campaign_id),
        )

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        hold = FLASH_HOLDS.c
        query = (
            select(hold.order_id)
            .join(ORDERS, ORDERS.c.order_id == hold.order_id)
            .where(hold.campaign_id == row.campaign_id, hold.state != RETURNED, ORDERS.c.buyer_id == user_id)
        )
        return MyPart(is_in=connection.scalar(query.limit(1)) is not None)

    def _drain(
        self,
        connection: Connection,
        row: CampaignRow,
        sale: FlashSale,
        reason: EndReason | None,
        now_ms: int,
    ) -> Change:
        """Give back what is left, once."""
        left = {one.sku_id: one.left for one in sale.offers.values() if one.left}
        move_counts(connection, [CountMove(sale.campaign_id, sku, returned=n) for sku, n in left.items()])
        is_this = FLASH_SALES.c.campaign_id == row.campaign_id
        connection.execute(update(FLASH_SALES).where(is_this).values(is_drained=True))
        _move(connection, row, [uncarve(sku_id, units) for sku_id, units in left.items()], now_ms)
        return Change(CampaignPhase.ENDED, None, reason)


def _terms(row: CampaignRow) -> FlashSaleTerms:
    terms = terms_of(row.terms)
    if not isinstance(terms, FlashSaleTerms):
        raise TypeError(f"The flash sale {row.campaign_id} has the terms of something else: {row.terms}")
    return terms


def _each_sku(connection: Connection, terms: FlashSaleTerms) -> FlashSaleTerms:
    """Return terms that name each SKU, where they name a price for all of them."""
    if [one.sku_id for one in terms.prices] != [""]:
        return terms
    of_product = SKUS.c.spu_id == terms.spu_id, SKUS.c.is_active.is_(True)
    ids = connection.scalars(select(SKUS.c.sku_id).where(*of_product).order_by(SKUS.c.sku_id))
    prices = [msgspec.structs.replace(terms.prices[0], sku_id=str(sku_id)) for sku_id in ids]
    return msgspec.structs.replace(terms, prices=prices)


def _sale(connection: Connection, row: CampaignRow) -> FlashSale:
    sale = find_sale(connection, row.campaign_id)
    if sale is None:
        raise LookupError(f"The flash sale {row.campaign_id} has no rows of its own.")
    return sale


def _unfit(
    connection: Connection, room_id: str, terms: FlashSaleTerms, skus: dict[str, CatalogSku]
) -> NotArmed | None:
    is_listed = (room_id, terms.spu_id) in read_listed(connection, [room_id], [terms.spu_id])
    for one in terms.prices:
        sku = skus.get(one.sku_id)
        if sku is None or sku.spu_id != terms.spu_id or not is_listed:
            return UNKNOWN_SKU
        if sku.components:
            return BUNDLE
    return None


def _write(
    connection: Connection, row: CampaignRow, terms: FlashSaleTerms, references: dict[str, int | None]
) -> None:
    connection.execute(
        insert(FLASH_SALES).values(
            campaign_id=row.campaign_id,
            room_id=row.room_id,
            spu_id=terms.spu_id,
            opens_at_ms=row.opens_at_ms,
            closes_at_ms=row.closes_at_ms,
            per_buyer=terms.per_buyer,
            is_drained=False,
        )
    )
    offers = [
        {
            **msgspec.structs.asdict(one),
            "campaign_id": row.campaign_id,
            "reference_minor": references[one.sku_id],
        }
        for one in terms.prices
    ]
    connection.execute(insert(FLASH_OFFERS), offers)


def _move(connection: Connection, row: CampaignRow, moves: list[StockMove], now_ms: int) -> None:
    move_stock(connection, moves, reason=row.campaign_id, order_id=None, actor=row.actor, at_ms=now_ms)
    announce_stock(connection, {move.sku_id for move in moves}, now_ms)


def _note_usual_prices(connection: Connection, sale: FlashSale, now_ms: int) -> None:
    """Write from when on the SKUs are offered at the catalogue's prices again."""
    is_offered = SKUS.c.is_active.is_(True), SPUS.c.status == "on_shelf"
    query = select(SKUS.c.sku_id, SKUS.c.price_minor).join(SPUS, SPUS.c.spu_id == SKUS.c.spu_id)
    rows = connection.execute(query.where(SKUS.c.sku_id.in_(sorted(sale.offers)), *is_offered))
    _note_prices(connection, sale, {str(sku_id): int(price) for sku_id, price in rows}, now_ms)


def _note_prices(connection: Connection, sale: FlashSale, prices: dict[str, int], now_ms: int) -> None:
    rows = [{"sku_id": sku_id, "price_minor": prices.get(sku_id), "at_ms": now_ms} for sku_id in sale.offers]
    connection.execute(insert(OFFERED_PRICES), rows)
