"""What money does to the coins of an order: paid, they come into the wallet; given back, they go out of it.

The functions run inside the caller's transaction.
"""

from typing import Final

from sqlalchemy import Connection, func, select

from backend.contract.orders import Order
from backend.money.wallet import COINS_SOLD, CoinMovement, Purse, move_coins, read_coins, wallet_account
from backend.shop.outbox import CoinsGranted, OutboxMessage, write_outbox
from backend.storage.database import StorageError
from backend.storage.payment_tables import SHOP_JOURNAL, SHOP_POSTINGS

BOUGHT: Final = "coins_bought"
RETURNED: Final = "coins_returned"
REASON: Final = "bought"
SHARE: Final = "share-"
"""What a name begins with of coins that went back without a case."""


def credit_coins(connection: Connection, order: Order, now_ms: int) -> None:
    """Put the coins of an order into its buyer's wallet, and tell the room that it was placed in.

    Raises:
        StorageError: they came before: an order is paid once.
    """
    movement = CoinMovement(BOUGHT, order.order_id, order.buyer_id, order.coins, COINS_SOLD)
    [purse] = move_coins(connection, [movement], now_ms)
    if not isinstance(purse, Purse):
        raise StorageError(f"The coins of the order {order.number} came before: it was paid twice.")
    body = CoinsGranted(order.buyer_id, order.coins, REASON, purse.coins, purse.version)
    write_outbox(connection, [OutboxMessage(order.room_id, "", body)], now_ms)


def take_coins_back(connection: Connection, order: Order, coins: int, name: str, now_ms: int) -> int | None:
    """Take coins of an order out of its buyer's wallet, once under a name; below 0 they go into it again.

    Returns:
        None where that is done; else what is left in the wallet, and nothing is taken.
    """
    ref = f"{order.order_id}:{name}"
    [taken] = move_coins(
        connection, [CoinMovement(RETURNED, ref, order.buyer_id, -coins, COINS_SOLD)], now_ms
    )
    return None if isinstance(taken, Purse) else read_coins(connection, order.buyer_id)


def take_share_back(
    connection: Connection, order: Order, refund_id: str, minor: int, *, promised_minor: int, now_ms: int
) -> int:
    """Take the coins of a refund that nobody here asked for; return how many.

    Who pays in the provider's console does not ask what is left: what is spent stays spent, whatever goes
    back later. `promised_minor` is what went back of the order with it, or is asked for.
    """
    due = share_of(order, promised_minor) - share_of(order, promised_minor - minor)
    left = order.coins - order.lines[0].refunded
    coins = min(due, left, read_coins(connection, order.buyer_id))
    return _move_share(connection, order, coins, refund_id, now_ms)


def give_share_again(
    connection: Connection, order: Order, refund_id: str, *, promised_minor: int, now_ms: int
) -> int:
    """Put the coins of a refund that nobody here asked for, and came back, into the wallet; return how many.

    `promised_minor` is what went back of the order without it, or is asked for.
    """
    # Where another one took the coin that both had a part of, it goes back with the first.
    too_many = order.lines[0].refunded - share_of(order, promised_minor)
    its_own = _taken_as_share(connection, order, refund_id)
    coins = min(max(its_own, too_many), _taken_as_share(connection, order))
    return -_move_share(connection, order, -coins, refund_id, now_ms) if coins > 0 else 0


def share_of(order: Order, minor: int) -> int:
    """Return how many of an order's coins so much of its money paid for."""
    return order.coins * min(max(minor, 0), order.total_minor) // order.total_minor


def _move_share(connection: Connection, order: Order, coins: int, refund_id: str, now_ms: int) -> int:
    """Take coins because of a refund, or give them again below 0; return how many were moved."""
    name = f"{_share_name(refund_id)}{'back' if coins < 0 else 'went'}"
    if not coins or take_coins_back(connection, order, coins, name, now_ms) is not None:
        return 0
    return coins


def _share_name(refund_id: str) -> str:
    return f"{SHARE}{refund_id}-" if refund_id else SHARE


def _taken_as_share(connection: Connection, order: Order, refund_id: str = "") -> int:
    """Return how many coins of an order are taken without a case: in all, or because of one refund."""
    posting, journal = SHOP_POSTINGS.c, SHOP_JOURNAL.c
    begins = f"{order.order_id}:{_share_name(refund_id)}"
    query = (
        select(func.coalesce(func.sum(posting.amount_minor), 0))
        .join(SHOP_JOURNAL, journal.journal_id == posting.journal_id)
        .where(
            journal.kind == RETURNED,
            journal.ref.startswith(begins, autoescape=True),
            posting.account == wallet_account(order.buyer_id),
        )
    )
    return -int(str(connection.scalar(query)))
