"""Messages as they are kept. Each function is part of the caller's transaction."""

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from backend.contract.order_messages import MessageSide, MessagesPage, OrderMessage
from backend.contract.orders import Order
from backend.shop.people import Person
from backend.storage.bulk import insert_rows
from backend.storage.message_tables import ORDER_MESSAGES, ORDER_THREADS
from backend.storage.order_tables import ORDERS

_MESSAGE = ORDER_MESSAGES.c
_THREAD = ORDER_THREADS.c
_UNREAD: Final = {MessageSide.BUYER: _THREAD.buyer_unread, MessageSide.SHOP: _THREAD.shop_unread}
_READ: Final = {MessageSide.BUYER: _THREAD.buyer_read, MessageSide.SHOP: _THREAD.shop_read}
_OTHER: Final = {MessageSide.BUYER: MessageSide.SHOP, MessageSide.SHOP: MessageSide.BUYER}


def add_message(
    connection: Connection, order: Order, side: MessageSide, text: str, *, author: str, at_ms: int
) -> tuple[OrderMessage, int]:
    """Add a message; return it, and how many the other side had not read before it."""
    row = {"order_id": order.order_id, "room_id": order.room_id, "buyer_id": order.buyer_id}
    insert_rows(connection, ORDER_THREADS, [row], on_conflict="ON CONFLICT (order_id) DO NOTHING")
    unread = _UNREAD[_OTHER[side]]
    counting = (
        update(ORDER_THREADS)
        .where(_THREAD.order_id == order.order_id)
        .values({_THREAD.newest: _THREAD.newest + 1, unread: unread + 1})
    )
    # The row is locked from here on: of two that write at once, each has a number of its own.
    thread = connection.execute(counting.returning(_THREAD.newest, unread)).one()
    message = OrderMessage(order.order_id, int(thread[0]), side, text, at_ms, by=author)
    connection.execute(
        insert(ORDER_MESSAGES).values(
            order_id=order.order_id,
            number=message.number,
            side=side.value,
            author=author,
            text=text,
            at_ms=at_ms,
        )
    )
    return message, int(thread[1]) - 1


def mark_read(connection: Connection, order_id: str, side: MessageSide, number: int) -> bool:
    """Note that a side has read up to a message; return whether it had not read so far."""
    # Locked before it is counted: a message that comes at this moment waits, and counts itself after it.
    locking = select(_THREAD.newest, _READ[side]).where(_THREAD.order_id == order_id).with_for_update()
    thread = connection.execute(locking).first()
    if thread is None or min(number, int(thread[0])) <= int(thread[1]):
        return False
    read = min(number, int(thread[0]))
    is_unread = (_MESSAGE.order_id == order_id, _MESSAGE.side == _OTHER[side].value, _MESSAGE.number > read)
    left = connection.scalar(select(func.count()).select_from(ORDER_MESSAGES).where(*is_unread))
    marking = update(ORDER_THREADS).where(_THREAD.order_id == order_id)
    connection.execute(marking.values({_READ[side]: read, _UNREAD[side]: left}))
    return True


def read_thread(
    connection: Connection, order_id: str, side: MessageSide, *, before: int | None, limit: int
) -> MessagesPage:
    """Return a page of an order's messages as a side sees them, the newest first."""
    query = select(ORDER_MESSAGES).where(_MESSAGE.order_id == order_id)
    if before is not None:
        query = query.where(_MESSAGE.number < before)
    rows = connection.execute(query.order_by(_MESSAGE.number.desc()).limit(limit + 1)).all()
    shown = [seen_by(side, _message(row)) for row in rows[:limit]]
    next_before = shown[-1].number if len(rows) > limit else None
    return MessagesPage(shown, unread_of(connection, [order_id], side).get(order_id, 0), next_before)


def find_message(connection: Connection, order_id: str, number: int) -> OrderMessage | None:
    """Return a message, None where it is gone."""
    is_this = (_MESSAGE.order_id == order_id, _MESSAGE.number == number)
    row = connection.execute(select(ORDER_MESSAGES).where(*is_this)).first()
    return None if row is None else _message(row)


def seen_by(side: MessageSide, message: OrderMessage) -> OrderMessage:
    """Return a message as a side sees it: who of the shop wrote it, the buyer does not learn."""
    if side is MessageSide.SHOP and message.side is MessageSide.SHOP:
        return message
    return msgspec.structs.replace(message, by="")


def unread_of(connection: Connection, order_ids: Sequence[str], side: MessageSide) -> dict[str, int]:
    """Return how many messages a side has not read, of the orders that have some."""
    if not order_ids:
        return {}
    unread = _UNREAD[side]
    query = select(_THREAD.order_id, unread).where(_THREAD.order_id.in_(order_ids), unread > 0)
    return {str(order_id): int(count) for order_id, count in connection.execute(query)}


def count_unread(connection: Connection, person: Person) -> int:
    """Return how many messages a person has not read: staff of their room's orders, else of their own."""
    side = MessageSide.SHOP if person.is_staff else MessageSide.BUYER
    whose = _THREAD.room_id == person.room_id if person.is_staff else _THREAD.buyer_id == person.buyer_id
    query = select(func.coalesce(func.sum(_UNREAD[side]), 0)).where(whose, _UNREAD[side] > 0)
    return int(connection.scalar(query) or 0)


def count_written(connection: Connection, order_id: str, side: MessageSide) -> int:
    """Return how many messages of an order a side wrote."""
    is_theirs = (_MESSAGE.order_id == order_id, _MESSAGE.side == side.value)
    return int(connection.scalar(select(func.count()).select_from(ORDER_MESSAGES).where(*is_theirs)) or 0)


def latest_of(connection: Connection, author: str, *, most: int, since_ms: int) -> list[int]:
    """Return when somebody wrote last, at most so often, the newest first."""
    query = select(_MESSAGE.at_ms).where(_MESSAGE.author == author, _MESSAGE.at_ms > since_ms)
    return [int(at_ms) for at_ms in connection.scalars(query.order_by(_MESSAGE.at_ms.desc()).limit(most))]


def messages_of_buyer(connection: Connection, buyer_id: str) -> list[OrderMessage]:
    """Return all messages of a buyer's orders, the newest first."""
    query = (
        select(ORDER_MESSAGES)
        .join(ORDERS, ORDERS.c.order_id == _MESSAGE.order_id)
        .where(ORDERS.c.buyer_id == buyer_id)
        .order_by(_MESSAGE.at_ms.desc(), _MESSAGE.order_id, _MESSAGE.number.desc())
    )
    return [seen_by(MessageSide.BUYER, _message(row)) for row in connection.execute(query)]


def erase_messages(connection: Connection, order_id: str) -> None:
    """Delete the messages of an order."""
    for table in (ORDER_MESSAGES, ORDER_THREADS):
        connection.execute(delete(table).where(table.c.order_id == order_id))


def is_erased(connection: Connection, order_id: str) -> bool:
    """Return whether an order has lost its person: what is written now would never go."""
    return bool(connection.scalar(select(ORDERS.c.is_erased).where(ORDERS.c.order_id == order_id)))


def _message(row: Row[tuple[object, ...]]) -> OrderMessage:
    return OrderMessage(
        row.order_id, int(row.number), MessageSide(row.side), row.text, int(row.at_ms), by=row.author
    )
