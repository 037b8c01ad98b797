"""Ends the hold of orders that were not paid in time, after asking whether money may still come."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from sqlalchemy import ColumnElement, Connection, select, update

from backend.contract.orders import Order, OrderState, PaymentState
from backend.contract.own_reasons import OwnReason
from backend.shop.left_alone import LeftAlone
from backend.shop.orders.cancel import cancel_order
from backend.shop.orders.reading import find_order
from backend.shop.orders.results import NotAllowedNow, PaymentUnderWay
from backend.shop.outcomes import Closing
from backend.storage.database import Database, StorageError
from backend.storage.order_tables import ORDERS
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 5.0
MOST_A_SWEEP: Final = 200
LONGER_MS: Final = 60_000

AskClosing = Callable[[str], Awaitable[Closing]]
"""Closes the attempts to pay an order at their providers and says whether it may be cancelled."""

AfterEnd = Callable[[Connection, Order], None]
"""Told of an order that was ended, within its transaction."""


class ExpiryTimer:
    """Cancels unpaid orders whose time is over.

    Args:
        ask_closing: asked before anything is given up; its money counts, its doubt extends the hold.
        after_end: does what else follows.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        ask_closing: AskClosing,
        clock_ms: Callable[[], int],
        after_end: AfterEnd | None = None,
    ) -> None:
        self._database = database
        self._writer = writer
        self._ask_closing = ask_closing
        self._clock_ms = clock_ms
        self._after_end = after_end
        self._left_alone = LeftAlone(clock_ms)

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                await self.sweep()
            except (StorageError, BusyError) as error:
                log.warning("Unpaid orders were not ended this time: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Unpaid orders were not ended this time")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """End what is due now."""
        for order_id in await asyncio.to_thread(self._due):
            try:
                if await self._end(order_id):
                    self._left_alone.forget(order_id)
                else:
                    log.error("The order %s cannot be ended, and holds its stock", order_id)
                    self._left_alone.add(order_id)
            except (StorageError, BusyError):
                raise
            except Exception:
                # What fails must not hold up the orders behind it, however many fail.
                log.exception("The order %s was not ended this time", order_id)
                self._left_alone.add(order_id)

    async def _end(self, order_id: str) -> bool:
        """End an order or extend its hold; False where neither could be done."""
        match await self._ask_closing(order_id):
            case Closing.CLOSED:
                ended = await self._writer.run(lambda connection: self._expire(connection, order_id))
                return not isinstance(ended, NotAllowedNow | PaymentUnderWay)
            case Closing.PROCESSING:
                await self._writer.run(lambda connection: self._extend(connection, order_id))
            case Closing.PAID:
                pass  # who found out has written it
        return True

    def _due(self) -> list[str]:
        now_ms, paused = self._clock_ms(), self._left_alone.names()
        query = (
            select(ORDERS.c.order_id)
            .where(ORDERS.c.expires_at_ms <= now_ms, *_is_unpaid(), ORDERS.c.order_id.not_in(paused))
            .order_by(ORDERS.c.expires_at_ms)
            .limit(MOST_A_SWEEP)
        )
        with self._database.reading() as connection:
            return [str(order_id) for order_id in connection.scalars(query)]

    def _expire(
        self, connection: Connection, order_id: str
    ) -> Order | NotAllowedNow | PaymentUnderWay | None:
        # Asking took time: the order may have been paid, or its hold extended.
        order, now_ms = find_order(connection, order_id), self._clock_ms()
        if order is None or order.expires_at_ms is None or order.expires_at_ms > now_ms:
            return order
        reason = OwnReason.NOT_PAID_IN_TIME
        ended = cancel_order(connection, order_id, actor="timer", reason=reason, at_ms=now_ms)
        if isinstance(ended, Order) and self._after_end is not None:
            self._after_end(connection, ended)
        return ended

    def _extend(self, connection: Connection, order_id: str) -> None:
        until_ms = self._clock_ms() + LONGER_MS
        is_this = ORDERS.c.order_id == order_id
        connection.execute(update(ORDERS).where(is_this, *_is_unpaid()).values(expires_at_ms=until_ms))


def _is_unpaid() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (ORDERS.c.state == OrderState.OPEN, ORDERS.c.payment_state == PaymentState.UNPAID)
