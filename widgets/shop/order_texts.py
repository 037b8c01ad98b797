"""Orders in words: numbers, sums, times, states, addresses."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from backend.contract.addresses import Address
from backend.contract.cases import CaseState
from backend.contract.coins import COIN_LINE
from backend.contract.orders import Order, OrderLine, OrderState, ParcelState, PaymentMethod, PaymentState
from backend.contract.phones import masked_phone
from widgets.shop.order_states import ShipmentState, Stage, shipment_of

_DATE_DIGITS: Final = 6
_ULID: Final = re.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}")


def number_text(number: str) -> str:
    """An order's number as people read it: the day apart."""
    return f"{number[:_DATE_DIGITS]} {number[_DATE_DIGITS:]}".strip()


def time_text(at_ms: int, now_ms: float) -> str:
    """The minute of a moment; with its day where that is another one than now."""
    moment = QDateTime.fromMSecsSinceEpoch(at_ms)
    is_today = moment.date() == QDateTime.fromMSecsSinceEpoch(int(now_ms)).date()
    return QLocale.c().toString(moment, "HH:mm" if is_today else "MM-dd HH:mm")


def left_text(until_ms: int, now_ms: float) -> str:
    """How long it is until then: minutes and seconds, or from an hour on hours, or days."""
    seconds = max(0, int((until_ms - now_ms) / 1000))
    translate = QCoreApplication.translate
    if seconds >= 2 * 86_400:
        return translate("Order", "{n} days").format(n=seconds // 86_400)
    if seconds >= 3600:
        return translate("Order", "{n} h").format(n=seconds // 3600)
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def waits_text(waits_ms: float) -> str:
    """For how long an order has been waiting to be sent."""
    translate = QCoreApplication.translate
    hours = int(waits_ms // 3_600_000)
    if hours >= 48:
        return translate("Order", "waits {n} days").format(n=hours // 24)
    return translate("Order", "waits {n} h").format(n=hours)


def masked(phone: str) -> str:
    """A phone number as a list may show it; one that came masked stays as it is."""
    return phone if not phone or "*" in phone else masked_phone(phone)


def stage_text(stage: Stage) -> str:
    """What a filter is called."""
    translate = QCoreApplication.translate
    return {
        Stage.ALL: translate("Order", "All"),
        Stage.TO_PAY: translate("Order", "To pay"),
        Stage.TO_SHIP: translate("Order", "To ship"),
        Stage.SHIPPED: translate("Order", "Shipped"),
        Stage.DONE: translate("Order", "Done"),
        Stage.CANCELLED: translate("Order", "Cancelled"),
        Stage.CASES: translate("Order", "Cases to answer"),
    }[stage]


def state_text(state: OrderState) -> str:
    """Where an order stands, in a word."""
    translate = QCoreApplication.translate
    return {
        OrderState.OPEN: translate("Order", "open"),
        OrderState.COMPLETED: translate("Order", "completed"),
        OrderState.CANCELLED: translate("Order", "cancelled"),
    }[state]


def payment_text(state: PaymentState) -> str:
    """What was paid, in a word or two."""
    translate = QCoreApplication.translate
    return {
        PaymentState.UNPAID: translate("Order", "unpaid"),
        PaymentState.PAID: translate("Order", "paid"),
        PaymentState.PART_REFUNDED: translate("Order", "part refunded"),
        PaymentState.REFUNDED: translate("Order", "refunded"),
    }[state]


def method_text(method: PaymentMethod) -> str:
    """How an order is paid."""
    translate = QCoreApplication.translate
    return {
        PaymentMethod.ONLINE: translate("Order", "Online payment"),
        PaymentMethod.TRANSFER: translate("Order", "Bank transfer"),
        PaymentMethod.CASH_ON_DELIVERY: translate("Order", "Cash on delivery"),
    }[method]


def parcel_text(state: ParcelState) -> str:
    """Where a parcel is, in a word."""
    translate = QCoreApplication.translate
    return {
        ParcelState.PACKED: translate("Order", "packed"),
        ParcelState.SHIPPED: translate("Order", "shipped"),
        ParcelState.DELIVERED: translate("Order", "delivered"),
    }[state]


def case_text(state: CaseState) -> str:
    """Where a case is, in a word."""
    translate = QCoreApplication.translate
    return {
        CaseState.REQUESTED: translate("Order", "requested"),
        CaseState.APPROVED: translate("Order", "approved"),
        CaseState.SENT_BACK: translate("Order", "sent back"),
        CaseState.RECEIVED: translate("Order", "received"),
        CaseState.REFUNDED: translate("Order", "refunded"),
        CaseState.EXCHANGED: translate("Order", "exchanged"),
        CaseState.DECLINED: translate("Order", "declined"),
        CaseState.WITHDRAWN: translate("Order", "withdrawn"),
    }[state]


def shipment_text(order: Order) -> str:
    """What the parcels of an order amount to."""
    translate = QCoreApplication.translate
    if order.coins:
        return translate("Order", "nothing to send")
    shipment = shipment_of(order)
    text = {
        ShipmentState.NONE: translate("Order", "none yet"),
        ShipmentState.PACKED: translate("Order", "packed"),
        ShipmentState.PARTLY_SHIPPED: translate("Order", "shipped {sent}/{units}"),
        ShipmentState.SHIPPED: translate("Order", "shipped"),
        ShipmentState.DELIVERED: translate("Order", "delivered"),
    }[shipment.state]
    return text.format(sent=shipment.sent, units=shipment.units)


def specs_text(line: OrderLine) -> str:
    """The chosen specifications of a line."""
    return " · ".join(spec[-1] for spec in line.specs if spec)


def code_text(line: OrderLine) -> str:
    """What the shop calls a line's SKU; empty where only the program named it."""
    is_ours = line.sku_id == COIN_LINE or _ULID.fullmatch(line.sku_id)
    return "" if is_ours else line.sku_id


def count_text(order: Order) -> str:
    """How much was ordered: `×2` of one product, else kinds and pieces."""
    units = sum(line.quantity for line in order.lines)
    if len(order.lines) == 1:
        return f"×{units}"
    text = QCoreApplication.translate("Order", "{kinds} kinds, {units} pieces")
    return text.format(kinds=len(order.lines), units=units)


def place_lines(address: Address) -> list[str]:
    """Where an address is, as it stands on a parcel, without who receives it."""
    if address.country == "CN":
        parts = (address.province, address.city, address.district, address.street)
        lines = [" ".join(filter(None, parts)), address.postcode]
    else:
        town = " ".join(filter(None, (address.postcode, address.city)))
        lines = [address.street, town, address.province, address.country]
    return [line for line in lines if line]


def address_text(address: Address) -> str:
    """An address in lines, the receiver first."""
    return "\n".join((f"{address.name} {address.phone}", *place_lines(address)))
