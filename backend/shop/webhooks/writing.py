"""Messages about orders, written in the transaction of what happened. Nothing is sent here."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, select

from backend.contract.orders import Order, Parcel
from backend.contract.outgoing_webhooks import (
    MessageState,
    OrderEvent,
    SentLine,
    SentOrder,
    SentParcel,
    WebhookBody,
)
from backend.shop.ids import new_id
from backend.shop.sending import GIVES_UP_AFTER_MS
from backend.storage.bulk import insert_rows
from backend.storage.webhook_tables import WEBHOOK_MESSAGES, WEBHOOK_TARGETS

_encode = msgspec.json.Encoder().encode


def write_paid(connection: Connection, orders: Sequence[Order], at_ms: int) -> None:
    """Write that orders were paid."""
    for order in orders:
        _write(connection, OrderEvent.PAID, _sent(order), at_ms)


def write_shipped(connection: Connection, order: Order, parcel: Parcel, at_ms: int) -> None:
    """Write that a parcel of an order went off."""
    sent = SentParcel(parcel.parcel_id, parcel.carrier, parcel.tracking)
    shipped = msgspec.structs.replace(_sent(order), parcel=sent)
    _write(connection, OrderEvent.SHIPPED, shipped, at_ms)


def write_refunded(connection: Connection, order: Order, refunded_minor: int, at_ms: int) -> None:
    """Write that money of an order went back, so much in all."""
    refunded = msgspec.structs.replace(_sent(order), refunded_minor=refunded_minor)
    _write(connection, OrderEvent.REFUNDED, refunded, at_ms)


def _sent(order: Order) -> SentOrder:
    return SentOrder(
        order_id=order.order_id,
        number=order.number,
        room_id=order.room_id,
        state=order.state,
        payment_state=order.payment_state,
        version=order.version,
        currency=order.currency,
        total_minor=order.total_minor,
        lines=[SentLine(line.sku_id, line.quantity, line.net_minor) for line in order.lines],
    )


def _write(connection: Connection, event: OrderEvent, order: SentOrder, at_ms: int) -> None:
    query = select(WEBHOOK_TARGETS.c.target_id, WEBHOOK_TARGETS.c.events)
    targets = connection.execute(query.where(WEBHOOK_TARGETS.c.room_id == order.room_id)).all()
    hearing = [target_id for target_id, events in targets if event in msgspec.json.decode(events)]
    if not hearing:
        return
    timestamp = datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    body = _encode(WebhookBody(event, timestamp.replace("+00:00", "Z"), order)).decode()
    message = {
        "message_id": new_id(at_ms),
        "event": event.value,
        "order_id": order.order_id,
        "body": body,
        "state": MessageState.WAITING.value,
        "created_at_ms": at_ms,
        "due_at_ms": at_ms,
        "gives_up_at_ms": at_ms + GIVES_UP_AFTER_MS,
    }
    rows: list[dict[str, object]] = [{**message, "target_id": target_id} for target_id in hearing]
    insert_rows(connection, WEBHOOK_MESSAGES, rows)
