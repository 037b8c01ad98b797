import asyncio

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from backend.contract.base import Author, Role
from backend.contract.listing import MOST_LISTED
from backend.contract.orders import AskQuote
from backend.contract.products import (
    ChangeSku,
    NewProduct,
    NewSku,
    ProductRemoval,
    ProductUpdate,
    SeenProduct,
)
from backend.log.shop_entries import ListingChanged, ProductEdited, ShopStockCounted
from backend.shop.catalog.pictures.reencoding import EncodedPicture
from backend.shop.catalog.removing import HAS_ORDERS, IN_BUNDLE
from backend.shop.catalog.results import (
    ChangedMeanwhile,
    CodeTaken,
    ListingFull,
    NotFit,
    UnknownPicture,
)
from backend.shop.catalog.staff_reading import PagePlace, ProductFilter
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import Placed, SkuUnavailable
from backend.shop.outbox_reader import OutboxReader
from backend.shop.people import Person
from backend.storage.catalog_tables import LISTINGS, SKUS, SPUS, STOCK, STOCK_MOVEMENTS
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES, Desk, seen
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ANYBODY,
    ROOM,
    STAFF,
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

ANN = Person("ann", ROOM)


async def buy(desk: Desk, sku_id: str, buyer: str = "ann") -> None:
    wanted = order_of(await quoted(desk.shop, lines_of(**{sku_id: 1})), address=home_of(buyer))
    request = request_of(buyer, "k", wanted)
    as_type(Placed, await desk.shop.place(Person(buyer, ROOM), wanted, request))


async def listed(desk: Desk) -> list[str]:
    return [one.spu_id for one in (await desk.shop.products(ROOM)).products]


# --- Adding ---


async def test_a_new_product_is_sold_in_the_room_with_all_its_skus(desk: Desk) -> None:
    made = await desk.create("茶", SIZES, tags=["new", "new", ""], category="tea", description="two\nlines")
    assert (made.title, made.tags, made.category, made.version) == ("茶", ["new"], "tea", 1)
    assert [(one.specs, one.left, one.code) for one in made.skus] == [
        ([["size", "S"]], 5, "tea-s"),
        ([["size", "L"]], 2, None),
    ]
    assert await desk.see(made) == made
    [shown] = (await desk.shop.products(ROOM)).products
    assert [sku.left for sku in shown.skus] == [5, 2]
    await buy(desk, made.skus[0].sku_id)
    check_books(desk.database)


async def test_the_rooms_hear_of_a_product_that_is_new_there(desk: Desk) -> None:
    await desk.create()
    await desk.create(is_in_room=False)
    heard = OutboxReader(desk.database, ROOM).read(10)
    assert [type(one) for one in heard] == [ListingChanged]


async def test_a_product_that_is_asked_for_twice_under_one_key_is_added_once(desk: Desk) -> None:
    wish = NewProduct("tea", [NewSku(100)])
    request = desk.request(wish)
    first, again = [await desk.products.create(STAFF, wish, request) for _ in range(2)]
    assert first == again
    other = replace(request, body_hash="other")
    assert await desk.products.create(STAFF, wish, other) == KeyReused(request.key)
    page = await desk.products.page(ProductFilter(), None, 10)
    assert len(page.products) == 1


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        (NewProduct(" ", [NewSku(1)]), "/title"),
        (NewProduct("x" * 101, [NewSku(1)]), "/title"),
        (NewProduct("tea", [NewSku(1, floor_minor=2)]), "/skus/0/floor_minor"),
        (NewProduct("tea", [NewSku(1), NewSku(2)]), "/skus/0/specs"),
        (NewProduct("tea", [NewSku(1, [["size"]])]), "/skus/0/specs"),
        (NewProduct("tea", [NewSku(1, [["size", ""]])]), "/skus/0/specs"),
        (NewProduct("tea", [NewSku(1, [["a", "1"], ["a", "2"]])]), "/skus/0/specs"),
        (NewProduct("tea", [NewSku(1, [["a", "1"]]), NewSku(1, [["b", "1"]])]), "/skus/1/specs"),
        (NewProduct("tea", [NewSku(1, [["a", "1"]]), NewSku(1, [["a", "1"]])]), "/skus/1/specs"),
        (
            NewProduct("tea", [NewSku(1, [["a", "1"]], code="x"), NewSku(1, [["a", "2"]], code="x")]),
            "/skus/1/code",
        ),
    ],
)
async def test_a_product_that_cannot_be_so_is_refused_where_it_is_wrong(
    desk: Desk, wish: NewProduct, pointer: str
) -> None:
    assert as_type(NotFit, await desk.try_create(wish)).pointer == pointer


async def test_a_code_is_one_skus_alone(desk: Desk) -> None:
    first = await desk.create(skus=[NewSku(1, code="x")])
    second = await desk.create("cup", skus=[NewSku(1, code="y")])
    taken = CodeTaken("x", first.spu_id, "tea")
    assert await desk.try_create(NewProduct("z", [NewSku(1, code="x")])) == taken
    assert await desk.try_change(second, ChangeSku(second.skus[0].sku_id, code="x")) == taken


async def test_two_skus_change_codes_with_each_other(desk: Desk) -> None:
    made = await desk.create(skus=[NewSku(1, [["a", "1"]], code="x"), NewSku(1, [["a", "2"]], code="y")])
    one, two = made.skus
    after = await desk.change(made, ChangeSku(one.sku_id, code="y"), ChangeSku(two.sku_id, code="x"))
    assert [sku.code for sku in after.skus] == ["y", "x"]


async def test_only_uploaded_pictures_are_taken_and_the_gallery_keeps_its_order(desk: Desk) -> None:
    red, blue = [desk.pictures.save(EncodedPicture(one, one, 1, 1)) for one in (b"red", b"blue")]
    missing = NewProduct("tea", [NewSku(1)], pictures=[red, "0" * 40 + ".webp"])
    assert await desk.try_create(missing) == UnknownPicture("0" * 40 + ".webp")
    made = await desk.create(pictures=[red, blue])
    turned = await desk.change(made, pictures=[blue, red])
    assert [picture.name for picture in turned.pictures] == [blue, red]
    [shown] = (await desk.shop.products(ROOM)).products
    assert shown.images == [f"/media/products/{name}" for name in (blue, red)]


async def test_pictures_that_a_product_had_before_may_stay(desk: Desk) -> None:
    put_on_sale(desk.database, "cup")
    cup = await desk.products.product("cup")
    assert cup is not None
    assert (await desk.change(cup, pictures=["a.png"])).version == 1


async def test_a_full_room_takes_no_new_product_and_nothing_of_it_is_kept(desk: Desk) -> None:
    with desk.database.transaction() as connection:
        rows = [
            {"spu_id": f"p{n}", "title": "p", "created_at_ms": 0, "updated_at_ms": 0}
            for n in range(MOST_LISTED)
        ]
        connection.execute(SPUS.insert(), rows)
        places = [{"room_id": ROOM, "spu_id": f"p{n}", "position": n} for n in range(MOST_LISTED)]
        connection.execute(LISTINGS.insert(), places)
    wish = NewProduct("tea", [NewSku(1)], is_in_room=True)
    assert await desk.try_create(wish) == ListingFull()
    assert (await desk.products.page(ProductFilter("tea"), None, 1)).products == []


# --- Changing ---


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
    assert await listed(desk) == []
    assert off.rooms == [ROOM]
    await desk.change(off, is_on_shelf=True)
    assert await listed(desk) == [made.spu_id]
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


# --- Removing ---


async def test_a_product_that_was_never_sold_is_deleted_whole(desk: Desk) -> None:
    made = await desk.create(skus=SIZES)
    assert await desk.products.remove(STAFF, made.spu_id, made.version) == ProductRemoval(made, None)
    assert await desk.products.product(made.spu_id) is None
    assert await desk.products.remove(STAFF, made.spu_id, made.version) is None
    with desk.database.reading() as connection:
        for table in (SPUS, SKUS, STOCK, STOCK_MOVEMENTS, LISTINGS):
            assert connection.execute(select(table)).all() == []


async def test_a_product_that_orders_have_is_retired_and_says_why(desk: Desk) -> None:
    made = await desk.create()
    await buy(desk, made.skus[0].sku_id)
    now = await desk.see(made)
    removed = as_type(ProductRemoval, await desk.products.remove(STAFF, made.spu_id, made.version))
    assert (removed.before, removed.reason) == (now, HAS_ORDERS)
    after = await desk.see(made)
    assert removed.after == after
    assert (after.is_on_shelf, after.rooms, after.version) == (False, [], 2)
    assert await listed(desk) == []


async def test_what_bundles_are_made_of_is_retired(desk: Desk) -> None:
    made = await desk.create()
    put_on_sale(desk.database, "box", stock=0, components={made.skus[0].sku_id: 2})
    box = await desk.products.product("box")
    assert box is not None
    assert (box.skus[0].left, box.skus[0].components) == (2, {made.skus[0].sku_id: 2})
    removed = as_type(ProductRemoval, await desk.products.remove(STAFF, made.spu_id, 1))
    assert removed.reason == IN_BUNDLE
    await buy(desk, "box")
    sold = as_type(ProductRemoval, await desk.products.remove(STAFF, "box", 1))
    assert sold.reason == HAS_ORDERS


async def test_a_product_is_removed_as_it_was_seen(desk: Desk) -> None:
    made = await desk.create()
    after = await desk.change(made, title="green")
    assert await desk.products.remove(STAFF, made.spu_id, 1) == ChangedMeanwhile(after)


# --- Reading ---


async def test_pages_hold_each_product_once_the_newest_first_though_some_come_meanwhile(
    desk: Desk, clock: Clock
) -> None:
    made = []
    for number in range(7):
        made.append((await desk.create(f"p{number}")).spu_id)
        clock.turn(number % 2)
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        place = PagePlace.read(cursor)
        page = await desk.products.page(ProductFilter(), place, 3)
        found += [one.spu_id for one in page.products]
        cursor = page.next
        clock.turn(1)
        await desk.create("later")
    assert set(found) == set(made)
    assert len(found) == len(made)
    assert found[0] == made[-1]


async def test_products_are_found_by_words_of_any_field(desk: Desk) -> None:
    await desk.create(
        "明前龙井 Green 100%", [NewSku(1, [["颜色", "燕麦色"]], code="LJ-01")], tags=['a"b'], category="茶"
    )
    await desk.create("blue cup", is_on_shelf=False)

    async def found(**wanted: str) -> list[str]:
        return [
            one.title[:4] for one in (await desk.products.page(ProductFilter(**wanted), None, 9)).products
        ]

    for search in ("龙井", "green", "100%", "lj-01", "燕麦", 'a"b', "茶", "green 龙井 lj"):
        assert await found(search=search) == ["明前龙井"], search
    for search in ("green cup", "_", "0%x"):
        assert await found(search=search) == [], search
    assert await found(status="off_shelf") == ["blue"]
    assert await found(category="茶") == await found(tag='a"b') == ["明前龙井"]
    assert await found(tag="a") == []


async def test_a_cursor_that_is_none_of_ours_is_none() -> None:
    assert [PagePlace.read(text) for text in ("", "x", "1", "x.y", "9" * 30 + ".a", "٣.a")] == [None] * 6
