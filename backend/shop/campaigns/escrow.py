"""The coins of a campaign in the shop's journal: set aside when it is armed, and the rest given back once."""

from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.money.ledger import Movement, Posting, post
from backend.money.wallet import COINS, GRANTS, CoinMovement, NotMoved, move_coins
from backend.storage.database import StorageError


class Win(msgspec.Struct, frozen=True):
    """Coins that somebody gets of a campaign.

    Attributes:
        ref: names it within the campaign; the same one moves coins once.
    """

    ref: str
    user_id: str
    coins: int


class Escrow:
    """Where campaigns of one kind hold their coins; it moves them in the caller's transaction.

    Args:
        name: what its movements are called in the journal, such as "packet".
    """

    def __init__(self, name: str) -> None:
        self._funded: Final = f"{name}_funded"
        self._share: Final = f"{name}_share"
        self._returned: Final = f"{name}_returned"

    def fund(self, connection: Connection, campaign_id: str, coins: int, now_ms: int) -> None:
        """Set coins aside; the shop gives them, as it does all that nobody pays for."""
        _move(connection, self._funded, campaign_id, coins, now_ms)

    def give_rest_back(self, connection: Connection, campaign_id: str, coins: int, now_ms: int) -> None:
        """Give back what nobody got; a second time moves nothing."""
        if coins:
            _move(connection, self._returned, campaign_id, -coins, now_ms)

    def pay(self, connection: Connection, campaign_id: str, wins: list[Win], now_ms: int) -> None:
        """Move coins into the wallets of who got them.

        Raises:
            StorageError: one of these was paid before.
        """
        house = escrow_of(campaign_id)
        movements = [
            CoinMovement(self._share, f"{campaign_id}:{win.ref}", win.user_id, win.coins, house)
            for win in wins
        ]
        if any(isinstance(moved, NotMoved) for moved in move_coins(connection, movements, now_ms)):
            raise StorageError(f"Coins of the campaign {campaign_id} were paid before.")


def escrow_of(campaign_id: str) -> str:
    """Return the name of the account that holds a campaign's coins."""
    return f"campaigns:{campaign_id}"


def _move(connection: Connection, kind: str, campaign_id: str, coins: int, now_ms: int) -> None:
    postings = [Posting(GRANTS, -coins), Posting(escrow_of(campaign_id), coins)]
    post(connection, Movement(kind, campaign_id, COINS, postings), now_ms)
