"""Gifts as purchases: the coins leave the wallet and the room is told in one transaction, the caller's."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.money.wallet import GIFT_INCOME, GRANTS, CoinMovement, NotMoved, Purse, move_coins
from backend.shop.coins.ages import of_age
from backend.shop.outbox import CoinsGranted, GiftBought, OutboxMessage, write_outbox
from backend.storage.database import StorageError
from backend.storage.engines import Turn, wait_for_turn

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


class Move(msgspec.Struct, frozen=True):
    """What a room asks of the shop's wallets."""

    room_id: str
    wish: GiftWish | Grant


def move_and_tell(connection: Connection, moves: Sequence[Move], now_ms: int) -> list[Purse | NotMoved]:
    """Take the coins of gifts, or give granted ones, and tell the rooms; return what each viewer has then.

    Who did not say that they are old enough gives nothing.
    """
    givers = {move.wish.user_id for move in moves if isinstance(move.wish, GiftWish)}
    adults = of_age(connection, givers) if givers else set()
    is_refused = [isinstance(move.wish, GiftWish) and move.wish.user_id not in adults for move in moves]
    allowed = [move for move, refused in zip(moves, is_refused, strict=True) if not refused]
    moved = iter(move_coins(connection, [_movement(move) for move in allowed], now_ms))
    answers = [NotMoved.AGE_UNCONFIRMED if refused else next(moved) for refused in is_refused]
    messages = [
        OutboxMessage(move.room_id, move.wish.session_id, _body(move.wish, purse))
        for move, purse in zip(moves, answers, strict=True)
        if isinstance(purse, Purse)
    ]
    write_outbox(connection, messages, now_ms)
    return answers


def _movement(move: Move) -> CoinMovement:
    match move.wish:
        case GiftWish(session_id=session_id, user_id=user_id, key=key, coins=coins):
            return CoinMovement(
                GIFT, gift_ref(move.room_id, session_id, user_id, key), user_id, -coins, GIFT_INCOME
            )
        case Grant(session_id=session_id, user_id=user_id, coins=coins, reason=reason):
            ref = f"{move.room_id}:{session_id}:{user_id}"
            return CoinMovement(f"grant_{reason}", ref, user_id, coins, GRANTS)


def _body(wish: GiftWish | Grant, purse: Purse) -> GiftBought | CoinsGranted:
    if isinstance(wish, Grant):
        return CoinsGranted(
            user_id=wish.user_id,
            coins=wish.coins,
            reason=wish.reason,
            left=purse.coins,
            wallet_version=purse.version,
        )
    return GiftBought(
        user_id=wish.user_id,
        key=wish.key,
        gift_id=wish.gift_id,
        count=wish.count,
        coins=wish.coins,
        text=wish.text,
        left=purse.coins,
        wallet_version=purse.version,
    )


def return_gifts(connection: Connection, room_id: str, wishes: Sequence[GiftWish], now_ms: int) -> None:
    """Give the coins of gifts back that their room cannot show any more.

    Raises:
        StorageError: some went back before.
    """
    movements = [
        CoinMovement(
            RETURNED,
            gift_ref(room_id, wish.session_id, wish.user_id, wish.key),
            wish.user_id,
            wish.coins,
            GIFT_INCOME,
        )
        for wish in wishes
    ]
    # The shop's commits lock wallets in their own order: beside one of them this could wait for ever.
    wait_for_turn(connection, Turn.SHOP)
    for movement, purse in zip(movements, move_coins(connection, movements, now_ms), strict=True):
        if not isinstance(purse, Purse):
            raise StorageError(f"The gift {movement.ref} was given back: another process serves its room.")
