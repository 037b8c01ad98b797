from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select

from backend.contract.cases import CaseState
from backend.contract.order_messages import MessageSide
from backend.contract.orders import PaymentState
from backend.log.coupon_entries import CouponEntry
from backend.log.shop_entries import (
    ProductLeft,
    ShopCampaignMoved,
    ShopEntry,
    ShopOrderChanged,
    ShopOrderPlaced,
    ShopStockCounted,
)
from backend.shop.coins.messages import CoinMessage
from backend.shop.outbox import OrderChanged, OutboxMessage, mark_taken, write_outbox
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database, StorageError
from backend.storage.engines import PostgresServer
from backend.storage.order_tables import SHOP_OUTBOX
from tests.backend.shop.goods import ROOM, lines_of, open_rooms, order_of, put_on_sale, quoted, request_of
from tests.support.postgres import Postgres

BODY = '{{"type":"order_changed","order_id":"{}","buyer_id":"ann","state":"open","payment_state":"paid",'
REST = '"version":2,"total_minor":100,"currency":"CNY","was_paid_now":true}'


@pytest.fixture
def reader(database: Database) -> OutboxReader:
    open_rooms(database)
    return OutboxReader(database, ROOM)


def row(outbox_id: int, order_id: str = "order-1", room_id: str = ROOM) -> dict[str, object]:
    """A row of the outbox."""
    body = BODY.format(order_id) + REST
    return {"outbox_id": outbox_id, "room_id": room_id, "session_id": "s1", "at_ms": 0, "body": body}


def write(database: Database, *rows: dict[str, object]) -> None:
    with database.transaction() as connection:
        connection.execute(insert(SHOP_OUTBOX), list(rows))


def take(database: Database, *outbox_ids: int, room_id: str = ROOM) -> None:
    """Let the log of a room have messages."""
    with database.transaction() as connection:
        mark_taken(connection, room_id, {outbox_id: outbox_id for outbox_id in outbox_ids}, 5)


def ids(entries: Sequence[ShopEntry | CouponEntry | CoinMessage]) -> list[int]:
    counted = (ShopStockCounted, ShopCampaignMoved)
    return [one.outbox_id for one in entries if not isinstance(one, counted)]


async def test_a_purchase_reaches_the_room_with_ids_and_amounts_alone(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea", stock=5)
    wanted = order_of(await quoted(shop, lines_of(tea=2)))
    await shop.place(Person("ann", ROOM), wanted, request_of("ann", "k1", wanted))

    placed, counted = OutboxReader(database, ROOM).read(100)
    assert isinstance(placed, ShopOrderPlaced)
    assert (placed.buyer_id, placed.units, placed.total_minor, placed.currency) == (
        "ann",
        {"tea": 2},
        200,
        "CNY",
    )
    assert isinstance(counted, ShopStockCounted)
    assert counted.products == [ProductLeft("tea", {"tea": 3})]
    assert wanted.address is not None
    assert wanted.address.name not in repr((placed, counted))


async def test_a_bundle_has_less_left_when_its_component_is_bought(shop: Shop, database: Database) -> None:
    put_on_sale(database, "cup", stock=5)
    put_on_sale(database, "set", components={"cup": 2})
    wanted = order_of(await quoted(shop, lines_of(cup=2)))
    await shop.place(Person("ann", ROOM), wanted, request_of("ann", "k1", wanted))

    counted = OutboxReader(database, ROOM).read(100)[-1]
    assert isinstance(counted, ShopStockCounted)
    assert counted.products == [ProductLeft("cup", {"cup": 3}), ProductLeft("set", {"set": 1})]


def test_a_message_is_read_until_the_log_has_it(database: Database, reader: OutboxReader) -> None:
    write(database, row(1), row(2), row(3))
    assert ids(reader.read(2)) == [1, 2]
    take(database, 1, 2)
    assert ids(reader.read(2)) == [3]
    assert not OutboxReader(database, "second").read(2)


def test_outbox_10_committed_after_11_was_read_is_read_then(database: Database, reader: OutboxReader) -> None:
    write(database, row(11))
    assert ids(reader.read(100)) == [11]
    take(database, 11)
    write(database, row(10))
    assert ids(reader.read(100)) == [10]
    take(database, 10)
    assert not reader.read(100)


def test_outbox_10_in_an_open_transaction_is_read_after_11(postgres: Postgres) -> None:
    url = postgres.new_database()
    database, other = Database(PostgresServer(url)), Database(PostgresServer(url))
    open_rooms(database)
    reader = OutboxReader(database, ROOM)
    body = OrderChanged("order-1", "ann", "open", "paid", 2, 100, "CNY", was_paid_now=True)
    message = OutboxMessage(ROOM, "s1", body)
    with database.transaction_aside() as slow:
        write_outbox(slow, [message], 0)
        with other.transaction_aside() as fast:
            write_outbox(fast, [message], 0)
        [second] = ids(reader.read(100))
        take(other, second)
    [first] = ids(reader.read(100))
    assert first < second
    for one in (database, other):
        one.close()


@pytest.mark.parametrize("room_id", [ROOM, "second"])
def test_a_message_is_taken_once_whoever_owns_the_room(
    database: Database, reader: OutboxReader, room_id: str
) -> None:
    write(database, row(1), row(2))
    take(database, 1)
    with pytest.raises(StorageError):
        take(database, 2, 1, room_id=room_id)
    assert ids(reader.read(100)) == [2]


def test_a_message_of_a_newer_version_stays_for_who_can_read_it(
    database: Database, reader: OutboxReader, caplog: pytest.LogCaptureFixture
) -> None:
    write(database, row(1) | {"body": '{"type":"of_tomorrow"}'}, row(2))
    assert ids(reader.read(1)) == []
    assert ids(reader.read(1)) == [2]
    assert "message 1 of the shop cannot be read" in caplog.text
    with database.reading() as connection:
        assert connection.scalar(select(SHOP_OUTBOX.c.taken_at_ms)) is None


def test_a_changed_order_says_where_its_case_is_now(database: Database, reader: OutboxReader) -> None:
    of_a_case = str(row(1)["body"]).replace(
        '"was_paid_now":true', '"was_paid_now":false,"case_state":"approved"'
    )
    write(database, row(1) | {"body": of_a_case})
    [changed] = reader.read(100)
    assert isinstance(changed, ShopOrderChanged)
    assert (changed.was_paid_now, changed.case_state) == (False, CaseState.APPROVED)


def test_a_changed_order_says_which_side_wrote(database: Database, reader: OutboxReader) -> None:
    body = str(row(1)["body"]).replace('"was_paid_now":true', '"was_paid_now":false,"message_side":"buyer"')
    write(database, row(1) | {"body": body})
    [changed] = reader.read(100)
    assert isinstance(changed, ShopOrderChanged)
    assert changed.message_side is MessageSide.BUYER


def test_a_changed_order_says_whether_it_was_paid_now(database: Database, reader: OutboxReader) -> None:
    write(database, row(1))
    [changed] = reader.read(100)
    assert isinstance(changed, ShopOrderChanged)
    assert (changed.was_paid_now, changed.payment_state, changed.session_id) == (
        True,
        PaymentState.PAID,
        "s1",
    )
