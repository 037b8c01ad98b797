"""Money that no provider reports: transfers and cash, in the journal once staff saw it or gave it back."""

from sqlalchemy import Connection

from backend.contract.orders import Order
from backend.money.ledger import COIN_SALES, SALES, Movement, Posting, post


def record_sale(connection: Connection, order: Order, now_ms: int) -> None:
    """Book that an order was paid by transfer or at the door."""
    postings = [
        Posting(f"method:{order.method}", order.total_minor),
        Posting(COIN_SALES if order.coins else SALES, order.shipping_minor - order.total_minor),
        Posting("shipping", -order.shipping_minor),
    ]
    post(connection, Movement("payment", order.order_id, order.currency, postings), now_ms)


def record_refund(connection: Connection, order: Order, ref: str, amount_minor: int, now_ms: int) -> None:
    """Book that staff gave money back by the same way."""
    postings = [Posting(f"method:{order.method}", -amount_minor), Posting("refunds", amount_minor)]
    post(connection, Movement("refund", ref, order.currency, postings), now_ms)
