"""The shop at a backend that runs: its API against the document, and what the room hears of it."""

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from backend.contract.insights import LiveStatsChanged
from backend.contract.live import GoLive
from backend.contract.orders import PaymentState
from backend.contract.protocol import Accepted, Snapshot, StaffSnapshot
from backend.contract.shop_events import (
    OrderBrief,
    OrderChanged,
    ProductStock,
    SkuStock,
    StockChanged,
    StockCounted,
)
from backend.limits import ApiPace
from backend.options import ServeOptions
from backend.room import mailbox
from backend.shop.payments import reconciling
from backend.shop.restored import marking
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS
from backend.storage.sandbox_tables import SANDBOX_NOTICES
from tests.backend.http.api.shopping import CUP, TEA, Market, line, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.backend.running import running_backend
from tests.support.migrated import open_migrated


async def test_every_endpoint_of_the_document_answers_as_it_says(tmp_path: Path) -> None:
    # One user asks four times at each endpoint, more than one may at once.
    unpaced = ServeOptions(api=ApiPace(user_at_once=10_000))
    async with open_market(tmp_path, unpaced) as market:
        document = (await market.http.get("/openapi.json")).json()
        named = {(method, path) for path, methods in document["paths"].items() for method in methods}
        declared = {(one.method.lower(), one.path) for one in market.backend.backend.endpoints}
        assert named == declared
        for method, path in sorted(named):
            await check(market, method, path, document["paths"][path][method])


async def check(market: Market, method: str, path: str, told: dict[str, Any]) -> None:
    """Ask without a token, without a key, with nonsense, and for what is not there."""
    nowhere = re.sub(r"\{\w+\}", "nowhere", path)
    token = {"Authorization": f"Bearer {market.host.token}"}
    headers = {**token, "Idempotency-Key": "k"}
    without = await market.http.request(method, nowhere)
    keyless = await market.http.request(method, nowhere, headers=token, json={})
    empty = await market.http.request(method, nowhere, headers=headers, json={})
    nonsense = await market.http.request(method, nowhere, headers=headers, content=b"[")
    assert (without.status_code == 401) == ("security" in told), path
    needs_key = any(one["name"] == "idempotency-key" for one in told["parameters"])
    assert not needs_key or refused(keyless) == (400, "bad_request")
    takes_fields = "application/json" in told.get("requestBody", {}).get("content", {}) and "security" in told
    assert not takes_fields or refused(nonsense)[0] == 422
    for response in (without, keyless, empty, nonsense):
        content = told["responses"][str(response.status_code)]["content"]
        assert response.headers["content-type"].partition(";")[0] in content, (path, response.text)


async def test_the_answers_of_the_shop_are_what_the_document_says(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market:
        schemas = (await market.http.get("/openapi.json")).json()["components"]["schemas"]
        buyer = await market.buyer()
        order = (await buyer.get(f"orders/{(await buyer.order(line())).order_id}")).json()
    assert set(order) == set(schemas["Order"]["properties"])
    assert set(schemas["Order"]["required"]) <= set(order)
    assert schemas["WantedLine"]["properties"]["quantity"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 9999,
    }


async def test_buyer_host_and_crowd_hear_of_an_order_right_after_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LOOK_EVERY_S", 3600.0)
    async with open_market(tmp_path) as market, market.backend.host() as host:
        assert isinstance(await host.act(GoLive()), Accepted)
        buyer = await market.buyer()
        async with market.backend.client(buyer.token) as first, market.backend.client(buyer.token) as second:
            for client in (first, second):
                await client.join()
            order = await buyer.order(line(TEA), line(CUP))
            brief = OrderBrief(order.order_id, 1, order.state, PaymentState.UNPAID, 21_800, "CNY")
            for client in (first, second, host):
                assert await told(client, OrderChanged) == OrderChanged(brief, is_new=True)
            await market.cashier(await buyer.attempt(order), "pay")
            for client in (first, second, host):
                changed = await told(client, OrderChanged)
                assert (changed.is_new, changed.order.payment_state) == (False, PaymentState.PAID)
                assert (changed.order.order_id, changed.order.version) == (order.order_id, 2)


async def test_everybody_sees_what_is_left_and_who_comes_late_too(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market, market.backend.client() as viewer:
        await viewer.join()
        await (await market.buyer()).order(line(CUP))
        stock = ProductStock(CUP, 2, [SkuStock(CUP, 2)])
        assert (await told(viewer, StockChanged)).products == [stock]
        async with market.backend.client() as late:
            assert as_type(Snapshot, await late.join()).stock == [stock]


async def test_staff_see_each_unit_sold_and_the_crowd_what_is_left_roughly(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market, market.backend.host() as host:
        await market.sell("mug", price_minor=100, stock=120)
        async with market.backend.client() as viewer:
            await viewer.join()
            for left in (119, 118, 117):
                await (await market.buyer()).order(line("mug"))
                assert await told(host, StockCounted) == StockCounted({"mug": left})
            await (await market.buyer()).order(line(CUP))
            shown = await told(viewer, StockChanged)
            while shown.products[-1].spu_id != CUP:
                assert [one.left for one in shown.products] == [100]
                shown = await told(viewer, StockChanged)


async def test_staff_see_orders_and_their_sum_in_the_live_numbers(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market, market.backend.host() as host:
        assert isinstance(await host.act(GoLive()), Accepted)
        buyer = await market.buyer()
        order = await buyer.order(line(TEA))
        await market.cashier(await buyer.attempt(order), "pay")
        while (stats := (await told(host, LiveStatsChanged)).stats).total.gmv_minor == 0:
            assert stats.total.orders in {0, 1}
        assert (stats.total.orders, stats.total.gmv_minor, stats.currency) == (1, 16_800, "CNY")
        async with market.backend.host() as late:
            snapshot = await told(late, StaffSnapshot)
    assert [(one.order_id, one.payment_state) for one in snapshot.orders] == [(order.order_id, "paid")]


async def test_a_restored_shop_sends_nothing_until_its_providers_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reconciling, "AGAIN_S", 0.05)
    async with open_market(tmp_path) as market:
        buyer = await market.buyer()
        attempt = await buyer.attempt(await buyer.order(line(TEA)))
    database = open_migrated(tmp_path)
    with database.transaction() as connection:
        connection.execute(text(marking(attempt.expires_at_ms)))
        connection.execute(update(PAYMENT_ATTEMPTS).values(provider="stripe"))
    async with running_backend(tmp_path) as backend:
        market = Market(backend, tmp_path)
        buyer = await market.buyer()
        with caplog.at_level(logging.ERROR, "livestall.payments"):
            await market.cashier(await buyer.attempt(await buyer.order(line(CUP))), "pay")
            async with asyncio.timeout(20):
                while True:
                    if "stripe is not switched on" in caplog.text and order_is_paid(database):
                        break
                    await asyncio.sleep(0.02)
        assert webhooks_sent(database) == 0
        with database.transaction() as connection:
            is_stripe = PAYMENT_ATTEMPTS.c.provider == "stripe"
            connection.execute(update(PAYMENT_ATTEMPTS).where(is_stripe).values(provider="sandbox"))
        async with asyncio.timeout(20):
            while True:
                if webhooks_sent(database):
                    break
                await asyncio.sleep(0.02)
    database.close()


def order_is_paid(database: Database) -> bool:
    """Whether an order is: asked, a provider tells of it also before anything is sent."""
    with database.reading() as connection:
        return "paid" in set(connection.scalars(select(ORDERS.c.payment_state)))


def webhooks_sent(database: Database) -> int:
    with database.reading() as connection:
        query = select(func.count(SANDBOX_NOTICES.c.delivered_at_ms))
        return int(connection.scalar(query) or 0)
