import msgspec
from sqlalchemy import select, update

from backend.contract.orders import Order, OrderState, PlaceOrder
from backend.shop.orders.kept import keep_order
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from backend.storage.order_tables import IDEMPOTENCY_KEYS
from tests.backend.shop.goods import HOME, ROOM, lines_of, order_of, put_on_sale, quoted, request_of

ANN = Person("ann", ROOM)


async def wish(shop: Shop, database: Database) -> PlaceOrder:
    put_on_sale(database, "tea")
    return order_of(await quoted(shop, lines_of(tea=1)))


async def place(shop: Shop, wanted: PlaceOrder) -> Placed:
    result = await shop.place(ANN, wanted, request_of("ann", "k1", wanted))
    assert isinstance(result, Placed)
    return result


def kept(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(IDEMPOTENCY_KEYS.c.answer)))


async def test_what_is_kept_of_an_order_is_its_id(shop: Shop, database: Database) -> None:
    order = (await place(shop, await wish(shop, database))).order
    assert kept(database) == [keep_order(order).decode()]
    assert HOME.phone not in kept(database)[0]


async def test_a_key_that_comes_again_is_answered_by_the_order_as_it_is_now(
    shop: Shop, database: Database
) -> None:
    wanted = await wish(shop, database)
    order = (await place(shop, wanted)).order
    cancelled = await shop.cancel(ANN, order.order_id, "", request_of("ann", "k2", route="cancel"))
    assert isinstance(cancelled, Order)
    assert await place(shop, wanted) == Placed(cancelled, is_repeat=True)
    assert await shop.cancel(ANN, order.order_id, "", request_of("ann", "k2", route="cancel")) == cancelled
    assert cancelled.state is OrderState.CANCELLED


async def test_an_answer_that_was_kept_whole_still_counts(shop: Shop, database: Database) -> None:
    wanted = await wish(shop, database)
    order = (await place(shop, wanted)).order
    with database.transaction() as connection:
        connection.execute(update(IDEMPOTENCY_KEYS).values(answer=msgspec.json.encode(order).decode()))
    assert await place(shop, wanted) == Placed(order, is_repeat=True)
