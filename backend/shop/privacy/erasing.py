"""Erases a buyer: addresses and account at once, what stands on orders when the law's time is over.

The functions run inside the caller's transaction.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, exists, func, insert, select, update

from backend.contract.addresses import Address
from backend.contract.base import HOST_USER
from backend.contract.my_data import LEAST_DAYS_CN, MOST_DAYS, Erasure, PrivacySettings
from backend.contract.orders import Order, OrderState
from backend.log.erasings import ask_erasing
from backend.shop.auction.holds import forget_bidder, has_bid_that_counts
from backend.shop.coupons.grants import end_grants
from backend.shop.flash_sale.holds import forget_buyer
from backend.shop.messages.store import erase_messages
from backend.shop.orders.clocks import TIMER
from backend.shop.orders.limits import give_back
from backend.shop.orders.reading import find_order
from backend.shop.people import Person
from backend.shop.prizes.prizes import let_prizes_lapse
from backend.shop.settings import read_return_rules, write_setting
from backend.storage.case_tables import CASE_CHANGES, CASE_PICTURES, CASES
from backend.storage.catalog_tables import SHOP_SETTINGS, STOCK_MOVEMENTS
from backend.storage.erasing_tables import ERASED_ACCOUNTS
from backend.storage.mail_tables import MAILS
from backend.storage.order_tables import ADDRESSES, ORDER_CHANGES, ORDER_MARKS, ORDERS, PARCELS
from backend.storage.payment_tables import AGES
from backend.storage.tables import ACCOUNTS, FORMER_ACCOUNTS

_DAYS_ROW: Final = "order_days"
DEFAULT_DAYS: Final = LEAST_DAYS_CN
_DAY_MS: Final = 24 * 3_600_000
GONE: Final = "—"
"""What stands where a person's name, phone and street stood."""


class Unfinished(msgspec.Struct, frozen=True):
    """Orders of the buyer are open, or cases of them: they need the address. So does a bid that counts.

    Attributes:
        numbers: of these orders.
        has_bid: whether they bid in an auction that is not over; bids cannot be taken back.
    """

    numbers: list[str]
    has_bid: bool


def read_privacy(connection: Connection) -> PrivacySettings:
    """Read how long orders keep what names their buyer."""
    value = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == _DAYS_ROW))
    return _floored(connection, DEFAULT_DAYS if value is None else min(int(value), MOST_DAYS))


def write_privacy(connection: Connection, settings: PrivacySettings) -> PrivacySettings:
    """Change it, and return what holds; buyers who asked before keep the time that they were told."""
    floored = _floored(connection, settings.order_days)
    write_setting(connection, _DAYS_ROW, str(floored.order_days))
    return floored


def _floored(connection: Connection, days: int) -> PrivacySettings:
    # Who may send goods back is found by the order's address as long; the window's last day counts whole.
    return PrivacySettings(max(days, read_return_rules(connection).days + 1))


def erase_person(connection: Connection, person: Person, now_ms: int) -> Erasure | Unfinished:
    """Erase a buyer, end their account, and let the rooms forget them.

    The host's name is the shop's own, and stays.
    """
    erased = erase_buyer(connection, person.buyer_id, now_ms)
    if isinstance(erased, Unfinished) or person.user_id == HOST_USER:
        return erased
    has_account = _end_account(connection, person.user_id, now_ms)
    until_ms = ask_erasing(connection, person.user_id, now_ms)
    return msgspec.structs.replace(erased, has_account=has_account, rooms_until_ms=until_ms)


def _end_account(connection: Connection, user_id: str, now_ms: int) -> bool:
    """Delete a user's account, and let no token that they were given as a guest name them again."""
    connection.execute(delete(FORMER_ACCOUNTS).where(FORMER_ACCOUNTS.c.user_id == user_id))
    if not connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.user_id == user_id)).rowcount:
        return False
    connection.execute(insert(ERASED_ACCOUNTS).values(user_id=user_id, at_ms=now_ms))
    return True


def erase_buyer(connection: Connection, buyer_id: str, now_ms: int) -> Erasure | Unfinished:
    """Delete a buyer's addresses, end their coupons and prizes, and let each order lose its person in time.

    What they said of their age goes too; their coins stay in the books.
    """
    unfinished = Unfinished(
        _unfinished_orders(connection, buyer_id), has_bid_that_counts(connection, buyer_id)
    )
    if unfinished.numbers or unfinished.has_bid:
        return unfinished
    addresses = connection.execute(delete(ADDRESSES).where(ADDRESSES.c.buyer_id == buyer_id)).rowcount
    coupons = end_grants(connection, buyer_id)
    connection.execute(delete(AGES).where(AGES.c.user_id == buyer_id))
    forget_bidder(connection, buyer_id)
    let_prizes_lapse(connection, buyer_id, now_ms)
    kept_ms = read_privacy(connection).order_days * _DAY_MS
    ends_ms = func.coalesce(ORDERS.c.closed_at_ms, ORDERS.c.created_at_ms) + kept_ms
    has_person = (ORDERS.c.buyer_id == buyer_id, ORDERS.c.is_erased.is_(False))
    connection.execute(
        update(ORDERS).where(*has_person, ORDERS.c.erase_at_ms.is_(None)).values(erase_at_ms=ends_ms)
    )
    row = connection.execute(select(func.count(), func.max(ORDERS.c.erase_at_ms)).where(*has_person)).one()
    return Erasure(addresses, int(row[0]), None if row[1] is None else int(row[1]), coupons)


def erase_due_orders(connection: Connection, *, now_ms: int, most: int) -> int:
    """Take the person from orders whose time is over, at most so many; return how many.

    An order with an open case waits for its end: goods and money still go to somebody.
    """
    in_case = exists().where(CASES.c.order_id == ORDERS.c.order_id, CASES.c.closed_at_ms.is_(None))
    query = (
        select(ORDERS.c.order_id)
        .where(ORDERS.c.erase_at_ms <= now_ms, ORDERS.c.state != OrderState.OPEN, ~in_case)
        .order_by(ORDERS.c.erase_at_ms)
        .limit(most)
    )
    ids = list(connection.scalars(query))
    for order_id in ids:
        order = find_order(connection, order_id)
        if order is not None:
            _erase_order(connection, order)
    return len(ids)


def _unfinished_orders(connection: Connection, buyer_id: str) -> list[str]:
    is_theirs = ORDERS.c.buyer_id == buyer_id
    opened = select(ORDERS.c.number).where(is_theirs, ORDERS.c.state == OrderState.OPEN)
    in_case = (
        select(ORDERS.c.number)
        .join(CASES, CASES.c.order_id == ORDERS.c.order_id)
        .where(is_theirs, CASES.c.buyer_id == buyer_id, CASES.c.closed_at_ms.is_(None))
    )
    return sorted({*connection.scalars(opened), *connection.scalars(in_case)})


def _erase_order(connection: Connection, order: Order) -> None:
    give_back(connection, order)
    forget_buyer(connection, order)
    is_this = ORDERS.c.order_id == order.order_id
    nobody = Address(order.address.country, "", "", "", GONE, GONE, GONE)
    values = {"address": msgspec.json.encode(nobody).decode(), "phone_key": "", "note": ""}
    connection.execute(update(ORDERS).where(is_this).values(**values, erase_at_ms=None, is_erased=True))
    connection.execute(update(ORDER_MARKS).where(ORDER_MARKS.c.order_id == order.order_id).values(remark=""))
    erase_messages(connection, order.order_id)
    connection.execute(delete(MAILS).where(MAILS.c.order_id == order.order_id))
    connection.execute(update(PARCELS).where(PARCELS.c.order_id == order.order_id).values(tracking=""))
    _erase_words_of_quota(connection, order)
    for table in (ORDER_CHANGES, STOCK_MOVEMENTS):
        # Staff write names, too.
        words = (table.c.order_id == order.order_id, table.c.actor != TIMER)
        connection.execute(update(table).where(*words).values(reason=""))
    cases = select(CASES.c.case_id).where(CASES.c.order_id == order.order_id)
    connection.execute(update(CASE_CHANGES).where(CASE_CHANGES.c.case_id.in_(cases)).values(reason=""))
    connection.execute(delete(CASE_PICTURES).where(CASE_PICTURES.c.case_id.in_(cases)))
    connection.execute(
        update(CASES).where(CASES.c.order_id == order.order_id).values(reason="", carrier="", tracking="")
    )


def _erase_words_of_quota(connection: Connection, order: Order) -> None:
    """Erase the reasons of the order that stand on moves of a quota, as they once were written."""
    moved, changed = STOCK_MOVEMENTS.c, ORDER_CHANGES.c
    skus = select(moved.sku_id).where(moved.order_id == order.order_id)
    is_of_order = exists().where(
        changed.order_id == order.order_id,
        changed.actor != TIMER,
        changed.actor == moved.actor,
        changed.at_ms == moved.at_ms,
        changed.reason == moved.reason,
    )
    words = moved.order_id.is_(None), moved.sku_id.in_(skus), is_of_order
    connection.execute(update(STOCK_MOVEMENTS).where(*words).values(reason=""))
