import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from backend.contract.base import Author, Role
from backend.contract.orders import AskQuote
from backend.contract.products import (
    ChangeSku,
    NewSku,
    ProductUpdate,
    SeenProduct,
)
from backend.log.shop_entries import ListingChanged, ProductEdited, ShopStockCounted
from backend.shop.catalog.results import (
    ChangedMeanwhile,
    NotFit,
)
from backend.shop.orders.results import Placed, SkuUnavailable
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.storage.catalog_tables import SKUS, STOCK
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES, Desk, seen
from tests.backend.shop.goods import (
    ANYBODY,
    ROOM,
    check_books,
    home_of,
    lines_of,
    list_in,
    open_rooms,
    order_of,
    ordered_units,
    put_on_sale,
    quoted,
    request_of,
    stock_of,
)


async def test_every_room_that_shows_it_hears_who_changed_a_product(desk: Desk) -> None:
    made = await desk.create()
    open_rooms(desk.database, "second")
    list_in(desk.database, "second", made.spu_id)
    made = await desk.see(made)
    await desk.change(made, ChangeSku(made.skus[0].sku_id, price_minor=90), title="green")
    for room in (ROOM, "second"):
        [edited] = [
            one for one in OutboxReader(desk.database, room).read(10) if isinstance(one, ProductEdited)
        ]
        assert edited.by == Author("host", "host", Role.HOST, is_follower=False)
        assert (edited.before.title, edited.after.title) == ("tea", "green")
        assert (edited.before.price_minor, edited.after.price_minor, edited.after.number) == (100, 90, 1)


async def test_what_is_so_already_is_no_change(desk: Desk) -> None:
    made = await desk.create(tags=["a"])
    assert await desk.change(made, title="tea", tags=["a", "a"]) == made


async def test_an_editor_who_did_not_see_the_last_version_is_shown_it(desk: Desk) -> None:
    made = await desk.create()
    after = await desk.change(made, title="first")
    assert await desk.try_change(made, title="second") == ChangedMeanwhile(after)


async def test_of_two_assistants_who_change_a_product_at_once_one_is_shown_the_others(desk: Desk) -> None:
    made = await desk.create()
    people = [Person(f"helper-{n}", ROOM, is_staff=True) for n in range(8)]
    answers = await asyncio.gather(
        *(desk.try_change(made, title=person.user_id, by=person) for person in people)
    )
    [done] = [one for one in answers if isinstance(one, ProductUpdate)]
    late = [one for one in answers if isinstance(one, ChangedMeanwhile)]
    assert len(late) == 7
    assert {one.product.title for one in late} == {done.after.title}
    assert (await desk.see(made)).version == 2


async def test_a_retired_sku_is_not_sold_and_its_choice_is_free_again(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    small, _ = made.skus
    retired = await desk.change(made, ChangeSku(small.sku_id, is_active=False))
    assert [sku.is_active for sku in retired.skus] == [False, True]
    assert await desk.shop.quote(ANYBODY, AskQuote(lines_of(**{small.sku_id: 1}))) == SkuUnavailable(
        small.sku_id
    )
    grown = await desk.change(retired, new_skus=[NewSku(300, [["size", "S"]], stock=7)])
    [shown] = (await desk.shop.products(ROOM)).products
    assert sorted(sku.left for sku in shown.skus) == [2, 7]
    back = await desk.try_change(grown, ChangeSku(small.sku_id, is_active=True))
    assert as_type(NotFit, back).pointer.endswith("/specs")
    check_books(desk.database)


async def test_the_room_hears_what_is_left_of_a_sku_that_is_new(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    await desk.change(made, new_skus=[NewSku(300, [["size", "M"]], stock=7)])
    [counted] = [
        one for one in OutboxReader(desk.database, ROOM).read(10) if isinstance(one, ShopStockCounted)
    ]
    assert sorted(counted.products[0].skus.values()) == [2, 5, 7]


async def test_the_last_sku_is_not_retired(desk: Desk) -> None:
    made = await desk.create()
    refused = await desk.try_change(made, ChangeSku(made.skus[0].sku_id, is_active=False))
    assert as_type(NotFit, refused).pointer == "/skus"


async def test_a_sku_of_another_product_is_not_changed(desk: Desk) -> None:
    made, other = await desk.create(), await desk.create("cup")
    refused = await desk.try_change(made, ChangeSku(other.skus[0].sku_id, price_minor=1))
    assert as_type(NotFit, refused).pointer == "/skus/0/sku_id"


async def test_a_product_off_the_shelf_is_in_no_rooms_shop_until_it_is_back(desk: Desk) -> None:
    made = await desk.create()
    off = await desk.change(made, is_on_shelf=False)
    assert await desk.listed() == []
    assert off.rooms == [ROOM]
    await desk.change(off, is_on_shelf=True)
    assert await desk.listed() == [made.spu_id]
    heard = OutboxReader(desk.database, ROOM).read(10)
    assert [type(one) for one in heard] == [ListingChanged] * 3


async def test_old_products_that_break_a_rule_can_still_be_renamed(desk: Desk) -> None:
    put_on_sale(desk.database, "cup")
    with desk.database.transaction() as connection:
        connection.execute(SKUS.insert(), {"sku_id": "cup2", "spu_id": "cup", "price_minor": 1})
        connection.execute(STOCK.insert(), {"sku_id": "cup2", "on_hand": 0})
    cup = await desk.products.product("cup")
    assert cup is not None
    assert (await desk.change(cup, title="mug")).title == "mug"
    refused = await desk.try_change(await desk.see(cup), new_skus=[NewSku(1)])
    assert as_type(NotFit, refused).pointer.endswith("/specs")


async def test_prices_change_while_sixty_four_buy_and_nothing_is_oversold(desk: Desk) -> None:
    made = await desk.create(skus=[NewSku(100, stock=40)])
    sku_id = made.skus[0].sku_id
    quote = await quoted(desk.shop, lines_of(**{sku_id: 1}))

    async def try_to_buy(number: int) -> bool:
        for attempt in range(40):
            now = quote if attempt == 0 else await quoted(desk.shop, lines_of(**{sku_id: 1}))
            buyer = f"b{number}"
            wanted = order_of(now, address=home_of(buyer))
            result = await desk.shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
            if isinstance(result, Placed):
                assert result.order.total_minor == now.total_minor
                return True
        return False

    async def edit() -> None:
        for number in range(20):
            now = await desk.see(made)
            await desk.try_change(now, ChangeSku(sku_id, price_minor=100 + number), tags=[str(number)])

    *bought, _, _ = await asyncio.gather(*(try_to_buy(number) for number in range(64)), edit(), edit())
    assert sum(map(bool, bought)) == 40 == ordered_units(desk.database, sku_id)
    assert stock_of(desk.database, sku_id)[:2] == (40, 40)
    check_books(desk.database)


# --- Many at once ---


async def test_a_batch_changes_each_product_that_it_can(desk: Desk) -> None:
    tea = await desk.create(skus=SIZES, tags=["a"])
    cup = await desk.create("cup", [NewSku(100, floor_minor=95)])
    pot = await desk.create("pot")
    await desk.change(pot, title="big pot")
    result = await desk.batch(
        [seen(tea), seen(cup), seen(pot), SeenProduct("gone", 1), seen(tea)],
        price_change_bp=-1_000,
        category="sale",
        add_tags=["b"],
        remove_tags=["a"],
    )
    assert [one.problem for one in result.items] == [
        "",
        "product_not_fit",
        "product_changed",
        "not_found",
        "product_not_fit",
    ]
    now = await desk.see(tea)
    assert ([sku.price_minor for sku in now.skus], now.tags, now.category) == ([90, 180], ["b"], "sale")
    assert await desk.see(cup) == cup

    done = result.items[0]
    assert done.before is not None
    back = SeenProduct(tea.spu_id, now.version, restore=done.before)
    [undone] = (await desk.batch([back], is_on_shelf=False)).items
    assert undone.problem == ""
    again = await desk.see(tea)
    assert again == replace(tea, version=3, updated_at_ms=again.updated_at_ms)


@pytest.mark.parametrize(
    ("change", "price"),
    [({"price_change_bp": 50}, 101), ({"price_change_bp": 49}, 100), ({"price_change_minor": -30}, 70)],
)
async def test_a_price_of_a_batch_is_rounded_half_up(desk: Desk, change: dict[str, int], price: int) -> None:
    made = await desk.create()
    await desk.batch([seen(made)], **change)
    assert (await desk.see(made)).skus[0].price_minor == price


async def test_a_batch_brings_no_price_below_nothing(desk: Desk) -> None:
    made = await desk.create()
    [item] = (await desk.batch([seen(made)], price_change_minor=-101)).items
    assert (item.problem, item.before, item.after) == ("product_not_fit", None, None)


async def test_five_hundred_products_are_changed_in_one_transaction(desk: Desk) -> None:
    for number in range(500):
        put_on_sale(desk.database, f"p{number}")
    wanted = [SeenProduct(f"p{number}", 1) for number in range(500)]
    result = await desk.batch(wanted, price_change_minor=5)
    assert {one.problem for one in result.items} == {""}
    with desk.database.reading() as connection:
        assert set(connection.scalars(select(SKUS.c.price_minor))) == {105}
