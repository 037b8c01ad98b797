"""The sandbox: a payment provider that moves no money; people choose the outcome on its cashier page."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final, TypeVar

import msgspec
from sqlalchemy import Connection

from backend.contract.decoding import decode_json
from backend.shop.payments import sandbox_store as store
from backend.shop.payments.provider import (
    PaymentReport,
    PaymentRequest,
    ProviderError,
    ProviderState,
    RefundReport,
    WebhookError,
    WebhookEvent,
)
from backend.shop.payments.sandbox_store import Outcome, SandboxPayment
from backend.shop.payments.signature import HEADER, check, sign
from backend.storage.database import Database, StorageError

log = logging.getLogger("livestall.payments")

NAME: Final = "sandbox"
MERCHANT: Final = "livestall-sandbox"
LOOK_EVERY_S: Final = 1.0
MAX_WEBHOOK_BYTES: Final = 4096

Deliver = Callable[[Mapping[str, str], bytes], Awaitable[bool]]
"""Takes headers and body of a webhook; False where it is to be sent again."""

Answer = TypeVar("Answer")


class Notice(msgspec.Struct, frozen=True):
    """The body of the sandbox's webhooks: one of the two reports."""

    event_id: str
    at_ms: int
    payment: PaymentReport | None = None
    refund: RefundReport | None = None


class Sandbox:
    """Plays a provider; what it knows it keeps in tables of its own, in transactions of its own.

    Args:
        key: signs its webhooks.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        key: bytes,
        *,
        clock_ms: Callable[[], int],
        name: str = NAME,
        merchant: str = MERCHANT,
    ) -> None:
        self._database = database
        self._key = key
        self._clock_ms = clock_ms
        self.name = name
        self.merchant = merchant
        self._has_notices = asyncio.Event()

    @property
    def is_test(self) -> bool:
        """Whether no real money moves: none ever does."""
        return True

    async def create(self, request: PaymentRequest) -> PaymentReport:
        """See `Provider.create`."""
        return self._report(await self._do(lambda connection: store.create(connection, self.name, request)))

    async def ask(self, attempt_id: str, _ref: str = "", /) -> PaymentReport:
        """See `Provider.ask`."""
        found = await self.find(attempt_id)
        if found is None:
            return PaymentReport(attempt_id, ProviderState.UNKNOWN, self.merchant, "", 0, "")
        return self._report(found)

    async def close(self, attempt_id: str, _ref: str = "", /) -> PaymentReport:
        """See `Provider.close`."""
        await self._do(lambda connection: store.close(connection, attempt_id))
        return await self.ask(attempt_id)

    async def refund(
        self, refund_id: str, attempt_id: str, amount_minor: int, _ref: str = "", /
    ) -> RefundReport:
        """See `Provider.refund`."""
        now_ms = self._clock_ms()
        is_done = await self._do(
            lambda connection: store.refund(connection, refund_id, attempt_id, amount_minor, now_ms)
        )
        report = await self.find_refund(refund_id)
        if not is_done or report is None:
            raise ProviderError("The sandbox has not so much money of this payment.")
        return report

    async def find_refund(self, refund_id: str, _ref: str = "", /) -> RefundReport | None:
        """See `Provider.find_refund`."""
        found = await self._database.read(lambda connection: store.find_refund(connection, refund_id))
        return self._refund_report(found) if found else None

    async def refunds_of(self, attempt_id: str, _ref: str, _known_minor: int, /) -> list[RefundReport]:
        """See `RefundListing.refunds_of`."""
        found = await self._database.read(lambda connection: store.refunds_of(connection, attempt_id))
        return [self._refund_report(one) for one in found]

    async def check(self) -> None:
        """See `Provider.check`: there is nothing that could be wrong."""

    def verify(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent:
        """See `Provider.verify`."""
        if len(body) > MAX_WEBHOOK_BYTES:
            raise WebhookError("The webhook is longer than the sandbox sends.")
        check(self._key, headers.get(HEADER, ""), body, now_ms)
        try:
            notice = decode_json(body, Notice)
        except msgspec.DecodeError as error:
            raise WebhookError("The webhook is not what the sandbox sends.") from error
        report = notice.payment or notice.refund
        if report is None:
            raise WebhookError("The webhook says nothing.")
        return WebhookEvent(notice.event_id, notice.at_ms, report)

    async def reports_since(self, since_ms: int, /) -> list[PaymentReport | RefundReport]:
        """See `Listing.reports_since`."""
        payments = await self._database.read(
            lambda connection: store.paid_since(connection, self.name, since_ms)
        )
        refunds = await self._database.read(
            lambda connection: store.refunds_since(connection, self.name, since_ms)
        )
        return [*map(self._report, payments), *map(self._refund_report, refunds)]

    async def find(self, attempt_id: str) -> SandboxPayment | None:
        """Return a payment for its cashier page; None where there is none."""
        now_ms = self._clock_ms()

        def read(connection: Connection) -> SandboxPayment | None:
            paid_late = store.pay_if_late_money_is_due(connection, attempt_id, now_ms)
            if paid_late is not None:
                self._notify(connection, paid_late, now_ms)
            return store.find(connection, attempt_id, now_ms)

        return await self._do(read)

    async def act(self, attempt_id: str, outcome: Outcome) -> SandboxPayment | None:
        """Let a payment come out as the buyer chose; one that is over stays as it is. None for no payment."""
        now_ms = self._clock_ms()

        def act(connection: Connection) -> SandboxPayment | None:
            changed = store.choose(connection, attempt_id, outcome, now_ms)
            if changed is not None:
                self._send_webhooks(connection, changed, outcome, now_ms)
            return store.find(connection, attempt_id, now_ms)

        found = await self._do(act)
        self._has_notices.set()
        return found

    async def refund_by_hand(self, attempt_id: str, refund_id: str, amount_minor: int) -> None:
        """Give money back as in a provider's console: the shop hears of it by a webhook."""
        report = await self.refund(refund_id, attempt_id, amount_minor)
        notice = Notice(f"refund-{refund_id}", self._clock_ms(), refund=report)
        await self._do(lambda connection: self._write(connection, notice, self._clock_ms()))
        self._has_notices.set()

    def signed(self, body: bytes) -> dict[str, str]:
        """Return the headers of a webhook that is sent now."""
        return {HEADER: sign(self._key, body, self._clock_ms())}

    async def run(self, deliver: Deliver) -> None:
        """Send webhooks as they are due, for as long as it runs."""
        while True:
            self._has_notices.clear()
            try:
                await self.deliver_due(deliver)
            except StorageError as error:
                log.warning("the sandbox's webhooks wait: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("the sandbox's webhooks wait")
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._has_notices.wait()
            except TimeoutError:
                pass  # late money, and webhooks that are sent again, come due by themselves

    async def deliver_due(self, deliver: Deliver) -> None:
        """Send what is due now, in its order; what is not taken is due again later."""
        now_ms = self._clock_ms()
        for attempt_id in await self._database.read(
            lambda connection: store.late_money(connection, self.name, now_ms)
        ):
            await self.find(attempt_id)
        for notice in await self._database.read(lambda connection: store.due(connection, self.name, now_ms)):
            body = notice.body.encode()
            is_taken = await deliver(self.signed(body), body)
            record = store.record_delivery if is_taken else store.try_again_later
            await self._do(partial(record, notice=notice, now_ms=now_ms))

    def _send_webhooks(
        self, connection: Connection, payment: SandboxPayment, outcome: Outcome, now_ms: int
    ) -> None:
        if outcome in {Outcome.NO_WEBHOOK, Outcome.LATE}:
            return  # late money has its webhook when it comes
        self._notify(connection, payment, now_ms)
        if outcome is Outcome.DUPLICATE:
            self._notify(connection, payment, now_ms)
        if outcome is Outcome.OUT_OF_ORDER:
            failed = msgspec.structs.replace(self._report(payment), state=ProviderState.FAILED)
            earlier = Notice(f"{payment.ref}-failed-earlier", now_ms - 1000, payment=failed)
            self._write(connection, earlier, now_ms)

    def _notify(self, connection: Connection, payment: SandboxPayment, now_ms: int) -> None:
        event_id = f"{payment.ref}-{payment.state}"
        self._write(connection, Notice(event_id, now_ms, payment=self._report(payment)), now_ms)

    def _write(self, connection: Connection, notice: Notice, now_ms: int) -> None:
        store.add_notice(connection, self.name, msgspec.json.encode(notice).decode(), now_ms)

    def _report(self, payment: SandboxPayment) -> PaymentReport:
        return PaymentReport(
            attempt_id=payment.attempt_id,
            state=ProviderState(payment.state),
            merchant=self.merchant,
            ref=payment.ref,
            amount_minor=payment.received_minor if payment.state == "paid" else payment.amount_minor,
            currency=payment.currency,
        )

    def _refund_report(self, refund: store.SandboxRefund) -> RefundReport:
        return RefundReport(
            attempt_id=refund.attempt_id,
            refund_id=refund.refund_id,
            merchant=self.merchant,
            amount_minor=refund.amount_minor,
            currency=refund.currency,
            is_done=True,
            payment_ref=f"{self.name}-{refund.attempt_id}",
        )

    async def _do(self, change: Callable[[Connection], Answer]) -> Answer:
        def do() -> Answer:
            with self._database.shop_transaction() as connection:
                return change(connection)

        return await asyncio.to_thread(do)
