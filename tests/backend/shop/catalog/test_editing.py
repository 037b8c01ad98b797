from collections.abc import Iterator

import pytest

from backend.contract.base import Author, RejectReason, Role
from backend.contract.shop import Product
from backend.log import shop_entries as entries
from backend.shop.catalog.editing import (
    Edited,
    EditResult,
    ProductEdit,
    RefusedEdit,
    StaleEdit,
    decide_edit,
    edit_product,
)
from backend.shop.outbox_reader import OutboxReader
from backend.shop.room_products import CatalogStore
from backend.shop.stock.movements import move_stock, reserve, sell
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.shop.goods import add_sku, check_books, list_in, open_rooms, put_on_sale, stock_of

HOST = Author("host", "主播", Role.HOST, is_follower=False)
TEA = Product("tea", 1, "茶", 3900, 5900, 5, "")


@pytest.fixture
def shop(database: Database) -> Iterator[Database]:
    open_rooms(database, "main", "second")
    put_on_sale(database, "tea", price_minor=3900, stock=60, floor_minor=1000)
    list_in(database, "second", "tea")
    yield database
    check_books(database)


def edit(database: Database, version: int, room: str = "main", **fields: str | int) -> EditResult:
    with database.transaction() as connection:
        made = ProductEdit("tea", version, **fields)  # type: ignore[arg-type]
        return edit_product(connection, room, made, by=HOST, now_ms=7)


def sell_units(database: Database, sku_id: str, units: int) -> None:
    with database.transaction() as connection:
        moves = [reserve(sku_id, units), sell(sku_id, units)]
        move_stock(connection, moves, reason="", order_id=None, actor="anna", at_ms=1)


def test_a_change_is_what_every_room_shows(shop: Database) -> None:
    after = as_type(Edited, edit(shop, 1, title="绿茶", price_minor=2900, stock=70)).product
    for room in ("main", "second"):
        [shown] = CatalogStore(shop, room).load().products
        assert shown == after
    assert (after.title, after.price_minor, after.stock, after.version) == ("绿茶", 2900, 70, 2)
    assert stock_of(shop, "tea") == (70, 0, 0)


def test_every_room_that_shows_it_hears_who_changed_what(shop: Database) -> None:
    edit(shop, 1, price_minor=2900)
    for room in ("main", "second"):
        [heard] = OutboxReader(shop, room).read(10)
        assert isinstance(heard, entries.ProductEdited)
        assert (heard.by, heard.before.price_minor, heard.after.price_minor) == (HOST, 3900, 2900)
        assert heard.after.number == 1


def test_stock_moves_by_what_the_editor_changed_and_what_sold_meanwhile_stays_sold(shop: Database) -> None:
    sell_units(shop, "tea", 3)
    edit(shop, 1, stock=70, stock_from=60)
    assert stock_of(shop, "tea") == (67, 0, 3)


def test_a_count_is_what_is_left_whatever_the_editor_saw(shop: Database) -> None:
    sell_units(shop, "tea", 3)
    edit(shop, 1, stock=50)
    assert stock_of(shop, "tea") == (50, 0, 3)


def test_who_did_not_see_the_last_version_is_shown_it(shop: Database) -> None:
    edit(shop, 1, price_minor=2900)
    stale = as_type(StaleEdit, edit(shop, 1, price_minor=2800))
    assert (stale.product.price_minor, stale.product.version) == (2900, 2)


def test_a_price_below_the_floor_is_refused_whole(shop: Database) -> None:
    assert edit(shop, 1, title="x", price_minor=999) == RefusedEdit(RejectReason.MALFORMED)
    assert CatalogStore(shop, "main").load().products[0].title == "tea 礼盒"


def test_a_product_that_the_room_does_not_show_is_unknown_to_it(shop: Database) -> None:
    put_on_sale(shop, "cup", room="second")
    with shop.transaction() as connection:
        result = edit_product(connection, "main", ProductEdit("cup", 1, "x"), by=HOST, now_ms=1)
    assert result == RefusedEdit(RejectReason.UNKNOWN_PRODUCT)


def test_a_product_of_several_skus_shows_the_lowest_price_and_all_that_is_left(shop: Database) -> None:
    add_sku(shop, "tea", "tea-large", price_minor=6900, stock=4)
    [shown] = CatalogStore(shop, "main").load().products
    assert (shown.price_minor, shown.is_from, shown.stock, shown.sku_count) == (3900, True, 64, 2)


def test_price_and_stock_of_several_skus_are_not_changed_as_one(shop: Database) -> None:
    add_sku(shop, "tea", "tea-large", price_minor=6900, stock=4)
    assert edit(shop, 1, price_minor=100) == RefusedEdit(RejectReason.MALFORMED)
    assert edit(shop, 1, stock=1) == RefusedEdit(RejectReason.MALFORMED)
    assert as_type(Edited, edit(shop, 1, title="茶")).product.title == "茶"


@pytest.mark.parametrize(
    ("made", "result"),
    [
        (ProductEdit("tea", 1, price_minor=-1), RefusedEdit(RejectReason.MALFORMED)),
        (ProductEdit("tea", 1, price_minor=100_000_000), RefusedEdit(RejectReason.MALFORMED)),
        (ProductEdit("tea", 1, stock=-1), RefusedEdit(RejectReason.MALFORMED)),
        (ProductEdit("tea", 1, stock=10_000_000), RefusedEdit(RejectReason.MALFORMED)),
        (ProductEdit("tea", 0, stock=1), StaleEdit(TEA)),
        (ProductEdit("tea", 0, stock=5), Edited(TEA)),
        (ProductEdit("tea", 1, stock=0, stock_from=6), StaleEdit(TEA)),
        (ProductEdit("tea", 1), Edited(TEA)),
    ],
)
def test_an_edit_is_decided_by_the_product_as_it_is(made: ProductEdit, result: EditResult) -> None:
    assert decide_edit(TEA, made) == result
