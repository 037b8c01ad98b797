"""Attempts whose providers are asked, at a pace, on both databases."""

import msgspec

from backend.contract.payments import AttemptState
from backend.shop.payments.asking import ASK_PAUSE_MS
from backend.shop.payments.provider import (
    PaymentReport,
    ProviderState,
)
from backend.shop.payments.sandbox_store import Outcome
from tests.backend.shop.payments.till import PAID, UNPAID, Till


async def test_a_payment_without_a_webhook_is_found_by_asking(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    assert await till.choose(attempt, Outcome.NO_WEBHOOK) == []
    assert till.state(order_id) == UNPAID
    found = await till.payments.attempt(attempt.attempt_id)
    assert found is not None
    assert found.state is AttemptState.PAID
    assert till.state(order_id) == PAID


async def test_a_provider_is_asked_every_three_seconds_at_most(till: Till) -> None:
    attempt = await till.open()
    await till.payments.attempt(attempt.attempt_id)
    await till.sandbox.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
    states = []
    for pause_ms in (0, ASK_PAUSE_MS - 1, 1):
        till.now_ms += pause_ms
        found = await till.payments.attempt(attempt.attempt_id)
        assert found is not None
        states.append(found.state.value)
    assert states == ["pending", "pending", "paid"]


async def test_a_cashiers_page_asks_no_more_often_whatever_became_of_the_payment(till: Till) -> None:
    waiting, aside, processing = await till.open(), await till.open(), await till.open()
    await till.choose(aside, Outcome.WRONG_AMOUNT)
    asked: list[str] = []
    ask = till.sandbox.ask

    async def count(attempt_id: str, ref: str = "", /) -> PaymentReport:
        asked.append(attempt_id)
        report = await ask(attempt_id, ref)
        is_under_way = attempt_id == processing.attempt_id
        return msgspec.structs.replace(report, state=ProviderState.PROCESSING) if is_under_way else report

    till.sandbox.ask = count  # type: ignore[method-assign]
    for number in range(20):
        for attempt in (waiting, aside, processing):
            found = await till.payments.checkout(attempt.attempt_id)
            assert found is not None
            assert (found.is_aside, found.is_processing) == (attempt is aside, attempt is processing)
        till.now_ms += ASK_PAUSE_MS if number == 9 else 0
    assert sorted(asked) == sorted(2 * [one.attempt_id for one in (waiting, aside, processing)])


async def test_there_is_nothing_to_ask_of_an_attempt_that_is_not_there(till: Till) -> None:
    assert await till.payments.attempt("nowhere") is None
