"""Opens attempts: kept first, then begun at the provider, so that what the provider sends finds them."""

from functools import partial
from typing import Final

from sqlalchemy import Connection

from backend.contract.payments import Attempt, AttemptState, Device
from backend.shop.idempotency import KeyReused, Request, once, whole
from backend.shop.payments.attempts import (
    KeptAttempt,
    PaymentRefusedError,
    become_pending,
    open_attempt,
    read_order,
)
from backend.shop.payments.checkout import request_of
from backend.shop.payments.intake import Intake
from backend.shop.payments.provider import NotTakenError, PaymentReport, Provider

CREATED: Final = 201


class Opening:
    """Opens the attempts of all orders."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def open(
        self, order_id: str, provider_name: str, request: Request, device: Device
    ) -> Attempt | KeyReused:
        """Open an attempt; see `Payments.open`."""
        provider_name = provider_name or next(iter(self._intake.providers), "")
        provider = self._intake.providers.get(provider_name)
        if provider is None:
            raise PaymentRefusedError("unknown_provider", "The shop does not take this way to pay.")
        keep = partial(
            _open_once,
            order_id=order_id,
            provider=provider_name,
            device=device,
            request=request,
            now_ms=self._intake.clock_ms(),
        )
        answer = await self._intake.write(keep)
        if isinstance(answer, KeyReused):
            return answer
        attempt = await self._intake.attempt(answer.attempt_id)
        if attempt is not None and attempt.state is AttemptState.CREATED:
            report = await self._create(provider, attempt)
            await self._intake.write(
                lambda connection: become_pending(connection, answer.attempt_id, report.ref)
            )
            attempt = await self._intake.attempt(answer.attempt_id)
        return attempt.shown() if attempt else answer

    async def _create(self, provider: Provider, attempt: KeptAttempt) -> PaymentReport:
        order = await self._intake.read(lambda connection: read_order(connection, attempt.order_id))
        try:
            return await provider.create(request_of(attempt.shown(), order.number if order else ""))
        except NotTakenError as error:
            raise PaymentRefusedError("not_taken", str(error)) from error


def _open_once(
    connection: Connection, *, order_id: str, provider: str, device: Device, request: Request, now_ms: int
) -> Attempt | KeyReused:
    def act() -> Attempt:
        return open_attempt(connection, order_id, provider, now_ms, device).shown()

    return once(connection, request, whole(Attempt), act, status=CREATED, at_ms=now_ms)
