"""What staff give back of an order without its buyer having asked."""

from typing import Annotated

import msgspec

from backend.contract.bounds import MAX_INTEGER, Reason, UpTo
from backend.contract.orders import MOST_LINES, ParcelLine

Shipping = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]


class RefundOrder(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/refunds` takes.

    Attributes:
        lines: the units that are paid back; None for all that are left. Those that were not sent yet are not
            sent any more.
        shipping_minor: what goes back of the shipping; None for all of it where nothing was ever sent and no
            unit is left, else nothing.
    """

    reason: Annotated[Reason, msgspec.Meta(min_length=1)]
    lines: Annotated[list[ParcelLine], UpTo(0, items=MOST_LINES)] | None = None
    shipping_minor: Shipping | None = None


class CancelAndRefund(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/cancel-and-refund` takes."""

    reason: Annotated[Reason, msgspec.Meta(min_length=1)]
