import pytest
from msgspec.structs import replace

from backend.contract.listing import MOST_LISTED
from backend.contract.products import (
    ChangeSku,
    NewProduct,
    NewSku,
)
from backend.log.shop_entries import ListingChanged
from backend.shop.catalog.pictures.reencoding import EncodedPicture
from backend.shop.catalog.results import (
    CodeTaken,
    ListingFull,
    NotFit,
    UnknownPicture,
)
from backend.shop.catalog.staff_reading import PagePlace, ProductFilter
from backend.shop.idempotency import KeyReused
from backend.shop.outbox_reader import OutboxReader
from backend.storage.catalog_tables import LISTINGS, SPUS
from tests.backend.kinds import as_type
from tests.backend.shop.catalog.desk import SIZES, Desk
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import (
    ROOM,
    STAFF,
    check_books,
    put_on_sale,
)

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
    await desk.buy(made.skus[0].sku_id)
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
