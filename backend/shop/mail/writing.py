"""E-mails, written in the transaction of what they tell. Nothing is sent here."""

from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select

from backend.contract.mail import MailKind, MailSettings
from backend.contract.orders import Order, OrderLine
from backend.contract.outgoing_webhooks import MessageState
from backend.shop.ids import new_id
from backend.shop.sending import GIVES_UP_AFTER_MS
from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.mail_tables import MAILS

SETTINGS_ROW: Final = "mail"


class MailFacts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an e-mail tells: nothing of the buyer.

    Attributes:
        number: of the order.
        goods: one text a line of it.
        carrier, tracking: of the parcel that went off.
        refunded_minor: what went back of the order in all.
    """

    number: str
    currency: str
    total_minor: int
    goods: list[str]
    carrier: str = ""
    tracking: str = ""
    refunded_minor: int = 0


def read_mail_settings(connection: Connection) -> MailSettings:
    """Read by which server e-mails go; without a host where nothing was set."""
    value = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == SETTINGS_ROW))
    return MailSettings() if value is None else msgspec.json.decode(value, type=MailSettings)


def write_mail(connection: Connection, kind: MailKind, order: Order, at_ms: int, **facts: str | int) -> None:
    """Write an e-mail to an order's buyer, who has given an address, by a shop that sends e-mails.

    What the order does not say of `MailFacts` is named.
    """
    if not order.address.email or not read_mail_settings(connection).host:
        return
    of_order = {
        "number": order.number,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "goods": [_goods(line) for line in order.lines],
    }
    told = msgspec.convert({**of_order, **facts}, MailFacts)
    row = {
        "mail_id": new_id(at_ms),
        "order_id": order.order_id,
        "room_id": order.room_id,
        "kind": kind.value,
        "facts": msgspec.json.encode(told).decode(),
        "state": MessageState.WAITING.value,
        "created_at_ms": at_ms,
        "due_at_ms": at_ms,
        "gives_up_at_ms": at_ms + GIVES_UP_AFTER_MS,
    }
    connection.execute(insert(MAILS).values(row))


def _goods(line: OrderLine) -> str:
    specs = " ".join(value for _, value in line.specs)
    return f"{line.title} {specs}".strip() + f" × {line.quantity}"
