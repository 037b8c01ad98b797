from backend.contract.base import AssistantRight
from backend.contract.cases import Case, CasesPage
from backend.contract.orders import Order, OrderMark, OrdersPage
from backend.contract.staff import SetAssistantRights
from backend.contract.stock import StockLedger
from tests.backend.http.api.shopping import TEA, Buyer, Market, answer, line, order_body, refused
from tests.backend.shop.goods import HOME
from tests.backend.test_assist import joined

PRIVATE = (HOME.name, HOME.phone, HOME.street)


async def test_only_who_has_the_right_to_customers_sees_them(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    async with market.backend.host() as host:
        packer = await joined(market.backend, host, AssistantRight.ORDERS, AssistantRight.CUSTOMERS)
        helper = await joined(market.backend, host, AssistantRight.ORDERS, name="小李")
        for person in (market.host, Buyer.of(market.backend, packer)):
            assert answer(OrdersPage, await person.get("orders")).orders[0].address == HOME
            assert (await person.see(order)).address == HOME
        other = Buyer.of(market.backend, helper)
        for path in ("orders", f"orders/{order.order_id}"):
            shown = (await other.get(path)).text
            assert "1****1111" in shown
            assert not [word for word in PRIVATE if word in shown]


async def test_no_step_and_no_refusal_shows_customers_either(market: Market) -> None:
    order = await (await market.buyer()).order(line(), method="transfer")
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        parcel = {"carrier": "SF", "tracking": "1"}
        for step, body, status in (
            ("parcels", parcel, 409),
            ("paid", {}, 200),
            ("paid", {}, 409),
            ("parcels", parcel, 201),
            ("delivered", {}, 200),
            ("cancel", {}, 409),
        ):
            response = await helper.post(f"orders/{order.order_id}/{step}", body)
            assert response.status_code == status, response.text
            assert "1****1111" in response.text
            assert not [word for word in PRIVATE if word in response.text]


async def test_an_assistants_own_order_is_shown_in_full(market: Market) -> None:
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        order = await helper.order(line())
        assert answer(Order, await helper.get(f"orders/{order.order_id}")).address == HOME


async def test_no_text_that_people_wrote_is_shown_without_the_right_to_customers(market: Market) -> None:
    buyer = await market.buyer()
    body = order_body(await buyer.quote(line()), [line()], "transfer") | {"note": "for Grandma Chen"}
    order = answer(Order, await buyer.post("orders", body), 201)
    path = f"orders/{order.order_id}"
    mark = {"remark": "Chen called", "is_flagged": True}
    answer(OrderMark, await market.host.post(f"{path}/mark", mark))
    answer(Order, await market.host.post(f"{path}/paid", {"reason": "from Chen Xiaomei"}))
    parcel = {"carrier": "SF", "tracking": "SF1020304050"}
    answer(Order, await market.host.post(f"{path}/parcels", parcel), 201)
    answer(Order, await buyer.post(f"{path}/delivered", {}))
    wish = {"kind": "return", "lines": [{"line": 1, "quantity": 1}], "reason": "Chen is allergic"}
    case = answer(Case, await buyer.post(f"{path}/cases", wish), 201)
    answer(Case, await market.host.post(f"cases/{case.case_id}/approve", {"reason": "Chen is kind"}))
    back = {"carrier": "SF", "tracking": "SF5060708090"}
    answer(Case, await buyer.post(f"cases/{case.case_id}/send-back", back))
    async with market.backend.host() as host:
        rights = (AssistantRight.ORDERS, AssistantRight.PRODUCTS)
        helper = Buyer.of(market.backend, await joined(market.backend, host, *rights))
        for of in (
            "orders",
            path,
            "cases",
            f"cases/{case.case_id}",
            f"{path}/cases",
            f"skus/{TEA}/movements",
        ):
            shown = await helper.get(of)
            assert shown.status_code == 200
            for word in (*PRIVATE, HOME.city, HOME.district, "Chen", parcel["tracking"], back["tracking"]):
                assert word not in shown.text, (of, word)
        assert answer(Order, await helper.get(path)).parcels[0].tracking == "****4050"
        flagged = answer(
            OrderMark, await helper.post(f"{path}/mark", {"remark": "****", "is_flagged": False})
        )
        assert flagged.remark == "****"
    seen = answer(Order, await market.host.get(path)).mark
    assert seen is not None
    assert (seen.remark, seen.is_flagged, seen.by) == ("Chen called", False, "host")


async def test_a_cancelled_orders_reason_is_hidden_in_the_ledger_of_stock(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    answer(Order, await buyer.post(f"orders/{order.order_id}/cancel", {"reason": "Chen is ill"}))
    assert "Chen is ill" in (await market.host.get(f"skus/{TEA}/movements")).text
    async with market.backend.host() as host:
        helper = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.PRODUCTS))
        ledger = answer(StockLedger, await helper.get(f"skus/{TEA}/movements"))
    assert "Chen is ill" not in [one.reason for one in ledger.movements]


async def test_a_key_used_with_more_rights_shows_no_more_than_the_rights_of_now(market: Market) -> None:
    buyer = await market.buyer()
    sent, waiting = await buyer.order(line(), method="transfer"), await buyer.order(line(), method="transfer")
    async with market.backend.host() as host:
        rights = (AssistantRight.ORDERS, AssistantRight.CUSTOMERS)
        helper = Buyer.of(market.backend, await joined(market.backend, host, *rights))

        async def steps() -> list[str]:
            paid = await helper.post(f"orders/{sent.order_id}/paid", {"reason": "seen"}, "pay")
            cancelled = await helper.post(f"orders/{waiting.order_id}/cancel", {}, "cancel")
            assert (paid.status_code, cancelled.status_code) == (200, 200)
            return [paid.text, cancelled.text]

        assert all(HOME.phone in shown for shown in await steps())
        await host.act(SetAssistantRights(1, [AssistantRight.ORDERS]))
        assert not [word for word in PRIVATE for shown in await steps() if word in shown]
        await host.act(SetAssistantRights(1, [AssistantRight.NUMBERS]))
        again = await helper.post(f"orders/{waiting.order_id}/cancel", {}, "cancel")
        assert refused(again) == (404, "not_found")
        paid = await helper.post(f"orders/{sent.order_id}/paid", {"reason": "seen"}, "pay")
        assert refused(paid) == (403, "forbidden")


async def test_a_case_answered_with_more_rights_is_hidden_from_the_same_key(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line(), method="transfer")
    path = f"orders/{order.order_id}"
    answer(Order, await market.host.post(f"{path}/paid", {}))
    wish = {"kind": "refund_only", "lines": [{"line": 1, "quantity": 1}], "reason": "Chen is allergic"}
    case = answer(Case, await buyer.post(f"{path}/cases", wish), 201)
    async with market.backend.host() as host:
        rights = (AssistantRight.ORDERS, AssistantRight.CUSTOMERS)
        helper = Buyer.of(market.backend, await joined(market.backend, host, *rights))
        approve = f"cases/{case.case_id}/approve"
        first = await helper.post(approve, {"reason": "granted"}, "once")
        assert "Chen is allergic" in first.text
        await host.act(SetAssistantRights(1, [AssistantRight.ORDERS]))
        again = answer(Case, await helper.post(approve, {"reason": "granted"}, "once"))
        assert (again.state, again.reason) == ("approved", "****")
        assert answer(CasesPage, await helper.get("cases")).cases[0].changes[-1].reason == "granted"
