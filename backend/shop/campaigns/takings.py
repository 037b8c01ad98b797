"""What orders of a campaign brought in."""

from sqlalchemy import Connection, func, select

from backend.contract.orders import PaymentState
from backend.storage.order_tables import ORDER_LINES, ORDERS


def paid_minor(connection: Connection, campaign_id: str) -> int:
    """Return what was paid for goods at the campaign's price."""
    query = (
        select(func.coalesce(func.sum(ORDER_LINES.c.net_minor), 0))
        .join(ORDERS, ORDERS.c.order_id == ORDER_LINES.c.order_id)
        .where(ORDER_LINES.c.campaign_id == campaign_id, ORDERS.c.payment_state != PaymentState.UNPAID)
    )
    return int(connection.scalar(query) or 0)
