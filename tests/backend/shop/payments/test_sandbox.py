import asyncio
from collections.abc import Mapping
from itertools import pairwise

import pytest

from backend.shop.payments.provider import ProviderError, ProviderState
from backend.shop.payments.sandbox_store import FIRST_PAUSE_MS, MOST_TRIES, Outcome
from tests.backend.shop.payments.till import Till


async def test_a_webhook_that_is_not_taken_is_sent_again_after_growing_pauses_and_given_up(
    till: Till,
) -> None:
    attempt = await till.open()
    await till.sandbox.act(attempt.attempt_id, Outcome.PAY)
    sent_at = []

    async def refuse(_headers: Mapping[str, str], _body: bytes) -> bool:
        sent_at.append(till.now_ms)
        return False

    for _ in range(2 ** (MOST_TRIES + 1)):
        await till.sandbox.deliver_due(refuse)
        till.now_ms += FIRST_PAUSE_MS
    pauses = [later - earlier for earlier, later in pairwise(sent_at)]
    assert pauses == [FIRST_PAUSE_MS * 2**number for number in range(MOST_TRIES - 1)]


async def test_what_is_at_the_sandbox_outlives_its_process(till: Till) -> None:
    attempt = await till.open()
    await till.sandbox.act(attempt.attempt_id, Outcome.PAY)
    reborn = Till(till.database, till.writer)
    report = await reborn.sandbox.ask(attempt.attempt_id)
    assert (report.state, report.amount_minor) == (ProviderState.PAID, attempt.amount_minor)
    assert await reborn.deliver() == ["paid"]


async def test_a_payment_that_is_over_takes_no_money(till: Till) -> None:
    closed, expired = await till.open(), await till.open()
    await till.sandbox.close(closed.attempt_id)
    await till.sandbox.act(closed.attempt_id, Outcome.PAY)
    till.now_ms = expired.expires_at_ms
    await till.sandbox.act(expired.attempt_id, Outcome.PAY)
    for attempt in (closed, expired):
        assert (await till.sandbox.ask(attempt.attempt_id)).state is ProviderState.CLOSED
    assert await till.deliver() == []


async def test_money_that_came_is_not_closed_away(till: Till) -> None:
    attempt = await till.open()
    await till.sandbox.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
    assert (await till.sandbox.close(attempt.attempt_id)).state is ProviderState.PAID


async def test_the_sandbox_knows_nothing_of_what_was_never_asked_for(till: Till) -> None:
    assert (await till.sandbox.ask("nowhere")).state is ProviderState.UNKNOWN
    assert await till.sandbox.act("nowhere", Outcome.PAY) is None
    assert await till.sandbox.find_refund("nowhere") is None


async def test_the_sandbox_gives_back_no_more_than_it_got_and_each_refund_once(till: Till) -> None:
    attempt = await till.open()
    with pytest.raises(ProviderError):
        await till.sandbox.refund("early", attempt.attempt_id, 1)
    await till.sandbox.act(attempt.attempt_id, Outcome.PAY)
    first = await till.sandbox.refund("a", attempt.attempt_id, 38_000)
    assert await till.sandbox.refund("a", attempt.attempt_id, 38_000) == first
    with pytest.raises(ProviderError):
        await till.sandbox.refund("b", attempt.attempt_id, 701)
    assert (await till.sandbox.refund("c", attempt.attempt_id, 700)).amount_minor == 700


async def test_webhooks_and_refunds_go_by_themselves(till: Till) -> None:
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")

    async def deliver(headers: Mapping[str, str], body: bytes) -> bool:
        await till.payments.take_webhook("sandbox", headers, body)
        return True

    await till.choose(two, Outcome.PAY, sandbox=till.other)
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        loops = [
            tasks.create_task(till.sandbox.run(deliver)),
            tasks.create_task(till.payments.run()),
        ]
        await till.sandbox.act(one.attempt_id, Outcome.PAY)
        while True:
            if [state for _reason, state, _amount in await asyncio.to_thread(till.refunds)] == ["done"]:
                break
            await asyncio.sleep(0.02)
        for loop in loops:
            loop.cancel()
    assert till.state(order_id) == ("open", "paid")
