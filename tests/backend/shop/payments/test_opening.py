"""Attempts that are opened to pay an order, on both databases."""

import pytest

from backend.contract.payments import AttemptState
from backend.shop.idempotency import KeyReused, Request
from backend.shop.payments.attempts import MOST_AN_ORDER, STOPS_EARLIER_MS, PaymentRefusedError
from backend.shop.payments.sandbox_store import Outcome
from tests.backend.shop.payments.till import ONLINE_MS, PAID, UNPAID, Till


async def test_an_order_is_paid_by_its_attempt(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    assert (attempt.state, attempt.amount_minor) == (AttemptState.PENDING, 38_700)
    assert attempt.expires_at_ms == till.now_ms + ONLINE_MS - STOPS_EARLIER_MS

    assert await till.choose(attempt, Outcome.PAY) == ["paid"]

    assert till.state(order_id) == PAID
    assert till.attempt_state(attempt) == "paid"
    assert till.accounts() == {"provider:sandbox": 38_700, "sales": -38_000, "shipping": -700}


async def test_an_attempt_that_waits_is_opened_once(till: Till) -> None:
    order_id = till.place()
    first, second = await till.open(order_id), await till.open(order_id)
    other = await till.open(order_id, "other")
    assert first == second
    assert other.attempt_id != first.attempt_id
    assert [one.attempt_id for one in await till.payments.attempts_of(order_id)].count(first.attempt_id) == 1


async def test_an_attempt_is_opened_once_by_its_key(till: Till) -> None:
    order_id = till.place()
    first = await till.open(order_id, key="k")
    await till.choose(first, Outcome.FAIL)
    assert (await till.open(order_id, key="k")).attempt_id == first.attempt_id
    assert (await till.open(order_id, key="another")).attempt_id != first.attempt_id
    reused = await till.payments.open(
        order_id, "other", Request("buyer", f"attempts {order_id}", "k", "other")
    )
    assert reused == KeyReused("k")


@pytest.mark.parametrize(
    ("provider", "method", "reason"),
    [
        ("sandbox", "transfer", "not_online"),
        ("sandbox", "cash_on_delivery", "not_online"),
        ("moon", "online", "unknown_provider"),
    ],
)
async def test_an_order_that_is_paid_another_way_has_no_attempts(
    till: Till, provider: str, method: str, reason: str
) -> None:
    with pytest.raises(PaymentRefusedError) as refused:
        await till.open(till.place(method=method), provider)
    assert refused.value.reason == reason


async def test_an_order_that_is_paid_cancelled_or_late_has_no_further_attempts(till: Till) -> None:
    paid, cancelled, late = till.place(), till.place(), till.place()
    await till.choose(await till.open(paid), Outcome.PAY)
    till.release(cancelled)
    till.now_ms += ONLINE_MS - STOPS_EARLIER_MS
    reasons = []
    for order_id in (paid, cancelled, late, "nowhere"):
        with pytest.raises(PaymentRefusedError) as refused:
            await till.open(order_id)
        reasons.append(refused.value.reason)
    assert reasons == ["already_paid", "order_closed", "too_late", "not_found"]


async def test_an_order_is_tried_only_so_often(till: Till) -> None:
    order_id = till.place()
    for _ in range(MOST_AN_ORDER):
        await till.choose(await till.open(order_id), Outcome.FAIL)
    with pytest.raises(PaymentRefusedError, match="too often"):
        await till.open(order_id)


async def test_a_payment_that_failed_may_be_tried_again(till: Till) -> None:
    order_id = till.place()
    first = await till.open(order_id)
    assert await till.choose(first, Outcome.FAIL) == ["failed"]
    assert till.state(order_id) == UNPAID
    second = await till.open(order_id)
    assert second.attempt_id != first.attempt_id
    assert await till.choose(second, Outcome.PAY) == ["paid"]
    assert await till.choose(first, Outcome.FAIL) == ["replayed"]
    assert till.state(order_id) == PAID
