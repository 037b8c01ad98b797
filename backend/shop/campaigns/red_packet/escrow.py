"""The coins of a packet in the shop's journal: set aside when it is armed, and the rest given back once."""

from typing import Final

from sqlalchemy import Connection

from backend.money.ledger import Movement, Posting, post
from backend.money.wallet import COINS, GRANTS, CoinMovement

FUNDED: Final = "packet_funded"
SHARE: Final = "packet_share"
RETURNED: Final = "packet_returned"


def escrow_of(campaign_id: str) -> str:
    """Return the name of the account that holds a packet's coins."""
    return f"campaigns:{campaign_id}"


def fund(connection: Connection, campaign_id: str, coins: int, now_ms: int) -> None:
    """Set the coins of a packet aside; the shop gives them, as it does all that nobody pays for."""
    _move(connection, FUNDED, campaign_id, coins, now_ms)


def give_rest_back(connection: Connection, campaign_id: str, coins: int, now_ms: int) -> None:
    """Give back what nobody claimed; a second time moves nothing."""
    if coins:
        _move(connection, RETURNED, campaign_id, -coins, now_ms)


def share_movement(campaign_id: str, user_id: str, coins: int) -> CoinMovement:
    """Return the movement of a share into the wallet of who claimed it."""
    return CoinMovement(SHARE, f"{campaign_id}:{user_id}", user_id, coins, escrow_of(campaign_id))


def _move(connection: Connection, kind: str, campaign_id: str, coins: int, now_ms: int) -> None:
    postings = [Posting(GRANTS, -coins), Posting(escrow_of(campaign_id), coins)]
    post(connection, Movement(kind, campaign_id, COINS, postings), now_ms)
