"""Refunds that are asked for until they are made, on both databases; interleavings are numbered."""

import asyncio
import itertools

import msgspec
import pytest

from backend.shop.payments.provider import (
    ProviderError,
    RefundReport,
)
from backend.shop.payments.refunding import REFUNDS_AT_ONCE
from backend.shop.payments.refunds import FIRST_PAUSE_MS, LONGEST_PAUSE_MS
from backend.shop.payments.sandbox import Notice
from backend.shop.payments.sandbox_store import Outcome
from backend.storage.payment_tables import REFUNDS
from tests.backend.shop.payments.till import PAID, Till, notice_of


class KilledError(BaseException):
    """The process ended here."""


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
