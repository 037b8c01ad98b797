"""The shop's books over real HTTP."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from backend.contract.api_tokens import MadeApiToken
from backend.contract.base import AssistantRight
from backend.contract.bookkeeping import Reconciliation, Settlements
from backend.contract.payments import Suspense, SuspenseItem
from backend.contract.sale_settings import SaleSettings
from backend.contract.shop_problems import SuspenseProblem
from backend.options import ServeOptions
from tests.backend.http.api.shopping import Buyer, Market, answer, line, open_market, refused
from tests.backend.test_assist import joined

KEPT = {"outcome": "kept", "note": "a tip"}


async def test_money_that_was_put_aside_is_listed_and_settled_once(market: Market) -> None:
    buyer = await market.buyer()
    await market.cashier(await buyer.attempt(await buyer.order(line())), "wrong_amount")
    found = answer(Reconciliation, await market.host.post("reconciliations", {"since_ms": 0}))
    assert [one.kind for one in found.mismatches] == ["amount_differs"]
    [item] = answer(Suspense, await market.host.get("suspense?is_open=true")).items
    path = f"suspense/{item.suspense_id}/settle"
    settled = answer(SuspenseItem, await market.host.post(path, KEPT, "once"))
    assert (settled.outcome, settled.note) == ("kept", "a tip")
    assert answer(SuspenseItem, await market.host.post(path, KEPT, "once")) == settled
    again = answer(SuspenseProblem, await market.host.post(path, KEPT), 409)
    assert (again.type, again.item) == ("settled_already", settled)
    assert answer(Suspense, await market.host.get("suspense?is_open=true")).items == []
    assert refused(await market.host.post("suspense/999/settle", KEPT)) == (404, "not_found")


async def test_a_day_is_settled_from_the_journal(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    await market.cashier(await buyer.attempt(order), "pay")
    await market.until_paid(buyer, order)
    today = datetime.now(UTC).date().isoformat()
    [day] = answer(Settlements, await market.host.get(f"settlements?first_day={today}&days=2")).days
    assert (day.way, day.currency, day.paid_minor, day.net_minor) == ("sandbox", "CNY", 16_800, 16_800)
    assert (day.aside_minor, day.refunded_minor, day.movements) == (0, 0, 1)
    for wrong in ("2026-02-30", "yesterday", ""):
        assert refused(await market.host.get(f"settlements?first_day={wrong}")) == (422, "malformed")


async def test_only_the_right_to_payments_opens_the_books(market: Market) -> None:
    paths = ("suspense", "settlements?first_day=2026-12-01")
    async with market.backend.host() as host:
        packer = Buyer.of(market.backend, await joined(market.backend, host, AssistantRight.ORDERS))
        teller = Buyer.of(
            market.backend, await joined(market.backend, host, AssistantRight.PAYMENTS, name="小李")
        )
        for path in paths:
            assert refused(await packer.get(path)) == (403, "forbidden")
            assert (await teller.get(path)).status_code == 200
        compare = {"since_ms": 0}
        assert refused(await packer.post("reconciliations", compare)) == (403, "forbidden")
        assert (await teller.post("reconciliations", compare)).status_code == 200


async def test_comparing_with_the_providers_is_paced(market: Market) -> None:
    found = [(await market.host.post("reconciliations", {"since_ms": 0})).status_code for _ in range(6)]
    assert found == [200] * 5 + [429]


async def test_what_is_about_the_whole_shop_is_for_the_first_room(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(rooms=("main", "second"))) as market:
        buyer = await market.buyer()
        await market.cashier(await buyer.attempt(await buyer.order(line())), "wrong_amount")
        found = answer(Reconciliation, await market.host.post("reconciliations", {"since_ms": 0}))
        [item] = found.suspense
        other = Buyer(market.backend, market.backend.signer.host("second"), "host")
        made = await other.post("api-tokens", {"name": "till", "rights": ["payments"]})
        program = Buyer(market.backend, answer(MadeApiToken, made, 201).token, "program")
        settings = msgspec.to_builtins(answer(SaleSettings, await other.get("settings")))
        for stranger in (other, program):
            for response in (
                await stranger.get("suspense"),
                await stranger.get("settlements?first_day=2026-12-01"),
                await stranger.post("reconciliations", {"since_ms": 0}),
                await stranger.post(f"suspense/{item.suspense_id}/settle", KEPT),
                await stranger.put("settings", settings),
                await stranger.put("legal-texts/terms", {"text": "Everything is free."}),
                await stranger.put("settings/privacy", {"order_days": 0}),
                await stranger.get("payments/providers"),
                await stranger.post("payments/providers/sandbox/check", {}),
            ):
                assert refused(response) == (403, "forbidden")
        assert answer(Suspense, await market.host.get("suspense?is_open=true")).items == [item]
