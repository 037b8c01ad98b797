"""Refunds that were made in the provider's console instead, or came back after all; on both databases."""

import asyncio

import msgspec
import pytest
from sqlalchemy import select

from backend.contract.bookkeeping import MismatchKind
from backend.contract.payments import Attempt
from backend.keeping.check_journal import check_journal
from backend.shop.payments.attempts import read_attempt
from backend.shop.payments.provider import ProviderError, RefundReport
from backend.shop.payments.refunds import FIRST_PAUSE_MS, Cause, add
from backend.shop.payments.sandbox import Notice
from backend.shop.payments.sandbox_store import Outcome
from backend.storage.payment_tables import REFUNDS, SHOP_JOURNAL
from tests.backend.shop.payments.till import Till

WANTED = "0" * 32


async def paid(till: Till) -> tuple[str, Attempt]:
    """An order that was paid, and the attempt that paid it."""
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.PAY)
    return order_id, attempt


async def wanted(till: Till, minor: int = 700, refund_id: str = WANTED) -> tuple[str, Attempt]:
    """An order of which staff want so much given back."""
    order_id, attempt = await paid(till)
    want(till, attempt, minor, refund_id)
    return order_id, attempt


def want(till: Till, attempt: Attempt, minor: int = 700, refund_id: str = WANTED) -> None:
    with till.database.shop_transaction() as connection:
        kept = read_attempt(connection, attempt.attempt_id)
        assert kept is not None
        add(connection, kept, refund_id, amount_minor=minor, cause=Cause.BY_STAFF, now_ms=till.now_ms)


def fail(till: Till) -> list[str]:
    """Let the provider refuse refunds, and return the list of those that it was asked for."""
    asked: list[str] = []

    async def refuse(refund_id: str, *_more: object) -> RefundReport:
        asked.append(refund_id)
        raise ProviderError("The account has not so much money.")

    till.sandbox.refund = refuse  # type: ignore[method-assign]
    return asked


def check(till: Till) -> None:
    with till.database.reading() as connection:
        assert list(check_journal(connection)) == []


async def report_of(till: Till, attempt: Attempt, refund_id: str, minor: int = 700) -> RefundReport:
    ref = (await till.sandbox.ask(attempt.attempt_id)).ref
    return RefundReport(
        attempt.attempt_id, refund_id, till.sandbox.merchant, minor, "CNY", is_done=True, payment_ref=ref
    )


async def tell(till: Till, report: RefundReport, event_id: str) -> str:
    body = msgspec.json.encode(Notice(event_id, till.now_ms, refund=report))
    return await till.receive(till.sandbox.signed(body), body)


@pytest.mark.parametrize("is_told", ["by a webhook", "only when it is asked"])
async def test_a_refund_that_was_tried_in_vain_and_made_in_the_console_is_not_made_again(
    till: Till, is_told: str
) -> None:
    order_id, attempt = await wanted(till)
    refund = till.sandbox.refund
    asked = fail(till)
    await till.payments.refund_all()
    assert asked == [WANTED]
    till.sandbox.refund = refund  # type: ignore[method-assign]
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console", 700)
    if is_told == "by a webhook":
        assert await till.deliver() == ["refunded"]
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert till.refunds() == [("by_staff", "done", 700)]
    assert till.state(order_id) == ("open", "part_refunded")
    assert till.accounts()["refunds"] == 700
    assert len(await till.sandbox.refunds_of(attempt.attempt_id, "", 0)) == 1
    assert "refunded" not in await till.deliver()  # told once more, it changes nothing
    check(till)


async def test_a_refund_of_another_sum_in_the_console_replaces_none_that_was_tried(till: Till) -> None:
    _, attempt = await wanted(till)
    refund = till.sandbox.refund
    fail(till)
    await till.payments.refund_all()
    till.sandbox.refund = refund  # type: ignore[method-assign]
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console", 600)
    await till.deliver()
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert sorted(till.refunds()) == [("by_staff", "done", 700), ("made_at_the_provider", "done", 600)]
    check(till)


async def test_a_refund_that_was_not_tried_yet_is_made_beside_one_of_the_console(till: Till) -> None:
    _, attempt = await wanted(till)
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console", 700)
    await till.deliver()
    await till.payments.refund_all()
    assert sorted(till.refunds()) == [("by_staff", "done", 700), ("made_at_the_provider", "done", 700)]
    assert till.accounts()["refunds"] == 1_400


async def test_of_a_refund_that_was_made_as_well_as_the_consoles_both_are_booked(till: Till) -> None:
    order_id, attempt = await wanted(till)
    made = till.sandbox.refund

    async def make_and_say_nothing(refund_id: str, attempt_id: str, minor: int, ref: str = "", /) -> None:
        await made(refund_id, attempt_id, minor, ref)
        raise ProviderError("It did not answer in time.")

    till.sandbox.refund = make_and_say_nothing  # type: ignore[assignment]
    await till.payments.refund_all()
    assert await tell(till, await report_of(till, attempt, "console"), "c") == "refunded"
    assert till.refunds() == [("by_staff", "done", 700)]
    assert await tell(till, await report_of(till, attempt, WANTED), "w") == "refunded"
    assert sorted(till.refunds()) == [("by_staff", "done", 700), ("made_at_the_provider", "done", 700)]
    assert till.accounts()["refunds"] == 1_400
    assert till.state(order_id) == ("open", "part_refunded")
    for event, refund_id in enumerate(("console", WANTED)):
        assert await tell(till, await report_of(till, attempt, refund_id), f"again-{event}") == "nothing"
    check(till)


async def test_a_refund_of_the_console_that_two_nodes_hear_of_at_once_is_booked_once(till: Till) -> None:
    _, attempt = await wanted(till)
    fail(till)
    await till.payments.refund_all()
    report = await report_of(till, attempt, "console")
    results = await asyncio.gather(*(tell(till, report, f"event-{n}") for n in range(8)))
    assert sorted(results) == 7 * ["nothing"] + ["refunded"]
    assert till.refunds() == [("by_staff", "done", 700)]
    check(till)


async def test_a_sum_of_refunds_does_not_count_one_twice_that_was_made_and_not_heard_of(till: Till) -> None:
    _, attempt = await wanted(till, 300)
    made, known = till.sandbox.refund, till.sandbox.find_refund

    async def make_and_say_nothing(refund_id: str, attempt_id: str, minor: int, ref: str = "", /) -> None:
        await made(refund_id, attempt_id, minor, ref)
        raise ProviderError("It did not answer in time.")

    async def find_own(refund_id: str, ref: str = "", /) -> RefundReport | None:
        return await known(refund_id, ref) if refund_id == WANTED else None

    till.sandbox.refund = make_and_say_nothing  # type: ignore[assignment]
    till.sandbox.find_refund = find_own  # type: ignore[method-assign]
    await till.payments.refund_all()
    whole = msgspec.structs.replace(await report_of(till, attempt, "console", 1_000), is_sum=True)
    assert await tell(till, whole, "sum") == "refunded"
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert sorted(till.refunds()) == [("by_staff", "done", 300), ("made_at_the_provider", "done", 700)]
    assert till.accounts()["refunds"] == 1_000
    check(till)


async def test_a_sum_of_refunds_is_told_apart_where_the_provider_knows_the_one(till: Till) -> None:
    _, attempt = await paid(till)
    await till.sandbox.refund_by_hand(attempt.attempt_id, "console", 700)
    want(till, attempt, 300)
    await till.payments.refund_all()  # it is made after the console's, and heard of before
    whole = msgspec.structs.replace(await report_of(till, attempt, "console", 700), is_sum=True)
    assert await tell(till, whole, "sum") == "refunded"
    assert sorted(till.refunds()) == [("by_staff", "done", 300), ("made_at_the_provider", "done", 700)]


async def test_a_sum_that_cannot_be_told_apart_now_is_to_be_sent_again(till: Till) -> None:
    _, attempt = await paid(till)

    async def find_none(_refund_id: str, _ref: str = "", /) -> RefundReport | None:
        raise ProviderError("It does not answer.")

    till.sandbox.find_refund = find_none  # type: ignore[method-assign]
    whole = msgspec.structs.replace(await report_of(till, attempt, "console", 700), is_sum=True)
    assert await tell(till, whole, "sum") == "UnknownAttemptError"
    assert till.refunds() == []


async def test_a_refund_that_came_back_is_open_again_seen_in_the_books_and_made_in_the_console(
    till: Till,
) -> None:
    order_id, attempt = await wanted(till, 38_700)
    await till.payments.refund_all()
    assert till.state(order_id) == ("open", "refunded")
    made = await report_of(till, attempt, WANTED, 38_700)
    failed = msgspec.structs.replace(made, is_done=False, has_failed=True)

    async def given_up(_refund_id: str, _ref: str = "", /) -> RefundReport | None:
        raise ProviderError("It gave the refund up.")

    async def list_it(*_of_what: object) -> list[RefundReport]:
        return [failed]

    till.sandbox.find_refund = given_up  # type: ignore[method-assign]
    till.sandbox.refunds_of = list_it  # type: ignore[method-assign]
    assert await tell(till, failed, "failed") == "refund_came_back"
    assert await tell(till, failed, "failed-again") == "nothing"
    assert till.state(order_id) == ("open", "paid")
    assert till.refunds() == [("by_staff", "requested", 38_700)]
    assert till.accounts() == {"provider:sandbox": 38_700, "sales": -38_000, "shipping": -700}
    check(till)
    [seen] = (await till.books.reconcile(0, 10)).mismatches
    assert (seen.kind, seen.amount_minor) == (MismatchKind.REFUND_CAME_BACK, 38_700)

    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert till.state(order_id) == ("open", "paid")
    assert await tell(till, await report_of(till, attempt, "console", 38_700), "console") == "refunded"
    assert till.state(order_id) == ("open", "refunded")
    assert till.refunds() == [("by_staff", "done", 38_700)]
    assert (await till.books.reconcile(0, 10)).mismatches == []
    assert till.accounts() == {"sales": -38_000, "shipping": -700, "refunds": 38_700}
    kinds = till.rows(select(SHOP_JOURNAL.c.kind).order_by(SHOP_JOURNAL.c.journal_id))
    assert [row["kind"] for row in kinds] == ["payment", "refund", "refund_back", "refund_2"]
    check(till)


async def test_comparing_payments_takes_refunds_in_that_no_webhook_told(till: Till) -> None:
    order_id, attempt = await wanted(till)
    await till.payments.refund_all()
    failed = msgspec.structs.replace(await report_of(till, attempt, WANTED), is_done=False, has_failed=True)

    async def list_it(*_of_what: object) -> list[RefundReport]:
        return [failed, await report_of(till, attempt, "console", 300)]

    till.sandbox.refunds_of = list_it  # type: ignore[method-assign]
    found = await till.books.reconcile(0, 10)
    assert [one.kind for one in found.mismatches] == [MismatchKind.REFUND_CAME_BACK]
    assert sorted(till.refunds()) == [("by_staff", "requested", 700), ("made_at_the_provider", "done", 300)]
    assert till.state(order_id) == ("open", "part_refunded")
    check(till)


async def test_a_refund_of_the_console_that_came_back_is_not_made_by_the_shop(till: Till) -> None:
    order_id, attempt = await paid(till)
    report = await report_of(till, attempt, "console")
    await tell(till, report, "made")
    failed = msgspec.structs.replace(report, is_done=False, has_failed=True)
    assert await tell(till, failed, "failed") == "refund_came_back"
    asked = fail(till)
    till.now_ms += FIRST_PAUSE_MS
    await till.payments.refund_all()
    assert asked == []
    assert till.state(order_id) == ("open", "paid")
    assert till.refunds() == [("made_at_the_provider", "failed", 700)]
    check(till)


async def test_a_refund_that_failed_before_it_was_made_changes_nothing(till: Till) -> None:
    order_id, attempt = await wanted(till)
    fail(till)
    await till.payments.refund_all()
    report = await report_of(till, attempt, WANTED)
    failed = msgspec.structs.replace(report, is_done=False, has_failed=True)
    assert await tell(till, failed, "failed") == "nothing"
    assert till.state(order_id) == ("open", "paid")
    # Made in the console, the failure of the one before it is no news.
    await tell(till, await report_of(till, attempt, "console"), "console")
    assert await tell(till, failed, "failed-late") == "nothing"
    assert till.state(order_id) == ("open", "part_refunded")
    assert [row["state"] for row in till.rows(REFUNDS.select())] == ["done"]
