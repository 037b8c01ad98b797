"""Webhooks to a real receiver: failures, slowness, redirects, certificates, and a backend that is killed."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import msgspec
import pytest
from sqlalchemy import Connection

from backend.contract.cases import Case
from backend.contract.orders import Order
from backend.contract.outgoing_webhooks import (
    MadeWebhookTarget,
    MessageState,
    OrderEvent,
    WebhookMessage,
    WebhookMessages,
    WebhookTargets,
)
from backend.limits import WebhookReach
from backend.options import ServeOptions
from backend.shop import sending
from backend.shop.webhooks import sender
from backend.shop.webhooks.sender import WebhookChannel
from backend.storage.database import Database
from tests.backend.http.api.shopping import CUP, HOME, TEA, Buyer, Market, answer, line, open_market
from tests.support.certificate import make_certificate
from tests.support.free_port import free_port
from tests.support.hook_receiver import Hook, HookReceiver, running_receiver
from tests.support.programs import run_backend

TO_LAN = ServeOptions(webhooks=WebhookReach.LAN)
EVENTS = ["order.paid", "order.shipped", "order.refunded"]


@pytest.fixture
def receiver() -> Iterator[HookReceiver]:
    """A program that listens."""
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again soon."""
    monkeypatch.setattr(sending, "PAUSES_S", (0.05, 0.05, 0.05, 3600))


@pytest.fixture(autouse=True)
def quick_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is due is sent at once."""
    monkeypatch.setattr(sending, "LOOK_EVERY_S", 0.02)


async def listen(market: Market, url: str, events: list[str] | None = None) -> MadeWebhookTarget:
    """Let webhooks go to an address."""
    wanted = {"url": url, "events": events or EVENTS}
    return answer(MadeWebhookTarget, await market.host.post("webhook-targets", wanted), 201)


async def pay(market: Market, buyer: Buyer, sku: str = TEA) -> Order:
    order = await buyer.order(line(sku))
    await market.cashier(await buyer.attempt(order), "pay")
    return await market.until_paid(buyer, order)


async def hooks(receiver: HookReceiver, count: int) -> list[Hook]:
    """Wait until so many came."""
    async with asyncio.timeout(40):
        while True:
            if len(receiver.hooks) >= count:
                return receiver.hooks
            await asyncio.sleep(0.02)


async def messages(market: Market, target: MadeWebhookTarget, query: str = "") -> list[WebhookMessage]:
    path = f"webhook-targets/{target.made.target_id}/messages{query}"
    return answer(WebhookMessages, await market.host.get(path)).messages


async def until_state(market: Market, target: MadeWebhookTarget, state: MessageState) -> WebhookMessage:
    """Wait until the newest message stands so."""
    async with asyncio.timeout(40):
        while True:
            (newest, *_) = await messages(market, target)
            if newest.state is state:
                return newest
            await asyncio.sleep(0.02)


async def test_paid_shipped_and_refunded_orders_are_told_signed(
    tmp_path: Path, receiver: HookReceiver
) -> None:
    async with open_market(tmp_path, TO_LAN) as market:
        target = await listen(market, receiver.url)
        buyer = await market.buyer()
        order = await pay(market, buyer)
        sent = {"carrier": "SF", "tracking": "42"}
        answer(Order, await market.host.post(f"orders/{order.order_id}/parcels", sent), 201)
        wanted = {"kind": "refund_only", "lines": [{"line": 1, "quantity": 1}], "reason": "broken"}
        case = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", wanted), 201)
        for action in ("approve", "refund"):
            answer(Case, await market.host.post(f"cases/{case.case_id}/{action}", {}))
        came = await hooks(receiver, 3)
        await until_state(market, target, MessageState.DELIVERED)
    assert [hook.body.type for hook in came] == [OrderEvent.PAID, OrderEvent.SHIPPED, OrderEvent.REFUNDED]
    assert all(hook.is_signed_with(target.secret) for hook in came)
    paid, shipped, refunded = (hook.body.data for hook in came)
    assert (paid.order_id, paid.total_minor, paid.payment_state) == (order.order_id, 16_800, "paid")
    assert [(one.sku_id, one.quantity, one.net_minor) for one in paid.lines] == [(TEA, 1, 16_800)]
    assert shipped.parcel is not None
    assert (shipped.parcel.carrier, shipped.parcel.tracking) == ("SF", "42")
    assert refunded.refunded_minor == 16_800
    assert paid.version < shipped.version < refunded.version
    assert order.address.name not in came[0].content.decode()
    assert len({hook.message_id for hook in came}) == 3


@pytest.mark.usefixtures("impatient")
async def test_a_receiver_that_fails_gets_the_same_message_again(
    tmp_path: Path, receiver: HookReceiver
) -> None:
    receiver.statuses = [500, 503]
    async with open_market(tmp_path, TO_LAN) as market:
        target = await listen(market, receiver.url)
        await pay(market, await market.buyer())
        came = await hooks(receiver, 3)
        message = await until_state(market, target, MessageState.DELIVERED)
    assert len({hook.message_id for hook in came}) == len({hook.content for hook in came}) == 1
    assert (message.tries, message.last_status, message.due_at_ms) == (3, 200, None)


@pytest.mark.usefixtures("impatient")
async def test_a_redirect_is_not_followed(tmp_path: Path, receiver: HookReceiver) -> None:
    receiver.statuses = [302]
    with running_receiver() as elsewhere:
        receiver.location = elsewhere.url
        async with open_market(tmp_path, TO_LAN) as market:
            await listen(market, receiver.url)
            await pay(market, await market.buyer())
            await hooks(receiver, 2)
        assert elsewhere.hooks == []


async def test_a_slow_receiver_holds_up_nobody_else(
    tmp_path: Path, receiver: HookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.may_answer.clear()
    with running_receiver() as quick:
        async with open_market(tmp_path, TO_LAN) as market:
            slow_target = await listen(market, receiver.url)
            await listen(market, quick.url)
            buyer = await market.buyer()
            for sku in (TEA, TEA, TEA, CUP):
                await pay(market, buyer, sku)
            await hooks(quick, 4)
            assert len(receiver.hooks) == sender.MOST_A_TARGET
            waiting = answer(WebhookTargets, await market.host.get("webhook-targets")).targets
            assert [one.waiting for one in waiting if one.url == receiver.url] == [4]
            receiver.may_answer.set()
            await hooks(receiver, 4)
            assert len({hook.message_id for hook in receiver.hooks}) == 4
            await until_state(market, slow_target, MessageState.DELIVERED)


@pytest.mark.usefixtures("impatient")
async def test_a_receiver_that_never_answers_is_given_time_and_then_asked_again(
    tmp_path: Path, receiver: HookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "ANSWERS_WITHIN_S", 0.2)
    receiver.may_answer.clear()
    async with open_market(tmp_path, TO_LAN) as market:
        target = await listen(market, receiver.url)
        await pay(market, await market.buyer())
        await hooks(receiver, 2)
        (message,) = await messages(market, target)
        assert message.last_error == "No answer within 0 s."
        receiver.may_answer.set()
        await until_state(market, target, MessageState.DELIVERED)


async def test_a_message_that_was_given_up_is_sent_again_by_hand_under_its_id(
    tmp_path: Path, receiver: HookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES_S", (2 * 24 * 3600,))
    receiver.statuses = [500]
    async with open_market(tmp_path, TO_LAN) as market:
        target = await listen(market, receiver.url)
        await pay(market, await market.buyer())
        given_up = await until_state(market, target, MessageState.GIVEN_UP)
        assert [one.message_id for one in await messages(market, target, "?state=given_up")] == [
            given_up.message_id
        ]
        base = f"webhook-targets/{target.made.target_id}/messages"
        again = await market.host.post(f"{base}/{given_up.message_id}/replay", {})
        assert answer(WebhookMessage, again).state is MessageState.WAITING
        await until_state(market, target, MessageState.DELIVERED)
        assert (await market.host.post(f"{base}/nowhere/replay", {})).status_code == 404
    assert len(receiver.hooks) == 2
    assert len({hook.message_id for hook in receiver.hooks}) == 1


async def test_each_target_hears_of_its_events_in_its_room_alone(
    tmp_path: Path, receiver: HookReceiver
) -> None:
    with running_receiver() as other:
        async with open_market(tmp_path, msgspec.structs.replace(TO_LAN, rooms=("main", "tea"))) as market:
            shipped = await listen(market, receiver.url, ["order.shipped"])
            host = Buyer(market.backend, market.backend.signer.host("tea"), "host")
            wanted = {"url": other.url, "events": EVENTS}
            answer(MadeWebhookTarget, await host.post("webhook-targets", wanted), 201)
            order = await pay(market, await market.buyer())
            sent = {"carrier": "SF", "tracking": "42"}
            answer(Order, await market.host.post(f"orders/{order.order_id}/parcels", sent), 201)
            await until_state(market, shipped, MessageState.DELIVERED)
            path = f"webhook-targets/{shipped.made.target_id}"
            assert (await host.get(f"{path}/messages")).status_code == 404
            assert (await host.delete(path)).status_code == 404
            assert (await market.host.delete(path)).status_code == 200
            await pay(market, await market.buyer())
    assert [hook.body.type for hook in receiver.hooks] == [OrderEvent.SHIPPED]
    assert other.hooks == []


async def test_https_is_checked_against_the_authorities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, "localhost")
    shop, trusting = tmp_path / "shop", tmp_path / "trusting"
    for folder in (shop, trusting):
        folder.mkdir()
    with running_receiver(certificate) as receiver:
        async with open_market(shop, TO_LAN) as market:
            target = await listen(market, receiver.url)
            await pay(market, await market.buyer())
            async with asyncio.timeout(30):
                while True:
                    (message,) = await messages(market, target)
                    if message.last_error:
                        break
                    await asyncio.sleep(0.02)
            assert "certificate verify failed" in message.last_error
        assert receiver.hooks == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
        async with open_market(trusting, TO_LAN) as market:
            url = receiver.url.replace("127.0.0.1", "localhost")
            target = await listen(market, url)
            await pay(market, await market.buyer())
            await hooks(receiver, 1)
    assert receiver.hooks[0].headers["host"].startswith("localhost:")
    assert receiver.hooks[0].is_signed_with(target.secret)


async def test_a_backend_without_the_option_refuses_the_lan(tmp_path: Path, receiver: HookReceiver) -> None:
    async with open_market(tmp_path) as market:
        wanted = {"url": receiver.url, "events": EVENTS}
        response = await market.host.post("webhook-targets", wanted)
    assert response.status_code == 422
    assert "--webhooks-to-lan" in response.text


async def test_a_backend_that_is_killed_while_it_sends_sends_again_under_the_same_id(
    tmp_path: Path,
) -> None:
    port = free_port()
    with running_receiver(port=port) as receiver:
        receiver.may_answer.clear()
        async with run_backend(tmp_path, "--port", "0", "--demo", "--webhooks-to-lan") as program:
            async with Shopping(program.ready.url, program.ready.host_token) as shopping:
                await shopping.post("webhook-targets", {"url": receiver.url, "events": EVENTS}, host=True)
                await shopping.pay()
            await hooks(receiver, 1)
            await program.kill()
        before = receiver.hooks[0]
    with running_receiver(port=port) as receiver:
        async with run_backend(tmp_path, "--port", "0", "--webhooks-to-lan"):
            (after,) = await hooks(receiver, 1)
    assert (after.message_id, after.content) == (before.message_id, before.content)


class Shopping:
    """The host and a buyer of a backend that is a process of its own."""

    def __init__(self, url: str, host_token: str) -> None:
        self.http = httpx.AsyncClient(base_url=url, trust_env=False, timeout=20)
        self.host_token = host_token
        self.token = ""

    async def __aenter__(self) -> "Shopping":
        self.token = (await self.http.post("/api/rooms/main/enter")).json()["token"]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def post(self, path: str, body: object, *, host: bool = False) -> dict[str, object]:
        token = self.host_token if host else self.token
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": path[-40:]}
        response = await self.http.post(f"/api/v1/{path}", json=body, headers=headers)
        assert response.status_code in {200, 201}, response.text
        answered: dict[str, object] = response.json()
        return answered

    async def pay(self, address: Mapping[str, str] = HOME) -> None:
        """Order the first product, and pay it in the sandbox."""
        listed = (await self.http.get("/api/v1/rooms/main/products")).json()
        lines = [line(listed["products"][0]["skus"][0]["sku_id"])]
        quote = await self.post("quotes", {"lines": lines})
        order = await self.post(
            "orders", {"lines": lines, "address": address, "quote_hash": quote["hash"], "method": "online"}
        )
        attempt = await self.post(f"orders/{order['order_id']}/attempts", {})
        chosen = await self.http.post(f"{attempt['pay_path']}/outcome", data={"outcome": "pay"})
        assert chosen.status_code < 400


async def test_a_sender_without_anything_due_never_takes_the_shops_turn(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    enough, loop = asyncio.Event(), asyncio.get_running_loop()
    reading = database.reading

    def look() -> AbstractContextManager[Connection]:
        looks.append(None)
        if len(looks) == 3:
            loop.call_soon_threadsafe(enough.set)
        return reading()

    monkeypatch.setattr(database, "reading", look)
    monkeypatch.setattr(database, "shop_transaction", None)
    channel = WebhookChannel(key_of=lambda _: b"", reach=WebhookReach.LAN, clock_ms=lambda: 1)
    idle = sending.Sender(database, channel, clock_ms=lambda: 1)
    running = loop.create_task(idle.run())
    async with asyncio.timeout(40):
        await enough.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
