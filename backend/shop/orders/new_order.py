"""Makes an order of a quote: as its buyer gets it, and as the rows that keep it."""

from typing import Final

import msgspec

from backend.contract.orders import (
    PAY_CAMPAIGN_WITHIN_S,
    PAY_ONLINE_WITHIN_S,
    BuyerLanguage,
    Order,
    OrderAxis,
    OrderChange,
    OrderLine,
    OrderState,
    PaymentMethod,
    PaymentState,
    Quote,
)
from backend.shop.catalog.skus import CatalogSku
from backend.shop.customers.buyer_keys import phone_key
from backend.shop.ids import new_id
from backend.shop.orders.known import Placing
from backend.storage.order_tables import ORDER_LINES, ORDERS

MINUTE_MS: Final = 60_000
PAY_WITHIN_MS: Final[dict[PaymentMethod, int | None]] = {
    PaymentMethod.ONLINE: PAY_ONLINE_WITHIN_S * 1000,
    PaymentMethod.TRANSFER: 3 * 24 * 60 * MINUTE_MS,
    PaymentMethod.CASH_ON_DELIVERY: None,
}
PAY_CAMPAIGN_WITHIN_MS: Final = PAY_CAMPAIGN_WITHIN_S * 1000

# The columns that are fields of the same name; the others are made from them.
_ORDER_COLUMNS: Final = sorted({one.name for one in ORDERS.c} & set(Order.__struct_fields__) - {"address"})
_LINE_COLUMNS: Final = sorted(
    {one.name for one in ORDER_LINES.c} & set(OrderLine.__struct_fields__) - {"specs"}
)

_encode = msgspec.json.Encoder().encode


def new_order(item: Placing, quote: Quote, skus: dict[str, CatalogSku], *, number: str, now_ms: int) -> Order:
    """Return the order of a quote that its buyer accepted; one of nothing to pay is paid."""
    is_paid = quote.total_minor == 0
    within_ms = _pay_within_ms(item.wanted.method, quote)
    changes = [OrderChange(1, OrderAxis.ORDER, "", OrderState.OPEN, item.buyer_id, "placed", now_ms)]
    if is_paid:
        paid = OrderChange(
            2, OrderAxis.PAYMENT, PaymentState.UNPAID, PaymentState.PAID, "shop", "nothing to pay", now_ms
        )
        changes.append(paid)
    return Order(
        order_id=new_id(now_ms),
        number=number,
        buyer_id=item.buyer_id,
        room_id=item.room_id,
        state=OrderState.OPEN,
        payment_state=PaymentState.PAID if is_paid else PaymentState.UNPAID,
        method=item.wanted.method,
        currency=quote.currency,
        goods_minor=quote.goods_minor,
        discount_minor=quote.discount_minor,
        shipping_minor=quote.shipping_minor,
        tax_minor=quote.tax_minor,
        total_minor=quote.total_minor,
        address=item.address,
        note=item.wanted.note,
        version=len(changes),
        created_at_ms=now_ms,
        expires_at_ms=None if is_paid or within_ms is None else now_ms + within_ms,
        paid_at_ms=now_ms if is_paid else None,
        closed_at_ms=None,
        lines=_lines(quote, skus),
        changes=changes,
        parcels=[],
        grant_id=None if quote.coupon is None else quote.coupon.grant_id,
    )


def order_row(
    order: Order, *, session_id: str, quote_hash: str, language: BuyerLanguage | None
) -> dict[str, object]:
    """Return the row of an order."""
    return {
        **{name: getattr(order, name) for name in _ORDER_COLUMNS},
        "session_id": session_id,
        "address": _encode(order.address).decode(),
        "phone_key": phone_key(order.address.phone, order.address.country),
        "quote_hash": quote_hash,
        "language": language or "",
    }


def line_rows(order: Order, skus: dict[str, CatalogSku], session_id: str) -> list[dict[str, object]]:
    """Return the rows of an order's lines."""
    return [
        {
            **bare_line_row(order, line),
            "image": skus[line.sku_id].image,
            "counted": 0 if skus[line.sku_id].limit_per_buyer is None else line.quantity,
            "session_id": session_id,
        }
        for line in order.lines
    ]


def bare_line_row(order: Order, line: OrderLine) -> dict[str, object]:
    """Return the row of a line that is of nothing in the catalogue."""
    return {
        **{name: getattr(line, name) for name in _LINE_COLUMNS},
        "order_id": order.order_id,
        "specs": _encode(line.specs).decode(),
        "image": "",
        "room_id": order.room_id,
        "session_id": "",
    }


def change_row(order_id: str, change: OrderChange) -> dict[str, object]:
    """Return the row of a change."""
    return {"order_id": order_id, **msgspec.structs.asdict(change)}


def _pay_within_ms(method: PaymentMethod, quote: Quote) -> int | None:
    if method is PaymentMethod.ONLINE and any(line.campaign_id for line in quote.lines):
        return PAY_CAMPAIGN_WITHIN_MS
    return PAY_WITHIN_MS[method]


def _lines(quote: Quote, skus: dict[str, CatalogSku]) -> list[OrderLine]:
    return [
        OrderLine(
            line=number,
            sku_id=line.sku_id,
            spu_id=skus[line.sku_id].spu_id,
            quantity=line.quantity,
            title=line.title,
            specs=line.specs,
            image_url=line.image_url,
            list_minor=skus[line.sku_id].price_minor,
            reference_minor=line.reference_minor,
            unit_minor=line.unit_minor,
            discount_minor=line.discount_minor,
            net_minor=line.net_minor,
            tax_rate_bp=skus[line.sku_id].tax_rate_bp,
            campaign_id=line.campaign_id,
        )
        for number, line in enumerate(quote.lines, start=1)
    ]
