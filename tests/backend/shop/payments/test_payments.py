"""Payments through sandboxes, on both databases; interleavings have the numbers of the rules of the shop."""

import asyncio
import itertools

import msgspec
import pytest

from backend.contract.payments import AttemptState
from backend.shop.idempotency import KeyReused, Request
from backend.shop.outcomes import Closing
from backend.shop.payments.asking import ASK_PAUSE_MS
from backend.shop.payments.attempts import MOST_AN_ORDER, STOPS_EARLIER_MS, PaymentRefusedError
from backend.shop.payments.closing import SILENT_FOR_MS
from backend.shop.payments.provider import (
    PaymentReport,
    PaymentRequest,
    ProviderError,
    ProviderState,
    RefundReport,
)
from backend.shop.payments.refunding import REFUNDS_AT_ONCE
from backend.shop.payments.refunds import FIRST_PAUSE_MS, LONGEST_PAUSE_MS
from backend.shop.payments.sandbox import Notice
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from backend.shop.payments.settling import UNKNOWN_FOR_MS
from backend.shop.payments.signature import MAX_AGE_MS, sign
from backend.storage.payment_tables import REFUNDS
from tests.backend.shop.payments.till import KEY, ONLINE_MS, Till

PAID = ("open", "paid")
UNPAID = ("open", "unpaid")


class KilledError(BaseException):
    """The process ended here."""


def notice_of(report: PaymentReport, till: Till, event_id: str = "event") -> bytes:
    return msgspec.json.encode(Notice(event_id, till.now_ms, payment=report))


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


# --- Webhooks: forged, altered, replayed, late, out of order, missing ---


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


async def test_a_refund_that_names_anothers_attempt_is_found_by_the_payments_own_name(till: Till) -> None:
    theirs, order_id = await till.open(), till.place()
    attempt = await till.open(order_id, "other")
    await till.choose(attempt, Outcome.PAY, sandbox=till.other)
    ref = (await till.other.ask(attempt.attempt_id)).ref
    report = RefundReport(
        theirs.attempt_id, "console", till.other.merchant, 700, "CNY", is_done=True, payment_ref=ref
    )
    body = msgspec.json.encode(Notice("event", till.now_ms, refund=report))
    assert await till.receive(till.other.signed(body), body, "other") == "refunded"
    assert till.state(order_id) == ("open", "part_refunded")


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


async def test_a_refund_that_fails_holds_up_no_other(till: Till, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        order_id = till.place()
        one, two = await till.open(order_id), await till.open(order_id, "other")
        await till.choose(one, Outcome.PAY)
        await till.choose(two, Outcome.PAY, sandbox=till.other)
    failing = []
    refund = till.other.refund

    async def fail_once(refund_id: str, attempt_id: str, amount_minor: int, ref: str = "", /) -> RefundReport:
        failing.append(refund_id)
        if len(failing) == 1:
            raise ValueError("odd")
        return await refund(refund_id, attempt_id, amount_minor, ref)

    till.other.refund = fail_once  # type: ignore[method-assign]
    await till.payments.refund_all()
    assert sorted(state for _reason, state, _amount in till.refunds()) == ["done", "requested"]
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert {state for _reason, state, _amount in till.refunds()} == {"done"}
    assert "waits" in caplog.text


async def to_refund(till: Till) -> str:
    """Let an order be paid twice, and return the attempt whose money is to go back."""
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")
    await till.choose(one, Outcome.PAY)
    assert await till.choose(two, Outcome.PAY, sandbox=till.other) == ["paid_twice"]
    return two.attempt_id


async def test_a_new_refund_is_made_though_100_are_stuck(till: Till) -> None:
    stuck = await to_refund(till)
    [row] = till.rows(REFUNDS.select())
    with till.database.shop_transaction() as connection:
        rows = [{**row, "refund_id": f"stuck-{number}", "tries": number % 5} for number in range(100)]
        connection.execute(REFUNDS.insert(), rows)
    asked: list[str] = []
    refund = till.other.refund

    async def refund_new(refund_id: str, attempt_id: str, minor: int, ref: str = "", /) -> RefundReport:
        asked.append(attempt_id)
        if attempt_id == stuck:
            raise ProviderError("not so much money")
        return await refund(refund_id, attempt_id, minor, ref)

    till.other.refund = refund_new  # type: ignore[method-assign]
    await till.payments.refund_all()
    assert len(asked) == 101
    new = await to_refund(till)
    await till.payments.refund_all()
    assert asked[101:] == [new]
    till.now_ms += FIRST_PAUSE_MS
    newest = await to_refund(till)
    await till.payments.refund_all()
    assert newest in asked[102 : 102 + REFUNDS_AT_ONCE]
    assert asked.count(newest) == 1
    assert 0 < asked[102:].count(stuck) < 101


async def test_a_refund_that_fails_is_tried_less_and_less_often_but_for_ever(till: Till) -> None:
    await to_refund(till)
    times: list[int] = []

    async def fail(*_arguments: object) -> RefundReport:
        times.append(till.now_ms)
        raise ProviderError("no")

    till.other.refund = fail  # type: ignore[method-assign]
    for _ in range(12):
        await till.payments.refund_all()
        [row] = till.rows(REFUNDS.select())
        till.now_ms = int(str(row["next_try_at_ms"]))
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert pauses[:3] == [FIRST_PAUSE_MS, 2 * FIRST_PAUSE_MS, 4 * FIRST_PAUSE_MS]
    assert pauses[-2:] == [LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]


async def test_a_refund_is_asked_for_once_though_two_nodes_look_at_once(till: Till) -> None:
    await to_refund(till)
    asked: list[str] = []
    refund = till.other.refund

    async def count(refund_id: str, attempt_id: str, minor: int, ref: str = "", /) -> RefundReport:
        asked.append(refund_id)
        return await refund(refund_id, attempt_id, minor, ref)

    till.other.refund = count  # type: ignore[method-assign]
    await asyncio.gather(*(till.payments.refund_all() for _ in range(8)))
    assert len(asked) == 1
    assert till.refunds() == [("paid_twice", "done", 38_700)]


# --- Interleavings ---


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


async def test_interleaving_4_of_two_providers_that_both_pay_the_second_is_refunded(till: Till) -> None:
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")
    await asyncio.gather(
        till.sandbox.act(one.attempt_id, Outcome.PAY), till.other.act(two.attempt_id, Outcome.PAY)
    )
    assert await till.deliver(till.other) == ["paid"]
    assert await till.deliver() == ["paid_twice"]
    await till.payments.refund_all()
    await till.payments.refund_all()
    assert till.refunds() == [("paid_twice", "done", 38_700)]
    assert till.state(order_id) == PAID
    assert till.accounts() == {"provider:other": 38_700, "sales": -38_000, "shipping": -700}


async def test_interleaving_5_a_refund_that_was_accepted_before_we_died_is_not_made_again(till: Till) -> None:
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")
    await till.choose(one, Outcome.PAY)
    await till.choose(two, Outcome.PAY, sandbox=till.other)
    asked = []
    refund = till.other.refund

    async def refund_and_die(refund_id: str, attempt_id: str, amount_minor: int, _ref: str = "", /) -> None:
        asked.append(refund_id)
        await refund(refund_id, attempt_id, amount_minor)
        raise KilledError

    till.other.refund = refund_and_die  # type: ignore[assignment]
    with pytest.raises(KilledError):
        await till.payments.refund_all()
    assert till.refunds() == [("paid_twice", "requested", 38_700)]
    till.now_ms += 24 * 3_600_000
    await till.payments.refund_all()
    assert len(asked) == 1
    assert till.refunds() == [("paid_twice", "done", 38_700)]


# --- Refunds and closing ---


async def test_a_refund_made_at_the_provider_is_seen_and_cancels_nothing(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.PAY)
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console-1", 700)
    assert await till.deliver() == ["refunded"]
    assert till.state(order_id) == ("open", "part_refunded")
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console-2", 38_000)
    assert await till.deliver() == ["refunded"]
    assert till.state(order_id) == ("open", "refunded")
    assert till.accounts() == {"sales": -38_000, "shipping": -700, "refunds": 38_700}


async def test_paid_told_again_after_a_refund_changes_nothing(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.PAY)
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console-1", 38_700)
    await till.deliver()
    body = notice_of(await till.sandbox.ask(attempt.attempt_id), till, "again")
    assert await till.receive(till.sandbox.signed(body), body) == "nothing"
    assert till.state(order_id) == ("open", "refunded")


async def test_money_of_an_attempt_that_nobody_knows_for_long_is_put_aside(till: Till) -> None:
    report = PaymentReport("0" * 32, ProviderState.PAID, till.sandbox.merchant, "x", 5, "CNY")
    body = notice_of(report, till)
    assert await till.receive(till.sandbox.signed(body), body) == "UnknownAttemptError"
    till.now_ms += UNKNOWN_FOR_MS
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    assert await till.receive(till.sandbox.signed(body), body) == "replayed"
    assert till.suspense() == [5]


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
