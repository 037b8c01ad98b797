"""The messages of orders, as the routes of any node use them."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.order_messages import (
    MAX_MESSAGE,
    MOST_MESSAGES,
    MessageSide,
    MessagesPage,
    OrderMessage,
    Unread,
    WriteMessage,
)
from backend.contract.orders import Order
from backend.plain_text import clean
from backend.shop.idempotency import Keeping, KeyReused, Request, write_once
from backend.shop.messages.store import (
    add_message,
    count_unread,
    count_written,
    find_message,
    is_erased,
    latest_of,
    mark_read,
    read_thread,
    seen_by,
    unread_of,
)
from backend.shop.orders.reading import find_order
from backend.shop.outbox import OutboxMessage, order_as_now, write_outbox
from backend.shop.people import Person
from backend.shop.telling import tell_message
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
CREATED: Final = 201
WINDOW_MS: Final = 60_000
MOST_IN_WINDOW: Final = {MessageSide.BUYER: 10, MessageSide.SHOP: 60}
"""How many messages one person may write in a minute, in all orders together."""


class BadText(msgspec.Struct, frozen=True):
    """Nothing can be read of the text, or it is too long."""

    reason: RejectReason


class TooFast(msgspec.Struct, frozen=True):
    """The person wrote too much lately, and may go on after a time."""

    retry_ms: int


class ThreadFull(msgspec.Struct, frozen=True):
    """The side has written as much as an order holds, or the order has lost its person."""


MessageRefusal = BadText | TooFast | ThreadFull | KeyReused
"""Why nothing was written."""


class _KeptMessage(msgspec.Struct, frozen=True):
    order_id: str
    number: int
    side: MessageSide


class Messages:
    """The messages of all orders. A None means: there is no such order, or it is not the person's business.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def write(
        self, person: Person, order_id: str, wish: WriteMessage, request: Request
    ) -> OrderMessage | MessageRefusal | None:
        """Write a message: as the buyer in one's own order, else as the shop."""
        text = clean(wish.text, MAX_MESSAGE)
        if isinstance(text, RejectReason):
            return BadText(text)

        def act(connection: Connection) -> OrderMessage | TooFast | ThreadFull | None:
            order = find_order(connection, order_id)
            if order is None or not person.may_see(order):
                return None
            return _write(connection, order, person, text, self._clock_ms())

        return await write_once(
            self._writer, request, _A_MESSAGE, act, status=CREATED, clock_ms=self._clock_ms
        )

    async def page(
        self, person: Person, order_id: str, *, before: int | None = None, limit: int = 50
    ) -> MessagesPage | None:
        """Return a page of an order's messages, the newest first."""

        def read(connection: Connection) -> MessagesPage | None:
            order = find_order(connection, order_id)
            if order is None or not person.may_see(order):
                return None
            return read_thread(connection, order_id, side_of(person, order), before=before, limit=limit)

        return await self._database.read(read)

    async def mark_read(self, person: Person, order_id: str, number: int) -> Unread | None:
        """Note that the person's side has read up to a message; a mark never goes back."""

        def operation(connection: Connection) -> Unread | None:
            order = find_order(connection, order_id)
            if order is None or not person.may_see(order):
                return None
            side = side_of(person, order)
            if mark_read(connection, order_id, side, number):
                _tell_room(connection, order, None, self._clock_ms())
            return Unread(unread_of(connection, [order_id], side).get(order_id, 0))

        return await self._writer.run(operation)

    async def unread(self, person: Person) -> Unread:
        """Return what the person has not read of all their orders; as staff, of the room's."""
        return await self._database.read(lambda connection: Unread(count_unread(connection, person)))

    async def counted(self, person: Person, orders: Sequence[Order]) -> list[Order]:
        """Return orders with how many messages the person's side has not read of each."""
        if not orders:
            return []

        def read(connection: Connection) -> list[Order]:
            return with_unread(connection, person, orders)

        return await self._database.read(read)


def side_of(person: Person, order: Order) -> MessageSide:
    """Return for whom a person speaks in an order that they may see."""
    return MessageSide.BUYER if order.buyer_id == person.buyer_id else MessageSide.SHOP


def with_unread(connection: Connection, person: Person, orders: Sequence[Order]) -> list[Order]:
    """Return orders with what the person's side has not read of their messages."""
    unread: dict[str, int] = {}
    for side in MessageSide:
        ids = [order.order_id for order in orders if side_of(person, order) is side]
        unread |= unread_of(connection, ids, side)
    return [msgspec.structs.replace(order, unread=unread.get(order.order_id, 0)) for order in orders]


def _write(
    connection: Connection, order: Order, person: Person, text: str, at_ms: int
) -> OrderMessage | TooFast | ThreadFull:
    side = side_of(person, order)
    most = MOST_IN_WINDOW[side]
    lately = latest_of(connection, person.buyer_id, most=most, since_ms=at_ms - WINDOW_MS)
    if len(lately) == most:
        return TooFast(lately[-1] + WINDOW_MS - at_ms)
    is_full = count_written(connection, order.order_id, side) >= MOST_MESSAGES
    if is_full or is_erased(connection, order.order_id):
        return ThreadFull()
    author = person.buyer_id
    message, unread_before = add_message(connection, order, side, text, author=author, at_ms=at_ms)
    _tell_room(connection, order, side, at_ms)
    if side is MessageSide.SHOP and unread_before == 0:
        # One e-mail until they have read it: the thread says the rest.
        tell_message(connection, order, at_ms)
    return seen_by(side, message)


def _tell_room(connection: Connection, order: Order, side: MessageSide | None, at_ms: int) -> None:
    """Let buyer and staff see it at once; of the message itself the room learns nothing."""
    body = msgspec.structs.replace(order_as_now(order), message_side=side or "")
    write_outbox(connection, [OutboxMessage(order.room_id, "", body)], at_ms)


def _keep(message: OrderMessage) -> bytes:
    return msgspec.json.encode(_KeptMessage(message.order_id, message.number, message.side))


def _recall(connection: Connection, kept: str) -> OrderMessage | None:
    name = msgspec.json.decode(kept, type=_KeptMessage)
    message = find_message(connection, name.order_id, name.number)
    return None if message is None else seen_by(name.side, message)


_A_MESSAGE: Final = Keeping[OrderMessage, None](OrderMessage, _keep, _recall)
