"""Money that was put aside is settled once, whoever notices what became of it; on both databases."""

import asyncio

import pytest

from backend.contract.bookkeeping import SettleSuspense
from backend.contract.payments import SuspenseItem, SuspenseOutcome
from backend.shop.idempotency import KeyReused, Request
from backend.shop.payments.sandbox_store import Outcome
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
