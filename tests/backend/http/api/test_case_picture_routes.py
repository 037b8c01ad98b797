"""Pictures of cases over real HTTP: encoded anew, for the buyer and the staff of the room alone."""

from backend.contract.base import AssistantRight
from backend.contract.cases import MOST_CASE_PICTURES, MOST_ORDER_PICTURES, Case, CasesPage
from tests.backend.http.api.shopping import Buyer, Market, answer, refused
from tests.backend.http.api.test_case_routes import BODY, SENT, delivered
from tests.backend.shop.catalog.pictures.drawing import drawn, opened, photo
from tests.backend.test_assist import joined


async def asked(market: Market, buyer: Buyer) -> Case:
    """A case that waits for the shop."""
    order = await delivered(market, buyer)
    return answer(Case, await buyer.post(f"orders/{order.order_id}/cases", BODY), 201)


async def attached(buyer: Buyer, case: Case, content: bytes) -> Case:
    """The case with one picture more."""
    return answer(Case, await buyer.upload(f"cases/{case.case_id}/pictures", content), 201)


async def test_a_buyers_picture_is_encoded_anew_and_seen_by_the_buyer_and_staff_alone(
    market: Market,
) -> None:
    buyer, stranger = await market.buyer(), await market.buyer()
    case = await asked(market, buyer)
    after = await attached(buyer, case, photo((400, 200)))
    [name] = after.pictures
    assert (await attached(buyer, case, photo((400, 200)))).pictures == [name]
    assert answer(CasesPage, await market.host.get("cases")).cases[0].pictures == [name]
    for size, of in (("pictures", (200, 400)), ("thumbnails", (160, 320))):
        path = f"cases/{case.case_id}/{size}/{name}"
        for person in (buyer, market.host):
            answered = await person.get(path)
            assert answered.headers["content-type"] == "image/webp"
            picture = opened(answered.content)
            assert picture.size == of
            assert not picture.getexif()
            assert b"garden" not in answered.content
        assert refused(await stranger.get(path))[0] == 404
        assert (await market.http.get(f"/api/v1/{path}")).status_code == 401
    assert refused(await stranger.upload(f"cases/{case.case_id}/pictures", drawn()))[0] == 404
    assert refused(await buyer.get(f"cases/{case.case_id}/pictures/other.webp"))[0] == 404
    assert (await market.http.get(f"/media/products/{name}")).status_code == 404


async def test_a_case_holds_so_many_pictures_and_nothing_but_pictures(market: Market) -> None:
    buyer = await market.buyer()
    case = await asked(market, buyer)
    path = f"cases/{case.case_id}/pictures"
    assert refused(await buyer.upload(path, b"\xff\xd8\xff no picture")) == (422, "not_a_picture")
    assert refused(await buyer.upload(path, drawn("PNG", (9000, 5000))))[0] == 422
    for side in range(MOST_CASE_PICTURES):
        await attached(buyer, case, drawn(size=(20 + side, 20)))
    assert refused(await buyer.upload(path, drawn(size=(90, 20))))[0] == 422
    assert len(answer(Case, await buyer.get(f"cases/{case.case_id}")).pictures) == MOST_CASE_PICTURES


async def test_cases_that_are_opened_again_and_again_fill_no_disk(market: Market) -> None:
    buyer = await market.buyer()
    case = await asked(market, buyer)
    for number in range(MOST_ORDER_PICTURES):
        if number and number % MOST_CASE_PICTURES == 0:
            answer(Case, await buyer.post(f"cases/{case.case_id}/withdraw", {}))
            case = answer(Case, await buyer.post(f"orders/{case.order_id}/cases", BODY), 201)
        await attached(buyer, case, drawn(size=(20 + number, 20)))
    answer(Case, await buyer.post(f"cases/{case.case_id}/withdraw", {}))
    case = answer(Case, await buyer.post(f"orders/{case.order_id}/cases", BODY), 201)
    assert refused(await buyer.upload(f"cases/{case.case_id}/pictures", drawn()))[0] == 422
    assert answer(Case, await buyer.get(f"cases/{case.case_id}")).pictures == []


async def test_a_closed_case_takes_no_picture(market: Market) -> None:
    buyer = await market.buyer()
    case = await asked(market, buyer)
    answer(Case, await buyer.post(f"cases/{case.case_id}/withdraw", {}))
    refusal = refused(await buyer.upload(f"cases/{case.case_id}/pictures", drawn()))
    assert refusal == (409, "case_not_allowed_now")


async def test_pictures_of_buyers_are_hidden_without_the_right_to_customers(market: Market) -> None:
    buyer = await market.buyer()
    case = await asked(market, buyer)
    [name] = (await attached(buyer, case, drawn())).pictures
    async with market.backend.host() as host:
        packer = await joined(market.backend, host, AssistantRight.ORDERS, AssistantRight.CUSTOMERS)
        helper = await joined(market.backend, host, AssistantRight.ORDERS, name="小李")
        for admission, status, seen in ((packer, 200, [name]), (helper, 403, [])):
            staff = Buyer.of(market.backend, admission)
            assert answer(Case, await staff.get(f"cases/{case.case_id}")).pictures == seen
            assert (await staff.get(f"cases/{case.case_id}/pictures/{name}")).status_code == status


async def test_the_buyer_of_an_accepted_return_is_told_where_the_shop_takes_it(market: Market) -> None:
    where = "杭州市西湖区文三路 1 号\n玫瑰茶铺 0571-1234"
    saved = await market.host.put("settings/shipping", {"return_to": f" {where}\n"})
    assert saved.json()["return_to"] == where
    buyer = await market.buyer()
    case = await asked(market, buyer)
    path = f"cases/{case.case_id}"
    assert answer(Case, await buyer.get(path)).return_to == ""
    assert answer(Case, await market.host.post(f"{path}/approve", {})).return_to == where
    sent = answer(Case, await buyer.post(f"{path}/send-back", SENT))
    assert (sent.return_to, sent.tracking) == (where, SENT["tracking"])
    received = answer(Case, await market.host.post(f"{path}/receive", {}))
    assert received.return_to == ""
