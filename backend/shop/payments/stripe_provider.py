"""Stripe: PaymentIntents by its SDK; cards are typed into a form of Stripe's on the cashier's page."""

import contextlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec
import stripe

from backend.contract.payments import ProviderFinding
from backend.shop.payments.card_form import CARDS, CardForm
from backend.shop.payments.provider import (
    NotTakenError,
    PaymentReport,
    PaymentRequest,
    ProviderError,
    ProviderState,
    RefundReport,
    WebhookEvent,
)
from backend.shop.payments.stripe_amounts import check_amount
from backend.shop.payments.stripe_http import StripeHttp
from backend.shop.payments.stripe_keys import StripeKeys
from backend.shop.payments.stripe_webhooks import GIVEN_UP, HEADER, Intent, Reading, StripeRefund

MOST_LISTED: Final = 100
MOST_SECRETS: Final = 1_000
# What cannot be mended by asking again (docs.stripe.com/error-codes).
_NOT_TAKEN: Final = frozenset({"amount_too_small", "amount_too_large", "invalid_currency"})

_FAILS: Final = ProviderFinding.FAILS
_FINDINGS: Final[dict[type[stripe.StripeError], ProviderFinding]] = {
    stripe.APIConnectionError: ProviderFinding.UNREACHABLE,
    stripe.AuthenticationError: ProviderFinding.KEYS_REFUSED,
    stripe.PermissionError: ProviderFinding.NOT_ALLOWED,
}

Read = TypeVar("Read")
Item = TypeVar("Item", Intent, StripeRefund)


class Stripe:
    """A shop's account at Stripe.

    A PaymentIntent whose name the shop never heard can be paid by nobody: only the cashier shows its secret.
    """

    def __init__(self, keys: StripeKeys) -> None:
        self.name = CARDS
        self.merchant = keys.account or CARDS
        self._keys = keys
        self._reading = Reading(keys, self.merchant)
        self._http = StripeHttp()
        self._secrets = OrderedDict[str, str]()
        client = stripe.StripeClient(
            keys.secret_key,
            http_client=self._http,
            base_addresses={"api": keys.api},
            max_network_retries=1,
        )
        self._intents = client.v1.payment_intents
        self._refunds = client.v1.refunds

    @property
    def is_test(self) -> bool:
        """Whether no real money moves."""
        return not self._keys.is_live

    async def create(self, request: PaymentRequest) -> PaymentReport:
        """See `Provider.create`."""
        check_amount(request.amount_minor, request.currency)
        try:
            intent = await self._begin(request, {"idempotency_key": request.attempt_id})
        except _BrokenError:
            # Stripe keeps its failure under the key for a day. A second payment that it may have begun
            # hurts nobody: see the class.
            intent = await self._begin(request, {})
        return self._reading.payment(intent, request.attempt_id)

    async def ask(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """See `Provider.ask`."""
        if not ref:
            return PaymentReport(attempt_id, ProviderState.UNKNOWN, self.merchant, "", 0, "")
        return self._reading.payment(await self._intent(ref), attempt_id)

    async def close(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """See `Provider.close`."""
        if ref:
            with contextlib.suppress(NotTakenError):  # it is paid, on its way, or cancelled: asked next
                await self._answer(self._intents.cancel_async(ref), Intent)
        return await self.ask(attempt_id, ref)

    async def refund(self, refund_id: str, attempt_id: str, amount_minor: int, ref: str, /) -> RefundReport:
        """See `Provider.refund`."""
        try:
            refund = await self._answer(
                self._refunds.create_async(
                    {
                        "payment_intent": ref,
                        "amount": amount_minor,
                        "metadata": {"attempt_id": attempt_id, "refund_id": refund_id},
                    },
                    {"idempotency_key": refund_id},
                ),
                StripeRefund,
            )
        except NotTakenError as error:
            raise ProviderError(str(error)) from error
        return self._reading.refund(refund)

    async def find_refund(self, refund_id: str, ref: str, /) -> RefundReport | None:
        """See `Provider.find_refund`."""
        for refund in await self._refunds_of(ref):
            report = self._reading.refund(refund)
            if report.refund_id != refund_id:
                continue
            if refund.status in GIVEN_UP:
                # Its idempotency key would bring the same answer for a day.
                why = f"Stripe gave the refund {refund.id} up ({refund.status})."
                raise ProviderError(f"{why} Finish it in Stripe's dashboard.")
            return report
        return None

    async def refunds_of(self, _attempt_id: str, ref: str, _known_minor: int, /) -> list[RefundReport]:
        """See `RefundListing.refunds_of`."""
        return [self._reading.refund(refund) for refund in await self._refunds_of(ref)]

    async def reports_since(self, since_ms: int, /) -> list[PaymentReport | RefundReport]:
        """See `Listing.reports_since`; payments that are none of the shop's orders are passed over."""
        intents = await self._all_since(self._intents.list_async, since_ms, _Intents)
        reports: list[PaymentReport | RefundReport] = [
            self._reading.payment(intent, attempt_id)
            for intent in intents
            if (attempt_id := (intent.metadata or {}).get("attempt_id")) and intent.status == "succeeded"
        ]
        refunds = await self._all_since(self._refunds.list_async, since_ms, _Refunds)
        return reports + [self._reading.refund(refund) for refund in refunds if refund.payment_intent]

    async def check(self) -> None:
        """See `Provider.check`: asks for the newest payment."""
        await self._answer(self._intents.list_async({"limit": 1}), _Listed)

    def verify(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent | None:
        """See `Provider.verify`."""
        return self._reading.event(headers.get(HEADER, ""), body, now_ms)

    async def form(self, attempt_id: str, ref: str) -> CardForm:
        """Return what Stripe's form on the cashier's page is opened with; nobody else is to see it."""
        if not ref:
            raise ProviderError("The payment did not begin yet. Open it again.")
        secret = self._secrets.get(ref)
        if secret is None:
            secret = (await self._intent(ref)).client_secret or ""
            self._secrets[ref] = secret
            while len(self._secrets) > MOST_SECRETS:
                self._secrets.popitem(last=False)
        return CardForm(publishable_key=self._keys.publishable_key, client_secret=secret)

    async def end(self) -> None:
        """Close the connections."""
        await self._http.close_async()

    async def _begin(self, request: PaymentRequest, options: stripe.RequestOptions) -> Intent:
        asking = self._intents.create_async(
            {
                "amount": request.amount_minor,
                "currency": request.currency.lower(),
                "metadata": {"attempt_id": request.attempt_id},
            },
            options,
        )
        return await self._answer(asking, Intent)

    async def _refunds_of(self, ref: str) -> list[StripeRefund]:
        asking = self._refunds.list_async({"payment_intent": ref, "limit": MOST_LISTED})
        return (await self._answer(asking, _Refunds)).data

    async def _all_since(
        self, asking: Callable[[Any], Awaitable[Any]], since_ms: int, kind: "type[_Page[Item]]"
    ) -> list[Item]:
        found: list[Item] = []
        while True:
            after = {"starting_after": found[-1].id} if found else {}
            page = await self._answer(
                asking({"created": {"gte": since_ms // 1000}, "limit": MOST_LISTED, **after}), kind
            )
            found += page.data
            if not (page.has_more and page.data):
                return found

    async def _intent(self, ref: str) -> Intent:
        return await self._answer(self._intents.retrieve_async(ref), Intent)

    async def _answer(self, asking: Awaitable[Any], kind: type[Read]) -> Read:
        """Return what Stripe answered.

        Raises:
            NotTakenError: it never does what was asked.
            ProviderError: it may do it later.
        """
        try:
            answered = await asking
            return msgspec.json.decode(answered.last_response.body, type=kind)
        except stripe.InvalidRequestError as error:
            if error.code in _NOT_TAKEN | {"payment_intent_unexpected_state"}:
                raise NotTakenError(f"Stripe does not take this: {error.code}.") from error
            raise ProviderError(
                f"Stripe refuses: {error.code or error.param or error.http_status}"
            ) from error
        except stripe.APIError as error:
            raise _BrokenError(f"Stripe fails: {error.http_status}") from error
        except stripe.StripeError as error:
            # The SDK's own words may hold a part of the key.
            finding = next((one for kind, one in _FINDINGS.items() if isinstance(error, kind)), _FAILS)
            raise ProviderError(f"Stripe does not answer: {type(error).__name__}", finding) from error
        except msgspec.DecodeError as error:
            raise ProviderError("Stripe answers what it does not document.") from error


class _BrokenError(ProviderError):
    """Stripe itself failed."""


class _Listed(msgspec.Struct, frozen=True):
    """Of what is only asked for, nothing is read."""


class _Page(msgspec.Struct, Generic[Item], frozen=True):
    data: list[Item]
    has_more: bool = False


_Refunds = _Page[StripeRefund]
_Intents = _Page[Intent]
