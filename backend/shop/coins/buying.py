"""Gifts as purchases: the coins leave the wallet and the room is told in one transaction, the caller's."""

from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.money.wallet import GIFT_INCOME, GRANTS, CoinMovement, NotMoved, Purse, move_coins
from backend.shop.outbox import CoinsGranted, GiftBought, OutboxMessage, write_outbox
from backend.storage.database import StorageError

GIFT: Final = "gift"
RETURNED: Final = "gift_returned"


class GiftWish(msgspec.Struct, frozen=True):
    """Gifts that a viewer wants to give.

    Attributes:
        key: of the viewer's own making; the same one in the same session pays once.
        coins: what they cost together.
        text: words that go with them.
    """

    session_id: str
    user_id: str
    key: str
    gift_id: str
    count: int
    coins: int
    text: str = ""


class Grant(msgspec.Struct, frozen=True):
    """Coins that nobody pays for, once a session and viewer; `reason` is a word for programs."""

    session_id: str
    user_id: str
    coins: int
    reason: str


def gift_ref(room_id: str, session_id: str, user_id: str, key: str) -> str:
    """Return what names a gift in the journal."""
    return f"{room_id}:{session_id}:{user_id}:{key}"


def buy_gift(connection: Connection, room_id: str, wish: GiftWish, now_ms: int) -> Purse | NotMoved:
    """Take the coins and tell the room; return what is left."""
    ref = gift_ref(room_id, wish.session_id, wish.user_id, wish.key)
    purse = move_coins(connection, CoinMovement(GIFT, ref, wish.user_id, -wish.coins, GIFT_INCOME), now_ms)
    if isinstance(purse, Purse):
        body = GiftBought(
            user_id=wish.user_id,
            key=wish.key,
            gift_id=wish.gift_id,
            count=wish.count,
            coins=wish.coins,
            text=wish.text,
            left=purse.coins,
            wallet_version=purse.version,
        )
        write_outbox(connection, [OutboxMessage(room_id, wish.session_id, body)], now_ms)
    return purse


def grant_coins(connection: Connection, room_id: str, grant: Grant, now_ms: int) -> Purse | NotMoved:
    """Give coins and tell the room; return what the viewer has then."""
    kind, ref = f"grant_{grant.reason}", f"{room_id}:{grant.session_id}:{grant.user_id}"
    purse = move_coins(connection, CoinMovement(kind, ref, grant.user_id, grant.coins, GRANTS), now_ms)
    if isinstance(purse, Purse):
        body = CoinsGranted(
            user_id=grant.user_id,
            coins=grant.coins,
            reason=grant.reason,
            left=purse.coins,
            wallet_version=purse.version,
        )
        write_outbox(connection, [OutboxMessage(room_id, grant.session_id, body)], now_ms)
    return purse


def return_gift(connection: Connection, room_id: str, wish: GiftWish, now_ms: int) -> None:
    """Give the coins of a gift back that its room cannot show any more.

    Raises:
        StorageError: they went back before.
    """
    ref = gift_ref(room_id, wish.session_id, wish.user_id, wish.key)
    movement = CoinMovement(RETURNED, ref, wish.user_id, wish.coins, GIFT_INCOME)
    if not isinstance(move_coins(connection, movement, now_ms), Purse):
        raise StorageError(f"The gift {ref} was given back already: another process serves its room.")
