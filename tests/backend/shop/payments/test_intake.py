"""What providers send: forged, altered, late, twice, of another sum or shop; on both databases."""

import msgspec
import pytest

from backend.contract.payments import AttemptState
from backend.shop.payments.asking import ASK_PAUSE_MS
from backend.shop.payments.provider import (
    PaymentReport,
    PaymentRequest,
    ProviderState,
)
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.payments.settling import UNKNOWN_FOR_MS
from backend.shop.payments.signature import MAX_AGE_MS, sign
from tests.backend.shop.payments.till import KEY, PAID, UNPAID, Till, notice_of


async def test_a_webhook_that_is_forged_altered_or_old_changes_nothing(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.sandbox.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
    report = await till.sandbox.ask(attempt.attempt_id)
    body = notice_of(report, till)
    good = till.sandbox.signed(body)
    attacks = [
        ({}, body),
        ({"sandbox-signature": "t=1,v1=00"}, body),
        ({"sandbox-signature": sign(b"another key of somebody else's, long", body, till.now_ms)}, body),
        (good, body.replace(b"38700", b"38701")),
        ({"sandbox-signature": sign(KEY, body, till.now_ms - MAX_AGE_MS - 1)}, body),
        ({"sandbox-signature": sign(KEY, body, till.now_ms + MAX_AGE_MS + 1)}, body),
        (till.sandbox.signed(b"{}"), b"{}"),
        (till.sandbox.signed(b"[" * 3000), b"[" * 3000),
        (till.sandbox.signed(b" " * 5000), b" " * 5000),
    ]
    for headers, content in attacks:
        assert await till.receive(headers, content) == "WebhookError"
    assert await till.receive(good, body, "moon") == "WebhookError"
    assert till.state(order_id) == UNPAID
    assert await till.receive(good, body) == "paid"


async def test_a_webhook_that_comes_twice_counts_once(till: Till) -> None:
    attempt = await till.open()
    assert await till.choose(attempt, Outcome.DUPLICATE) == ["paid", "replayed"]
    assert till.accounts()["provider:sandbox"] == 38_700
    assert till.refunds() == []


async def test_the_same_payment_under_another_event_changes_nothing(till: Till) -> None:
    attempt = await till.open()
    await till.choose(attempt, Outcome.PAY)
    body = notice_of(await till.sandbox.ask(attempt.attempt_id), till, "another")
    assert await till.receive(till.sandbox.signed(body), body) == "nothing"
    assert (till.refunds(), till.suspense()) == ([], [])


async def test_a_failure_that_is_told_after_the_payment_changes_nothing(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    assert await till.choose(attempt, Outcome.OUT_OF_ORDER) == ["paid", "nothing"]
    assert till.state(order_id) == PAID
    assert till.attempt_state(attempt) == "paid"


@pytest.mark.parametrize(
    "altered",
    [
        {"amount_minor": 38_699},
        {"amount_minor": 387},
        {"currency": "JPY"},
    ],
    ids=str,
)
async def test_money_that_does_not_match_is_put_aside(till: Till, altered: dict[str, object]) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    report = PaymentReport(
        attempt.attempt_id,
        ProviderState.PAID,
        till.sandbox.merchant,
        "x",
        attempt.amount_minor,
        attempt.currency,
    )
    wrong = msgspec.structs.replace(report, **altered)
    body = notice_of(wrong, till)
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    assert till.state(order_id) == UNPAID
    assert till.attempt_state(attempt) == "failed"
    (item,) = (await till.books.suspense()).items
    assert (item.amount_minor, item.provider, item.ref) == (wrong.amount_minor, "sandbox", "x")
    assert till.accounts()["suspense"] == -wrong.amount_minor


@pytest.mark.parametrize("state", [ProviderState.PAID, ProviderState.FAILED, ProviderState.CLOSED])
async def test_a_payment_to_another_merchant_changes_nothing_and_is_logged(
    till: Till, state: ProviderState, caplog: pytest.LogCaptureFixture
) -> None:
    attempt = await till.open()
    asked = await till.sandbox.ask(attempt.attempt_id)
    body = notice_of(msgspec.structs.replace(asked, state=state, merchant="another-shop"), till)
    assert await till.receive(till.sandbox.signed(body), body) == "of_another"
    assert (till.attempt_state(attempt), till.suspense(), till.accounts()) == ("pending", [], {})
    assert "to another merchant" in caplog.text
    assert await till.choose(attempt, Outcome.PAY) == ["paid"]


async def test_a_wrong_amount_is_put_aside_once_however_often_it_is_told(till: Till) -> None:
    attempt = await till.open()
    assert await till.choose(attempt, Outcome.WRONG_AMOUNT) == ["suspense"]
    till.now_ms += ASK_PAUSE_MS
    await till.payments.attempt(attempt.attempt_id)
    assert till.suspense() == [38_699]


async def test_a_second_payment_of_one_attempt_is_put_aside(till: Till) -> None:
    attempt = await till.open()
    await till.choose(attempt, Outcome.PAY)
    report = msgspec.structs.replace(await till.sandbox.ask(attempt.attempt_id), ref="second")
    body = notice_of(report, till)
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    assert till.suspense() == [38_700]


async def test_a_provider_says_nothing_of_anothers_attempts(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    asked = await till.sandbox.ask(attempt.attempt_id)
    report = msgspec.structs.replace(asked, state=ProviderState.PAID, merchant="other-shop")
    body = notice_of(report, till)
    assert await till.receive(till.other.signed(body), body, "other") == "suspense"
    assert till.state(order_id) == UNPAID
    assert till.attempt_state(attempt) == "pending"
    assert await till.choose(attempt, Outcome.PAY) == ["paid"]


async def test_a_payment_that_the_provider_told_of_another_attempt_is_put_aside(till: Till) -> None:
    first, second = await till.open(), await till.open()
    await till.choose(first, Outcome.PAY)
    report = await till.sandbox.ask(first.attempt_id)
    body = notice_of(msgspec.structs.replace(report, attempt_id=second.attempt_id), till)
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    assert (till.attempt_state(second), till.suspense()) == ("failed", [38_700])


@pytest.mark.parametrize(
    "altered",
    [
        {"currency": "YUAN"},
        {"amount_minor": -1},
        {"amount_minor": 2**63},
        {"ref": "x" * 129},
        {"attempt_id": "x" * 129},
    ],
    ids=lambda altered: next(iter(altered)),
)
async def test_what_no_payment_can_have_is_refused_though_it_is_signed(
    till: Till, altered: dict[str, object]
) -> None:
    attempt = await till.open()
    report = msgspec.structs.replace(
        await till.sandbox.ask(attempt.attempt_id), state=ProviderState.PAID, **altered
    )
    body = notice_of(report, till)
    assert await till.receive(till.sandbox.signed(body), body) == "WebhookError"
    assert await till.receive(till.sandbox.signed(body), notice_of(report, till, "e" * 129)) == "WebhookError"


async def test_interleaving_2_a_webhook_before_the_attempts_row_is_sent_again(till: Till) -> None:
    order_id = till.place()
    report = PaymentReport("0" * 32, ProviderState.PAID, till.sandbox.merchant, "x", 38_700, "CNY")
    body = notice_of(report, till)
    assert await till.receive(till.sandbox.signed(body), body) == "UnknownAttemptError"
    attempt = await till.open(order_id)
    body = notice_of(msgspec.structs.replace(report, attempt_id=attempt.attempt_id), till)
    assert await till.receive(till.sandbox.signed(body), body) == "paid"  # the same event, kept by nobody
    assert till.state(order_id) == PAID
    assert till.suspense() == []


async def test_interleaving_2_a_webhook_before_the_providers_answer_is_kept(till: Till) -> None:
    order_id = till.place()
    paid_at_once = till.sandbox.create

    async def create(request: PaymentRequest) -> PaymentReport:
        report = await paid_at_once(request)
        await till.sandbox.act(request.attempt_id, Outcome.PAY)
        assert await till.deliver() == ["paid"]
        return report

    till.sandbox.create = create  # type: ignore[method-assign]
    attempt = await till.open(order_id)
    assert attempt.state is AttemptState.PAID
    assert till.state(order_id) == PAID


async def test_interleaving_2_killed_between_webhook_row_and_effect_neither_is_kept(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    pay_order = till.orders.pay_order

    def die(*_arguments: object, **_more: object) -> None:
        raise MemoryError

    till.orders.pay_order = die  # type: ignore[assignment]
    with pytest.raises(MemoryError):
        await till.choose(attempt, Outcome.PAY)
    assert till.attempt_state(attempt) == "pending"
    assert till.accounts() == {}
    till.orders.pay_order = pay_order  # type: ignore[method-assign]
    till.now_ms += 60_000
    assert await till.deliver() == ["paid"]
    assert till.state(order_id) == PAID


async def test_money_of_an_attempt_that_nobody_knows_for_long_is_put_aside(till: Till) -> None:
    report = PaymentReport("0" * 32, ProviderState.PAID, till.sandbox.merchant, "x", 5, "CNY")
    body = notice_of(report, till)
    assert await till.receive(till.sandbox.signed(body), body) == "UnknownAttemptError"
    till.now_ms += UNKNOWN_FOR_MS
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    assert await till.receive(till.sandbox.signed(body), body) == "replayed"
    assert till.suspense() == [5]
