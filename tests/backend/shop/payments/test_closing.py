"""Attempts that are closed before an order lets go, on both databases; interleavings are numbered."""

import msgspec
import pytest

from backend.shop.outcomes import Closing
from backend.shop.payments.closing import SILENT_FOR_MS
from backend.shop.payments.provider import (
    PaymentReport,
    ProviderError,
    ProviderState,
)
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from tests.backend.shop.payments.till import ONLINE_MS, PAID, UNPAID, Till, notice_of


async def test_interleaving_3_a_payment_before_the_close_keeps_the_order(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    # The timer has decided "unpaid"; now the buyer pays, and the webhook is still on its way.
    await till.sandbox.act(attempt.attempt_id, Outcome.PAY)
    assert await till.payments.close_attempts(order_id) is Closing.PAID
    assert till.state(order_id) == PAID
    assert await till.deliver() == ["nothing"]


async def test_interleaving_3_late_money_takes_the_stock_again(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.LATE)
    till.now_ms += ONLINE_MS
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    till.release(order_id)
    till.now_ms += LATE_BY_MS
    assert await till.deliver() == ["paid"]
    assert till.state(order_id) == PAID
    assert till.refunds() == []


async def test_interleaving_3_late_money_for_a_unit_that_was_sold_again_goes_back(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.LATE)
    till.now_ms += ONLINE_MS
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    till.release(order_id)
    till.orders.left = False  # somebody else has it
    till.now_ms += LATE_BY_MS
    assert await till.deliver() == ["paid_late"]
    assert till.state(order_id) == ("cancelled", "unpaid")
    await till.payments.refund_all()
    assert till.refunds() == [("paid_late", "done", 38_700)]
    assert till.state(order_id) == ("cancelled", "unpaid")
    assert till.accounts() == {}


async def test_an_attempt_is_closed_at_its_provider_before_the_order_lets_go(till: Till) -> None:
    order_id = till.place()
    waiting, failed = await till.open(order_id), await till.open(order_id, "other")
    await till.choose(failed, Outcome.FAIL, sandbox=till.other)
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert {till.attempt_state(waiting), till.attempt_state(failed)} == {"closed"}
    for sandbox, attempt in ((till.sandbox, waiting), (till.other, failed)):
        assert await till.choose(attempt, Outcome.PAY, sandbox=sandbox) == []
    assert till.state(order_id) == UNPAID


async def test_an_order_whose_money_was_put_aside_at_its_close_lets_go(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.sandbox.act(attempt.attempt_id, Outcome.WRONG_AMOUNT)
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert (till.attempt_state(attempt), till.suspense()) == ("closed", [38_699])
    assert await till.deliver() == ["nothing"]
    assert till.state(order_id) == UNPAID


async def test_an_attempt_whose_money_was_put_aside_before_is_closed_with_its_order(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    assert await till.choose(attempt, Outcome.WRONG_AMOUNT) == ["suspense"]
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert (till.attempt_state(attempt), till.suspense()) == ("closed", [38_699])


async def test_an_attempt_that_failed_at_its_close_is_over_and_late_money_for_it_counts(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)

    async def close(attempt_id: str, _ref: str = "", /) -> PaymentReport:
        return PaymentReport(attempt_id, ProviderState.FAILED, till.sandbox.merchant, "", 0, "CNY")

    till.sandbox.close = close  # type: ignore[method-assign]
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert till.attempt_state(attempt) == "closed"
    assert await till.choose(attempt, Outcome.PAY) == ["paid"]
    assert till.state(order_id) == PAID


async def test_all_that_waits_of_an_order_is_closed_though_one_of_it_was_paid(till: Till) -> None:
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")
    for sandbox, attempt in ((till.sandbox, one), (till.other, two)):
        await sandbox.act(attempt.attempt_id, Outcome.PAY if attempt is two else Outcome.FAIL)
    assert await till.payments.close_attempts(order_id) is Closing.PAID
    assert (till.attempt_state(one), till.attempt_state(two)) == ("closed", "paid")


async def test_an_order_without_attempts_may_let_go_at_once(till: Till) -> None:
    assert await till.payments.close_attempts(till.place()) is Closing.CLOSED


@pytest.mark.parametrize("state", [ProviderState.PROCESSING, ProviderState.UNKNOWN])
async def test_a_provider_that_does_not_say_yet_holds_the_order(till: Till, state: ProviderState) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)

    async def close(attempt_id: str, _ref: str = "", /) -> PaymentReport:
        return PaymentReport(attempt_id, state, till.sandbox.merchant, "", 0, "CNY")

    till.sandbox.close = close  # type: ignore[method-assign]
    assert await till.payments.close_attempts(order_id) is Closing.PROCESSING
    # A trade that never began cannot begin once its time is over; one that is on its way can still arrive.
    till.now_ms = attempt.expires_at_ms
    is_unknown = state is ProviderState.UNKNOWN
    expected = Closing.CLOSED if is_unknown else Closing.PROCESSING
    assert await till.payments.close_attempts(order_id) is expected


async def test_an_order_whose_provider_was_switched_off_lets_go_some_hours_after_its_time(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id, "other")
    del till.providers["other"]
    till.now_ms = attempt.expires_at_ms + SILENT_FOR_MS - 1
    assert await till.payments.close_attempts(order_id) is Closing.PROCESSING
    till.now_ms += 1
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert till.attempt_state(attempt) == "closed"
    till.release(order_id)
    # Switched on again, it reports money that came meanwhile: late money.
    till.providers["other"] = till.other
    asked = await till.other.ask(attempt.attempt_id)
    body = notice_of(msgspec.structs.replace(asked, state=ProviderState.PAID), till)
    assert await till.receive(till.other.signed(body), body, "other") == "paid"
    assert till.state(order_id) == PAID


async def test_an_order_whose_provider_only_fails_lets_go_some_hours_after_its_time(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)

    async def fail(_attempt_id: str, _ref: str = "", /) -> PaymentReport:
        raise ProviderError("It refuses the key.")

    till.sandbox.close = fail  # type: ignore[method-assign]
    till.now_ms = attempt.expires_at_ms + SILENT_FOR_MS - 1
    assert await till.payments.close_attempts(order_id) is Closing.PROCESSING
    till.now_ms += 1
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert till.attempt_state(attempt) == "closed"
