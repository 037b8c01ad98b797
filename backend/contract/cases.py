"""Cases: what buyers ask for after the sale, and what became of it. Money is in the minor unit."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, Reason, UpTo
from backend.contract.orders import MOST_LINES, Code, ParcelLine

MOST_CASE_PICTURES: Final = 6
MOST_ORDER_PICTURES: Final = 5 * MOST_CASE_PICTURES
"""Of all cases of an order: they may be withdrawn and opened as often as the buyer likes."""
MAX_CASE_PICTURE_BYTES: Final = 8 * 1024 * 1024
CASE_PICTURE_TYPES: Final = ("image/jpeg", "image/png", "image/webp")


class CaseKind(StrEnum):
    """What a buyer asks for."""

    REFUND_ONLY = "refund_only"
    RETURN = "return"  # the goods come back, the money goes back
    EXCHANGE = "exchange"  # the goods come back, the same are sent once more


class CaseState(StrEnum):
    """Where a case stands; the last four are its ends."""

    REQUESTED = "requested"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    RECEIVED = "received"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RefundState(StrEnum):
    """Where the money of a case is."""

    NONE = "none"  # none goes back, or not yet
    REQUESTED = "requested"  # its provider is asked
    DONE = "done"
    CAME_BACK = "came_back"  # the provider said that it was done, and took that back


class CaseLine(msgspec.Struct, frozen=True):
    """How many units of an order's line a case is about.

    Attributes:
        restocked: units of it that are for sale again.
    """

    line: int
    quantity: int
    restocked: int


class CaseChange(msgspec.Struct, frozen=True):
    """One step in a case's history.

    Attributes:
        version: the case's after it.
        from_state: empty where the case was opened; the same as `to_state` where it escalated.
        actor: a user id, or `timer`.
        reason: as people gave it, or an `OwnReason`.
    """

    version: int
    from_state: str
    to_state: CaseState
    actor: str
    reason: str
    at_ms: int


class Case(msgspec.Struct, frozen=True):
    """A case as its buyer and the shop's people see it.

    Attributes:
        reason: the buyer's words, staff's, or an `OwnReason` of the shop.
        goods_minor: what its units are worth; frozen with the refund, an estimate before.
        shipping_minor: what goes back of the order's shipping.
        carrier, tracking: how the goods come back; empty before.
        is_escalated: whether nobody answered in time.
        due_at_ms: until when its next step is to be taken; None where none is, or the time was over.
        version: grows with each change.
        closed_at_ms: None while it is open.
        pictures: names of those that its buyer attached, the first one first.
        return_to: where the goods of an accepted return go; empty where none is awaited, or none was set.
    """

    case_id: str
    order_id: str
    order_number: str
    buyer_id: str
    room_id: str
    kind: CaseKind
    state: CaseState
    reason: str
    currency: str
    goods_minor: int
    shipping_minor: int
    carrier: str
    tracking: str
    is_escalated: bool
    due_at_ms: int | None
    refund_state: RefundState
    version: int
    created_at_ms: int
    closed_at_ms: int | None
    lines: list[CaseLine]
    changes: list[CaseChange]
    pictures: list[str] = msgspec.field(default_factory=list)
    return_to: str = ""


class CasesPage(msgspec.Struct, frozen=True):
    """What `GET /api/v1/cases` gives, the newest first.

    Attributes:
        next: the cursor of the next page; None on the last.
    """

    cases: list[Case]
    next: str | None


_Units = Annotated[list[ParcelLine], UpTo(0, items=MOST_LINES)]


class OpenCase(msgspec.Struct, frozen=True):
    """What `POST /api/v1/orders/<order>/cases` takes; lines of the same number count as one."""

    kind: CaseKind
    lines: Annotated[_Units, msgspec.Meta(min_length=1)]
    reason: Annotated[Reason, msgspec.Meta(min_length=1)]


class AnswerCase(msgspec.Struct, frozen=True):
    """What `POST /api/v1/cases/<case>/approve` and `…/withdraw` take."""

    reason: Reason = ""


class DeclineCase(msgspec.Struct, frozen=True):
    """What `POST /api/v1/cases/<case>/decline` takes: the buyer is owed a reason."""

    reason: Annotated[Reason, msgspec.Meta(min_length=1)]


class SendBack(msgspec.Struct, frozen=True):
    """What `POST /api/v1/cases/<case>/send-back` and `…/replace` take."""

    carrier: Code
    tracking: Annotated[Code, msgspec.Meta(min_length=1)]


class ReceiveCase(msgspec.Struct, frozen=True):
    """What `POST /api/v1/cases/<case>/receive` takes.

    Attributes:
        restock: the units that are good to be sold again; what is not named stays out of the stock.
    """

    restock: _Units = msgspec.field(default_factory=list)
    reason: Reason = ""


class RefundCase(msgspec.Struct, frozen=True):
    """What `POST /api/v1/cases/<case>/refund` takes.

    Attributes:
        shipping_minor: what goes back of the shipping; None for all of it where no unit is left, and nothing
            was ever sent or the shop follows the EU's rules, else nothing.
    """

    shipping_minor: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] | None = None
    reason: Reason = ""
