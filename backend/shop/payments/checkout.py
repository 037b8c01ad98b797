"""What a cashier's page shows of an attempt, read in one transaction."""

import msgspec
from sqlalchemy import Connection

from backend.contract.payments import Attempt
from backend.shop.payments.attempts import read_attempt, read_order
from backend.shop.payments.provider import PaymentRequest, ProviderState
from backend.shop.payments.refunds import goes_back
from backend.shop.payments.suspense import is_aside


class Checkout(msgspec.Struct, frozen=True):
    """What a cashier's page shows: nothing of the buyer.

    Attributes:
        ref: what the provider calls the payment; empty where that was never heard.
        goes_back: whether the order was not paid by this money, which goes back.
        is_aside: whether money came that does not match, and was put aside.
        is_processing: whether the provider said last that the money is on its way.
    """

    attempt: Attempt
    ref: str
    order_number: str
    room_id: str
    goes_back: bool
    is_aside: bool
    is_processing: bool

    def request(self) -> PaymentRequest:
        """Return what the provider is asked to collect."""
        return request_of(self.attempt, self.order_number)


def read_checkout(connection: Connection, attempt: Attempt) -> Checkout | None:
    """Return what the page of an attempt shows; None where its order is gone."""
    order = read_order(connection, attempt.order_id)
    if order is None:
        return None
    kept = read_attempt(connection, attempt.attempt_id)
    return Checkout(
        attempt=attempt,
        ref=(kept.provider_ref if kept else None) or "",
        order_number=order.number,
        room_id=order.room_id,
        goes_back=goes_back(connection, attempt.attempt_id),
        is_aside=is_aside(connection, attempt.provider, attempt.attempt_id),
        is_processing=kept is not None and kept.provider_state == ProviderState.PROCESSING,
    )


def request_of(attempt: Attempt, order_number: str) -> PaymentRequest:
    """Return what the provider of an attempt is asked to collect."""
    return PaymentRequest(
        attempt_id=attempt.attempt_id,
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        expires_at_ms=attempt.expires_at_ms,
        device=attempt.device,
        order_number=order_number,
    )
