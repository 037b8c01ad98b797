"""The thread of an order, on each kind of database."""

import asyncio
from collections.abc import Callable
from itertools import count
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from backend.contract.base import RejectReason
from backend.contract.mail import MailSettings
from backend.contract.order_messages import (
    MAX_MESSAGE,
    MessageSide,
    MessagesPage,
    OrderMessage,
    Unread,
    WriteMessage,
)
from backend.contract.orders import Order, PaymentMethod
from backend.shop.idempotency import KeyReused, Request, hash_of
from backend.shop.mail.writing import SETTINGS_ROW
from backend.shop.messages import messages as messages_module
from backend.shop.messages.messages import (
    MOST_IN_WINDOW,
    WINDOW_MS,
    BadText,
    MessageRefusal,
    Messages,
    ThreadFull,
    TooFast,
)
from backend.shop.orders.results import Placed
from backend.shop.outbox import OrderChanged
from backend.shop.people import Person
from backend.shop.privacy.privacy import Privacy
from backend.shop.settings import write_setting
from backend.shop.shop import Shop
from backend.shop.sweep import ShopSweep
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from backend.storage.mail_tables import MAILS
from backend.storage.metadata import METADATA
from backend.storage.order_tables import SHOP_OUTBOX
from tests.backend.kinds import as_type
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
    home_of,
    lines_of,
    open_rooms,
    order_of,
    put_on_sale,
    quoted,
    request_of,
    take_all_methods,
)
from tests.support.migrated import open_migrated
from tests.support.postgres import Postgres

ANN, BOB = Person("ann", ROOM), Person("bob", ROOM)
ELSEWHERE = Person("host", "second", is_staff=True)
DAY_MS = 24 * 3_600_000
_KEYS = count(1)


async def bought(shop: Shop, database: Database, *, email: str = "") -> Order:
    """An order of Ann's."""
    sku_id = f"tea-{next(_KEYS)}"
    put_on_sale(database, sku_id, stock=100)
    address = msgspec.structs.replace(home_of("ann"), email=email)
    wanted = order_of(await quoted(shop, lines_of(**{sku_id: 1})), PaymentMethod.TRANSFER, address)
    request = request_of("ann", f"o{next(_KEYS)}", wanted)
    return as_type(Placed, await shop.place(ANN, wanted, request)).order


@pytest.fixture
def messages(shop: Shop, database: Database, clock: Clock) -> Messages:
    """The threads of a shop."""
    return Messages(database, shop.writer, clock_ms=clock)


async def write(
    messages: Messages, person: Person, order: Order, text: str, key: str = ""
) -> OrderMessage | MessageRefusal | None:
    wish = WriteMessage(text)
    route = f"messages {order.order_id}"
    body_hash = hash_of(msgspec.json.encode(wish))
    request = Request(person.buyer_id, route, key or f"m{next(_KEYS)}", body_hash)
    return await messages.write(person, order.order_id, wish, request)


async def said(messages: Messages, person: Person, order: Order, text: str) -> OrderMessage:
    return as_type(OrderMessage, await write(messages, person, order, text))


async def page(messages: Messages, person: Person, order: Order, **more: int) -> MessagesPage:
    return as_type(MessagesPage, await messages.page(person, order.order_id, **more))


async def test_buyer_and_staff_talk_and_each_side_counts_what_it_has_not_read(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    asked = await said(messages, ANN, order, "  could you\nwrap it? ")
    assert (asked.number, asked.side, asked.text) == (1, MessageSide.BUYER, "could you wrap it?")
    assert await messages.unread(STAFF) == Unread(1)
    assert await messages.unread(ANN) == Unread(0)
    answered = await said(messages, STAFF, order, "gladly")
    assert (answered.side, answered.by) == (MessageSide.SHOP, "host:main")
    [listed] = await messages.counted(ANN, [order])
    assert listed.unread == 1

    seen = await page(messages, ANN, order)
    assert [(one.text, one.by) for one in seen.messages] == [("gladly", ""), ("could you wrap it?", "")]
    assert seen.unread == 1
    assert await messages.mark_read(ANN, order.order_id, 2) == Unread(0)
    assert await messages.unread(ANN) == Unread(0)
    assert await messages.unread(STAFF) == Unread(1)
    assert [one.unread for one in await messages.counted(STAFF, [order])] == [1]


async def test_a_read_mark_goes_forward_alone_and_never_beyond_the_newest(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    for text in ("one", "two", "three"):
        await said(messages, STAFF, order, text)
    assert await messages.mark_read(ANN, order.order_id, 2) == Unread(1)
    assert await messages.mark_read(ANN, order.order_id, 1) == Unread(1)
    assert await messages.mark_read(ANN, order.order_id, 10**9) == Unread(0)
    await said(messages, STAFF, order, "four")
    assert await messages.unread(ANN) == Unread(1)


async def test_a_long_thread_comes_in_pages_the_newest_first(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    for number in range(5):
        await said(messages, STAFF, order, str(number))
    first = await page(messages, ANN, order, limit=2)
    assert [one.text for one in first.messages] == ["4", "3"]
    assert first.next == 4
    rest = await page(messages, ANN, order, before=first.next, limit=3)
    assert ([one.text for one in rest.messages], rest.next) == (["2", "1", "0"], None)


async def test_the_thread_of_anothers_order_is_not_there(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    await said(messages, ANN, order, "hello")
    for person in (BOB, ELSEWHERE):
        assert await write(messages, person, order, "me too") is None
        assert await messages.page(person, order.order_id) is None
        assert await messages.mark_read(person, order.order_id, 1) is None
        assert await messages.unread(person) == Unread(0)
    assert await messages.unread(STAFF) == Unread(1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RejectReason.EMPTY),
        (" \n\u200b\u202e ", RejectReason.EMPTY),
        ("x" * (MAX_MESSAGE + 1), RejectReason.TOO_LONG),
    ],
)
async def test_a_message_of_nothing_or_of_too_much_is_refused(
    shop: Shop, database: Database, messages: Messages, text: str, reason: RejectReason
) -> None:
    order = await bought(shop, database)
    assert await write(messages, ANN, order, text) == BadText(reason)
    assert (await page(messages, ANN, order)).messages == []


async def test_markup_stays_the_text_that_was_typed(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    text = "<b onclick='x()'>&lt; \u202e%s {number}"
    assert (await said(messages, ANN, order, text)).text == text.replace("\u202e", "")


async def test_the_same_key_writes_one_message_and_keeps_no_word_of_it(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    first, again = [await write(messages, STAFF, order, "once", "key") for _ in range(2)]
    assert first == again
    assert isinstance(await write(messages, STAFF, order, "twice", "key"), KeyReused)
    assert len((await page(messages, STAFF, order)).messages) == 1


async def test_who_writes_too_much_waits_in_all_orders_together(
    shop: Shop, database: Database, messages: Messages, clock: Clock
) -> None:
    first, second = await bought(shop, database), await bought(shop, database)
    for number in range(MOST_IN_WINDOW[MessageSide.BUYER]):
        await said(messages, ANN, (first, second)[number % 2], "?")
    clock.turn(1_000)
    assert await write(messages, ANN, first, "?") == TooFast(WINDOW_MS - 1_000)
    await said(messages, STAFF, first, "patience")
    clock.turn(WINDOW_MS - 1_000)
    await said(messages, ANN, first, "?")


async def test_an_order_takes_so_many_of_each_side(
    shop: Shop, database: Database, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages_module, "MOST_MESSAGES", 2)
    order = await bought(shop, database)
    for _ in range(2):
        await said(messages, ANN, order, "?")
    assert await write(messages, ANN, order, "?") == ThreadFull()
    await said(messages, STAFF, order, "!")


async def test_the_room_hears_that_somebody_wrote_and_not_what(
    shop: Shop, database: Database, messages: Messages
) -> None:
    order = await bought(shop, database)
    await said(messages, ANN, order, "a secret")
    await messages.mark_read(STAFF, order.order_id, 1)
    await messages.mark_read(STAFF, order.order_id, 1)
    with database.reading() as connection:
        bodies = [str(one) for one in connection.scalars(select(SHOP_OUTBOX.c.body))]
    changed = [msgspec.json.decode(one, type=OrderChanged) for one in bodies if "order_changed" in one]
    assert [(one.version, one.message_side) for one in changed] == [(1, "buyer"), (1, "")]
    assert not any("secret" in one for one in bodies)


async def test_a_buyer_gets_one_mail_until_the_thread_is_read(
    shop: Shop, database: Database, messages: Messages
) -> None:
    with database.transaction() as connection:
        settings = MailSettings(host="mail.example", sender="shop@example.com")
        write_setting(connection, SETTINGS_ROW, msgspec.json.encode(settings).decode())
    order = await bought(shop, database, email="ann@example.com")

    async def mails_after(person: Person, text: str) -> list[str]:
        await said(messages, person, order, text)
        with database.reading() as connection:
            return [str(one) for one in connection.scalars(select(MAILS.c.kind))]

    assert await mails_after(ANN, "hello?") == []
    assert await mails_after(STAFF, "hello") == ["message"]
    assert await mails_after(STAFF, "how can we help") == ["message"]
    await messages.mark_read(ANN, order.order_id, 3)
    assert await mails_after(STAFF, "any news?") == ["message", "message"]


async def test_a_thread_is_part_of_the_buyers_data_and_goes_with_the_person(
    shop: Shop, database: Database, messages: Messages, clock: Clock
) -> None:
    order = await bought(shop, database)
    privacy = Privacy(database, shop.writer, clock_ms=clock)
    await said(messages, ANN, order, "ring at Meyer's")
    await said(messages, STAFF, order, "we ring at Meyer's")
    mine = (await privacy.my_data(ANN)).messages
    assert [(one.text, one.by) for one in mine] == [("we ring at Meyer's", ""), ("ring at Meyer's", "")]
    assert (await privacy.my_data(BOB)).messages == []

    await shop.cancel(ANN, order.order_id, "", request_of("ann", "c", route="cancel"))
    await privacy.erase(ANN, request_of("ann", "e", route="erase"))
    clock.turn(3 * 365 * DAY_MS)
    await ShopSweep(shop.writer, clock_ms=clock).sweep()
    assert (await page(messages, ANN, order)).messages == []
    with database.reading() as connection:
        rows = [str(row) for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert not [row for row in rows if "Meyer" in row]
    assert await write(messages, ANN, order, "again") == ThreadFull()


@pytest.fixture(params=["sqlite", "postgres"])
def open_node(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    """Opens the same database once more, once of each kind."""
    if request.param == "sqlite":
        return lambda: open_migrated(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new_database()
    return lambda: Database(PostgresServer(url))


async def test_two_nodes_count_messages_and_read_marks_of_one_thread_right(
    open_node: Callable[[], Database], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(messages_module.MOST_IN_WINDOW, MessageSide.SHOP, 1_000)
    databases = [await asyncio.to_thread(open_node) for _ in range(2)]
    open_rooms(databases[0])
    take_all_methods(databases[0])
    shops = [Shop(database, clock_ms=clock) for database in databases]
    nodes = [
        Messages(database, shop.writer, clock_ms=clock)
        for database, shop in zip(databases, shops, strict=True)
    ]
    order = await bought(shops[0], databases[0])
    writing = [said(nodes[number % 2], STAFF, order, str(number)) for number in range(40)]
    marking = [nodes[number % 2].mark_read(ANN, order.order_id, number) for number in range(1, 31)]
    results = await asyncio.gather(*writing[:10], *marking, *writing[10:])
    numbers = sorted(one.number for one in results if isinstance(one, OrderMessage))
    assert numbers == list(range(1, 41))
    assert await nodes[0].mark_read(ANN, order.order_id, 30) == await nodes[1].unread(ANN) == Unread(10)
    for shop, database in zip(shops, databases, strict=True):
        await asyncio.to_thread(shop.close)
        database.close()
