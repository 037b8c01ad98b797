"""Payments of orders: one face over opening, asking, closing and refunding, and over what providers send."""

from collections.abc import Callable, Mapping

from backend.contract.payments import Attempt, Device
from backend.shop.idempotency import KeyReused, Request
from backend.shop.outcomes import Closing
from backend.shop.payments.asking import Asking
from backend.shop.payments.attempts import attempts_of
from backend.shop.payments.checkout import Checkout, read_checkout
from backend.shop.payments.closing import AttemptCloser
from backend.shop.payments.intake import Intake
from backend.shop.payments.opening import Opening
from backend.shop.payments.provider import Provider
from backend.shop.payments.refunding import Refunding
from backend.shop.payments.results import OrderPayments, Result
from backend.storage.database import Database
from backend.storage.writer import GroupWriter


class Payments:
    """The payments of a shop.

    Args:
        database: read without waiting.
        writer: all changes go through it.
        providers: by name.
        orders: learn what money came and went.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        providers: Mapping[str, Provider],
        orders: OrderPayments,
        clock_ms: Callable[[], int],
    ) -> None:
        self._intake = Intake(database, writer, providers=providers, orders=orders, clock_ms=clock_ms)
        self._opening = Opening(self._intake)
        self._asking = Asking(self._intake)
        self._closer = AttemptCloser(self._intake)
        self._refunding = Refunding(self._intake)

    async def open(
        self, order_id: str, provider_name: str, request: Request, device: Device = Device.DESKTOP
    ) -> Attempt | KeyReused:
        """Open an attempt to pay an order, or return the one that waits with this provider.

        Without a name the shop's first provider is taken. The same request opens no second one, whatever
        became of the first.

        Raises:
            PaymentRefusedError: the order cannot be paid so.
            ProviderError: the provider does not answer; the attempt stays, and may be opened again.
        """
        return await self._opening.open(order_id, provider_name, request, device)

    async def attempt(self, attempt_id: str) -> Attempt | None:
        """Return an attempt as it is now: its provider is asked, at most every 3 s; None for no attempt."""
        kept = await self._asking.look(attempt_id)
        return kept.shown() if kept else None

    async def checkout(self, attempt_id: str) -> Checkout | None:
        """Return what the cashier's page of an attempt shows; None for no attempt."""
        attempt = await self.attempt(attempt_id)
        if attempt is None:
            return None
        return await self._intake.read(lambda connection: read_checkout(connection, attempt))

    async def attempts_of(self, order_id: str) -> list[Attempt]:
        """Return the attempts of an order, the newest first."""
        kept = await self._intake.read(lambda connection: attempts_of(connection, order_id))
        return [attempt.shown() for attempt in kept]

    async def take_webhook(self, provider_name: str, headers: Mapping[str, str], body: bytes) -> Result:
        """Take in what a provider sent.

        Raises:
            WebhookError: it is refused.
            UnknownAttemptError: it is to be sent again.
        """
        return await self._intake.take_webhook(provider_name, headers, body)

    async def close_attempts(self, order_id: str) -> Closing:
        """Close what waits of an order at its providers, and say whether its stock may be released."""
        return await self._closer.close_all(order_id)

    async def run(self) -> None:
        """Give back what is to be given back, for as long as it runs."""
        await self._refunding.run()

    def wake(self) -> None:
        """Give back at once what is to be given back: a person has just asked for it."""
        self._intake.has_refunds.set()

    async def refund_all(self) -> None:
        """Ask providers for each refund that is due; those that fail are due again later."""
        await self._refunding.refund_all()
