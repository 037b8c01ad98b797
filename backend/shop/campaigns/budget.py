"""The most coins that the campaigns of a room give away in one live session."""

from sqlalchemy import Connection, delete, func, insert, select

from backend.contract.campaigns import CoinBudget
from backend.shop.orders.known import read_sessions
from backend.storage.campaign_tables import CAMPAIGN_BUDGETS, CAMPAIGNS


def read_budget(connection: Connection, room_id: str) -> CoinBudget:
    """Return the cap of a room, and what the campaigns of its live session gave or hold."""
    cap = connection.scalar(
        select(CAMPAIGN_BUDGETS.c.session_coins).where(CAMPAIGN_BUDGETS.c.room_id == room_id)
    )
    session_id = read_sessions(connection, {room_id}).get(room_id)
    given = 0 if session_id is None else _given(connection, room_id, session_id)
    return CoinBudget(None if cap is None else int(cap), given)


def write_budget(connection: Connection, room_id: str, session_coins: int | None) -> CoinBudget:
    """Set the cap of a room, or take it away."""
    connection.execute(delete(CAMPAIGN_BUDGETS).where(CAMPAIGN_BUDGETS.c.room_id == room_id))
    if session_coins is not None:
        connection.execute(insert(CAMPAIGN_BUDGETS).values(room_id=room_id, session_coins=session_coins))
    return read_budget(connection, room_id)


def _given(connection: Connection, room_id: str, session_id: str) -> int:
    is_of = CAMPAIGNS.c.room_id == room_id, CAMPAIGNS.c.session_id == session_id
    return int(connection.scalar(select(func.coalesce(func.sum(CAMPAIGNS.c.coins), 0)).where(*is_of)) or 0)
