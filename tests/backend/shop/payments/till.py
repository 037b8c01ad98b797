"""A till for tests: a shop's payments with sandboxes, a clock that a test turns, and orders to pay."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count

import msgspec
from sqlalchemy import Connection, insert, select, update
from typing_extensions import override

from backend.contract.payments import Attempt
from backend.money.ledger import balances, unbalanced
from backend.shop.idempotency import Request
from backend.shop.outcomes import Paid
from backend.shop.payments.bookkeeping import Bookkeeping
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import PaymentReport, Provider, WebhookError
from backend.shop.payments.results import MadeElsewhere, OrderPayments, Result
from backend.shop.payments.sandbox import Notice, Sandbox
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.payments.settling import UnknownAttemptError
from backend.storage.database import Database, read_rows
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS, SUSPENSE
from backend.storage.writer import GroupWriter
from tests.backend.kinds import as_type

KEY = b"a key of the tests, long enough to sign with"
START_MS = 1_700_000_000_000
ONLINE_MS = 15 * 60_000
PAID = ("open", "paid")
UNPAID = ("open", "unpaid")


class OneUnit(OrderPayments):
    """Orders of the one unit that a shop has.

    Attributes:
        left: whether nobody has it.
    """

    def __init__(self) -> None:
        self.left = False

    @override
    def pay_order(
        self, connection: Connection, order_id: str, *, actor: str, reason: str, now_ms: int
    ) -> Paid:
        order = read_rows(connection, select(ORDERS).where(ORDERS.c.order_id == order_id))[0]
        if order["payment_state"] != "unpaid":
            return Paid.ALREADY
        if order["state"] == "cancelled":
            if not self.left:
                return Paid.GONE
            self.left = False
        _set(connection, order_id, state="open", payment_state="paid", paid_at_ms=now_ms, expires_at_ms=None)
        return Paid.DONE

    @override
    def refund_order(
        self,
        connection: Connection,
        order_id: str,
        *,
        refunded_minor: int,
        actor: str,
        reason: str,
        now_ms: int,
        elsewhere: MadeElsewhere | None = None,
    ) -> None:
        order = read_rows(connection, select(ORDERS).where(ORDERS.c.order_id == order_id))[0]
        is_all = refunded_minor >= int(str(order["total_minor"]))
        _set(connection, order_id, payment_state="refunded" if is_all else "part_refunded")

    @override
    def take_back_refund(
        self,
        connection: Connection,
        order_id: str,
        *,
        refunded_minor: int,
        actor: str,
        now_ms: int,
        elsewhere: MadeElsewhere | None = None,
    ) -> None:
        _set(connection, order_id, payment_state="part_refunded" if refunded_minor else "paid")

    def release(self, connection: Connection, order_id: str) -> None:
        """Cancel an order that was not paid in time."""
        _set(connection, order_id, state="cancelled", expires_at_ms=None)
        self.left = True


class Till:
    """See the module."""

    def __init__(self, database: Database, writer: GroupWriter) -> None:
        self.database = database
        self.writer = writer
        self.now_ms = START_MS
        self.orders = OneUnit()
        self.sandbox = Sandbox(database, KEY, clock_ms=self.clock_ms)
        self.other = Sandbox(database, KEY, clock_ms=self.clock_ms, name="other", merchant="other-shop")
        self.providers: dict[str, Provider] = {"sandbox": self.sandbox, "other": self.other}
        self.payments = Payments(
            database,
            writer,
            providers=self.providers,
            orders=self.orders,
            clock_ms=self.clock_ms,
        )
        self.books = Bookkeeping(
            database,
            writer,
            providers=self.providers,
            orders=self.orders,
            clock_ms=self.clock_ms,
        )
        self._numbers = count(1)
        self._keys = count(1)

    def clock_ms(self) -> int:
        return self.now_ms

    def place(self, total_minor: int = 38_700, method: str = "online") -> str:
        """Place an order and return its id."""
        number = next(self._numbers)
        order_id = f"order-{number}"
        texts = ("buyer_id", "room_id", "session_id", "address", "phone_key", "note", "quote_hash")
        sums = ("goods_minor", "discount_minor", "tax_minor")
        values: dict[str, object] = {
            **dict.fromkeys(texts, ""),
            **dict.fromkeys(sums, 0),
            "order_id": order_id,
            "number": str(number),
            "state": "open",
            "payment_state": "unpaid",
            "method": method,
            "currency": "CNY",
            "total_minor": total_minor,
            "shipping_minor": 700,
            "version": 1,
            "created_at_ms": self.now_ms,
            "expires_at_ms": self.now_ms + ONLINE_MS if method == "online" else None,
        }
        with self.database.shop_transaction() as connection:
            connection.execute(insert(ORDERS).values(values))
        return order_id

    async def open(self, order_id: str = "", provider: str = "sandbox", key: str = "") -> Attempt:
        """Open an attempt to pay an order, a new one where none is given."""
        request = Request("buyer", f"attempts {order_id}", key or f"key-{next(self._keys)}", provider)
        return as_type(Attempt, await self.payments.open(order_id or self.place(), provider, request))

    async def choose(
        self, attempt: Attempt, outcome: Outcome, *, sandbox: Sandbox | None = None
    ) -> list[str]:
        """Let an attempt come out so, and return what became of the webhooks."""
        await (sandbox or self.sandbox).act(attempt.attempt_id, outcome)
        return await self.deliver(sandbox)

    async def deliver(self, sandbox: Sandbox | None = None) -> list[str]:
        """Let a sandbox send what is due, and return what became of it."""
        one, results = sandbox or self.sandbox, list[str]()

        async def deliver(headers: Mapping[str, str], body: bytes) -> bool:
            results.append(await self.receive(headers, body, one.name))
            return results[-1] in list(Result)

        await one.deliver_due(deliver)
        return results

    async def receive(self, headers: Mapping[str, str], body: bytes, provider: str = "sandbox") -> str:
        """Take a webhook in as its route does."""
        try:
            return (await self.payments.take_webhook(provider, headers, body)).value
        except (WebhookError, UnknownAttemptError) as error:
            return type(error).__name__

    def release(self, order_id: str) -> None:
        """Cancel an order that was not paid in time; its unit is free again."""
        with self.database.shop_transaction() as connection:
            self.orders.release(connection, order_id)

    def state(self, order_id: str) -> tuple[str, str]:
        """The states of an order and of its payment."""
        (row,) = self.rows(ORDERS.select().where(ORDERS.c.order_id == order_id))
        return str(row["state"]), str(row["payment_state"])

    def attempt_state(self, attempt: Attempt) -> str:
        """The state of an attempt, without asking."""
        is_this = PAYMENT_ATTEMPTS.c.attempt_id == attempt.attempt_id
        return str(self.rows(PAYMENT_ATTEMPTS.select().where(is_this))[0]["state"])

    def refunds(self) -> list[tuple[str, str, int]]:
        """Reason, state and amount of each refund."""
        rows = self.rows(REFUNDS.select().order_by(REFUNDS.c.at_ms))
        return [(str(row["reason"]), str(row["state"]), int(str(row["amount_minor"]))) for row in rows]

    def suspense(self) -> list[int]:
        """The amounts that were put aside."""
        return [int(str(row["amount_minor"])) for row in self.rows(SUSPENSE.select())]

    def accounts(self) -> dict[str, int]:
        """What each account of the journal holds, where it is not nothing."""
        with self.database.reading() as connection:
            assert unbalanced(connection) == []
            found = balances(connection)
        return {one.account: one.amount_minor for one in found if one.amount_minor}

    def rows(self, query: object) -> list[dict[str, object]]:
        with self.database.reading() as connection:
            return read_rows(connection, query)  # type: ignore[arg-type]


def notice_of(report: PaymentReport, till: Till, event_id: str = "event") -> bytes:
    """What a sandbox sends of a payment."""
    return msgspec.json.encode(Notice(event_id, till.now_ms, payment=report))


@contextmanager
def open_till(database: Database) -> Iterator[Till]:
    """A till on a database."""
    writer = GroupWriter(database)
    try:
        yield Till(database, writer)
    finally:
        writer.close()


def _set(connection: Connection, order_id: str, **values: object) -> None:
    connection.execute(update(ORDERS).where(ORDERS.c.order_id == order_id).values(values))
