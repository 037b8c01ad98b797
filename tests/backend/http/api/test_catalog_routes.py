from backend.contract.catalog import ShopProducts
from tests.backend.http.api.shopping import CUP, TEA, Market, answer


async def test_everybody_sees_what_a_room_sells(market: Market) -> None:
    listed = answer(ShopProducts, await market.http.get("/api/v1/rooms/main/products"))
    sold = {product.spu_id: product for product in listed.products}
    assert listed.currency == "CNY"
    assert (sold[TEA].skus[0].price_minor, sold[TEA].skus[0].left) == (16_800, 10)
    assert sold[CUP].skus[0].limit_per_buyer == 2
    assert [product.number for product in listed.products] == list(range(1, len(listed.products) + 1))


async def test_a_room_that_is_not_there_sells_nothing(market: Market) -> None:
    assert answer(ShopProducts, await market.http.get("/api/v1/rooms/nowhere/products")).products == []


async def test_a_quote_names_what_is_left_and_holds_nothing(market: Market) -> None:
    buyer = await market.buyer()
    first, second = [await buyer.quote({"sku_id": CUP, "quantity": 2}) for _ in range(2)]
    assert first == second
    assert (first.lines[0].net_minor, first.lines[0].left) == (10_000, 3)
