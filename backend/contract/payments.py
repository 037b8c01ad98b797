"""Attempts to pay an order."""

from enum import StrEnum
from typing import Annotated

import msgspec

from backend.contract.bounds import Id, UpTo

ProviderName = Annotated[str, UpTo(32)]


class AttemptState(StrEnum):
    """Where an attempt stands; a paid one stays paid, whatever is refunded later."""

    CREATED = "created"  # kept here, not yet with the provider
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"


class Device(StrEnum):
    """What the buyer pays at: a computer shows a code to scan, a phone opens the provider's app."""

    DESKTOP = "desktop"
    PHONE = "phone"


class NewAttempt(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/attempts` takes.

    Attributes:
        provider: one of `GET /api/v1/payment-methods`; empty for its first.
        device: where the cashier's page will be opened.
    """

    provider: ProviderName = ""
    device: Device = Device.DESKTOP


class ProviderOn(msgspec.Struct, frozen=True):
    """A provider that the shop takes payments with.

    Attributes:
        provider: what a new attempt calls it.
        is_test: whether it moves no real money.
    """

    provider: str
    is_test: bool


class PaymentMethods(msgspec.Struct, frozen=True):
    """What `GET /api/v1/payment-methods` gives: those that are on, the proposed one first.

    Attributes:
        transfer_text: where a bank transfer goes, as the shop wrote it; empty where it did not.
    """

    providers: list[ProviderOn]
    transfer_text: str = ""


class ProviderFinding(StrEnum):
    """What became of a question to a provider."""

    WORKS = "works"
    UNREACHABLE = "unreachable"  # nobody answered
    KEYS_REFUSED = "keys_refused"  # it does not know the shop's own keys, or not together
    NOT_GENUINE = "not_genuine"  # the answer is not signed with the key that the shop has of it
    NOT_ALLOWED = "not_allowed"  # it knows the shop, which may not do this
    FAILS = "fails"  # it answered, and not as it should


class ProviderStatus(msgspec.Struct, frozen=True):
    """A provider that there is.

    Attributes:
        is_on: whether buyers can pay with it.
        has_keys: whether the backend found keys of it.
        is_test: whether it moves no real money.
        webhook_url: where it sends its webhooks; empty for the sandbox.
        last_webhook_at_ms: when one came last; None where none ever came.
    """

    provider: str
    is_on: bool
    has_keys: bool
    is_test: bool
    webhook_url: str
    last_webhook_at_ms: int | None


class ProviderStatuses(msgspec.Struct, frozen=True):
    """What `GET /api/v1/payments/providers` gives: those that are on first.

    Attributes:
        keys_file: the file on the backend's machine in which keys may stand.
    """

    providers: list[ProviderStatus]
    keys_file: str


class ProviderCheck(msgspec.Struct, frozen=True):
    """What `POST /api/v1/payments/providers/<provider>/check` gives.

    Attributes:
        detail: the cause in the backend's words; empty where it works.
    """

    provider: str
    finding: ProviderFinding
    detail: str


class OneProvider(msgspec.Struct, frozen=True):
    """Which provider, by the address."""

    provider: ProviderName


class Attempt(msgspec.Struct, frozen=True):
    """One try to pay an order with one provider.

    Attributes:
        attempt_id: unguessable; whoever has it can see what is to pay, and pay it.
        amount_minor: what is to pay, in the currency's minor unit.
        pay_path: path of the cashier's page on the backend.
        expires_at_ms: until when the provider takes the money.
        device: what it is paid at.
    """

    attempt_id: str
    order_id: str
    provider: str
    amount_minor: int
    currency: str
    state: AttemptState
    pay_path: str
    expires_at_ms: int
    device: Device = Device.DESKTOP


class Attempts(msgspec.Struct, frozen=True):
    """What `GET /api/v1/orders/<order>/attempts` gives, the newest first."""

    attempts: list[Attempt]


class OneAttempt(msgspec.Struct, frozen=True):
    """Which attempt, by the address."""

    attempt_id: Id


class WebhookReceipt(msgspec.Struct, frozen=True):
    """What a webhook is answered with: what became of it, in a word."""

    result: str


class SuspenseOutcome(StrEnum):
    """What became of money that matched nothing."""

    RETURNED = "returned"  # to where it came from
    KEPT = "kept"  # as income that belongs to no order


class SuspenseItem(msgspec.Struct, frozen=True):
    """Money that came and matches nothing; staff must look at it.

    Attributes:
        ref: what the provider calls it.
        amount_minor: in the currency's minor unit.
        reason: what does not match.
        attempt_id: the attempt that the provider named; empty for none.
        outcome, settled_at_ms, settled_by: what became of it; None while nobody settled it.
        note: of who settled it.
        returned_minor: what the provider is known to have given back of it so far.
    """

    suspense_id: int
    provider: str
    ref: str
    amount_minor: int
    currency: str
    reason: str
    at_ms: int
    attempt_id: str = ""
    outcome: SuspenseOutcome | None = None
    note: str = ""
    settled_by: str | None = None
    settled_at_ms: int | None = None
    returned_minor: int = 0


class Suspense(msgspec.Struct, frozen=True):
    """What `GET /api/v1/suspense` gives, the newest first."""

    items: list[SuspenseItem]
