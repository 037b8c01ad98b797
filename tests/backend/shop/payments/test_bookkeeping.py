"""Payments are compared with their providers, and what differs is listed with what to do."""

import pytest
from sqlalchemy import delete, insert, update

from backend.contract.bookkeeping import MismatchKind, Reconciliation
from backend.shop.payments.comparing import REFUND_MAY_WAIT_MS
from backend.shop.payments.provider import ProviderError
from backend.shop.payments.sandbox_store import LATE_BY_MS, Outcome
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SHOP_JOURNAL, SHOP_POSTINGS
from tests.backend.shop.payments.till import START_MS, Till


def kinds(found: Reconciliation) -> list[str]:
    return [one.kind for one in found.mismatches]


async def reconciled(till: Till, most: int = 100) -> Reconciliation:
    return await till.books.reconcile(START_MS, most)


async def test_payments_that_agree_with_their_providers_are_counted_and_not_listed(till: Till) -> None:
    await till.choose(await till.open(), Outcome.PAY)
    await till.choose(await till.open(provider="other"), Outcome.PAY, sandbox=till.other)
    await till.open()
    found = await reconciled(till)
    assert (found.compared, found.is_all, found.mismatches, found.suspense) == (3, True, [], [])


async def test_money_that_only_the_provider_knows_is_listed_and_taken_in(till: Till) -> None:
    order_id = till.place()
    await till.sandbox.act((await till.open(order_id)).attempt_id, Outcome.NO_WEBHOOK)
    assert kinds(await reconciled(till)) == [MismatchKind.PAID_ONLY_THERE]
    assert till.state(order_id) == ("open", "paid")
    assert kinds(await reconciled(till)) == []


async def test_late_money_for_an_order_that_is_gone_is_taken_in_and_goes_back(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.sandbox.act(attempt.attempt_id, Outcome.LATE)
    till.release(order_id)
    till.orders.left = False
    till.now_ms = attempt.expires_at_ms + LATE_BY_MS
    assert kinds(await reconciled(till)) == [MismatchKind.PAID_ONLY_THERE]
    await till.payments.refund_all()
    assert till.refunds() == [("paid_late", "done", 38_700)]
    assert till.accounts() == {}


async def test_a_wrong_amount_is_listed_with_the_money_that_was_put_aside(till: Till) -> None:
    await till.choose(await till.open(), Outcome.WRONG_AMOUNT)
    found = await reconciled(till)
    assert kinds(found) == [MismatchKind.AMOUNT_DIFFERS]
    assert [item.amount_minor for item in found.suspense] == [38_699]
    assert "38699 CNY" in found.mismatches[0].text


async def test_a_payment_that_only_the_shop_knows_is_listed(till: Till) -> None:
    attempt = await till.open()
    with till.database.transaction() as connection:
        is_this = PAYMENT_ATTEMPTS.c.attempt_id == attempt.attempt_id
        connection.execute(update(PAYMENT_ATTEMPTS).where(is_this).values(state="paid"))
    found = await reconciled(till)
    assert kinds(found) == [MismatchKind.PAID_ONLY_HERE, MismatchKind.NOT_IN_JOURNAL]
    assert (found.mismatches[0].here, found.mismatches[0].there) == ("paid", "pending")


async def test_a_payment_that_the_journal_lost_is_listed(till: Till) -> None:
    await till.choose(await till.open(), Outcome.PAY)
    with till.database.transaction() as connection:
        connection.execute(delete(SHOP_POSTINGS))
        connection.execute(delete(SHOP_JOURNAL))
    assert kinds(await reconciled(till)) == [MismatchKind.NOT_IN_JOURNAL]


async def test_a_provider_that_is_off_or_silent_is_listed_and_holds_up_no_other(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    await till.choose(await till.open(), Outcome.PAY)
    await till.open(provider="other")

    async def fail(_attempt_id: str, _ref: str = "", /) -> object:
        raise ProviderError("It does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(till.other, "ask", fail)
        found = await reconciled(till)
    assert (kinds(found), found.compared) == ([MismatchKind.NOT_ASKED], 1)
    del till.providers["other"]
    found = await reconciled(till)
    assert (kinds(found), found.compared) == ([MismatchKind.NOT_ASKED], 1)
    assert "switched off" in found.mismatches[0].text


async def test_a_refund_that_waits_for_long_is_listed(till: Till) -> None:
    attempt = await till.open()
    await till.choose(attempt, Outcome.PAY)
    row = {
        "refund_id": "r",
        "attempt_id": attempt.attempt_id,
        "order_id": attempt.order_id,
        "amount_minor": 5,
        "currency": "CNY",
        "state": "requested",
        "reason": "by_staff",
        "at_ms": till.now_ms,
    }
    with till.database.transaction() as connection:
        connection.execute(insert(REFUNDS).values(row))
    till.now_ms += REFUND_MAY_WAIT_MS
    assert kinds(await reconciled(till)) == []
    till.now_ms += 1
    found = await reconciled(till)
    assert [(one.kind, one.amount_minor) for one in found.mismatches] == [(MismatchKind.REFUND_WAITS, 5)]


async def test_only_the_newest_are_compared_where_there_are_more(till: Till) -> None:
    for _ in range(3):
        await till.open()
        till.now_ms += 1
    found = await reconciled(till, 2)
    assert (found.compared, found.is_all) == (2, False)
    assert (await till.books.reconcile(till.now_ms, 2)).compared == 0
