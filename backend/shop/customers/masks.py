"""What is hidden of a buyer from staff without the right to customers: the one place that says it.

Country and province stay, by which shipping is priced, and the last signs of what is compared with a parcel
in the hand: phone and tracking number. Hidden is whatever names a person, and every free text: people write
names and phones into those. What the reader wrote, and what no person wrote, stays.
"""

from typing import Final, TypeVar

import msgspec

from backend.contract.addresses import Address
from backend.contract.cases import Case, CaseChange
from backend.contract.orders import Order, OrderChange, OrderMark
from backend.contract.phones import HIDDEN, masked_phone
from backend.contract.stock import StockMovement

_LAST: Final = 4
_SHORTEST: Final = 2 * _LAST
_MACHINES: Final = frozenset({"timer"})

Change = TypeVar("Change", OrderChange, CaseChange, StockMovement)


def masked_address(address: Address) -> Address:
    """Return an address of which country and province can be read, and little of the person."""
    return msgspec.structs.replace(
        address,
        name=f"{address.name[:1] if len(address.name) > 1 else ''}**",
        phone=masked_phone(address.phone),
        city="",
        district="",
        street=HIDDEN,
        postcode="",
        email=hidden(address.email),
    )


def masked_code(code: str) -> str:
    """Return the last signs of a tracking number; nothing of a short one."""
    return f"{HIDDEN}{code[-_LAST:]}" if len(code) >= _SHORTEST else hidden(code)


def hidden(text: str) -> str:
    """Return what stands for a text: whether there is one can be seen."""
    return HIDDEN if text else ""


def concealed_order(order: Order, reader: str) -> Order:
    """Return an order as staff see it who have this user id, and are not shown who buys."""
    return msgspec.structs.replace(
        order,
        address=masked_address(order.address),
        note=hidden(order.note),
        mark=None if order.mark is None else concealed_mark(order.mark, reader),
        changes=[concealed_change(change, reader) for change in order.changes],
        parcels=[
            msgspec.structs.replace(parcel, tracking=masked_code(parcel.tracking)) for parcel in order.parcels
        ],
    )


def concealed_case(case: Case, reader: str) -> Case:
    """Return a case as such staff see it."""
    return msgspec.structs.replace(
        case,
        reason=hidden(case.reason),
        tracking=masked_code(case.tracking),
        pictures=[],
        changes=[concealed_change(change, reader) for change in case.changes],
    )


def concealed_mark(mark: OrderMark, reader: str) -> OrderMark:
    """Return what is noted on an order as such staff see it."""
    return mark if mark.by == reader else msgspec.structs.replace(mark, remark=hidden(mark.remark))


def concealed_change(change: Change, reader: str) -> Change:
    """Return a step, or a movement of stock, as such staff see it."""
    if change.actor == reader or change.actor in _MACHINES:
        return change
    return msgspec.structs.replace(change, reason=hidden(change.reason))
