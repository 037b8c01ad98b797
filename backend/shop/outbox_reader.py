"""Reads what the shop has for a room and the room's log does not have yet."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from backend.contract.campaigns import Campaign
from backend.contract.cases import CaseState
from backend.contract.order_messages import MessageSide
from backend.contract.orders import OrderState, PaymentState
from backend.contract.shop import Product
from backend.log import coupon_entries
from backend.log import shop_entries as log_entries
from backend.log.coupon_entries import CouponEntry
from backend.log.shop_entries import (
    ShopCampaignMoved,
    ShopEntry,
    ShopOrderChanged,
    ShopOrderPlaced,
    ShopStockCounted,
)
from backend.shop.catalog.left import read_left
from backend.shop.catalog.listing import read_products
from backend.shop.coins.messages import CoinMessage, CoinsCame, GiftPaid
from backend.shop.outbox import (
    CampaignMoved,
    CoinsGranted,
    CouponBody,
    CouponCounted,
    CouponShown,
    GiftBought,
    ListingChanged,
    OrderChanged,
    OrderPlaced,
    OutboxBody,
    ProductEdited,
    StockChanged,
)
from backend.storage.database import Database, read_rows
from backend.storage.order_tables import SHOP_OUTBOX

log = logging.getLogger("livestall.shop")

_ForRoom = ShopEntry | CouponEntry | CoinMessage
_decode_body = msgspec.json.Decoder(OutboxBody).decode


_OfItsOwn = (
    OrderPlaced | OrderChanged | ProductEdited | ListingChanged | GiftBought | CoinsGranted | CouponBody
)


class _Message(msgspec.Struct, frozen=True):
    """A row of the outbox."""

    outbox_id: int
    session_id: str
    body: str


class OutboxReader:
    """The messages of one room that wait for it. They wait until the log has them (`mark_taken`).

    There is no cursor: message 11 may be committed before message 10.
    """

    def __init__(self, database: Database, room_id: str) -> None:
        self._database = database
        self._room_id = room_id
        self._unreadable: set[int] = set()

    def read(self, most: int) -> Sequence[_ForRoom]:
        """Return what at most so many messages say, the oldest first; blocks.

        Entries go into the log as they are; of coins the room decides. Whatever stock messages say, there is
        one entry of what is left now, and one of each campaign, as it is now.
        """
        waiting = SHOP_OUTBOX.c.room_id == self._room_id, SHOP_OUTBOX.c.taken_at_ms.is_(None)
        columns = (SHOP_OUTBOX.c.outbox_id, SHOP_OUTBOX.c.session_id, SHOP_OUTBOX.c.body)
        query = select(*columns).where(*waiting).order_by(SHOP_OUTBOX.c.outbox_id).limit(most)
        if self._unreadable:
            query = query.where(SHOP_OUTBOX.c.outbox_id.not_in(sorted(self._unreadable)))
        with self._database.reading() as connection:
            rows = [msgspec.convert(row, _Message) for row in read_rows(connection, query)]
            return self._entries(connection, rows)

    def _entries(self, connection: Connection, rows: Iterable[_Message]) -> list[_ForRoom]:
        entries: list[_ForRoom] = []
        stock: dict[int, str] = {}
        campaigns: defaultdict[str, list[tuple[int, Campaign]]] = defaultdict(list)
        for row in rows:
            match self._body(row):
                case StockChanged(sku_id=sku_id):
                    stock[row.outbox_id] = sku_id
                case CampaignMoved(campaign=campaign):
                    campaigns[campaign.campaign_id].append((row.outbox_id, campaign))
                case None:
                    pass
                case body:
                    entries.append(self._entry(connection, row, body))
        entries += [_moved(of_one) for of_one in campaigns.values()]
        if stock:
            left = read_left(connection, self._room_id, set(stock.values()))
            entries.append(ShopStockCounted(list(stock), left))
        return entries

    def _entry(self, connection: Connection, row: _Message, body: _OfItsOwn) -> _ForRoom:
        match body:
            case OrderPlaced():
                return _placed(row, body)
            case OrderChanged():
                return _changed(row, body)
            case ProductEdited():
                return _edited(row, body, self._numbers(connection))
            case ListingChanged():
                return log_entries.ListingChanged(row.outbox_id)
            case GiftBought() | CoinsGranted():
                return _of_coins(row, body)
            case coupon:
                return _of_coupon(row, coupon)

    def _numbers(self, connection: Connection) -> dict[str, int]:
        return {one.product_id: one.number for one in read_products(connection, self._room_id)}

    def _body(self, row: _Message) -> OutboxBody | None:
        try:
            body: OutboxBody = _decode_body(row.body)
        except msgspec.DecodeError:
            # Of a newer node; it stays for an owner that can read it.
            self._unreadable.add(row.outbox_id)
            log.exception(
                "message %d of the shop cannot be read; do all nodes run the same version?", row.outbox_id
            )
            return None
        return body


def _placed(row: _Message, body: OrderPlaced) -> ShopOrderPlaced:
    return ShopOrderPlaced(
        outbox_id=row.outbox_id,
        session_id=row.session_id,
        order_id=body.order_id,
        buyer_id=body.buyer_id,
        version=body.version,
        state=OrderState.OPEN,
        payment_state=PaymentState(body.payment_state),
        total_minor=body.total_minor,
        currency=body.currency,
        units=body.units,
        coins=body.coins,
    )


def _changed(row: _Message, body: OrderChanged) -> ShopOrderChanged:
    return ShopOrderChanged(
        outbox_id=row.outbox_id,
        session_id=row.session_id,
        order_id=body.order_id,
        buyer_id=body.buyer_id,
        version=body.version,
        state=OrderState(body.state),
        payment_state=PaymentState(body.payment_state),
        total_minor=body.total_minor,
        currency=body.currency,
        was_paid_now=body.was_paid_now,
        case_state=CaseState(body.case_state) if body.case_state else None,
        message_side=MessageSide(body.message_side) if body.message_side else None,
    )


def _moved(messages: Sequence[tuple[int, Campaign]]) -> ShopCampaignMoved:
    newest = max((campaign for _, campaign in messages), key=lambda campaign: campaign.version)
    return ShopCampaignMoved([outbox_id for outbox_id, _ in messages], newest)


def _of_coins(row: _Message, body: GiftBought | CoinsGranted) -> CoinMessage:
    values = msgspec.structs.asdict(body)
    if isinstance(body, GiftBought):
        return GiftPaid(outbox_id=row.outbox_id, session_id=row.session_id, **values)
    return CoinsCame(outbox_id=row.outbox_id, session_id=row.session_id, **values)


def _of_coupon(row: _Message, body: CouponBody) -> CouponEntry:
    match body:
        case CouponShown(coupon=coupon):
            return coupon_entries.CouponShown(row.outbox_id, row.session_id, coupon)
        case CouponCounted():
            return coupon_entries.CouponCounted(row.outbox_id, **msgspec.structs.asdict(body))
        case _:
            return coupon_entries.CouponHidden(body.coupon_id, row.outbox_id)


def _edited(row: _Message, body: ProductEdited, numbers: Mapping[str, int]) -> log_entries.ProductEdited:
    def numbered(product: Product) -> Product:
        return msgspec.structs.replace(product, number=numbers.get(product.product_id, 0))

    return log_entries.ProductEdited(body.by, numbered(body.before), numbered(body.after), row.outbox_id)
