"""How long open cases of an order stopped its clocks."""

from sqlalchemy import Connection, func, select

from backend.storage.case_tables import CASES


def has_open_case(connection: Connection, order_id: str) -> bool:
    """Return whether a case of the order is open."""
    query = select(CASES.c.case_id).where(CASES.c.order_id == order_id, CASES.c.closed_at_ms.is_(None))
    return connection.scalar(query.limit(1)) is not None


def paused_ms(connection: Connection, order_id: str, since_ms: int, until_ms: int) -> int:
    """Return for how much of a time at least one case of the order was open."""
    query = (
        select(CASES.c.created_at_ms, func.coalesce(CASES.c.closed_at_ms, until_ms))
        .where(CASES.c.order_id == order_id)
        .order_by(CASES.c.created_at_ms)
    )
    paused, counted_until = 0, since_ms
    for opened_ms, closed_ms in connection.execute(query):
        begin, end = max(int(opened_ms), counted_until), min(int(closed_ms), until_ms)
        if end > begin:
            paused += end - begin
            counted_until = end
    return paused
