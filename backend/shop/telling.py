"""Tells the shop's programs and buyers what became of an order, in the transaction of what happened."""

from collections.abc import Sequence

from sqlalchemy import Connection

from backend.contract.mail import MailKind
from backend.contract.orders import Order, Parcel
from backend.shop.mail.writing import write_mail
from backend.shop.webhooks.writing import write_paid, write_refunded, write_shipped


def tell_paid(connection: Connection, orders: Sequence[Order], at_ms: int) -> None:
    """Tell that orders were paid."""
    write_paid(connection, orders, at_ms)
    for order in orders:
        write_mail(connection, MailKind.PAID, order, at_ms)


def tell_shipped(connection: Connection, order: Order, parcel: Parcel, at_ms: int) -> None:
    """Tell that a parcel of an order went off."""
    write_shipped(connection, order, parcel, at_ms)
    write_mail(connection, MailKind.SHIPPED, order, at_ms, carrier=parcel.carrier, tracking=parcel.tracking)


def tell_refunded(connection: Connection, order: Order, refunded_minor: int, at_ms: int) -> None:
    """Tell that money of an order went back, so much in all."""
    write_refunded(connection, order, refunded_minor, at_ms)
    write_mail(connection, MailKind.REFUNDED, order, at_ms, refunded_minor=refunded_minor)


def tell_turn(connection: Connection, order: Order, at_ms: int) -> None:
    """Tell the buyer that a case waits for them."""
    write_mail(connection, MailKind.CASE_TURN, order, at_ms)


def tell_message(connection: Connection, order: Order, at_ms: int) -> None:
    """Tell the buyer that the shop wrote to them; what it says stands in the order alone."""
    write_mail(connection, MailKind.MESSAGE, order, at_ms)
