"""Orders found by number and phone."""

from sqlalchemy import Connection, event

from backend.contract.order_lookup import FindOrder
from backend.shop.orders.lookup import look_up
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.goods import home_of, lines_of, put_on_sale
from tests.backend.shop.orders.test_place import buy, placed


def statements(connection: Connection, wanted: FindOrder) -> list[str]:
    """What is asked of the database for a pair that is wrong."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", listen)
    assert look_up(connection, wanted) is None
    event.remove(connection, "before_cursor_execute", listen)
    return said


async def test_a_wrong_phone_takes_what_an_unknown_number_takes(shop: Shop, database: Database) -> None:
    put_on_sale(database, "tea")
    order = placed(await buy(shop, lines_of(tea=1)))
    with database.reading() as connection:
        known = statements(connection, FindOrder(order.number, "13900009999"))
        unknown = statements(connection, FindOrder("261201000000000", "13900009999"))
        assert known == unknown
        assert look_up(connection, FindOrder(order.number, home_of("ann").phone)) is not None
