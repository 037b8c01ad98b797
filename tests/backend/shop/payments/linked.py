"""Providers with places of their own, behind one face: what buyers and the shop's people do there."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from typing_extensions import override

from backend.contract.payments import Attempt
from backend.shop.payments import alipay_reading, wechat_reading
from backend.shop.payments.alipay_provider import Alipay
from backend.shop.payments.pay_links import Payer, PayLinks
from backend.shop.payments.wechat_provider import WeChat
from tests.backend.shop.payments.till import Till
from tests.support import alipay_gateway, wechat_gateway
from tests.support.alipay_gateway import AlipayGateway, running_alipay_gateway
from tests.support.wechat_gateway import WeChatGateway, running_wechat_gateway

PAYER: Final = Payer("203.0.113.7", "https://shop.example.com/pay/1")
NOTIFY: Final = "https://shop.example.com/api/v1/webhooks"
Webhook = tuple[dict[str, str], bytes]


class Linked(ABC):
    """A provider at a till, and the gateway that plays it.

    Attributes:
        max_age_ms: how old a webhook may be.
        knows_at_once: whether it hears of a payment when it is begun, not only when a buyer scans.
    """

    max_age_ms: int
    knows_at_once: bool

    def __init__(self, till: Till, provider: WeChat | Alipay, gateway: WeChatGateway | AlipayGateway) -> None:
        self.till = till
        self.provider = provider
        self.gateway = gateway
        self.name = provider.name
        till.providers[provider.name] = provider

    async def open(self, order_id: str = "") -> Attempt:
        """Open an attempt, and the cashier's page of it."""
        attempt = await self.till.open(order_id, self.name)
        await self.links(attempt)
        return attempt

    async def links(self, attempt: Attempt) -> PayLinks:
        """What the cashier's page of an attempt shows."""
        checkout = await self.till.payments.checkout(attempt.attempt_id)
        assert checkout is not None
        return await self.provider.links(checkout.request(), PAYER)

    def pay(self, attempt: Attempt, total: int | None = None) -> None:
        """Let the buyer pay."""
        self.gateway.pay(attempt.attempt_id, total)

    async def look(self, attempt: Attempt) -> str:
        """Let the cashier's page ask, and say how the order stands then."""
        self.till.now_ms += 3_000
        await self.till.payments.attempt(attempt.attempt_id)
        return self.till.state(attempt.order_id)[1]

    async def receive(self, webhook: Webhook) -> str:
        """Take a webhook in as its route does."""
        headers, body = webhook
        return await self.till.receive(headers, body, self.name)

    async def tell(self, attempt: Attempt, event: int = 1, *, age_ms: int = 0, owner: str = "") -> str:
        """Send a webhook of a payment, signed so long ago by this owner's key."""
        return await self.receive(self.told(attempt, event, age_ms=age_ms, owner=owner))

    @abstractmethod
    def told(self, attempt: Attempt, event: int = 1, *, age_ms: int = 0, owner: str = "") -> Webhook:
        """Write a webhook of a payment."""

    @abstractmethod
    async def tell_refund(self, refund_id: str, event: int = 1) -> str:
        """Send a webhook of a refund."""

    @abstractmethod
    def move(self, attempt: Attempt) -> None:
        """Let the buyer's money go to somebody else's account."""

    def at_s(self, age_ms: int = 0) -> int:
        """The till's time, so long ago."""
        return (self.till.now_ms - age_ms) // 1000


class LinkedWeChat(Linked):
    """WeChat Pay."""

    max_age_ms = wechat_reading.MAX_AGE_MS
    knows_at_once = True
    gateway: WeChatGateway

    @override
    def told(self, attempt: Attempt, event: int = 1, *, age_ms: int = 0, owner: str = "") -> Webhook:
        signing = wechat_gateway.Signing(self.at_s(age_ms), owner or "wechat")
        return self.gateway.told(attempt.attempt_id, event, signing)

    @override
    async def tell_refund(self, refund_id: str, event: int = 1) -> str:
        signing = wechat_gateway.Signing(self.at_s())
        return await self.receive(self.gateway.told_of_refund(refund_id, event, signing))

    @override
    def move(self, attempt: Attempt) -> None:
        self.gateway.payments[attempt.attempt_id]["mchid"] = "1900000001"


class LinkedAlipay(Linked):
    """Alipay."""

    max_age_ms = alipay_reading.MAX_AGE_MS
    knows_at_once = False
    gateway: AlipayGateway

    @override
    def told(self, attempt: Attempt, event: int = 1, *, age_ms: int = 0, owner: str = "") -> Webhook:
        signing = alipay_gateway.Signing(self.at_s(age_ms), owner or "alipay")
        return self.gateway.told(attempt.attempt_id, event, signing)

    @override
    async def tell_refund(self, refund_id: str, event: int = 1) -> str:
        signing = alipay_gateway.Signing(self.at_s())
        return await self.receive(self.gateway.told_of_refund(refund_id, event, signing))

    @override
    def move(self, attempt: Attempt) -> None:
        self.gateway.trades[attempt.attempt_id]["seller_id"] = "2088900000000001"


@contextmanager
def linked_wechat(till: Till) -> Iterator[LinkedWeChat]:
    """WeChat Pay at a till."""
    with running_wechat_gateway() as gateway:
        provider = WeChat(gateway.keys(), f"{NOTIFY}/wechat", clock_ms=till.clock_ms)
        yield LinkedWeChat(till, provider, gateway)


@contextmanager
def linked_alipay(till: Till) -> Iterator[LinkedAlipay]:
    """Alipay at a till."""
    with running_alipay_gateway() as gateway:
        provider = Alipay(gateway.keys(), f"{NOTIFY}/alipay", clock_ms=till.clock_ms)
        yield LinkedAlipay(till, provider, gateway)


def altered(webhook: Webhook) -> Webhook:
    """A webhook whose amount or ciphertext is another one, under the old signature."""
    headers, body = webhook
    changed = body.replace(b"387.00", b"388.00").replace(b'"ciphertext": "', b'"ciphertext": "A')
    assert changed != body
    return headers, changed
