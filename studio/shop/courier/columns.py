"""Which columns a courier's file has, and what stands in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backend.contract.currency import decimals_of
from backend.contract.orders import Order, OrderLine, PaymentMethod, PaymentState
from widgets.shop.file_choices import Preset
from widgets.shop.order_states import units_to_ship

ToText = Callable[[Order], str]


@dataclass(frozen=True)
class Column:
    """A column's head, and what an order has there."""

    title: str
    text: ToText


def rows_of(preset: Preset, orders: Sequence[Order]) -> list[list[str]]:
    """Return the rows of a table: its head, then one an order."""
    columns = _COLUMNS[preset]
    return [
        [column.title for column in columns],
        *([column.text(order) for column in columns] for order in orders),
    ]


def goods_text(order: Order) -> str:
    """The units that are still to be sent, in words."""
    left = units_to_ship(order)
    lines = (f"{_title(line)} ×{left[line.line]}" for line in order.lines if left[line.line])
    return "; ".join(lines)


def _title(line: OrderLine) -> str:
    specs = " ".join(spec[-1] for spec in line.specs if spec)
    return f"{line.title} {specs}".strip()


def _units(order: Order) -> str:
    return str(sum(units_to_ship(order).values()))


def _one_line(order: Order) -> str:
    address = order.address
    return "".join((address.province, address.city, address.district, address.street))


def _to_collect(order: Order) -> str:
    """What the courier takes at the door; empty where nothing is."""
    is_at_the_door = order.method is PaymentMethod.CASH_ON_DELIVERY
    if not is_at_the_door or order.payment_state is not PaymentState.UNPAID:
        return ""
    decimals = decimals_of(order.currency)
    whole, part = divmod(order.total_minor, 10**decimals)
    return f"{whole}.{part:0{decimals}d}" if decimals else str(whole)


_COLUMNS: Final[Mapping[Preset, Sequence[Column]]] = {
    Preset.SPLIT: (
        Column("订单号", lambda order: order.number),
        Column("收件人", lambda order: order.address.name),
        Column("手机", lambda order: order.address.phone),
        Column("省", lambda order: order.address.province),
        Column("市", lambda order: order.address.city),
        Column("区", lambda order: order.address.district),
        Column("详细地址", lambda order: order.address.street),
        Column("邮编", lambda order: order.address.postcode),
        Column("物品", goods_text),
        Column("数量", _units),
        Column("代收货款", _to_collect),
        Column("备注", lambda order: order.note),
        Column("快递公司", lambda _order: ""),
        Column("运单号", lambda _order: ""),
    ),
    Preset.ONE_LINE: (
        Column("订单号", lambda order: order.number),
        Column("收件人", lambda order: order.address.name),
        Column("手机", lambda order: order.address.phone),
        Column("收件地址", _one_line),
        Column("物品", goods_text),
        Column("数量", _units),
        Column("代收货款", _to_collect),
        Column("备注", lambda order: order.note),
        Column("快递公司", lambda _order: ""),
        Column("运单号", lambda _order: ""),
    ),
    Preset.ABROAD: (
        Column("Order number", lambda order: order.number),
        Column("Name", lambda order: order.address.name),
        Column("Phone", lambda order: order.address.phone),
        Column("Street", lambda order: order.address.street),
        Column("District", lambda order: order.address.district),
        Column("City", lambda order: order.address.city),
        Column("State", lambda order: order.address.province),
        Column("Postcode", lambda order: order.address.postcode),
        Column("Country", lambda order: order.address.country),
        Column("Contents", goods_text),
        Column("Pieces", _units),
        Column("Cash on delivery", _to_collect),
        Column("Note", lambda order: order.note),
        Column("Carrier", lambda _order: ""),
        Column("Tracking number", lambda _order: ""),
    ),
}
