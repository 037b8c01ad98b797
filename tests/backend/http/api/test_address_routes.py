from backend.contract.addresses import AddressBook, SavedAddress
from backend.contract.orders import Order
from tests.backend.http.api.shopping import HOME, Market, answer, line, order_body, refused


async def test_a_buyer_keeps_addresses_and_orders_by_them(market: Market) -> None:
    buyer = await market.buyer()
    saved = answer(SavedAddress, await buyer.post("addresses", {"address": HOME}), 201)
    assert saved.is_default
    book = answer(AddressBook, await buyer.get("addresses"))
    assert [one.address_id for one in book.addresses] == [saved.address_id]
    body = {
        **order_body(await buyer.quote(line()), [line()]),
        "address": None,
        "address_id": saved.address_id,
    }
    assert answer(Order, await buyer.post("orders", body), 201).address.street == HOME["street"]
    left = answer(AddressBook, await buyer.delete(f"addresses/{saved.address_id}"))
    assert left.addresses == []
    assert refused(await buyer.delete(f"addresses/{saved.address_id}")) == (404, "not_found")


async def test_anothers_addresses_are_not_there(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    saved = answer(SavedAddress, await buyer.post("addresses", {"address": HOME}), 201)
    assert answer(AddressBook, await other.get("addresses")).addresses == []
    assert refused(await other.delete(f"addresses/{saved.address_id}")) == (404, "not_found")
    stolen = {"address": HOME, "address_id": saved.address_id}
    assert refused(await other.post("addresses", stolen)) == (404, "not_found")
    body = {
        **order_body(await other.quote(line()), [line()]),
        "address": None,
        "address_id": saved.address_id,
    }
    assert refused(await other.post("orders", body)) == (422, "address_missing")


async def test_an_address_is_saved_once_by_its_key(market: Market) -> None:
    buyer = await market.buyer()
    for _ in range(2):
        answer(SavedAddress, await buyer.post("addresses", {"address": HOME}, "once"), 201)
    assert len(answer(AddressBook, await buyer.get("addresses")).addresses) == 1
    moved = {"address": {**HOME, "street": "2"}}
    assert refused(await buyer.post("addresses", moved, "once")) == (422, "key_reused")


async def test_a_field_that_is_too_long_is_malformed(market: Market) -> None:
    buyer = await market.buyer()
    for field, text in (
        ("street", "x" * 201),
        ("country", "cn"),
        ("country", "CHN"),
        ("phone", ""),
        ("name", "x" * 65),
    ):
        response = await buyer.post("addresses", {"address": {**HOME, field: text}})
        assert refused(response) == (422, "malformed")


async def test_the_answer_to_a_bad_address_names_its_field(market: Market) -> None:
    buyer = await market.buyer()
    quote = await buyer.quote(line())
    for field, text in (("phone", "电话 --"), ("country", "ZZ"), ("name", "\u0301")):
        bad = {**HOME, field: text}
        order = {**order_body(quote, [line()]), "address": bad}
        for response in (
            await buyer.post("addresses", {"address": bad}),
            await buyer.post("orders", order),
        ):
            assert refused(response) == (422, "bad_address")
            assert response.json()["field"] == field
            assert field in response.json()["detail"]


async def test_to_a_country_that_is_none_nothing_is_sent(market: Market) -> None:
    response = await (await market.buyer()).post("quotes", {"lines": [line()], "country": "ZZ"})
    assert refused(response) == (409, "not_delivered")


async def test_a_book_that_has_addresses_has_one_default(market: Market) -> None:
    buyer = await market.buyer()
    first, second, third = [
        answer(SavedAddress, await buyer.post("addresses", {"address": HOME}), 201) for _ in range(3)
    ]

    async def defaults() -> list[str]:
        book = answer(AddressBook, await buyer.get("addresses"))
        return [one.address_id for one in book.addresses if one.is_default]

    assert await defaults() == [first.address_id]
    nowhere = {"address": HOME, "address_id": "nowhere", "is_default": True}
    assert refused(await buyer.post("addresses", nowhere)) == (404, "not_found")
    assert await defaults() == [first.address_id]
    kept = {"address": HOME, "address_id": first.address_id, "is_default": False}
    assert answer(SavedAddress, await buyer.post("addresses", kept), 201).is_default
    moved = {"address": HOME, "address_id": second.address_id, "is_default": True}
    assert answer(SavedAddress, await buyer.post("addresses", moved), 201).is_default
    assert await defaults() == [second.address_id]
    await buyer.delete(f"addresses/{second.address_id}")
    assert await defaults() == [third.address_id]
