"""Cases that wait too long: the shop's are escalated, a return that its buyer never sends is withdrawn."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from sqlalchemy import Connection, select

from backend.contract.cases import Case, CaseState
from backend.contract.own_reasons import OwnReason
from backend.shop.cases.states import waits_for_buyer
from backend.shop.cases.store import CaseStep, change_case, find_case
from backend.shop.left_alone import LeftAlone
from backend.shop.orders.reading import find_order
from backend.storage.case_tables import CASES
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

EVERY_S: Final = 30.0
MOST_A_SWEEP: Final = 200
TIMER: Final = "timer"


class CaseTimer:
    """Looks after cases whose next step is overdue."""

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
                log.warning("Cases were not looked through this time: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Cases were not looked through this time")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> None:
        """Do what is due now."""
        for case_id in await asyncio.to_thread(self._due):
            try:
                await self._writer.run(partial(self._act, case_id=case_id))
                self._left_alone.forget(case_id)
            except (StorageError, BusyError):
                raise
            except Exception:
                # One that cannot be read must not hold up those behind it.
                log.exception("The case %s was not looked at this time", case_id)
                self._left_alone.add(case_id)

    def _due(self) -> list[str]:
        query = (
            select(CASES.c.case_id)
            .where(CASES.c.due_at_ms <= self._clock_ms(), CASES.c.case_id.not_in(self._left_alone.names()))
            .order_by(CASES.c.due_at_ms)
            .limit(MOST_A_SWEEP)
        )
        with self._database.reading() as connection:
            return [str(case_id) for case_id in connection.scalars(query)]

    def _act(self, connection: Connection, case_id: str) -> Case | None:
        # Buyer or staff may have acted meanwhile.
        case, now_ms = find_case(connection, case_id), self._clock_ms()
        order = find_order(connection, case.order_id) if case else None
        if case is None or order is None or case.due_at_ms is None or case.due_at_ms > now_ms:
            return case
        if waits_for_buyer(case):
            step = CaseStep(CaseState.WITHDRAWN, TIMER, OwnReason.NOT_SENT_BACK_IN_TIME, now_ms)
            return change_case(connection, case, step, order)
        step = CaseStep(case.state, TIMER, OwnReason.NOBODY_ANSWERED_IN_TIME, now_ms)
        return change_case(connection, case, step, order, is_escalated=True, due_at_ms=None)
