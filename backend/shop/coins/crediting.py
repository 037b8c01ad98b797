"""What money does to the coins of an order: paid, they come into the wallet; given back, they go out of it.

The functions run inside the caller's transaction.
"""

from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

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


def take_share_back(connection: Connection, order: Order, refunded_minor: int, now_ms: int) -> int:
    """Take the coins back that refunds paid for which nobody here asked; return how many.

    Who pays in the provider's console does not ask what is left: what is spent stays spent.
    """
    due = _share(order, refunded_minor) - order.lines[0].refunded
    coins = min(due, read_coins(connection, order.buyer_id))
    if coins <= 0:
        return 0
    left = take_coins_back(connection, order, coins, _name_of_share(connection, order), now_ms)
    return coins if left is None else 0


def give_share_again(connection: Connection, order: Order, promised_minor: int, now_ms: int) -> int:
    """Put coins into the wallet again whose refund nobody here asked for, and came back; return how many.

    `promised_minor` is what went back of the order without it, or is asked for.
    """
    too_many = order.lines[0].refunded - _share(order, promised_minor)
    coins = min(too_many, _taken_as_share(connection, order))
    if coins <= 0:
        return 0
    left = take_coins_back(connection, order, -coins, _name_of_share(connection, order), now_ms)
    return coins if left is None else 0


def _share(order: Order, minor: int) -> int:
    return order.coins * min(minor, order.total_minor) // order.total_minor


def _name_of_share(connection: Connection, order: Order) -> str:
    """Return a name that no movement of the order has: the same sum may go back twice, and come back."""
    number = connection.scalar(select(func.count()).where(*_is_share_of(order)))
    return f"{SHARE}{number}"


def _taken_as_share(connection: Connection, order: Order) -> int:
    """Return how many coins of an order are taken back without a case."""
    posting = SHOP_POSTINGS.c
    query = (
        select(func.coalesce(func.sum(posting.amount_minor), 0))
        .join(SHOP_JOURNAL, SHOP_JOURNAL.c.journal_id == posting.journal_id)
        .where(*_is_share_of(order), posting.account == wallet_account(order.buyer_id))
    )
    return -int(str(connection.scalar(query)))


def _is_share_of(order: Order) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    journal = SHOP_JOURNAL.c
    begins = f"{order.order_id}:{SHARE}"
    return (journal.kind == RETURNED, journal.ref.startswith(begins, autoescape=True))
