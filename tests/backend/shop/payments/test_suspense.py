"""Money that was put aside is settled once, whoever notices what became of it; on both databases."""

import asyncio

import msgspec
import pytest

from backend.contract.bookkeeping import SettleSuspense
from backend.contract.payments import SuspenseItem, SuspenseOutcome
from backend.keeping.check_suspense import check_suspense
from backend.keeping.finding import Finding
from backend.shop.idempotency import KeyReused, Request
from backend.shop.payments.provider import PaymentReport, ProviderState, RefundReport
from backend.shop.payments.sandbox import Notice
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.payments.settling import UNKNOWN_FOR_MS
from backend.shop.payments.suspense import SettledAlready
from backend.shop.people import Person
from tests.backend.kinds import as_type
from tests.backend.shop.payments.till import Till

STAFF = Person("host", "main", is_staff=True)
RETURNED = SettleSuspense(SuspenseOutcome.RETURNED, "given back by hand")
KEPT = SettleSuspense(SuspenseOutcome.KEPT, "a tip")
CAME = 38_699


@pytest.fixture
async def aside(till: Till) -> SuspenseItem:
    """Money of a wrong amount."""
    await till.choose(await till.open(), Outcome.WRONG_AMOUNT)
    [item] = (await till.books.suspense(is_open=True)).items
    return item


async def settle(till: Till, item: SuspenseItem, wish: SettleSuspense, key: str = "k") -> object:
    return await till.books.settle(STAFF, item.suspense_id, wish, Request("host", "suspense", key, wish.note))


@pytest.mark.parametrize(
    ("wish", "accounts"),
    [(RETURNED, {}), (KEPT, {"provider:sandbox": CAME, "other_income": -CAME})],
    ids=["returned", "kept"],
)
async def test_what_became_of_money_stands_in_the_journal(
    till: Till, aside: SuspenseItem, wish: SettleSuspense, accounts: dict[str, int]
) -> None:
    assert till.accounts() == {"provider:sandbox": CAME, "suspense": -CAME}
    settled = as_type(SuspenseItem, await settle(till, aside, wish))
    assert (settled.outcome, settled.note, settled.settled_by) == (wish.outcome, wish.note, "host")
    assert settled.settled_at_ms == till.now_ms
    assert till.accounts() == accounts
    assert (await till.books.suspense(is_open=True)).items == []
    assert (await till.books.suspense(is_open=False)).items == [settled]
    assert (await till.books.suspense()).items == [settled]
    assert (await till.books.suspense(before=settled.suspense_id)).items == []


async def test_two_who_settle_at_once_settle_once(till: Till, aside: SuspenseItem) -> None:
    results = await asyncio.gather(*(settle(till, aside, KEPT, f"k{n}") for n in range(8)))
    assert sum(isinstance(one, SuspenseItem) for one in results) == 1
    assert sum(isinstance(one, SettledAlready) for one in results) == 7
    assert till.accounts() == {"provider:sandbox": CAME, "other_income": -CAME}


async def test_a_key_settles_once_and_for_one_thing(till: Till, aside: SuspenseItem) -> None:
    first = await settle(till, aside, KEPT)
    assert await settle(till, aside, KEPT) == first
    assert await settle(till, aside, RETURNED) == KeyReused("k")
    assert await till.books.settle(STAFF, 999, KEPT, Request("host", "suspense", "x", "")) is None


async def test_money_given_back_at_the_provider_settles_itself(till: Till, aside: SuspenseItem) -> None:
    await till.sandbox.refund_by_hand(aside.attempt_id, "console-1", CAME)
    assert await till.deliver() == ["refunded"]
    [settled] = (await till.books.suspense()).items
    assert (settled.outcome, settled.settled_by) == (SuspenseOutcome.RETURNED, "provider:sandbox")
    assert till.accounts() == {}
    assert till.refunds() == []
    assert isinstance(await settle(till, settled, RETURNED), SettledAlready)


async def test_money_that_staff_settled_as_returned_goes_back_once_in_the_journal(
    till: Till, aside: SuspenseItem
) -> None:
    await settle(till, aside, RETURNED)
    await till.sandbox.refund_by_hand(aside.attempt_id, "console-1", CAME)
    assert await till.deliver() == ["refunded"]
    assert till.accounts() == {}
    assert till.refunds() == []


async def give_back(till: Till, item: SuspenseItem, minor: int, name: str) -> list[str]:
    """Give money back in the provider's console, and let the shop hear of it."""
    await till.sandbox.refund_by_hand(item.attempt_id, name, minor)
    return await till.deliver()


async def test_money_given_back_by_parts_settles_with_the_last_of_them(
    till: Till, aside: SuspenseItem
) -> None:
    assert await give_back(till, aside, 8_699, "console-1") == ["refunded"]
    assert till.accounts() == {"provider:sandbox": 30_000, "suspense": -30_000}
    [item] = (await till.books.suspense(is_open=True)).items
    assert item.returned_minor == 8_699
    assert await give_back(till, aside, 30_000, "console-2") == ["refunded"]
    [settled] = (await till.books.suspense(is_open=False)).items
    assert (settled.outcome, settled.returned_minor) == (SuspenseOutcome.RETURNED, CAME)
    assert (till.accounts(), till.refunds()) == ({}, [])


@pytest.mark.parametrize(
    ("wish", "accounts"),
    [(RETURNED, {}), (KEPT, {"provider:sandbox": 30_000, "other_income": -30_000})],
    ids=["returned", "kept"],
)
async def test_of_money_given_back_in_part_staff_settle_the_rest(
    till: Till, aside: SuspenseItem, wish: SettleSuspense, accounts: dict[str, int]
) -> None:
    await give_back(till, aside, 8_699, "console-1")
    as_type(SuspenseItem, await settle(till, aside, wish))
    assert till.accounts() == accounts


async def test_money_that_staff_kept_and_that_went_back_after_all_is_no_income(
    till: Till, aside: SuspenseItem
) -> None:
    await settle(till, aside, KEPT)
    assert await give_back(till, aside, CAME, "console-1") == ["refunded"]
    [item] = (await till.books.suspense()).items
    assert item.outcome is SuspenseOutcome.RETURNED
    assert (till.accounts(), till.refunds()) == ({}, [])


async def test_a_return_that_is_told_again_is_booked_once(till: Till, aside: SuspenseItem) -> None:
    report = refund_of(till, aside, 8_699, "console-1", f"sandbox-{aside.attempt_id}")
    assert [await hear(till, report, event) for event in "abc"] == ["refunded", "nothing", "nothing"]
    assert till.accounts() == {"provider:sandbox": 30_000, "suspense": -30_000}


async def test_a_provider_that_tells_the_sum_of_its_refunds_is_not_counted_twice(
    till: Till, aside: SuspenseItem
) -> None:
    first = refund_of(till, aside, 8_699, "console-1", f"sandbox-{aside.attempt_id}", is_sum=True)
    both = msgspec.structs.replace(first, amount_minor=CAME, refund_id="console-2")
    assert await hear(till, first, "a") == "refunded"
    assert await hear(till, both, "b") == "refunded"
    assert await hear(till, first, "c") == "refunded"
    assert (till.accounts(), till.refunds()) == ({}, [])


async def test_more_than_was_put_aside_is_not_booked(till: Till, aside: SuspenseItem) -> None:
    report = refund_of(till, aside, CAME + 1, "console-1", f"sandbox-{aside.attempt_id}")
    assert await hear(till, report, "a") == "nothing"
    assert till.accounts() == {"provider:sandbox": CAME, "suspense": -CAME}


async def test_a_second_payment_given_back_leaves_the_order_that_the_first_paid(till: Till) -> None:
    order_id = till.place()
    attempt = await till.open(order_id)
    await till.choose(attempt, Outcome.PAY)
    second = msgspec.structs.replace(await till.sandbox.ask(attempt.attempt_id), ref="second")
    body = msgspec.json.encode(Notice("second", till.now_ms, payment=second))
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    [item] = (await till.books.suspense(is_open=True)).items
    assert await hear(till, refund_of(till, item, 38_700, "console-1", "second"), "a") == "refunded"
    assert till.state(order_id) == ("open", "paid")
    assert till.refunds() == []
    assert till.accounts() == {"provider:sandbox": 38_700, "sales": -38_000, "shipping": -700}
    unknown = refund_of(till, item, 38_700, "console-2", "a third payment")
    assert await hear(till, unknown, "b") == "nothing"
    assert till.state(order_id) == ("open", "paid")


async def test_money_for_an_attempt_that_nobody_knows_is_seen_to_go_back(till: Till) -> None:
    came = PaymentReport("0" * 32, ProviderState.PAID, till.sandbox.merchant, "x", 500, "CNY")
    body = msgspec.json.encode(Notice("event", till.now_ms, payment=came))
    till.now_ms += UNKNOWN_FOR_MS
    assert await till.receive(till.sandbox.signed(body), body) == "suspense"
    [item] = (await till.books.suspense(is_open=True)).items
    report = msgspec.structs.replace(refund_of(till, item, 500, "console-1", "x"), attempt_id="")
    assert await hear(till, report, "a") == "refunded"
    assert (till.accounts(), (await till.books.suspense(is_open=True)).items) == ({}, [])


async def test_money_that_goes_back_anyway_and_is_given_back_in_the_console_leaves_the_order_paid(
    till: Till,
) -> None:
    order_id = till.place()
    one, two = await till.open(order_id), await till.open(order_id, "other")
    await till.choose(one, Outcome.PAY)
    assert await till.choose(two, Outcome.PAY, sandbox=till.other) == ["paid_twice"]
    await till.other.refund_by_hand(two.attempt_id, "console-1", 700)
    assert await till.deliver(till.other) == ["refunded"]
    assert till.refunds() == [("paid_twice", "requested", 38_000), ("paid_twice", "done", 700)]
    await till.other.refund_by_hand(two.attempt_id, "console-2", 38_000)
    assert await till.deliver(till.other) == ["refunded"]
    await till.payments.refund_all()
    assert till.refunds() == [("paid_twice", "done", 700), ("paid_twice", "done", 38_000)]
    assert till.state(order_id) == ("open", "paid")
    assert till.accounts() == {"provider:sandbox": 38_700, "sales": -38_000, "shipping": -700}


def failed(report: RefundReport) -> RefundReport:
    """What the provider says of a refund that did not go after all."""
    return msgspec.structs.replace(report, is_done=False, has_failed=True)


async def test_money_whose_refund_came_back_is_open_again_and_given_back_again(
    till: Till, aside: SuspenseItem
) -> None:
    report = refund_of(till, aside, CAME, "console-1", f"sandbox-{aside.attempt_id}")
    assert await hear(till, report, "made") == "refunded"
    assert await hear(till, failed(report), "failed") == "refund_came_back"
    [item] = (await till.books.suspense(is_open=True)).items
    assert (item.outcome, item.settled_by, item.settled_at_ms, item.returned_minor) == (None, None, None, 0)
    assert "console-1" in item.note
    assert till.accounts() == {"provider:sandbox": CAME, "suspense": -CAME}
    assert check(till) == []
    assert await hear(till, failed(report), "failed again") == "nothing"
    assert await hear(till, report, "made after all") == "refunded"
    assert (till.accounts(), (await till.books.suspense(is_open=True)).items) == ({}, [])
    assert await hear(till, failed(report), "failed once more") == "refund_came_back"
    again = msgspec.structs.replace(report, refund_id="console-2")
    assert await hear(till, again, "by another name") == "refunded"
    assert (till.accounts(), (await till.books.suspense(is_open=True)).items) == ({}, [])
    assert check(till) == []


async def test_money_that_staff_settled_as_returned_and_that_did_not_go_is_settled_again(
    till: Till, aside: SuspenseItem
) -> None:
    await settle(till, aside, RETURNED)
    report = refund_of(till, aside, CAME, "console-1", f"sandbox-{aside.attempt_id}")
    assert await hear(till, report, "made") == "refunded"
    for event, answer in (("failed", "refund_came_back"), ("failed again", "nothing")):
        assert await hear(till, failed(report), event) == answer
        [item] = (await till.books.suspense(is_open=True)).items
        assert (item.outcome, item.returned_minor) == (None, 0)
        assert till.accounts() == {"provider:sandbox": CAME, "suspense": -CAME}
        assert check(till) == []
    as_type(SuspenseItem, await settle(till, aside, RETURNED, "k2"))
    assert till.accounts() == {}
    assert await hear(till, failed(report), "failed late") == "nothing"
    assert (till.accounts(), check(till)) == ({}, [])


async def test_of_parts_that_went_back_the_one_that_came_back_is_open(
    till: Till, aside: SuspenseItem
) -> None:
    ref = f"sandbox-{aside.attempt_id}"
    one, two = (
        refund_of(till, aside, 8_699, "console-1", ref),
        refund_of(till, aside, 30_000, "console-2", ref),
    )
    await hear(till, one, "a")
    await hear(till, two, "b")
    assert await hear(till, failed(one), "c") == "refund_came_back"
    [item] = (await till.books.suspense(is_open=True)).items
    assert item.returned_minor == 30_000
    assert till.accounts() == {"provider:sandbox": 8_699, "suspense": -8_699}
    as_type(SuspenseItem, await settle(till, item, KEPT))
    assert till.accounts() == {"provider:sandbox": 8_699, "other_income": -8_699}
    assert check(till) == []


async def test_kept_money_of_which_a_refund_came_back_is_looked_at_anew(
    till: Till, aside: SuspenseItem
) -> None:
    await settle(till, aside, KEPT)
    report = refund_of(till, aside, 8_699, "console-1", f"sandbox-{aside.attempt_id}")
    assert await hear(till, failed(report), "never made") == "nothing"
    assert await hear(till, report, "made") == "refunded"
    assert await hear(till, failed(report), "failed") == "refund_came_back"
    [item] = (await till.books.suspense(is_open=True)).items
    assert (item.outcome, item.returned_minor) == (None, 0)
    assert till.accounts() == {"provider:sandbox": CAME, "suspense": -CAME}
    as_type(SuspenseItem, await settle(till, item, KEPT, "k2"))
    assert till.accounts() == {"provider:sandbox": CAME, "other_income": -CAME}
    assert check(till) == []


def check(till: Till) -> list[Finding]:
    """What is wrong with the money put aside."""
    with till.database.reading() as connection:
        return list(check_suspense(connection))


def refund_of(
    till: Till, item: SuspenseItem, minor: int, name: str, payment_ref: str, *, is_sum: bool = False
) -> RefundReport:
    """What the sandbox says of a refund."""
    return RefundReport(
        attempt_id=item.attempt_id,
        refund_id=name,
        merchant=till.sandbox.merchant,
        amount_minor=minor,
        currency="CNY",
        is_done=True,
        payment_ref=payment_ref,
        is_sum=is_sum,
    )


async def hear(till: Till, report: RefundReport, event_id: str) -> str:
    """Take in a webhook of a refund."""
    body = msgspec.json.encode(Notice(event_id, till.now_ms, refund=report))
    return await till.receive(till.sandbox.signed(body), body)
