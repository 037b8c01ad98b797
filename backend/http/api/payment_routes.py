"""Attempts to pay, what providers send, and money that matches nothing."""

from collections.abc import Sequence
from typing import Any, Final

from backend.contract.base import AssistantRight
from backend.contract.payments import (
    Attempt,
    Attempts,
    NewAttempt,
    OneAttempt,
    OneProvider,
    PaymentMethods,
    ProviderOn,
    WebhookReceipt,
)
from backend.contract.problems import ProblemDetails
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, RawBody, Who
from backend.http.api.order_routes import OneOrder
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import no_order, refuse
from backend.http.request_limits import retry_after
from backend.shop.payments.attempts import PaymentRefusedError
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import ProviderError, WebhookError
from backend.shop.payments.settling import UnknownAttemptError
from backend.shop.sale_settings import SettingsStore
from backend.shop.shop import Shop

AGAIN_S: Final = 5


class PaymentRoutes:
    """The endpoints of payments.

    Args:
        settings: where a transfer goes is read from them.
        methods: what a buyer can choose from.
    """

    def __init__(
        self, shop: Shop, payments: Payments, settings: SettingsStore, *, methods: Sequence[ProviderOn]
    ) -> None:
        self._shop = shop
        self._payments = payments
        self._settings = settings
        self._methods = list(methods)

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_attempts(), *self._of_providers()]

    def _of_attempts(self) -> list[AnyEndpoint]:
        attempts = "/api/v1/orders/{order_id}/attempts"
        return [
            Endpoint(
                method="POST",
                path=attempts,
                summary="Begin to pay an order with a provider; the attempt has a cashier page.",
                who=Who.MEMBER,
                handle=self.open,
                answer=Attempt,
                parameters=OneOrder,
                body=NewAttempt,
                status=201,
                is_idempotent=True,
            ),
            Endpoint(
                method="GET",
                path=attempts,
                summary="List the attempts to pay an order, the newest first.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.list_of_order,
                answer=Attempts,
                parameters=OneOrder,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path="/api/v1/attempts/{attempt_id}",
                summary="Show an attempt; its provider is asked, at most every 3 s.",
                who=Who.MEMBER,
                staff_right=AssistantRight.ORDERS,
                handle=self.show,
                answer=Attempt,
                parameters=OneAttempt,
                body=Nothing,
            ),
        ]

    def _of_providers(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path="/api/v1/payment-methods",
                summary="List the providers that take online payments, and say where a transfer goes.",
                who=Who.ANYONE,
                handle=self.methods,
                answer=PaymentMethods,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path="/api/v1/webhooks/{provider}",
                summary="Take in what a payment provider sends; its signature is its key.",
                who=Who.ANYONE,
                handle=self.take_webhook,
                answer=WebhookReceipt,
                parameters=OneProvider,
                body=RawBody,
            ),
        ]

    async def open(self, call: Call[OneOrder, NewAttempt]) -> Attempt:
        """Open an attempt for one's own order."""
        order_id = call.parameters.order_id
        await self._check_order(call, order_id)
        request = request_of(call, f"attempts {order_id}")
        try:
            attempt = await self._payments.open(order_id, call.body.provider, request, call.body.device)
        except PaymentRefusedError as error:
            raise _refused(error) from error
        except ProviderError as error:
            text = "The payment provider does not answer just now. Try again in a moment."
            raise refusal(503, text, retry_after(AGAIN_S)) from error
        if isinstance(attempt, Attempt):
            return attempt
        raise refuse(attempt)

    async def list_of_order(self, call: Call[OneOrder, Nothing]) -> Attempts:
        """List the attempts of an order that one may see."""
        order_id = call.parameters.order_id
        await self._check_order(call, order_id)
        return Attempts(await self._payments.attempts_of(order_id))

    async def show(self, call: Call[OneAttempt, Nothing]) -> Attempt:
        """Show an attempt of an order that one may see."""
        attempt = await self._payments.attempt(call.parameters.attempt_id)
        order = await self._shop.order(person_of(call), attempt.order_id) if attempt else None
        if attempt is None or order is None:
            raise refusal(404, "There is no such attempt, or it is not yours.")
        return attempt

    async def methods(self, _call: Call[Nothing, Nothing]) -> PaymentMethods:
        """List what is on."""
        return PaymentMethods(self._methods, (await self._settings.read()).transfer_text)

    async def take_webhook(self, call: Call[OneProvider, RawBody]) -> WebhookReceipt:
        """Take a webhook in; what is answered with an error is sent again by the provider."""
        provider = call.parameters.provider
        try:
            result = await self._payments.take_webhook(provider, call.headers, call.body.content)
        except WebhookError as error:
            raise refusal(400, str(error)) from error
        except UnknownAttemptError as error:
            raise refusal(404, str(error)) from error
        return WebhookReceipt(result.value)

    async def _check_order(self, call: Call[OneOrder, Any], order_id: str) -> None:
        if await self._shop.order(person_of(call), order_id) is None:
            raise no_order()


def _refused(error: PaymentRefusedError) -> ApiError:
    return ApiError(
        ProblemDetails(type=error.reason, title="The order cannot be paid so", status=409, detail=str(error))
    )
