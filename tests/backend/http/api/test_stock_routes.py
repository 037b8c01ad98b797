from backend.contract.catalog import ShopProducts
from backend.contract.listing import RoomListing
from backend.contract.products import ProductUpdate, StaffProduct
from backend.contract.shop import ProductsChanged
from backend.contract.stock import SkuStock, StockLedger
from tests.backend.http.api.shopping import CUP, TEA, Market, answer, line, refused


async def listing_of(market: Market) -> list[str]:
    shown = answer(ShopProducts, await market.host.get("rooms/main/products"))
    return [one.spu_id for one in shown.products]


async def test_staff_move_stock_by_a_delta_or_a_count(market: Market) -> None:
    before = answer(StockLedger, await market.host.get(f"skus/{TEA}/movements")).stock
    body = {"delta": 5, "reason": "a carton came"}
    moved = answer(SkuStock, await market.host.post(f"skus/{TEA}/stock", body))
    assert moved.on_hand == before.on_hand + 5
    counted = await market.host.post(f"skus/{TEA}/stock", {"count": 7, "reason": "stock-taking"})
    assert answer(SkuStock, counted).on_hand == 7

    ledger = answer(StockLedger, await market.host.get(f"skus/{TEA}/movements?limit=2"))
    assert [(one.kind, one.on_hand, one.reason, one.actor) for one in ledger.movements] == [
        ("count", 7 - before.on_hand - 5, "stock-taking", "host"),
        ("adjust", 5, "a carton came", "host"),
    ]
    older = f"skus/{TEA}/movements?before={ledger.next_before}"
    rest = answer(StockLedger, await market.host.get(older))
    assert [one.kind for one in rest.movements] == ["opening"]
    assert rest.next_before is None


async def test_stock_is_moved_once_by_its_key(market: Market) -> None:
    body = {"delta": 5, "reason": "a carton came"}
    first, again = [
        answer(SkuStock, await market.host.post(f"skus/{TEA}/stock", body, "once")) for _ in range(2)
    ]
    assert first == again


async def test_what_orders_hold_is_not_taken_away(market: Market) -> None:
    buyer = await market.buyer()
    await buyer.order(line())
    response = await market.host.post(f"skus/{TEA}/stock", {"count": 0, "reason": "stock-taking"})
    assert refused(response) == (409, "stock_too_low")


async def test_stock_is_for_staff_with_the_right_to_products(market: Market) -> None:
    body = {"delta": 5, "reason": "mine"}
    assert refused(await (await market.buyer()).post(f"skus/{TEA}/stock", body)) == (403, "forbidden")
    assert refused(await market.host.post("skus/gone/stock", body)) == (404, "not_found")


async def test_a_movement_without_a_reason_or_with_two_wishes_is_malformed(market: Market) -> None:
    for body in (
        {"delta": 1},
        {"delta": 1, "reason": ""},
        {"reason": "x"},
        {"delta": 1, "count": 1, "reason": "x"},
        {"delta": 10_000_000, "reason": "x"},
        {"count": -1, "reason": "x"},
    ):
        assert refused(await market.host.post(f"skus/{TEA}/stock", body)) == (422, "malformed")


async def test_a_room_shows_products_in_the_order_that_its_host_gives_them(market: Market) -> None:
    first, *_rest = await listing_of(market)
    moved = await market.host.post("rooms/main/listing", {"spu_id": CUP, "position": 0})
    assert answer(RoomListing, moved).spu_ids[:2] == [CUP, first]
    assert (await listing_of(market))[0] == CUP

    left = answer(RoomListing, await market.host.delete(f"rooms/main/listing/{CUP}"))
    assert CUP not in left.spu_ids
    assert CUP not in await listing_of(market)
    back = answer(RoomListing, await market.host.post("rooms/main/listing", {"spu_id": CUP}))
    assert back.spu_ids[-1] == CUP


async def test_staff_see_what_a_room_lists_and_buyers_what_it_sells(market: Market) -> None:
    sold = await listing_of(market)
    product = answer(StaffProduct, await market.host.get(f"products/{sold[1]}"))
    change = {"version": product.version, "is_on_shelf": False}
    answer(ProductUpdate, await market.host.patch(f"products/{sold[1]}", change))
    listed = answer(RoomListing, await market.host.get("rooms/main/listing"))
    assert listed.spu_ids == sold
    assert await listing_of(market) == [sold[0], *sold[2:]]
    assert refused(await market.host.get("rooms/second/listing")) == (403, "forbidden")
    assert refused(await (await market.buyer()).get("rooms/main/listing")) == (403, "forbidden")


async def test_a_rooms_listing_is_its_own_staffs(market: Market) -> None:
    body = {"spu_id": CUP}
    assert refused(await market.host.post("rooms/second/listing", body)) == (403, "forbidden")
    assert refused(await (await market.buyer()).post("rooms/main/listing", body)) == (403, "forbidden")
    gone = await market.host.post("rooms/main/listing", {"spu_id": "gone"})
    assert refused(gone) == (404, "not_found")


async def test_all_in_the_room_read_the_products_again_when_it_shows_others(market: Market) -> None:
    async with market.backend.host() as host:
        answer(RoomListing, await market.host.delete(f"rooms/main/listing/{CUP}"))
        assert await host.hears(ProductsChanged) == ProductsChanged()
    shown = await market.http.get("/api/rooms/main/products")
    assert CUP not in shown.text
