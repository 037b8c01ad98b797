"""What the shop says to a room of coins: the room's owner decides what it makes of it, once a message."""

from typing import Annotated

from backend.contract.base import Message
from backend.contract.words_of import WordsOf


class GiftPaid(Message, frozen=True, tag="gift_paid"):
    """A viewer paid for gifts that the room is to show; where it cannot any more, it gives the coins back.

    Attributes:
        outbox_id: of the shop's message; a room has each once.
        session_id: the live session that they are for.
        left, wallet_version: what the viewer had after it; see `backend.money.wallet.Purse`.
    """

    outbox_id: int
    session_id: str
    user_id: str
    key: str
    gift_id: str
    count: int
    coins: int
    text: Annotated[str, WordsOf("user_id")]
    left: int
    wallet_version: int


class CoinsCame(Message, frozen=True, tag="coins_came"):
    """A person got coins in the room: bought, or for nothing; see `GiftPaid`.

    Attributes:
        session_id: that they were given in for nothing; empty where they were bought.
    """

    outbox_id: int
    session_id: str
    user_id: str
    coins: int
    reason: str
    left: int
    wallet_version: int


CoinMessage = GiftPaid | CoinsCame
