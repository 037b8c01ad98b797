"""Attempts and webhooks over real HTTP, at a backend that runs."""

import asyncio
import time
from pathlib import Path

import msgspec
import pytest

from backend.contract.payments import Attempt, Attempts, Suspense
from backend.data_folder import SANDBOX_KEY
from backend.shop.payments.provider import PaymentReport, ProviderState
from backend.shop.payments.sandbox import MERCHANT, Notice
from backend.shop.payments.signature import HEADER, MAX_AGE_MS, sign
from tests.backend.http.api.shopping import Market, answer, line, refused

WEBHOOKS = "/api/v1/webhooks/sandbox"


def paid(attempt: Attempt, amount_minor: int | None = None) -> bytes:
    """The body of a webhook that says that an attempt was paid."""
    amount = attempt.amount_minor if amount_minor is None else amount_minor
    report = PaymentReport(attempt.attempt_id, ProviderState.PAID, MERCHANT, "ref", amount, attempt.currency)
    now_ms = time.time_ns() // 1_000_000
    return msgspec.json.encode(Notice(f"event-{amount}", now_ms, payment=report))


def signed(folder: Path, body: bytes, age_ms: int = 0) -> dict[str, str]:
    key = (folder / SANDBOX_KEY).read_bytes()
    return {HEADER: sign(key, body, time.time_ns() // 1_000_000 - age_ms)}


async def test_an_attempt_can_be_listed_and_asked_about(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    assert (attempt.amount_minor, attempt.currency, attempt.state) == (16_800, "CNY", "pending")
    listed = answer(Attempts, await buyer.get(f"orders/{order.order_id}/attempts"))
    assert listed.attempts == [attempt]
    assert answer(Attempt, await buyer.get(f"attempts/{attempt.attempt_id}")) == attempt
    assert refused(await buyer.get("attempts/nowhere")) == (404, "not_found")


async def test_an_attempt_needs_a_provider_that_the_shop_has(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    response = await buyer.post(f"orders/{order.order_id}/attempts", {"provider": "moon"})
    assert refused(response) == (409, "unknown_provider")


async def test_an_attempt_over_http_is_opened_once_by_its_key(market: Market) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    path = f"orders/{order.order_id}/attempts"
    first, again = [await buyer.post(path, {}, "once") for _ in range(2)]
    assert first.json()["attempt_id"] == again.json()["attempt_id"]
    assert refused(await buyer.post(path, {"provider": "moon"}, "once"))[0] in {409, 422}


async def test_a_signed_webhook_pays_and_all_others_change_nothing(market: Market, tmp_path: Path) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    body = paid(attempt)
    attacks = [
        ({}, body),
        ({HEADER: "t=1,v1=" + "0" * 64}, body),
        (signed(tmp_path, body), body.replace(b"16800", b"1")),
        (signed(tmp_path, body, MAX_AGE_MS + 10_000), body),
    ]
    for headers, content in attacks:
        response = await market.http.post(WEBHOOKS, content=content, headers=headers)
        assert refused(response) == (400, "bad_request")
    elsewhere = await market.http.post("/api/v1/webhooks/moon", content=body, headers=signed(tmp_path, body))
    assert refused(elsewhere) == (400, "bad_request")
    assert (await buyer.see(order)).payment_state == "unpaid"
    results = [
        (await market.http.post(WEBHOOKS, content=body, headers=signed(tmp_path, body))).json()
        for _ in range(2)
    ]
    assert results == [{"result": "paid"}, {"result": "replayed"}]
    assert (await buyer.see(order)).payment_state == "paid"


async def test_a_webhook_of_an_attempt_that_is_not_there_is_to_come_again(
    market: Market, tmp_path: Path
) -> None:
    buyer = await market.buyer()
    attempt = await buyer.attempt(await buyer.order(line()))
    body = paid(msgspec.structs.replace(attempt, attempt_id="0" * 32))
    response = await market.http.post(WEBHOOKS, content=body, headers=signed(tmp_path, body))
    assert refused(response) == (404, "not_found")


async def test_money_that_does_not_match_is_shown_to_the_host_alone(market: Market, tmp_path: Path) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    body = paid(await buyer.attempt(order), 1)
    response = await market.http.post(WEBHOOKS, content=body, headers=signed(tmp_path, body))
    assert response.json() == {"result": "suspense"}
    assert (await buyer.see(order)).payment_state == "unpaid"
    (item,) = answer(Suspense, await market.host.get("suspense")).items
    assert (item.amount_minor, item.currency, item.provider) == (1, "CNY", "sandbox")
    assert refused(await buyer.get("suspense")) == (403, "forbidden")


@pytest.mark.parametrize(
    ("outcome", "state", "attempt_state"),
    [
        ("pay", "paid", "paid"),
        ("duplicate", "paid", "paid"),
        ("out_of_order", "paid", "paid"),
        ("no_webhook", "paid", "paid"),
        ("fail", "unpaid", "failed"),
        ("wrong_amount", "unpaid", "failed"),
        ("late", "unpaid", "pending"),
    ],
)
async def test_each_outcome_of_the_sandbox_comes_out(
    market: Market, outcome: str, state: str, attempt_state: str
) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    attempt = await buyer.attempt(order)
    assert (await market.cashier(attempt, outcome)).status_code == 303
    async with asyncio.timeout(20):
        while True:
            seen = answer(Attempt, await buyer.get(f"attempts/{attempt.attempt_id}"))
            if seen.state == attempt_state:
                break
            await asyncio.sleep(0.05)
    assert (await buyer.see(order)).payment_state == state


async def test_the_key_of_the_sandbox_is_a_private_file(market: Market, tmp_path: Path) -> None:
    assert (tmp_path / SANDBOX_KEY).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / SANDBOX_KEY).read_bytes() not in (tmp_path / "livestall.db").read_bytes()


async def test_the_providers_that_are_on_are_told_to_anybody(market: Market) -> None:
    told = await market.http.get("/api/v1/payment-methods")
    assert told.json() == {"providers": [{"provider": "sandbox", "is_test": True}], "transfer_text": ""}
