"""What payments ask of a payment provider, and what it tells them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol, runtime_checkable

import msgspec

from backend.contract.payments import Device, ProviderFinding


class ProviderState(StrEnum):
    """Where a payment stands with its provider."""

    UNKNOWN = "unknown"  # the provider has never heard of it; a scan may still begin it
    PENDING = "pending"
    PROCESSING = "processing"  # the money is on its way: nobody can say yet
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"  # no money will be taken any more


class PaymentRequest(msgspec.Struct, frozen=True):
    """What a provider is to collect.

    Attributes:
        attempt_id: the provider's reference of the order, at most 32 characters.
        expires_at_ms: later the provider takes nothing.
        device: what the buyer pays at.
        order_number: what the buyer reads at the provider.
    """

    attempt_id: str
    amount_minor: int
    currency: str
    expires_at_ms: int
    device: Device = Device.DESKTOP
    order_number: str = ""


class PaymentReport(msgspec.Struct, frozen=True):
    """What a provider says of a payment, asked or by a webhook.

    Attributes:
        merchant: whose account the money goes to.
        ref: the provider's own name of the payment; empty where there is none yet.
        amount_minor: what came, or is to come.
    """

    attempt_id: str
    state: ProviderState
    merchant: str
    ref: str
    amount_minor: int
    currency: str


class RefundReport(msgspec.Struct, frozen=True):
    """What a provider says of a refund.

    Attributes:
        refund_id: ours, or the provider's own where it was made in the provider's console.
        is_done: whether the money went back.
        has_failed: whether it will not, or came back after it had gone.
        payment_ref: the provider's name of the payment, where it does not say whose attempt it was.
        is_sum: whether the amount is what went back of the payment in all, this refund included.
    """

    attempt_id: str
    refund_id: str
    merchant: str
    amount_minor: int
    currency: str
    is_done: bool
    payment_ref: str = ""
    is_sum: bool = False
    has_failed: bool = False


class WebhookEvent(msgspec.Struct, frozen=True):
    """A webhook whose signature and age are good.

    Attributes:
        event_id: the same each time the provider sends the event.
        at_ms: when it happened.
    """

    event_id: str
    at_ms: int
    report: PaymentReport | RefundReport


class WebhookError(Exception):
    """A webhook that is refused: forged, altered, too old, or not what the provider sends."""


class ProviderError(Exception):
    """The provider cannot be reached or fails; the same may be asked again later."""

    def __init__(self, message: str, finding: ProviderFinding = ProviderFinding.FAILS) -> None:
        super().__init__(message)
        self.finding = finding


class NotTakenError(Exception):
    """The provider does not take such a payment, however often it is asked; the message is for people."""


class Provider(Protocol):
    """A payment provider. All that it is asked may be asked again: the ids are ours.

    `ref` is the provider's own name of a payment as `create` reported it; empty where that was never heard.

    Attributes:
        name: what attempts and webhooks call it.
        merchant: whose account money must go to.
        is_test: whether no real money moves.
    """

    @property
    def is_test(self) -> bool:
        """See above."""

    @property
    def name(self) -> str:
        """See above."""

    @property
    def merchant(self) -> str:
        """See above."""

    async def create(self, request: PaymentRequest) -> PaymentReport:
        """Begin to collect; of an attempt that is known already, say where it stands.

        Raises:
            NotTakenError: it takes no such amount or currency.
        """

    async def ask(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """Say where a payment stands."""

    async def close(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """Take no money any more, where none came yet; say where the payment stands then."""

    async def refund(self, refund_id: str, attempt_id: str, amount_minor: int, ref: str, /) -> RefundReport:
        """Give money back; once, however often the same refund is asked for."""

    async def find_refund(self, refund_id: str, ref: str, /) -> RefundReport | None:
        """Say where a refund of a payment stands; None where it was never asked for."""

    async def check(self) -> None:
        """Ask it something harmless; `ProviderError` says why it does not work."""

    def verify(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent | None:
        """Read a webhook, its headers with lower-case names, or raise `WebhookError`.

        None where it is genuine, and no word on a payment of the shop's.
        """


@runtime_checkable
class RefundListing(Protocol):
    """A provider that can say what went back of a payment, by whomever."""

    async def refunds_of(self, attempt_id: str, ref: str, known_minor: int, /) -> Sequence[RefundReport]:
        """Return what it knows of refunds of a payment, of which the shop knows so much.

        Raises:
            ProviderError: more went back than the shop knows of, and the provider does not say what.
        """


@runtime_checkable
class Listing(Protocol):
    """A provider that can list what happened, known to the shop or not."""

    async def reports_since(self, since_ms: int, /) -> Sequence[PaymentReport | RefundReport]:
        """Return payments that came in, and refunds, of what began since then."""
