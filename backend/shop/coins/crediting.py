"""What money does to the coins of an order: paid, they come into the wallet; given back, they go out of it.

The functions run inside the caller's transaction.
"""

from typing import Final

from sqlalchemy import Connection

from backend.contract.orders import Order
from backend.money.wallet import COINS_SOLD, CoinMovement, Purse, move_coins, read_coins
from backend.shop.outbox import CoinsGranted, OutboxMessage, write_outbox
from backend.storage.database import StorageError

BOUGHT: Final = "coins_bought"
RETURNED: Final = "coins_returned"
REASON: Final = "bought"


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
    """Take coins of an order out of its buyer's wallet, once under a name.

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
    [line] = order.lines
    due = order.coins * min(refunded_minor, order.total_minor) // order.total_minor - line.refunded
    coins = min(due, read_coins(connection, order.buyer_id))
    if coins <= 0:
        return 0
    left = take_coins_back(connection, order, coins, f"{refunded_minor}", now_ms)
    return coins if left is None else 0
