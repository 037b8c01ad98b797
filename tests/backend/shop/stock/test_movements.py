import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.shop.stock.movements import (
    Held,
    NotEnoughStockError,
    StockMove,
    held_by,
    move_stock,
    release,
    reserve,
    sell,
    stock_needed,
    take_back,
)
from backend.storage.database import Database
from tests.backend.shop.goods import check_books, open_rooms, put_on_sale, stock_of

SKUS = st.sampled_from(["a", "b", "c", "d"])


@pytest.fixture
def stocked(database: Database) -> Database:
    open_rooms(database)
    put_on_sale(database, "tea", stock=5)
    put_on_sale(database, "cup", stock=5)
    return database


def move(database: Database, *moves: StockMove, order_id: str | None = "o1") -> None:
    with database.transaction() as connection:
        move_stock(connection, moves, reason="test", order_id=order_id, actor="test", at_ms=1)


def test_units_go_from_the_shelf_through_an_order_out_of_the_house(stocked: Database) -> None:
    move(stocked, reserve("tea", 3))
    assert stock_of(stocked, "tea") == (5, 3, 0)
    move(stocked, sell("tea", 2), release("tea", 1))
    assert stock_of(stocked, "tea") == (3, 0, 2)
    move(stocked, take_back("tea", 1))
    assert stock_of(stocked, "tea") == (4, 0, 1)
    check_books(stocked)


@pytest.mark.parametrize(
    "moves",
    [[reserve("tea", 6)], [reserve("cup", 1), reserve("tea", 6)], [reserve("tea", 3), reserve("tea", 3)]],
    ids=["one", "second of two", "both together"],
)
def test_what_is_not_there_moves_nothing(stocked: Database, moves: list[StockMove]) -> None:
    with pytest.raises(NotEnoughStockError):
        move(stocked, *moves)
    assert stock_of(stocked, "tea") == stock_of(stocked, "cup") == (5, 0, 0)
    check_books(stocked)


def test_an_order_holds_the_sums_of_its_movements(stocked: Database) -> None:
    move(stocked, reserve("tea", 3), reserve("cup", 1))
    move(stocked, sell("tea", 3))
    move(stocked, reserve("cup", 2), order_id="o2")
    with stocked.reading() as connection:
        assert held_by(connection, "o1") == {"cup": Held(1, 0), "tea": Held(0, 3)}


@given(st.dictionaries(SKUS, st.integers(1, 9)), st.dictionaries(SKUS, st.integers(1, 9), min_size=1))
def test_bundles_take_their_components_merged_and_sorted(
    units: dict[str, int], parts: dict[str, int]
) -> None:
    needed = stock_needed({**units, "set": 2}, {"set": parts})
    assert list(needed) == sorted(needed)
    expected = {sku: units.get(sku, 0) + 2 * parts.get(sku, 0) for sku in {*units, *parts}}
    assert needed == expected
