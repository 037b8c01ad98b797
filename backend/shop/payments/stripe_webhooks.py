"""Stripe's webhooks: the signature is checked by its SDK, age, mode and account here."""

import re
from typing import Any, Final

import msgspec
import stripe

from backend.contract.decoding import decode_json
from backend.shop.payments.provider import (
    PaymentReport,
    ProviderState,
    RefundReport,
    WebhookError,
    WebhookEvent,
)
from backend.shop.payments.stripe_keys import StripeKeys

HEADER: Final = "stripe-signature"
MAX_AGE_MS: Final = 5 * 60_000
GIVEN_UP: Final = frozenset({"failed", "canceled"})
_TIME: Final = re.compile(r"(?:^|,)t=(\d{1,12})(?:,|$)", re.ASCII)
_STATES: Final = {
    "requires_payment_method": ProviderState.PENDING,  # a declined card may be followed by another
    "requires_confirmation": ProviderState.PENDING,
    "requires_action": ProviderState.PENDING,
    "requires_capture": ProviderState.PROCESSING,
    "processing": ProviderState.PROCESSING,
    "succeeded": ProviderState.PAID,
    "canceled": ProviderState.CLOSED,
}


class Intent(msgspec.Struct, frozen=True):
    """What is read of a PaymentIntent."""

    id: str
    status: str
    amount: int
    currency: str
    amount_received: int | None = None
    metadata: dict[str, str] | None = None
    on_behalf_of: str | None = None
    transfer_data: dict[str, Any] | None = None
    client_secret: str | None = None


class StripeRefund(msgspec.Struct, frozen=True):
    """What is read of a refund."""

    id: str
    amount: int
    currency: str
    status: str | None = None
    payment_intent: str | None = None
    metadata: dict[str, str] | None = None


class _Data(msgspec.Struct, frozen=True):
    object: msgspec.Raw


class _Event(msgspec.Struct, frozen=True):
    id: str
    type: str
    created: int
    data: _Data
    livemode: bool = False
    account: str | None = None


class _Kind(msgspec.Struct, frozen=True):
    object: str


class Reading:
    """Reads what Stripe says as reports on payments of a shop.

    Args:
        merchant: what the shop's own account is called in reports.
    """

    def __init__(self, keys: StripeKeys, merchant: str) -> None:
        self._keys = keys
        self._merchant = merchant

    def event(self, signature: str, body: bytes, now_ms: int) -> WebhookEvent | None:
        """Read a webhook; see `Provider.verify`."""
        self._check(signature, body, now_ms)
        try:
            event = decode_json(body, _Event)
            if event.livemode != self._keys.is_live:
                raise WebhookError(
                    "The webhook is of Stripe's test mode, the shop's keys are not, or reverse."
                )
            report = self._report(event)
        except msgspec.DecodeError as error:
            raise WebhookError("The webhook is not what Stripe sends.") from error
        return WebhookEvent(event.id, event.created * 1000, report) if report else None

    def payment(self, intent: Intent, attempt_id: str, account: str | None = None) -> PaymentReport:
        """Return what a PaymentIntent says of an attempt; without an account it is the shop's own."""
        state = _STATES.get(intent.status, ProviderState.PROCESSING)
        elsewhere = intent.on_behalf_of or (intent.transfer_data or {}).get("destination")
        received = intent.amount_received
        return PaymentReport(
            attempt_id=attempt_id,
            state=state,
            merchant=self._named(account or elsewhere),
            ref=intent.id,
            amount_minor=intent.amount if received is None or state is not ProviderState.PAID else received,
            currency=intent.currency.upper(),
        )

    def refund(self, refund: StripeRefund, account: str | None = None) -> RefundReport:
        """Return what a refund says; one that was made in Stripe's dashboard has Stripe's own name."""
        metadata = refund.metadata or {}
        return RefundReport(
            attempt_id=metadata.get("attempt_id", ""),
            refund_id=metadata.get("refund_id", "") or refund.id,
            merchant=self._named(account),
            amount_minor=refund.amount,
            currency=refund.currency.upper(),
            is_done=refund.status == "succeeded",
            has_failed=refund.status in GIVEN_UP,
            payment_ref=refund.payment_intent or "",
        )

    def _check(self, signature: str, body: bytes, now_ms: int) -> None:
        if not self._keys.webhook_secret:
            raise WebhookError("The shop has no webhook secret of Stripe's: it asks by itself.")
        try:
            # The SDK's tolerance would take times of the future, and go by another clock.
            stripe.WebhookSignature.verify_header(body, signature, self._keys.webhook_secret)
        except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
            raise WebhookError(
                "The webhook was not signed with the shop's secret, or was changed."
            ) from error
        found = _TIME.search(signature)
        if found is None or abs(now_ms - int(found[1]) * 1000) > MAX_AGE_MS:
            raise WebhookError("The webhook is older than 5 minutes, or a clock is wrong.")

    def _report(self, event: _Event) -> PaymentReport | RefundReport | None:
        kind = msgspec.json.decode(event.data.object, type=_Kind).object
        if kind == "payment_intent":
            intent = msgspec.json.decode(event.data.object, type=Intent)
            attempt_id = (intent.metadata or {}).get("attempt_id", "")
            # The account may take money for other things than the shop's orders.
            return self.payment(intent, attempt_id, event.account) if attempt_id else None
        if kind == "refund":
            refund = self.refund(msgspec.json.decode(event.data.object, type=StripeRefund), event.account)
            return refund if refund.attempt_id or refund.payment_ref else None
        return None

    def _named(self, account: object) -> str:
        is_own = not account or account == self._keys.account
        return self._merchant if is_own else str(account)
