"""WeChat Pay and Alipay against gateways that sign with keys of their own, on both databases."""

from collections.abc import AsyncIterator

import msgspec
import pytest

from backend.shop.outcomes import Closing
from backend.shop.payments.provider import NotTakenError, PaymentRequest
from backend.shop.payments.refunds import FIRST_PAUSE_MS
from backend.storage.payment_tables import REFUNDS
from tests.backend.shop.payments.linked import (
    PAYER,
    Linked,
    LinkedAlipay,
    LinkedWeChat,
    altered,
    linked_alipay,
    linked_wechat,
)
from tests.backend.shop.payments.till import ONLINE_MS, START_MS, Till

PAID = ("open", "paid")
UNPAID = ("open", "unpaid")
DAY_MS = 86_400_000


@pytest.fixture
async def wechat(till: Till) -> AsyncIterator[LinkedWeChat]:
    """A till that takes WeChat Pay."""
    with linked_wechat(till) as linked:
        yield linked
        await linked.provider.end()


@pytest.fixture
async def alipay(till: Till) -> AsyncIterator[LinkedAlipay]:
    """A till that takes Alipay."""
    with linked_alipay(till) as linked:
        yield linked
        await linked.provider.end()


@pytest.fixture(params=["wechat", "alipay"])
def linked(request: pytest.FixtureRequest, till: Till) -> Linked:
    """A till that takes one of the two, on each kind of database."""
    del till
    found: Linked = request.getfixturevalue(request.param)
    return found


async def test_a_payment_at_a_gateway_is_seen_by_asking_alone(linked: Linked) -> None:
    attempt = await linked.open()
    assert await linked.look(attempt) == "unpaid"
    linked.pay(attempt)
    assert await linked.look(attempt) == "paid"
    assert linked.till.accounts() == {f"provider:{linked.name}": 38_700, "sales": -38_000, "shipping": -700}


async def test_a_gateways_webhook_pays_once_however_often_it_comes(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    told = linked.told(attempt)
    assert [await linked.receive(told) for _ in range(2)] == ["paid", "replayed"]
    assert await linked.tell(attempt, 2) == "nothing"
    assert await linked.look(attempt) == "paid"
    assert linked.till.accounts() == {f"provider:{linked.name}": 38_700, "sales": -38_000, "shipping": -700}


async def test_a_gateways_webhook_that_is_forged_or_altered_changes_nothing(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    headers, body = linked.told(attempt)
    attacks = [
        linked.told(attempt, owner="somebody"),
        altered((headers, body)),
        ({}, b""),
        ({}, b"\xff\xfe"),
        (headers, b"[" * 3000),
        (headers, b"a=1&" * 5000),
        (headers, b"{}"),
        (dict.fromkeys(headers, "é"), body[:-1]),
    ]
    assert {await linked.receive(one) for one in attacks} == {"WebhookError"}
    assert linked.till.state(attempt.order_id) == UNPAID
    assert await linked.receive((headers, body)) == "paid"


async def test_a_gateways_webhook_that_is_too_old_or_of_the_future_is_refused(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    for age_ms in (linked.max_age_ms + 1_000, -5 * 60_000 - 1_000, 30 * DAY_MS):
        assert await linked.tell(attempt, age_ms=age_ms) == "WebhookError"
    assert linked.till.state(attempt.order_id) == UNPAID
    assert await linked.tell(attempt, age_ms=linked.max_age_ms - 1_000) == "paid"


async def test_a_gateways_webhooks_out_of_order_leave_an_order_paid(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    before = linked.told(attempt, 1)
    assert await linked.tell(attempt, 2) == "paid"
    assert await linked.receive(before) == "nothing"
    assert linked.till.state(attempt.order_id) == PAID


async def test_a_gateways_webhook_before_its_attempt_is_to_come_again(linked: Linked) -> None:
    request = PaymentRequest("e" * 32, 38_700, "CNY", START_MS + ONLINE_MS)
    await linked.provider.create(request)
    await linked.provider.links(request, PAYER)
    linked.gateway.pay("e" * 32)
    attempt = await linked.open()
    early = linked.told(msgspec.structs.replace(attempt, attempt_id="e" * 32))
    assert await linked.receive(early) == "UnknownAttemptError"
    assert linked.till.suspense() == []


async def test_an_amount_that_is_wrong_at_a_gateway_is_put_aside(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt, 1)
    assert await linked.tell(attempt) == "suspense"
    assert await linked.look(attempt) == "unpaid"
    assert linked.till.suspense() == [1]
    assert linked.till.attempt_state(attempt) == "failed"


async def test_money_for_another_merchant_does_not_pay_an_order(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    linked.move(attempt)
    assert await linked.tell(attempt) == "of_another"
    assert linked.till.state(attempt.order_id) == UNPAID
    assert (linked.till.attempt_state(attempt), linked.till.suspense()) == ("pending", [])


async def test_a_gateway_that_is_down_leaves_the_attempt_open_and_holds_the_stock(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    linked.gateway.is_down = True
    assert await linked.look(attempt) == "unpaid"
    assert linked.till.attempt_state(attempt) == "pending"
    assert await linked.till.payments.close_attempts(attempt.order_id) is Closing.PROCESSING
    linked.gateway.is_down = False
    assert await linked.till.payments.close_attempts(attempt.order_id) is Closing.PAID


async def test_an_answer_that_a_gateway_did_not_sign_is_not_believed(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    linked.gateway.signs_as = "somebody"
    assert await linked.look(attempt) == "unpaid"
    linked.gateway.signs_as = linked.name
    assert await linked.look(attempt) == "paid"


async def test_late_money_at_a_gateway_takes_the_stock_again_or_goes_back(linked: Linked) -> None:
    first, second = await linked.open(), await linked.open()
    for attempt in (first, second):
        linked.pay(attempt)
        linked.till.release(attempt.order_id)
    assert [await linked.tell(first, 1), await linked.tell(second, 2)] == ["paid", "paid_late"]
    await linked.till.payments.refund_all()
    linked.till.now_ms += FIRST_PAUSE_MS
    await linked.till.payments.refund_all()
    assert linked.till.refunds() == [("paid_late", "done", 38_700)]
    assert linked.gateway.given_back(second.attempt_id) == [38_700]
    assert linked.gateway.given_back(first.attempt_id) == []


async def test_an_order_that_wechat_and_alipay_both_pay_gives_the_second_money_back(
    till: Till, wechat: LinkedWeChat, alipay: LinkedAlipay
) -> None:
    order_id = till.place()
    one, two = await wechat.open(order_id), await alipay.open(order_id)
    wechat.pay(one)
    alipay.pay(two)
    assert await alipay.tell(two) == "paid"
    assert await wechat.look(one) == "paid"
    await till.payments.refund_all()
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert till.state(order_id) == PAID
    assert till.refunds() == [("paid_twice", "done", 38_700)]
    assert wechat.gateway.given_back(one.attempt_id) == [38_700]
    assert alipay.gateway.given_back(two.attempt_id) == []
    assert till.accounts() == {"provider:alipay": 38_700, "sales": -38_000, "shipping": -700}


async def test_a_refund_that_a_gateway_accepted_before_a_kill_is_found_a_day_later(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    linked.till.release(attempt.order_id)
    linked.till.orders.left = False  # sold meanwhile: the money goes back
    assert await linked.look(attempt) == "unpaid"
    ((reason, state, _amount),) = linked.till.refunds()
    assert (reason, state) == ("paid_late", "requested")
    refund_id = str(linked.till.rows(REFUNDS.select())[0]["refund_id"])
    await linked.provider.refund(refund_id, attempt.attempt_id, 38_700, "")
    linked.till.now_ms += DAY_MS
    await linked.till.payments.refund_all()
    assert linked.till.refunds() == [("paid_late", "done", 38_700)]
    assert linked.gateway.given_back(attempt.attempt_id) == [38_700]


async def test_a_refund_that_a_gateway_does_not_make_stays_requested(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    linked.till.release(attempt.order_id)
    linked.till.orders.left = False
    await linked.look(attempt)
    linked.gateway.refund_by_hand(attempt.attempt_id, 1)
    await linked.till.payments.refund_all()
    assert linked.till.refunds() == [("paid_late", "requested", 38_700)]


async def test_refunds_in_a_gateways_console_are_seen_and_cancel_nothing(linked: Linked) -> None:
    attempt = await linked.open()
    linked.pay(attempt)
    await linked.tell(attempt)
    first = linked.gateway.refund_by_hand(attempt.attempt_id, 700)
    second = linked.gateway.refund_by_hand(attempt.attempt_id, 300)
    results = [await linked.tell_refund(second, 2), await linked.tell_refund(second, 3)]
    results.append(await linked.tell_refund(first, 4))
    assert results[:2] == ["refunded", "nothing"]
    assert linked.till.state(attempt.order_id) == ("open", "part_refunded")
    assert sum(amount for _reason, _state, amount in linked.till.refunds()) == 1_000
    assert await linked.tell(attempt, 5) == "nothing"
    assert linked.till.state(attempt.order_id) == ("open", "part_refunded")


async def test_a_payment_that_is_closed_at_a_gateway_takes_no_money(linked: Linked) -> None:
    attempt = await linked.open()
    if not linked.knows_at_once:
        # A code that nobody scanned cannot be closed: somebody may scan it yet.
        assert await linked.till.payments.close_attempts(attempt.order_id) is Closing.PROCESSING
        linked.till.now_ms = attempt.expires_at_ms
    assert await linked.till.payments.close_attempts(attempt.order_id) is Closing.CLOSED
    assert linked.till.attempt_state(attempt) == "closed"


async def test_a_gateway_that_takes_yuan_alone_is_not_asked_for_dollars(linked: Linked) -> None:
    with pytest.raises(NotTakenError, match="CNY"):
        await linked.provider.create(PaymentRequest("d" * 32, 100, "USD", START_MS + ONLINE_MS))
    assert linked.gateway.requests == []
