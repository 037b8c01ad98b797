"""What the shop's people check its money by: what is put aside, what does not match, sums a day."""

from enum import StrEnum
from typing import Annotated

import msgspec

from backend.contract.bounds import Reason, UpTo
from backend.contract.payments import SuspenseItem, SuspenseOutcome


class SettleSuspense(msgspec.Struct, frozen=True):
    """What `POST /api/v1/suspense/<item>/settle` takes.

    Attributes:
        note: what was found out, for whoever looks at it later.
    """

    outcome: SuspenseOutcome
    note: Annotated[Reason, msgspec.Meta(min_length=1)]


class MismatchKind(StrEnum):
    """How a payment here and at its provider differ."""

    PAID_ONLY_HERE = "paid_only_here"
    PAID_ONLY_THERE = "paid_only_there"  # it is taken in with this: the order is paid, or the money goes back
    AMOUNT_DIFFERS = "amount_differs"
    NOT_IN_JOURNAL = "not_in_journal"
    REFUND_WAITS = "refund_waits"
    REFUND_CAME_BACK = "refund_came_back"  # its provider took back that it was done
    NOT_ASKED = "not_asked"  # the provider is off, or does not answer


class Mismatch(msgspec.Struct, frozen=True):
    """A payment that does not match.

    Attributes:
        here, there: the states; empty where there is none.
        amount_minor: of the attempt, or of the refund that waits.
        text: what it is, and what to do.
    """

    kind: MismatchKind
    attempt_id: str
    order_id: str
    provider: str
    here: str
    there: str
    amount_minor: int
    currency: str
    text: str


class Reconcile(msgspec.Struct, frozen=True):
    """What `POST /api/v1/reconciliations` takes.

    Attributes:
        since_ms: attempts since this moment are compared, in milliseconds since 1970, the newest of them.
    """

    since_ms: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 100


class Reconciliation(msgspec.Struct, frozen=True):
    """What `POST /api/v1/reconciliations` gives.

    Attributes:
        compared: attempts that were compared with their providers.
        is_all: whether those are all attempts since the moment that was asked for.
        mismatches: the newest attempt first.
        suspense: money that nobody settled yet.
    """

    compared: int
    is_all: bool
    mismatches: list[Mismatch]
    suspense: list[SuspenseItem]


class DaySum(msgspec.Struct, frozen=True):
    """What one way to pay brought on a day, from the journal.

    Attributes:
        day: such as 2026-12-01, where the shop is.
        way: a provider's name, or a method without one such as `transfer`.
        paid_minor: came for orders.
        aside_minor: came and matched nothing.
        refunded_minor: went back, of either; not below 0.
        net_minor: what is left of all.
        movements: how many there were.
    """

    day: str
    way: str
    currency: str
    paid_minor: int
    aside_minor: int
    refunded_minor: int
    net_minor: int
    movements: int


class Settlements(msgspec.Struct, frozen=True):
    """What `GET /api/v1/settlements` gives, the newest day first."""

    days: list[DaySum]


Day = Annotated[str, UpTo(10), msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
