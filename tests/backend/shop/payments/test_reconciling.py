"""What a restored backup learns from the payment providers, before it sends anything."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Executable, insert, select, update
from typing_extensions import override

from backend.contract.payments import Attempt
from backend.keeping.backup import BackupOptions, take_backup
from backend.keeping.check import CheckOptions, findings
from backend.keeping.progress import Progress
from backend.keeping.restore import RestoreOptions, restore_backup
from backend.shop.idempotency import Request
from backend.shop.orders.results import Placed
from backend.shop.payments import reconciling, refunds
from backend.shop.payments.attempts import read_attempt
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import PaymentReport, ProviderError, RefundReport
from backend.shop.payments.reconciling import ASKED_FOR_MS, Reconciling
from backend.shop.payments.refunds import Cause
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.people import Person
from backend.shop.restored import restored_from_ms
from backend.shop.shop import Shop
from backend.storage.catalog_tables import SHOP_SETTINGS, STOCK
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SUSPENSE
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, lines_of, open_rooms, order_of, put_on_sale, quoted, request_of
from tests.backend.shop.payments.till import KEY
from tests.support.migrated import open_migrated


class FarProvider(Sandbox):
    """A provider on a machine of its own: what it knows survives the shop's disk.

    Attributes:
        is_down: whether it answers nothing.
        asked: the calls of the shop, by name.
    """

    is_down = False
    asked: list[str]

    def hear(self, call: str) -> None:
        self.asked.append(call)
        if self.is_down:
            raise ProviderError("the line is down")

    @override
    async def ask(self, attempt_id: str, _ref: str = "", /) -> PaymentReport:
        self.hear("ask")
        return await super().ask(attempt_id)

    @override
    async def reports_since(self, since_ms: int, /) -> list[PaymentReport | RefundReport]:
        self.hear("list")
        return await super().reports_since(since_ms)

    @override
    async def refund(
        self, refund_id: str, attempt_id: str, amount_minor: int, _ref: str = "", /
    ) -> RefundReport:
        self.hear("refund")
        return await super().refund(refund_id, attempt_id, amount_minor)


class Branch:
    """A shop on a folder, which takes money by a far provider."""

    def __init__(self, folder: Path, provider: FarProvider, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.provider = provider
        self.database = open_migrated(folder)
        self.shop = Shop(self.database, clock_ms=clock)
        providers, orders = {"sandbox": provider}, self.shop.paid_orders
        self.payments = Payments(
            self.database, self.shop.writer, providers=providers, orders=orders, clock_ms=clock
        )
        self.reconciling = Reconciling(
            self.database, self.shop.writer, providers=providers, orders=orders, clock_ms=clock
        )

    async def order(self, buyer: str) -> Attempt:
        """Place an order, and begin to pay it."""
        wanted = order_of(await quoted(self.shop, lines_of(tea=1)))
        placed = await self.shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        order_id = as_type(Placed, placed).order.order_id
        return as_type(Attempt, await self.payments.open(order_id, "sandbox", Request(buyer, "a", "k", "")))

    async def pay(self, attempt: Attempt) -> Attempt:
        """Let the buyer pay, and the shop hear of it."""
        await self.provider.act(attempt.attempt_id, Outcome.NO_WEBHOOK)
        self.clock.turn(60_000)
        return as_type(Attempt, await self.payments.attempt(attempt.attempt_id))

    async def ask_for_refund(self, attempt: Attempt, amount_minor: int, refund_id: str) -> None:
        """Let staff promise money; the provider is not asked yet."""

        def add(connection: Connection) -> None:
            kept = read_attempt(connection, attempt.attempt_id)
            assert kept is not None
            refunds.add(
                connection,
                kept,
                refund_id,
                amount_minor=amount_minor,
                cause=Cause.BY_STAFF,
                now_ms=self.clock(),
            )

        await self.shop.writer.run(add)

    def state(self, attempt: Attempt) -> str:
        (row,) = self.rows(select(ORDERS.c.payment_state).where(ORDERS.c.order_id == attempt.order_id))
        return str(row["payment_state"])

    def rows(self, query: Executable) -> list[dict[str, object]]:
        with self.database.reading() as connection:
            return read_rows(connection, query)

    def mark(self) -> int | None:
        with self.database.reading() as connection:
            return restored_from_ms(connection)

    def wrong(self) -> list[str]:
        found = findings(CheckOptions(data=self.folder), self.clock)
        return [f"{one.where}: {one.what}" for one in found]

    def back_up(self, file: Path) -> None:
        take_backup(BackupOptions(file=file, data=self.folder), Progress(), self.clock)

    async def end(self) -> None:
        await asyncio.to_thread(self.shop.close)
        self.database.close()


@pytest.fixture
async def provider(tmp_path: Path, clock: Clock) -> AsyncIterator[FarProvider]:
    """A provider with a disk of its own."""
    (tmp_path / "provider").mkdir()
    database = open_migrated(tmp_path / "provider")
    provider = FarProvider(database, KEY, clock_ms=clock)
    provider.asked = []
    yield provider
    database.close()


@pytest.fixture
async def branch(tmp_path: Path, provider: FarProvider, clock: Clock) -> AsyncIterator[Branch]:
    """A shop that sells tea."""
    (tmp_path / "shop").mkdir()
    branch = Branch(tmp_path / "shop", provider, clock)
    open_rooms(branch.database)
    put_on_sale(branch.database, "tea", price_minor=10_000, stock=10)
    yield branch
    await branch.end()


def reopened(file: Path, folder: Path, provider: FarProvider, clock: Clock) -> Branch:
    """The shop that a backup makes."""
    restore_backup(RestoreOptions(file=file, data=folder), Progress())
    provider.asked = []
    return Branch(folder, provider, clock)


async def test_restore_from_a_backup_taken_mid_sale(
    tmp_path: Path, branch: Branch, provider: FarProvider, clock: Clock
) -> None:
    waiting, paid = await branch.order("b1"), await branch.pay(await branch.order("b2"))
    promised, given_up = await branch.pay(await branch.order("b3")), await branch.order("b4")
    await branch.ask_for_refund(promised, 4_000, "promised-before")
    branch.back_up(tmp_path / "shop.zip")
    clock.turn(1_000)
    # What the disk that burns takes with it:
    await branch.pay(waiting)
    await branch.ask_for_refund(paid, 2_500, "after-the-backup")
    await branch.payments.refund_all()
    unknown = await branch.pay(await branch.order("b5"))
    await provider.close(given_up.attempt_id)

    again = reopened(tmp_path / "shop.zip", tmp_path / "again", provider, clock)
    assert again.state(waiting) == "unpaid"
    assert await again.reconciling.reconcile() == []
    assert set(provider.asked) == {"ask", "list"}
    assert [again.state(one) for one in (waiting, paid, promised, given_up)] == [
        "paid",
        "part_refunded",
        "part_refunded",
        "unpaid",
    ]
    (aside,) = again.rows(select(SUSPENSE.c.ref, SUSPENSE.c.amount_minor))
    assert aside == {"ref": f"sandbox-{unknown.attempt_id}", "amount_minor": 10_000}

    await again.payments.refund_all()
    assert "refund" not in provider.asked
    given = {one.refund_id: one.amount_minor for one in await refunds_of(provider)}
    assert given == {"promised-before": 4_000, "after-the-backup": 2_500}
    assert again.wrong() == []
    assert [row["on_hand"] for row in again.rows(select(STOCK.c.on_hand))] == [7]
    await again.end()


async def refunds_of(provider: FarProvider) -> list[RefundReport]:
    return [one for one in await provider.reports_since(0) if isinstance(one, RefundReport)]


async def test_nothing_is_sent_before_the_providers_have_answered(
    tmp_path: Path, branch: Branch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    provider, clock = branch.provider, branch.clock
    paid, _waiting = await branch.pay(await branch.order("b1")), await branch.order("b2")
    await branch.ask_for_refund(paid, 4_000, "r")
    branch.back_up(tmp_path / "shop.zip")
    monkeypatch.setattr(reconciling, "AGAIN_S", 0.01)
    again = reopened(tmp_path / "shop.zip", tmp_path / "again", provider, clock)
    provider.is_down = True

    async def work() -> None:
        await again.reconciling.run()
        await again.payments.run()

    with caplog.at_level(logging.ERROR, "livestall.payments"):
        async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
            working = tasks.create_task(work())
            while True:
                await asyncio.sleep(0.01)
                if len(provider.asked) >= 6:
                    break
            assert "refund" not in provider.asked
            assert any("restored backup" in one for one in again.wrong())
            provider.is_down = False
            while True:
                await asyncio.sleep(0.01)
                if await refunds_of(provider):
                    break
            working.cancel()
    assert "the line is down" in caplog.text
    assert again.mark() is None
    await again.end()


async def test_a_provider_that_is_switched_off_holds_up_only_what_could_still_be_paid(
    branch: Branch, clock: Clock
) -> None:
    attempt = await branch.order("b1")
    with branch.database.shop_transaction() as connection:
        connection.execute(update(PAYMENT_ATTEMPTS).values(provider="stripe"))
        connection.execute(insert(SHOP_SETTINGS).values(name="restored", value=str(clock())))
    assert ["stripe is not switched on" in one for one in await branch.reconciling.reconcile()] == [True]
    with branch.database.shop_transaction() as connection:
        until_ms = attempt.expires_at_ms + ASKED_FOR_MS
        is_mark = SHOP_SETTINGS.c.name == "restored"
        connection.execute(update(SHOP_SETTINGS).where(is_mark).values(value=str(until_ms)))
    assert await branch.reconciling.reconcile() == []
    assert branch.mark() is None


async def test_a_shop_that_was_not_restored_asks_nobody(branch: Branch, provider: FarProvider) -> None:
    await branch.order("b1")
    provider.asked = []
    await branch.reconciling.run()
    assert provider.asked == []
    assert branch.rows(select(REFUNDS)) == branch.rows(select(SUSPENSE)) == []
