"""What a file with tracking numbers amounts to: parcels to write, and refused lines with their reasons."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend.contract.orders import Order
from studio.shop.courier.table_in import Table
from widgets.shop.order_states import may_ship

_HEAD_ROWS: Final = 10
"""Couriers put a title and hints above the head."""
_NUMBER: Final = ("订单号", "订单编号", "客户订单号", "order number", "order no", "order", "单号")
_TRACKING: Final = (
    "运单号",
    "快递单号",
    "物流单号",
    "运单编号",
    "tracking number",
    "tracking no",
    "tracking",
)
_CARRIER: Final = ("快递公司", "物流公司", "承运商", "快递", "carrier", "courier", "shipping company")
_CODE: Final = re.compile(r"[A-Za-z0-9-]{4,64}")
_SHORTENED: Final = re.compile(r"[0-9][.,]?[0-9]*[eE][+-]?[0-9]+|[0-9]{16,}\.0")
_ORDER_DIGITS: Final = 15
MAX_CARRIER: Final = 64


class LineProblem(StrEnum):
    """Why a line writes no parcel."""

    NO_ORDER_NUMBER = "no_order_number"
    SHORTENED = "shortened"
    UNKNOWN_ORDER = "unknown_order"
    NOT_TO_SHIP = "not_to_ship"
    NO_TRACKING = "no_tracking"
    BAD_TRACKING = "bad_tracking"
    SECOND_LINE = "second_line"
    OTHER_ADDRESS = "other_address"


@dataclass(frozen=True)
class NewParcel:
    """A parcel that a line writes.

    Attributes:
        carrier: empty where the file names none.
    """

    line: int
    order: Order
    carrier: str
    tracking: str


@dataclass(frozen=True)
class RefusedLine:
    """A line that writes none; lines are counted as a spreadsheet does, from 1."""

    line: int
    number: str
    problem: LineProblem


@dataclass(frozen=True)
class TrackingPlan:
    """What a file amounts to.

    Attributes:
        has_head: whether columns for order and tracking number were found; without them nothing else is.
    """

    parcels: Sequence[NewParcel] = ()
    refused: Sequence[RefusedLine] = ()
    has_head: bool = True


@dataclass(frozen=True)
class _Head:
    row: int
    number: int
    tracking: int
    carrier: int | None


def plan_tracking(table: Table, orders: Sequence[Order]) -> TrackingPlan:
    """Return what a table amounts to for orders that wait to be sent; nothing is written by it."""
    head = _find_head(table)
    if head is None:
        return TrackingPlan(has_head=False)
    planner = _Planner({order.number: order for order in orders})
    for place, row in enumerate(table[head.row + 1 :], head.row + 2):
        if any(row):
            planner.add(place, _at(row, head.number), _at(row, head.tracking), _at(row, head.carrier))
    return TrackingPlan(planner.parcels, planner.refused)


class _Planner:
    """Goes through the lines from top to bottom."""

    def __init__(self, orders: Mapping[str, Order]) -> None:
        self._orders = orders
        self._addresses: dict[str, object] = {}
        self._planned: set[str] = set()
        self.parcels: list[NewParcel] = []
        self.refused: list[RefusedLine] = []

    def add(self, line: int, number: str, tracking: str, carrier: str) -> None:
        number, tracking = _plain(number), _plain(tracking)
        order = self._orders.get(number)
        problem = self._problem(number, tracking, order)
        if problem is not None or order is None:
            self.refused.append(RefusedLine(line, number, problem or LineProblem.UNKNOWN_ORDER))
            return
        self._planned.add(number)
        self._addresses[tracking] = order.address
        name = " ".join(carrier.split()).removeprefix("'")[:MAX_CARRIER]
        self.parcels.append(NewParcel(line, order, name, tracking))

    def _problem(self, number: str, tracking: str, order: Order | None) -> LineProblem | None:
        if _SHORTENED.fullmatch(number) or _SHORTENED.fullmatch(tracking):
            return LineProblem.SHORTENED
        if len(number) != _ORDER_DIGITS or not number.isdecimal():
            return LineProblem.NO_ORDER_NUMBER
        if order is None:
            return LineProblem.UNKNOWN_ORDER
        return self._order_problem(order) or self._tracking_problem(tracking, order)

    def _order_problem(self, order: Order) -> LineProblem | None:
        if not may_ship(order):
            return LineProblem.NOT_TO_SHIP
        return LineProblem.SECOND_LINE if order.number in self._planned else None

    def _tracking_problem(self, tracking: str, order: Order) -> LineProblem | None:
        if not tracking:
            return LineProblem.NO_TRACKING
        if not _CODE.fullmatch(tracking):
            return LineProblem.BAD_TRACKING
        # One parcel may hold several orders, but goes to one address.
        is_shared = self._addresses.get(tracking, order.address) == order.address
        return None if is_shared else LineProblem.OTHER_ADDRESS


def _find_head(table: Table) -> _Head | None:
    for place, row in enumerate(table[:_HEAD_ROWS]):
        titles = [" ".join(_plain_title(text).split()) for text in row]
        number, tracking = _column(titles, _NUMBER), _column(titles, _TRACKING)
        if number is not None and tracking is not None and number != tracking:
            return _Head(place, number, tracking, _column(titles, _CARRIER))
    return None


def _column(titles: Sequence[str], names: Sequence[str]) -> int | None:
    return next((titles.index(name) for name in names if name in titles), None)


def _at(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _plain(text: str) -> str:
    """A number without what spreadsheets and people put around it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("'").removesuffix("'")


def _plain_title(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip(" *:：\t").casefold()
