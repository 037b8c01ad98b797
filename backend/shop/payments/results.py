"""What providers' reports do: the answer to who takes them in, and the orders' side of it."""

from enum import StrEnum
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from backend.shop.outcomes import Paid


class Result(StrEnum):
    """What a provider's report did."""

    PAID = "paid"
    PAID_TWICE = "paid_twice"
    PAID_LATE = "paid_late"
    FAILED = "failed"
    CLOSED = "closed"
    REFUNDED = "refunded"
    REFUND_CAME_BACK = "refund_came_back"
    SUSPENSE = "suspense"
    OF_ANOTHER = "of_another"  # money of another merchant: none of the shop's business
    REPLAYED = "replayed"
    NOTHING = "nothing"


class MadeElsewhere(msgspec.Struct, frozen=True):
    """A refund that nobody here asked for.

    Attributes:
        amount_minor: how much it is.
        promised_minor: what of the order went back or is asked for: with it as it is made, without it as it
            comes back.
    """

    refund_id: str
    amount_minor: int
    promised_minor: int


class OrderPayments(Protocol):
    """What money does to orders, in the transaction of who took it in."""

    def pay_order(
        self, connection: Connection, order_id: str, *, actor: str, reason: str, now_ms: int
    ) -> Paid:
        """Let an order be paid; of a cancelled one, take again what it held."""

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
        """Record what went back of an order in all; its order state stays."""

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
        """Record that a refund did not reach the buyer; so much went back in all without it."""
