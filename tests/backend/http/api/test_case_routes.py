"""Cases over real HTTP, at a backend that runs."""

import asyncio

import pytest

from backend.contract.cases import Case, CasesPage
from backend.contract.orders import Order
from backend.contract.shop_problems import CaseLineProblem, CaseProblem
from tests.backend.http.api.shopping import CUP, TEA, Buyer, Market, answer, line, refused

ALL = [{"line": 1, "quantity": 1}]
BODY = {"kind": "return", "lines": ALL, "reason": "another colour"}
SENT = {"carrier": "SF", "tracking": "1"}


async def delivered(market: Market, buyer: Buyer) -> Order:
    """An order that is paid, sent and arrived."""
    order = await buyer.order(line(TEA, 2), line(CUP))
    await market.cashier(await buyer.attempt(order), "pay")
    await market.until_paid(buyer, order)
    path = f"orders/{order.order_id}"
    answer(Order, await market.host.post(f"{path}/parcels", SENT), 201)
    return answer(Order, await buyer.post(f"{path}/delivered", {}))


async def until_refunded(buyer: Buyer, order: Order) -> Order:
    async with asyncio.timeout(20):
        while True:
            seen = await buyer.see(order)
            if seen.payment_state == "part_refunded":
                return seen
            await asyncio.sleep(0.05)


async def test_the_whole_path_from_delivered_to_refunded(market: Market) -> None:
    buyer = await market.buyer()
    order = await delivered(market, buyer)
    assert order.parcels[0].state == "delivered"
    opened = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", BODY), 201)
    assert answer(CasesPage, await market.host.get("cases?is_open=true")).cases == [opened]
    assert answer(CasesPage, await market.host.get("cases?is_open=false")).cases == []
    assert (opened.state, opened.goods_minor, opened.order_number) == ("requested", 16_800, order.number)
    case = f"cases/{opened.case_id}"
    for who, action, body in (
        (market.host, "approve", {}),
        (buyer, "send-back", SENT),
        (market.host, "receive", {"restock": ALL}),
        (market.host, "refund", {}),
    ):
        answer(Case, await who.post(f"{case}/{action}", body))
    seen = await until_refunded(buyer, order)
    assert seen.lines[0].refunded == 1
    shown = answer(Case, await buyer.get(case))
    assert (shown.state, shown.refund_state, shown.tracking) == ("refunded", "done", "1")
    for wanted in ("state=refunded", "is_open=false"):
        page = answer(CasesPage, await market.host.get(f"cases?{wanted}"))
        assert [one.case_id for one in page.cases] == [opened.case_id]
    assert answer(CasesPage, await market.host.get("cases?is_open=true")).cases == []
    assert answer(CasesPage, await buyer.get(f"orders/{order.order_id}/cases")).cases == [shown]


async def test_anothers_cases_are_not_there(market: Market) -> None:
    buyer, other = await market.buyer(), await market.buyer()
    order = await delivered(market, buyer)
    opened = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", BODY), 201)
    case = f"cases/{opened.case_id}"
    stranger = Buyer(market.backend, market.backend.signer.host("other"), "host")
    for response in (
        await other.get(case),
        await other.get(f"orders/{order.order_id}/cases"),
        await other.post(f"orders/{order.order_id}/cases", BODY),
        await other.post(f"orders/{order.order_id}/delivered", {}),
        await other.post(f"{case}/withdraw", {}),
        await other.post(f"{case}/send-back", SENT),
        await market.host.post(f"{case}/withdraw", {}),
        await market.host.post(f"orders/{order.order_id}/cases", BODY),
        await stranger.get(case),
        await stranger.post(f"{case}/approve", {}),
        await buyer.get("cases/nothing"),
    ):
        assert refused(response) == (404, "not_found")
    for action in ("approve", "receive", "refund"):
        assert refused(await buyer.post(f"{case}/{action}", {})) == (403, "forbidden")
    assert answer(CasesPage, await other.get("cases")).cases == []
    assert answer(Case, await buyer.get(case)).state == "requested"


async def test_a_refused_step_shows_how_the_case_stands(market: Market) -> None:
    buyer = await market.buyer()
    order = await delivered(market, buyer)
    path = f"orders/{order.order_id}/cases"
    opened = answer(Case, await buyer.post(path, BODY), 201)
    too_many = {**BODY, "lines": [{"line": 1, "quantity": 2}]}
    problem = answer(CaseLineProblem, await buyer.post(path, too_many), 409)
    assert (problem.type, problem.line, problem.left) == ("not_claimable", 1, 1)
    case = f"cases/{opened.case_id}"
    early = answer(CaseProblem, await market.host.post(f"{case}/refund", {}), 409)
    assert (early.type, early.case.state) == ("case_not_allowed_now", "requested")
    assert answer(Case, await market.host.post(f"{case}/decline", {"reason": "worn"})).state == "declined"
    assert refused(await buyer.post(f"{case}/withdraw", {})) == (409, "case_not_allowed_now")


async def test_the_same_key_opens_one_case(market: Market) -> None:
    buyer = await market.buyer()
    order = await delivered(market, buyer)
    path = f"orders/{order.order_id}/cases"
    first, again = [answer(Case, await buyer.post(path, BODY, "once"), 201) for _ in range(2)]
    assert first == again
    assert refused(await buyer.post(path, {**BODY, "reason": "b"}, "once")) == (422, "key_reused")
    assert len(answer(CasesPage, await buyer.get(path)).cases) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"lines": []},
        {"lines": [{"line": 1, "quantity": 0}]},
        {"lines": [{"line": 1, "quantity": -1}]},
        {"lines": [{"line": 1, "quantity": 1.5}]},
        {"lines": [{"line": 0, "quantity": 1}]},
        {"kind": "gift"},
        {"reason": ""},
        {"reason": "a" * 201},
    ],
    ids=str,
)
async def test_a_case_that_is_none_is_malformed(market: Market, wrong: dict[str, object]) -> None:
    buyer = await market.buyer()
    response = await buyer.post("orders/any/cases", {**BODY, **wrong})
    assert refused(response) == (422, "malformed")
