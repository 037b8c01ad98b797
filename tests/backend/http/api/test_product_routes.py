import asyncio
from itertools import count

import httpx
import msgspec
import pytest

from backend.contract.base import AssistantRight
from backend.contract.product_problems import (
    CodeProblem,
    ProductFieldProblem,
    ProductProblem,
    ReferenceProblem,
)
from backend.contract.products import (
    BatchResult,
    ProductRemoval,
    ProductsPage,
    ProductUpdate,
    StaffProduct,
)
from backend.contract.shop import ProductChanged, ProductsChanged
from tests.backend.http.api.shopping import CUP, TEA, Buyer, Market, answer, line, refused
from tests.backend.test_assist import joined

_NUMBERS = count(1)

SCARF = {
    "title": "围巾",
    "is_in_room": True,
    "skus": [
        {"price_minor": 5_000, "specs": [["颜色", "红"], ["尺码", "M"]], "stock": 3, "code": "s-r-m"},
        {"price_minor": 5_500, "specs": [["颜色", "蓝"], ["尺码", "M"]], "stock": 2, "weight_g": 80},
    ],
}


async def add_scarf(market: Market, **fields: object) -> StaffProduct:
    return answer(StaffProduct, await market.host.post("products", {**SCARF, **fields}), 201)


async def assistant(market: Market, *rights: AssistantRight) -> Buyer:
    """An assistant whom the host gave these rights."""
    name = f"helper {next(_NUMBERS)}"
    async with market.backend.host() as host:
        return Buyer.of(market.backend, await joined(market.backend, host, *rights, name=name))


async def test_a_product_is_added_read_changed_and_deleted(market: Market) -> None:
    made = await add_scarf(market)
    assert made.rooms == ["main"]
    assert answer(StaffProduct, await market.host.get(f"products/{made.spu_id}")) == made

    red = made.skus[0].sku_id
    change = {
        "version": 1,
        "title": "羊毛围巾",
        "skus": [{"sku_id": red, "price_minor": 4_000, "code": None}],
    }
    update = answer(ProductUpdate, await market.host.patch(f"products/{made.spu_id}", change))
    assert update.before == made
    assert (update.after.title, update.after.skus[0].price_minor, update.after.skus[0].code) == (
        "羊毛围巾",
        4_000,
        None,
    )
    removal = answer(ProductRemoval, await market.host.delete(f"products/{made.spu_id}?version=2"))
    assert removal.after is None
    assert refused(await market.host.get(f"products/{made.spu_id}")) == (404, "not_found")


async def test_a_new_product_is_bought_and_then_only_retired(market: Market) -> None:
    made = await add_scarf(market)
    buyer = await market.buyer()
    order = await buyer.order(line(made.skus[1].sku_id))
    assert order.total_minor == 5_500
    removal = answer(ProductRemoval, await market.host.delete(f"products/{made.spu_id}?version=1"))
    assert removal.after is not None
    assert "Orders have it" in removal.reason
    assert refused(await buyer.post("quotes", {"lines": [line(made.skus[1].sku_id)]})) == (
        409,
        "sku_unavailable",
    )


async def test_the_catalogue_is_listed_page_by_page(market: Market) -> None:
    await add_scarf(market, is_on_shelf=False, is_in_room=False)
    found: list[str] = []
    path = "products?limit=2"
    while True:
        page = answer(ProductsPage, await market.host.get(path))
        found += [one.title for one in page.products]
        if page.next is None:
            break
        path = f"products?limit=2&cursor={page.next}"
    assert found[0] == "围巾"
    assert len(found) == len(set(found)) > 6
    searched = answer(ProductsPage, await market.host.get("products?search=s-r-m&status=off_shelf"))
    assert [one.title for one in searched.products] == ["围巾"]


async def test_an_editor_who_saw_an_older_version_gets_the_present_one(market: Market) -> None:
    made = await add_scarf(market)
    path = f"products/{made.spu_id}"
    answer(ProductUpdate, await market.host.patch(path, {"version": 1, "title": "a"}))
    late = await market.host.patch(path, {"version": 1, "title": "b"})
    assert refused(late) == (409, "product_changed")
    assert msgspec.json.decode(late.content, type=ProductProblem).product.title == "a"
    assert refused(await market.host.delete(f"{path}?version=1")) == (409, "product_changed")


async def test_a_refusal_says_which_field_and_which_sku(market: Market) -> None:
    await add_scarf(market)
    taken = await market.host.post("products", {**SCARF, "title": "other"})
    assert refused(taken) == (409, "code_taken")
    assert msgspec.json.decode(taken.content, type=CodeProblem).code == "s-r-m"
    unfit = await market.host.post("products", {"title": "x", "skus": [{"price_minor": 1, "floor_minor": 2}]})
    assert refused(unfit) == (422, "product_not_fit")
    assert msgspec.json.decode(unfit.content, type=ProductFieldProblem).pointer == "/skus/0/floor_minor"
    never = await market.host.post(
        "products", {"title": "x", "skus": [{"price_minor": 1, "reference_minor": 2}]}
    )
    assert refused(never) == (422, "reference_none")
    problem = msgspec.json.decode(never.content, type=ReferenceProblem)
    assert (problem.pointer, problem.allowed) == ("/skus/0/reference_minor", "")
    missing = await market.host.post("products", {**SCARF, "skus": [{"price_minor": 1}], "pictures": ["x"]})
    assert refused(missing) == (404, "unknown_picture")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "x", "skus": []},
        {"title": "x" * 201, "skus": [{"price_minor": 1}]},
        {"title": "x", "skus": [{"price_minor": -1}]},
        {"title": "x", "skus": [{"price_minor": 1.5}]},
        {"title": "x", "skus": [{"price_minor": 100_000_000}]},
        {"title": "x", "skus": [{"price_minor": 1}] * 101},
        {"title": "x", "skus": [{"price_minor": 1, "stock": -1}]},
        {"title": "x", "skus": [{"price_minor": 1, "limit_per_buyer": 0}]},
        {"title": "x", "skus": [{"price_minor": 1, "tax_rate_bp": 10_001}]},
        {"title": "x", "skus": [{"price_minor": 1}], "tags": ["t"] * 21},
    ],
)
async def test_what_no_product_can_be_is_malformed(market: Market, body: dict[str, object]) -> None:
    assert refused(await market.host.post("products", body)) == (422, "malformed")


async def test_a_hundred_skus_with_long_words_are_taken(market: Market) -> None:
    skus = [
        {"price_minor": 1, "specs": [["尺" * 50, f"{n}{'码' * 47}"]], "code": f"c{n}"} for n in range(100)
    ]
    made = await market.host.post("products", {"title": "x", "skus": skus, "description": "字" * 5_000})
    assert len(answer(StaffProduct, made, 201).skus) == 100


async def test_many_products_are_changed_alike(market: Market) -> None:
    body = {
        "products": [{"spu_id": TEA, "version": 1}, {"spu_id": "gone", "version": 1}],
        "price_change_bp": -1_000,
    }
    result = answer(BatchResult, await market.host.post("products/batch", body))
    assert [one.problem for one in result.items] == ["", "not_found"]
    tea = answer(StaffProduct, await market.host.get(f"products/{TEA}"))
    assert tea.skus[0].price_minor == 15_120
    both = {**body, "price_change_minor": 1}
    assert refused(await market.host.post("products/batch", both)) == (422, "malformed")


async def test_the_room_hears_of_products_that_staff_changed(market: Market) -> None:
    async with market.backend.host() as host:
        made = await add_scarf(market)
        await host.hears(ProductsChanged)
        answer(
            ProductUpdate, await market.host.patch(f"products/{made.spu_id}", {"version": 1, "title": "丝巾"})
        )
        changed = await host.hears(ProductChanged)
        assert isinstance(changed, ProductChanged)
        assert (changed.product.title, changed.product.version) == ("丝巾", 2)
        off = {"version": 2, "is_on_shelf": False}
        answer(ProductUpdate, await market.host.patch(f"products/{made.spu_id}", off))
        await host.hears(ProductsChanged)


async def test_viewers_see_and_change_nothing_of_it(market: Market) -> None:
    buyer = await market.buyer()
    change = {"version": 1, "title": "mine"}
    for response in (
        await buyer.get("products"),
        await buyer.get(f"products/{TEA}"),
        await buyer.post("products", SCARF),
        await buyer.patch(f"products/{TEA}", change),
        await buyer.delete(f"products/{TEA}?version=1"),
        await buyer.post("products/batch", {"products": [{"spu_id": TEA, "version": 1}]}),
    ):
        assert refused(response) == (403, "forbidden")
    assert (await market.http.get("/api/v1/products")).status_code == 401


async def test_assistants_change_prices_or_products_by_their_rights(market: Market) -> None:
    pricing = await assistant(market, AssistantRight.PRICES)
    stocking = await assistant(market, AssistantRight.PRODUCTS)
    price = {"version": 1, "skus": [{"sku_id": TEA, "price_minor": 1}]}
    code = {"version": 1, "skus": [{"sku_id": TEA, "code": "t"}]}
    cheaper = {"products": [{"spu_id": CUP, "version": 1}], "price_change_minor": -1}
    shelf = {"products": [{"spu_id": CUP, "version": 1}], "is_on_shelf": False}

    async def status(response: httpx.Response) -> int:
        return response.status_code

    assert await status(await pricing.patch(f"products/{TEA}", code)) == 403
    assert await status(await stocking.patch(f"products/{TEA}", price)) == 403
    assert await status(await pricing.post("products/batch", shelf)) == 403
    assert await status(await stocking.post("products/batch", cheaper)) == 403
    assert await status(await pricing.post("products", SCARF)) == 403
    assert await status(await stocking.post("products", SCARF)) == 403
    assert await status(await pricing.delete(f"products/{TEA}?version=1")) == 403
    assert await status(await pricing.patch(f"products/{TEA}", price)) == 200
    assert await status(await stocking.patch(f"products/{TEA}", {**code, "version": 2})) == 200
    assert await status(await pricing.post("products/batch", cheaper)) == 200
    both = await assistant(market, AssistantRight.PRICES, AssistantRight.PRODUCTS)
    assert await status(await both.post("products", SCARF)) == 201


async def test_who_may_not_change_prices_takes_tags_back_that_they_gave(market: Market) -> None:
    stocking = await assistant(market, AssistantRight.PRODUCTS)
    body = {"products": [{"spu_id": CUP, "version": 1}], "category": "gifts", "add_tags": ["new"]}
    [item] = answer(BatchResult, await stocking.post("products/batch", body)).items
    assert item.before is not None
    was = msgspec.to_builtins(item.before)
    back = {"products": [{"spu_id": CUP, "version": 2, "restore": was}]}
    assert refused(await stocking.post("products/batch", back)) == (403, "forbidden")
    back["products"][0]["restore"] = {**was, "prices": []}
    [undone] = answer(BatchResult, await stocking.post("products/batch", back)).items
    assert undone.after is not None
    assert (undone.after.category, undone.after.tags) == (item.before.category, item.before.tags)
    assert undone.after.prices == item.before.prices


async def test_of_two_assistants_at_once_one_is_shown_what_the_other_did(market: Market) -> None:
    helpers = [await assistant(market, AssistantRight.PRODUCTS) for _ in range(2)]
    answers = await asyncio.gather(
        *(one.patch(f"products/{TEA}", {"version": 1, "title": one.user_id}) for one in helpers)
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    now = answer(StaffProduct, await market.host.get(f"products/{TEA}"))
    [late] = [one for one in answers if one.status_code == 409]
    assert msgspec.json.decode(late.content, type=ProductProblem).product == now


async def test_stock_is_moved_of_products_that_no_room_shows(market: Market) -> None:
    made = await add_scarf(market, is_in_room=False)
    path = f"skus/{made.skus[0].sku_id}"
    moved = await market.host.post(f"{path}/stock", {"delta": 4, "reason": "a carton came"})
    assert moved.status_code == 200
    assert (await market.host.get(f"{path}/movements")).status_code == 200
    now = answer(StaffProduct, await market.host.get(f"products/{made.spu_id}"))
    assert now.skus[0].on_hand == 7
