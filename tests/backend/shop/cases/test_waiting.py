"""Cases do not wait for ever."""

import pytest

from backend.contract.cases import Case, CaseKind, CaseState
from backend.storage.order_tables import ORDERS
from tests.backend.kinds import as_type
from tests.backend.shop.cases.desk import DAY_MS, Desk

HOUR_MS = 3_600_000


async def test_a_case_that_nobody_answers_escalates_once_and_keeps_its_state(desk: Desk) -> None:
    order = await desk.bought(tea=1)
    case = await desk.asked(order, CaseKind.REFUND_ONLY)
    version = (await desk.see(order)).version
    desk.clock.turn(48 * HOUR_MS - 1)
    await desk.timer.sweep()
    assert not (await desk.look(case)).is_escalated
    desk.clock.turn(1)
    for _ in range(2):
        await desk.timer.sweep()
    seen = await desk.look(case)
    assert (seen.state, seen.is_escalated, seen.due_at_ms) == (CaseState.REQUESTED, True, None)
    assert (seen.changes[-1].actor, len(seen.changes)) == ("timer", 2)
    assert (await desk.see(order)).version == version + 1
    assert not as_type(Case, await desk.approve(case)).is_escalated


async def test_a_return_that_its_buyer_never_sends_is_withdrawn(desk: Desk) -> None:
    order = await desk.sent(await desk.bought(tea=1))
    case = await desk.asked(order)
    approved = as_type(Case, await desk.approve(case))
    due_ms = approved.due_at_ms or 0
    assert 7 * DAY_MS < due_ms - desk.clock.now_ms <= 8 * DAY_MS
    desk.clock.turn(due_ms - desk.clock.now_ms)
    await desk.timer.sweep()
    assert (await desk.look(case)).state is CaseState.WITHDRAWN
    desk.check()


async def test_a_case_that_cannot_be_read_does_not_hold_up_those_behind_it(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await desk.asked(await desk.bought(tea=1), CaseKind.REFUND_ONLY)
    desk.clock.turn(1)
    case = await desk.asked(await desk.bought(tea=1), CaseKind.REFUND_ONLY)
    with desk.database.shop_transaction() as connection:
        is_this = ORDERS.c.order_id == broken.order_id
        connection.execute(ORDERS.update().where(is_this).values(address="no address"))
    desk.clock.turn(48 * HOUR_MS)
    await desk.timer.sweep()
    assert (await desk.look(case)).is_escalated
    assert broken.case_id in caplog.text
