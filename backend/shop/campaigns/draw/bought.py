"""Who bought in the live session of a draw. Inside the caller's transaction."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from backend.contract.orders import OrderState, PaymentMethod, PaymentState
from backend.shop.campaigns.rows import CampaignRow
from backend.storage.order_tables import ORDERS


def who_bought(connection: Connection, row: CampaignRow, user_ids: Collection[str]) -> set[str]:
    """Return which of these people have an order of goods of this session: paid, or paid at the door.

    One of nothing to pay is no purchase, nor is one that was called off or is not paid yet.
    """
    if not user_ids:
        return set()
    order = ORDERS.c
    is_theirs = order.buyer_id.in_(sorted(user_ids)), order.room_id == row.room_id
    is_bought = (
        order.session_id == row.session_id,
        order.state != OrderState.CANCELLED,
        (order.payment_state == PaymentState.PAID) | (order.method == PaymentMethod.CASH_ON_DELIVERY),
        order.total_minor > 0,
        order.coins == 0,
    )
    return set(connection.scalars(select(order.buyer_id).where(*is_theirs, *is_bought).distinct()))
