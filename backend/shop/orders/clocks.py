"""Lets parcels arrive and orders complete by themselves; an open case stops both clocks."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, Connection, exists, select, update

from backend.contract.orders import Order, OrderAxis, OrderState, ParcelState, PaymentState
from backend.contract.own_reasons import OwnReason
from backend.shop.left_alone import LeftAlone
from backend.shop.orders.changes import Step, change_order
from backend.shop.orders.parcels import ARRIVES_AFTER_MS, completes_at, deliver_parcels
from backend.shop.orders.pauses import has_open_case, paused_ms
from backend.shop.orders.reading import find_order
from backend.storage.case_tables import CASES
from backend.storage.database import Database, StorageError
from backend.storage.order_tables import ORDERS, PARCELS
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 30.0
MOST_A_SWEEP: Final = 200
TIMER: Final = "timer"


class OrderClocks:
    """Parcels arrive 10 days after they were sent, orders complete 7 days after all of it arrived."""

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms
        self._left_alone = LeftAlone(clock_ms)

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                await self.sweep()
            except (StorageError, BusyError) as error:
                log.warning("Parcels and orders were not looked through this time: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Parcels and orders were not looked through this time")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Do what is due now."""
        for order_id, parcel_id in await asyncio.to_thread(self._due_parcels):
            await self._act(order_id, partial(self._arrive, order_id=order_id, parcel_id=parcel_id))
        for order_id in await asyncio.to_thread(self._due_orders):
            await self._act(order_id, partial(self._complete, order_id=order_id))

    async def _act(self, order_id: str, act: Callable[[Connection], None]) -> None:
        try:
            await self._writer.run(act)
            self._left_alone.forget(order_id)
        except (StorageError, BusyError):
            raise
        except Exception:
            # One that cannot be read must not hold up those behind it.
            log.exception("The order %s was not looked at this time", order_id)
            self._left_alone.add(order_id)

    def _due_parcels(self) -> list[tuple[str, str]]:
        query = (
            select(PARCELS.c.order_id, PARCELS.c.parcel_id)
            .where(
                PARCELS.c.due_at_ms <= self._clock_ms(),
                PARCELS.c.order_id.not_in(self._left_alone.names()),
                ~_is_paused(PARCELS.c.order_id),
            )
            .order_by(PARCELS.c.due_at_ms)
            .limit(MOST_A_SWEEP)
        )
        with self._database.reading() as connection:
            return [(str(order_id), str(parcel_id)) for order_id, parcel_id in connection.execute(query)]

    def _due_orders(self) -> list[str]:
        query = (
            select(ORDERS.c.order_id)
            .where(
                ORDERS.c.completes_at_ms <= self._clock_ms(),
                ORDERS.c.payment_state != PaymentState.UNPAID,
                ORDERS.c.order_id.not_in(self._left_alone.names()),
                ~_is_paused(ORDERS.c.order_id),
            )
            .order_by(ORDERS.c.completes_at_ms)
            .limit(MOST_A_SWEEP)
        )
        with self._database.reading() as connection:
            return [str(order_id) for order_id in connection.scalars(query)]

    def _arrive(self, connection: Connection, order_id: str, parcel_id: str) -> None:
        order = find_order(connection, order_id)
        parcels = {one.parcel_id: one for one in order.parcels} if order else {}
        parcel = parcels.get(parcel_id)
        if order is None or parcel is None or parcel.state is not ParcelState.SHIPPED:
            return
        sent_ms = parcel.shipped_at_ms or 0
        due_ms = self._due_ms(connection, order, sent_ms, sent_ms + ARRIVES_AFTER_MS)
        if due_ms is None:
            deliver_parcels(
                connection,
                order,
                [parcel_id],
                actor=TIMER,
                reason=OwnReason.SENT_LONG_AGO,
                at_ms=self._clock_ms(),
            )
        else:
            later = update(PARCELS).where(PARCELS.c.parcel_id == parcel_id)
            connection.execute(later.values(due_at_ms=due_ms))

    def _complete(self, connection: Connection, order_id: str) -> None:
        order, now_ms = find_order(connection, order_id), self._clock_ms()
        plain_ms = completes_at(order) if order else None
        if order is None or order.payment_state is PaymentState.UNPAID:
            return
        if plain_ms is None:
            self._look_again(connection, order_id, None)
            return
        arrived_ms = max(one.delivered_at_ms or 0 for one in order.parcels)
        due_ms = self._due_ms(connection, order, arrived_ms, plain_ms)
        if due_ms is None:
            step = Step(OrderAxis.ORDER, OrderState.COMPLETED, TIMER, OwnReason.ARRIVED_LONG_AGO, now_ms)
            change_order(connection, order, step, completes_at_ms=None, closed_at_ms=now_ms)
        else:
            self._look_again(connection, order_id, due_ms)

    def _look_again(self, connection: Connection, order_id: str, at_ms: int | None) -> None:
        later = update(ORDERS).where(ORDERS.c.order_id == order_id)
        connection.execute(later.values(completes_at_ms=at_ms))

    def _due_ms(self, connection: Connection, order: Order, since_ms: int, plain_ms: int) -> int | None:
        """Return when a clock is to be looked at again; None where it has run out."""
        now_ms = self._clock_ms()
        if has_open_case(connection, order.order_id):
            return now_ms
        due_ms = plain_ms + paused_ms(connection, order.order_id, since_ms, now_ms)
        return due_ms if due_ms > now_ms else None


def _is_paused(order_id: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(CASES.c.order_id == order_id, CASES.c.closed_at_ms.is_(None))
